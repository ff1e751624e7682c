/** What hostile servers do, each ended by a named limit, in bounded memory. */
import { randomBytes } from 'node:crypto';
import net, { type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { GetOptions } from './egress.ts';
import { codeFor, openTestEgress, redirect, send } from './testing/asking.ts';
import { type Handler, serve, serveRaw } from './testing/hostile-server.ts';

const ZEROS = Buffer.alloc(16 * 1024 * 1024);
const OK = 'HTTP/1.1 200 OK\r\n';

describe('a bomb', () => {
  test.each([
    ['gzip', gzipSync(ZEROS)],
    ['br', brotliCompressSync(ZEROS)],
    ['zstd', zstdCompressSync(ZEROS)],
    ['deflate', deflateSync(ZEROS)],
    ['gzip, gzip', gzipSync(gzipSync(ZEROS))],
    ['br, gzip', gzipSync(brotliCompressSync(ZEROS))],
    ['gzip, br', brotliCompressSync(gzipSync(ZEROS))],
    ['zstd, zstd', zstdCompressSync(zstdCompressSync(ZEROS))],
  ])('in %s is stopped', async (encoding, bytes) => {
    await using server = await serve({ '/': send(bytes, { 'content-encoding': encoding }) });
    expect(await codeFor(`${server.url}/`)).toBe('bomb');
  });

  test('takes no more memory than the decoded limit, however often it comes', async () => {
    const bytes = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    await using server = await serve({ '/': send(bytes, { 'content-encoding': 'gzip' }) });
    await using egress = openTestEgress();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 12; i++) {
      await expect(egress.get(`${server.url}/`)).rejects.toMatchObject({
        code: expect.stringMatching(/bomb|too-large/),
      });
    }
    // Twelve of them unpacked would be 2.4 GB; one at its limit is 20 MB, and the collector takes its time.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  test('that asks for a 128 MB zstd window is not given one', async () => {
    // A frame header alone (RFC 8878, section 3.1.1.1): no single segment, window descriptor 0x88: 2^27 bytes.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x01, 0x00, 0x00]);
    await using server = await serve({ '/': send(frame, { 'content-encoding': 'zstd' }) });
    expect(await codeFor(`${server.url}/`)).toBe('bad-encoding');
  });
});

describe('a raw answer', () => {
  const every = (ms: number, socket: Socket, bytes: string) => {
    const timer = setInterval(() => socket.write(bytes), ms);
    socket.on('close', () => clearInterval(timer));
  };
  test.each<[string, string, (socket: Socket) => void, GetOptions]>([
    ['of nothing at all', 'timeout', () => {}, { limits: { firstByteMs: 60 } }],
    [
      'that stops inside its first line',
      'timeout',
      (socket) => void socket.write('HTTP/1.'),
      { limits: { firstByteMs: 60 } },
    ],
    [
      'whose first line drips',
      'timeout',
      (socket) => {
        socket.write('HTTP/1.1 200 ');
        every(5, socket, 'O');
      },
      { limits: { firstByteMs: 60 } },
    ],
    [
      'that hangs in the middle of its body',
      'timeout',
      (socket) => void socket.write(`${OK}Content-Length: 100\r\n\r\nhalf`),
      { limits: { totalMs: 80 } },
    ],
    [
      'that hangs in the middle of a chunk',
      'timeout',
      (socket) => void socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\nff\r\nhalf`),
      { limits: { totalMs: 80 } },
    ],
    [
      'that drips its chunks',
      'too-slow',
      (socket) => {
        socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
        every(10, socket, '1\r\nx\r\n');
      },
      { limits: { slowAfterMs: 20 } },
    ],
    ['without a status line, as in HTTP/0.9', 'bad-response', (socket) => socket.end('<html>hello</html>'), {}],
    ['of binary noise', 'bad-response', (socket) => socket.end(randomBytes(4096)), {}],
    ['of a version nobody knows', 'bad-response', (socket) => socket.end('HTTP/9.9 200 OK\r\n\r\nx'), {}],
    ['with a status that is no number', 'bad-response', (socket) => socket.end('HTTP/1.1 two OK\r\n\r\n'), {}],
    [
      'with one huge header',
      'headers-too-large',
      (socket) => socket.end(`${OK}X-Long: ${'x'.repeat(1_000_000)}\r\n\r\n`),
      {},
    ],
    ['with a header line that never ends', 'headers-too-large', (socket) => flood(socket, 'x'), {}],
    ['with headers that never end', 'headers-too-large', (socket) => flood(socket, 'X-A: b\r\n'), {}],
    ['with a NUL in a header', 'bad-response', (socket) => socket.end(`${OK}X-A: a\0b\r\n\r\n`), {}],
    [
      'with a chunk size that is no number',
      'bad-response',
      (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`),
      {},
    ],
    [
      'with a chunk longer than it says',
      'bad-response',
      (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n`),
      {},
    ],
    [
      'with a chunk size beyond any number',
      'bad-response',
      (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\nhello`),
      {},
    ],
    [
      'with both a length and chunks',
      'bad-response',
      (socket) => socket.end(`${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
      {},
    ],
    ['with a length below nought', 'bad-response', (socket) => socket.end(`${OK}Content-Length: -1\r\n\r\n`), {}],
    [
      'cut off by a reset in the middle of its body',
      'bad-length',
      (socket) => {
        socket.write(`${OK}Content-Length: 100000\r\n\r\nhalf`, () => socket.resetAndDestroy());
      },
      {},
    ],
    [
      'that switches to another protocol',
      'bad-response',
      (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
      {},
    ],
  ])('%s is told as %s', async (_what, code, talk, ask) => {
    await using server = await serveRaw(talk);
    expect(await codeFor(`${server.url}/`, ask)).toBe(code);
  });
});

/** Writes the same bytes until the other side has had enough. */
function flood(socket: Socket, bytes: string): void {
  const block = bytes.repeat(Math.ceil(16_384 / bytes.length));
  socket.write(OK);
  const more = () => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
}

describe('a redirect', () => {
  test.each([
    ['private-address', 'http://10.0.0.1/'],
    ['private-address', 'http://192.168.1.1/admin'],
    ['private-address', 'http://[::ffff:10.0.0.1]/'],
    ['private-address', 'http://[64:ff9b::a9fe:a9fe]/latest/meta-data/'],
    ['private-address', 'http://0xa9fea9fe/latest/meta-data/'],
    ['private-address', 'http://100.100.100.200/latest/meta-data/'],
    ['private-address', '//169.254.169.254/latest/meta-data/'],
    ['private-address', 'http:\\\\169.254.169.254\\'],
    ['private-address', 'http://news.example@10.0.0.1/'],
    ['unsupported-scheme', 'ftp://news.example/a'],
    ['unsupported-scheme', 'gopher://127.0.0.1:6379/_INFO'],
    ['unsupported-scheme', 'data:text/html,hello'],
    ['unsupported-scheme', 'javascript:alert(1)'],
    ['bad-port', 'http://127.0.0.1:25/'],
  ])('ends as %s where it leads to %s', async (code, location) => {
    await using server = await serve({ '/': redirect(location) });
    expect(await codeFor(`${server.url}/`)).toBe(code);
  });

  test('in a circle of three ends as redirect-loop', async () => {
    await using server = await serve({ '/a': redirect('/b'), '/b': redirect('/c'), '/c': redirect('/a') });
    expect(await codeFor(`${server.url}/a`)).toBe('redirect-loop');
    expect(server.requests.length).toBe(3);
  });

  test('whose body is a bomb is not unpacked', async () => {
    const bomb: Handler = (_request, response) =>
      response.writeHead(302, { location: '/b', 'content-encoding': 'gzip' }).end(gzipSync(ZEROS));
    await using server = await serve({ '/a': bomb, '/b': send('ok') });
    await using egress = openTestEgress();
    expect((await egress.get(`${server.url}/a`)).status).toBe(200);
  });

  test('with a name and password loses them, and never sends them', async () => {
    await using server = await serve({
      '/a': (request, response) =>
        response.writeHead(302, { location: `http://me:secret@${request.headers.host}/b` }).end(),
      '/b': send('ok'),
    });
    await using egress = openTestEgress();
    const response = await egress.get(`${server.url}/a`);
    expect(response.url).toBe(`${server.url}/b`);
    expect(JSON.stringify(response.redirects)).not.toContain('secret');
    expect(server.requests[1]?.headers.authorization).toBeUndefined();
  });
});

describe('TLS', () => {
  async function serveSilence(talk: (socket: Socket) => void) {
    const sockets = new Set<Socket>();
    const server = net.createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      talk(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      async [Symbol.asyncDispose]() {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  test('that is accepted and never answered is a connect failure', async () => {
    await using server = await serveSilence(() => {});
    expect(await codeFor(server.url, { limits: { connectMs: 60 } })).toBe('connect');
  });

  test('answered by noise is a TLS failure', async () => {
    await using server = await serveSilence((socket) => socket.end('220 mail.example ESMTP\r\n'));
    expect(await codeFor(server.url)).toBe('tls');
  });

  test('broken off in its handshake is told', async () => {
    await using server = await serveSilence((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await codeFor(server.url)).toBe('reset');
  });
});
