/** With a proxy, every request goes through it and none goes round it. */
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openEgress } from './egress.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './testing/certificate.ts';

/** A proxy that answers http itself and tunnels every CONNECT to `tunnelTo`. */
async function serveProxy(tunnelTo: number | null) {
  const asked: { method: string; target: string; host: string | undefined; authorization: string | undefined }[] = [];
  const note = ({ method = '', url = '', headers }: http.IncomingMessage) =>
    asked.push({ method, target: url, host: headers.host, authorization: headers['proxy-authorization'] });
  const server = http.createServer((request, response) => {
    note(request);
    if (request.url === 'http://news.example/old')
      response.writeHead(301, { location: 'http://news.example/new' }).end();
    else response.end('by proxy');
  });
  server.on('connect', (request, socket) => {
    note(request);
    if (tunnelTo === null) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const onward = net.connect(tunnelTo, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) end.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const open = (port: number, more: { ca?: string } = {}) =>
  openEgress({ userAgent: 'TestBot/1.0', proxy: `http://me:s%C3%A9same@127.0.0.1:${port}`, ...more });

describe('a proxy', () => {
  test('is asked for http addresses in absolute form, redirects too', async () => {
    await using proxy = await serveProxy(null);
    await using egress = open(proxy.port);
    const response = await egress.get('http://news.example/old');
    expect(Buffer.from(response.body).toString()).toBe('by proxy');
    const authorization = `Basic ${Buffer.from('me:sésame').toString('base64')}`;
    expect(proxy.asked).toEqual([
      { method: 'GET', target: 'http://news.example/old', host: 'news.example', authorization },
      { method: 'GET', target: 'http://news.example/new', host: 'news.example', authorization },
    ]);
  });

  test('opens a tunnel for https addresses, and does not see into it', async () => {
    const site = https.createServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, (_request, response) => {
      response.writeHead(200, { connection: 'close' }).end('end to end');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    await using proxy = await serveProxy((site.address() as AddressInfo).port);
    await using egress = open(proxy.port, { ca: TEST_CERTIFICATE });
    // `.test` is a local kind of name, which only a private network may have.
    await expect(egress.get('https://news.test/')).rejects.toMatchObject({ code: 'private-address' });
    await using inside = openEgress({
      userAgent: 'TestBot/1.0',
      proxy: `http://127.0.0.1:${proxy.port}`,
      allowPrivate: ['10.0.0.0/8'],
      ca: TEST_CERTIFICATE,
    });
    const response = await inside.get('https://news.test/');
    expect(Buffer.from(response.body).toString()).toBe('end to end');
    expect(proxy.asked.map(({ method, target }) => `${method} ${target}`)).toEqual(['CONNECT news.test:443']);
    site.close();
  });

  test('that refuses a tunnel is a connect failure', async () => {
    await using proxy = await serveProxy(null);
    await using egress = open(proxy.port);
    await expect(egress.get('https://news.example/')).rejects.toMatchObject({ code: 'connect' });
  });

  test.each(['http://169.254.169.254/', 'https://[::1]/', 'http://0x7f.1/', 'http://redis/'])(
    'is not asked for %s',
    async (url) => {
      await using proxy = await serveProxy(null);
      await using egress = open(proxy.port);
      await expect(egress.get(url)).rejects.toMatchObject({ code: 'private-address' });
      expect(proxy.asked).toEqual([]);
    },
  );
});
