/**
 * Serves tiny pages, each different, on so many ports, as a process of its own until its input ends:
 * `node tests/bench/crawlers/tiny-site.ts HOSTS`. Writes one line of JSON with the origins.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const hosts = Number(process.argv[2]);
const answer: http.RequestListener = (request, response) => {
  const path = request.url ?? '/';
  if (path === '/robots.txt') return void response.writeHead(404).end();
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(
      `<!doctype html><html lang="en"><head><title>Page ${path}</title></head><body><p>This is ${path}.</p></body></html>`,
    );
};
const origins = await Promise.all(
  Array.from({ length: hosts }, async () => {
    const server = http.createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);
process.stdout.write(`${JSON.stringify(origins)}\n`);
process.stdin.resume().once('end', () => process.exit(0));
