/** What hostile pages cost a crawl: a limit with a name each, and a sentence for whoever asks. */
import { gzipSync } from 'node:zlib';
import { explainTrace } from '@newsloom/api/trace-sentences';
import { urlIdOf } from '@newsloom/model';
import { openEmbeddedStore } from '@newsloom/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crawl, EMBEDDED, type Stores } from './line.ts';
import { type Answer, articlePage, frontPage, type Pages, servePages } from './pages.ts';

const BOMB = gzipSync(Buffer.alloc(12_000_000));
const PATHS = ['/1', '/bomb', '/circle', '/inside', '/far', '/noise', '/headers', '/short', '/redis'];
const answer =
  (headers: Record<string, string>, body: string | Uint8Array): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);

let stores: Stores;
let site: Pages;
let reasons: Record<string, string>;
const said: Record<string, string> = {};
beforeAll(async () => {
  stores = await EMBEDDED.open();
  site = await servePages(() => ({
    '/muc': frontPage(PATHS),
    '/1': articlePage(1),
    '/bomb': answer({ 'content-encoding': 'gzip' }, BOMB),
    '/circle': { to: '/circle2' },
    '/circle2': { to: '/circle3' },
    '/circle3': { to: '/circle' },
    '/inside': { to: 'http://169.254.169.254/latest/meta-data/' },
    '/far': { to: '/far2' },
    '/far2': { to: '/far3' },
    '/far3': { to: '/far4' },
    '/far4': articlePage(4),
    '/noise': (request) => request.socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    '/headers': answer({ 'x-long': 'x'.repeat(40_000) }, 'ok'),
    '/short': (request) => request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'),
    '/redis': { to: 'http://127.0.0.1:6379/' },
  }));
  const env = { ...stores.env, NEWSLOOM_MAX_REDIRECTS: '2', NEWSLOOM_MAX_HEADER_BYTES: '30000' };
  const { articles, failures } = await crawl({ ...stores, env }, [`${site.origin}/muc`, '--depth', '1']);
  expect(articles.map(({ url }) => new URL(url).pathname)).toEqual(['/1']);
  reasons = Object.fromEntries(failures.map(({ url, reason }) => [new URL(url).pathname, reason]));
  await using store = await openEmbeddedStore(stores.dataDir);
  for (const { url } of failures) {
    said[new URL(url).pathname] = explainTrace(await store.trace(urlIdOf(url)), new Date()).join(' ');
  }
}, 120_000);
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await stores[Symbol.asyncDispose]();
});

test.each([
  ['/bomb', 'bomb', 'unpacked to far more than text does'],
  ['/circle3', 'redirect-loop', 'it redirects in a circle'],
  ['/inside', 'private-address', 'it leads to a private network address'],
  ['/far3', 'too-many-redirects', 'it was redirected too often'],
  ['/noise', 'bad-response', 'the answer was not valid HTTP'],
  ['/headers', 'headers-too-large', 'more headers than allowed'],
  ['/short', 'bad-length', 'the answer was not as long as it said'],
  ['/redis', 'bad-port', 'its port is not one for web pages'],
])('the page %s ends as %s', (path, reason, says) => {
  expect(reasons[path]).toBe(reason);
  expect(said[path]).toContain(says);
});
