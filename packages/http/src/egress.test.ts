/** What a page costs and gives, however hostile the server. */
import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { GetOptions } from './egress.ts';
import { codeFor, fetchFrom, openTestEgress, send } from './testing/asking.ts';
import { type Handler, serve, serveRaw } from './testing/hostile-server.ts';

const TEXT = Array.from(
  { length: 400 },
  (_, i) => `Điều ${i}: việc số ${(i * 7919) % 1009} của năm ${(i * 31) % 97}.`,
).join(' ');
const LONG_TEXT = Array.from({ length: 40 }, (_, i) => TEXT.replaceAll('số', `số ${i * 104729}`)).join(' ');

describe('a response', () => {
  test('comes with its status, headers, body and address', async () => {
    const { response, server } = await fetchFrom({ '/a': send(TEXT, { etag: '"1"' }) }, '/a');
    expect(response).toMatchObject({
      url: `${server.url}/a`,
      requestedUrl: `${server.url}/a`,
      status: 200,
      redirects: [],
      remoteAddress: '127.0.0.1',
      wire: { bytes: null, encoding: 'identity' },
    });
    expect(response.headers).toMatchObject({ 'content-type': 'text/html', etag: '"1"' });
    expect(Buffer.from(response.body).toString()).toBe(TEXT);
  });

  test.each([
    ['gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
  ] as const)('in %s is decoded, and its bytes are kept as they came', async (encoding, bytes) => {
    const { response } = await fetchFrom({ '/': send(bytes, { 'content-encoding': encoding }) }, '/');
    expect(Buffer.from(response.body).toString()).toBe(TEXT);
    expect(response.wire.encoding).toBe(encoding);
    expect(Buffer.compare(response.wire.bytes as Uint8Array, bytes)).toBe(0);
    expect(response.wireBytes).toBe(bytes.length);
  });

  test.each([
    ['bare deflate', 'deflate', deflateRawSync(TEXT)],
    ['gzip upon br', 'br, gzip', gzipSync(brotliCompressSync(TEXT))],
    ['text that is called gzip', 'gzip', Buffer.from(TEXT)],
    ['plain text that is called identity', 'identity', Buffer.from(TEXT)],
  ])('of %s is decoded, and nothing is kept as it came', async (_what, encoding, bytes) => {
    const { response } = await fetchFrom({ '/': send(bytes, { 'content-encoding': encoding }) }, '/');
    expect(Buffer.from(response.body).toString()).toBe(TEXT);
    expect(response.wire).toEqual({ bytes: null, encoding: 'identity' });
  });

  test.each([
    ['gzip', gzipSync(LONG_TEXT)],
    ['br', brotliCompressSync(LONG_TEXT)],
    ['zstd', zstdCompressSync(LONG_TEXT)],
  ] as const)('whose %s ends early gives what there is and says so', async (encoding, bytes) => {
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.9));
    const { response } = await fetchFrom({ '/': send(cut, { 'content-encoding': encoding }) }, '/');
    const text = Buffer.from(response.body)
      .toString('utf8')
      .replace(/\uFFFD+$/, '');
    expect(response.truncated).toBe(true);
    expect(response.wire.bytes).toBe(null);
    expect(LONG_TEXT.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(1000);
  });

  test('that says 304 to our validators is an answer', async () => {
    const { response, server } = await fetchFrom(
      { '/': (_request, answer) => answer.writeHead(304, { etag: '"7"' }).end() },
      '/',
      { etag: '"7"', lastModified: 'Mon, 13 Apr 2015 21:07:00 GMT' },
    );
    expect(response).toMatchObject({ status: 304, headers: { etag: '"7"' } });
    expect(response.body.length).toBe(0);
    expect(server.requests[0]?.headers).toMatchObject({
      'if-none-match': '"7"',
      'if-modified-since': 'Mon, 13 Apr 2015 21:07:00 GMT',
      'user-agent': 'TestBot/1.0',
    });
  });

  test('too long for its limit is cut where that is asked for', async () => {
    const { response } = await fetchFrom({ '/': send('x'.repeat(5000)) }, '/', {
      truncate: true,
      limits: { wireBytes: 1000 },
    });
    expect(response).toMatchObject({ truncated: true, wireBytes: 1000 });
    expect(response.body.length).toBe(1000);
  });

  test('is asked for without the name and password in its address', async () => {
    await using server = await serve({ '/': send('ok') });
    await using egress = openTestEgress();
    const response = await egress.get(`http://me:secret@${server.host}/`);
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    expect(response.url).toBe(`${server.url}/`);
  });

  test('leaves nothing behind on a signal that many share', async () => {
    await using server = await serve({ '/': send('ok') });
    await using egress = openTestEgress();
    const { signal } = new AbortController();
    for (let i = 0; i < 3; i++) await egress.get(`${server.url}/`, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('comes over a socket that is used again', async () => {
    await using server = await serve({ '/': send('ok') });
    await using egress = openTestEgress();
    for (let i = 0; i < 3; i++) await egress.get(`${server.url}/`);
    expect(new Set(server.requests.map((request) => request.socket)).size).toBe(1);
  });
});

describe('a limit', () => {
  const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024));
  const doubled = gzipSync(gzipSync(Buffer.alloc(8 * 1024 * 1024)));

  test.each<[string, string, Handler, GetOptions]>([
    ['a body that unpacks a thousandfold', 'bomb', send(bomb, { 'content-encoding': 'gzip' }), {}],
    ['a bomb in a bomb', 'bomb', send(doubled, { 'content-encoding': 'gzip, gzip' }), {}],
    [
      'a body that unpacks to too much',
      'too-large',
      send(gzipSync('abcdefgh'.repeat(1000)), { 'content-encoding': 'gzip' }),
      { limits: { decodedBytes: 5000, ratioAfterBytes: 5000, ratio: 1e6 } },
    ],
    ['a body that is announced too long', 'too-large', send(Buffer.alloc(2000)), { limits: { wireBytes: 1000 } }],
    [
      'a body that comes too long, unannounced',
      'too-large',
      (_request, response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1000)));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      { limits: { wireBytes: 100_000 } },
    ],
    ['three encodings', 'bad-encoding', send('x', { 'content-encoding': 'gzip, gzip, gzip' }), {}],
    ['an encoding nobody knows', 'bad-encoding', send('x', { 'content-encoding': 'compress' }), {}],
    [
      'broken gzip',
      'bad-encoding',
      send(Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]), { 'content-encoding': 'gzip' }),
      {},
    ],
    [
      'headers without end',
      'headers-too-large',
      (_request, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('ok'),
      {},
    ],
    [
      'a thousand headers',
      'headers-too-large',
      (_request, response) =>
        response.writeHead(200, Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, '1']))).end(),
      {},
    ],
    ['a server that never answers', 'timeout', () => {}, { limits: { firstByteMs: 50 } }],
    [
      'a server that never ends',
      'timeout',
      (_request, response) => void response.writeHead(200).write('x'),
      { limits: { totalMs: 60 } },
    ],
    [
      'a body that drips',
      'too-slow',
      (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('x'), 10);
        response.on('close', () => clearInterval(drip));
      },
      { limits: { slowAfterMs: 20 } },
    ],
  ])('stops %s', async (_what, code, handler, ask) => {
    await using server = await serve({ '/': handler });
    expect(await codeFor(`${server.url}/`, ask)).toBe(code);
  });

  test.each<[string, string, (socket: Socket) => void, GetOptions]>([
    [
      'interim answers without end',
      'timeout',
      (socket) => {
        const hint = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n'), 5);
        socket.on('close', () => clearInterval(hint));
      },
      { limits: { firstByteMs: 60 } },
    ],
    [
      'headers that drip',
      'timeout',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('X-A: b\r\n'), 5);
        socket.on('close', () => clearInterval(drip));
      },
      { limits: { firstByteMs: 60 } },
    ],
    [
      'trailers without end',
      'headers-too-large',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n');
        socket.write(`X-T: ${'x'.repeat(100_000)}\r\n\r\n`);
      },
      {},
    ],
    [
      'a chunk that never ends its extension',
      'bad-response',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        socket.write(`2;${'x'.repeat(100_000)}\r\nok\r\n0\r\n\r\n`);
      },
      {},
    ],
  ])('stops %s', async (_what, code, talk, ask) => {
    await using server = await serveRaw(talk);
    expect(await codeFor(`${server.url}/`, ask)).toBe(code);
  });

  test('stops a name that is never found', async () => {
    const lookup = () => new Promise<never>(() => {});
    expect(await codeFor('http://news.example/', { limits: { connectMs: 40 } }, { lookup })).toBe('dns');
  });

  test('on the whole fetch counts all redirects together', async () => {
    let hops = 0;
    await using server = await serve({
      '*': (_request, response) => void setTimeout(() => response.writeHead(302, { location: `/${hops++}` }).end(), 40),
    });
    expect(await codeFor(`${server.url}/`, { limits: { totalMs: 150, redirects: 100 } })).toBe('timeout');
    expect(hops).toBeLessThan(6);
  });

  test('is lifted by an abort', async () => {
    await using server = await serve({ '/': () => {} });
    const controller = new AbortController();
    const code = codeFor(`${server.url}/`, { signal: controller.signal });
    controller.abort();
    expect(await code).toBe('aborted');
  });
});

describe('a broken connection', () => {
  test.each([
    ['is reset before it answers', 'reset', 'RESET'],
    [
      'is reset in the middle of a chunked body',
      'reset',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
    ],
    ['closes before the announced length', 'bad-length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'],
    ['speaks something else', 'bad-response', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['states two lengths', 'bad-response', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
  ])('that %s is told apart', async (_what, code, bytes) => {
    await using server = await serveRaw((socket) => {
      if (bytes === 'RESET') socket.resetAndDestroy();
      else socket.end(bytes);
    });
    expect(await codeFor(`${server.url}/`)).toBe(code);
  });

  test('that brings more than was announced gives what was announced', async () => {
    await using server = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more');
    });
    await using egress = openTestEgress();
    expect(Buffer.from((await egress.get(server.url)).body).toString()).toBe('hello');
  });

  test('that the server closed while it lay unused costs nothing', async () => {
    let connections = 0;
    await using server = await serveRaw((socket) => {
      connections++;
      // The second request on a socket meets a reset, as when a server times an idle socket out.
      if (socket.bytesWritten > 0) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    await using egress = openTestEgress();
    await egress.get(server.url);
    expect((await egress.get(server.url)).status).toBe(200);
    expect(connections).toBe(3);
  });

  test('to a port where nobody listens is a connect failure', async () => {
    const server = await serve({});
    await server[Symbol.asyncDispose]();
    expect(await codeFor(server.url)).toBe('connect');
  });
});
