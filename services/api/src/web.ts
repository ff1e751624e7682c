/** The web page: a few static files, read once at the start. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const FOLDER = new URL('./web/', import.meta.url);
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Serves the page at / and its parts under /web/. */
export function serveWeb(app: FastifyInstance): void {
  for (const file of readdirSync(FOLDER)) {
    const type = TYPES[file.slice(file.lastIndexOf('.') + 1)];
    if (type === undefined) continue;
    const path = file === 'index.html' ? '/' : `/web/${file}`;
    const bytes = readFileSync(new URL(file, FOLDER));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ etag, 'cache-control': 'no-cache', 'content-type': type });
      return request.headers['if-none-match'] === etag ? reply.status(304).send() : reply.send(bytes);
    });
  }
}
