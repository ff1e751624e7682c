/** Many hosts on loopback, each a port, that keep a log of when every request began and ended. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request as its host saw it, in milliseconds since 1970. */
export type Asked = { host: string; path: string; at: number; ended: number; open: number };

export type SlowHosts = AsyncDisposable & { hosts: string[]; log: Asked[] };

const now = (): number => performance.timeOrigin + performance.now();
const PAGE = (host: string, path: string) =>
  `<!doctype html><title>${path}</title><article><h1>${host}${path}</h1><p>${'Một câu của bài báo. '.repeat(40)}</p></article>`;

/** Opens hosts that take `tookMs(n)` milliseconds for their n-th answer; robots.txt is 404. */
export async function serveSlowHosts(count: number, tookMs: (n: number) => number): Promise<SlowHosts> {
  const log: Asked[] = [];
  const servers: Server[] = [];
  const hosts: string[] = [];
  for (let index = 0; index < count; index++) {
    let open = 0;
    let answered = 0;
    const server = createServer(async (request, response) => {
      open++;
      const path = request.url ?? '/';
      const asked: Asked = { host, path, at: now(), ended: Number.POSITIVE_INFINITY, open };
      log.push(asked);
      // `close` also tells of a client that died in mid-answer.
      response.once('close', () => {
        open--;
        asked.ended = now();
      });
      await sleep(tookMs(answered++));
      response.writeHead(path === '/robots.txt' ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(path === '/robots.txt' ? '' : PAGE(host, path));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    servers.push(server);
    hosts.push(host);
  }
  return {
    hosts,
    log,
    async [Symbol.asyncDispose]() {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}
