/** A crawl reads the pages of a site whose text is made by scripts, where a renderer is on, and says why it did. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEmbeddedStore } from '@newsloom/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl, EMBEDDED, newsloom, type Stores } from '../integration/line.ts';
import { articlePage, frontPage } from '../integration/pages.ts';
import { chromiumPath } from './chromium.ts';

const SHELL =
  '<!doctype html><html lang="vi"><head><title>Báo</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>';
/** Puts the body of a page that is fetched by script in the place of the shell. */
const APP = `fetch('/api' + location.pathname).then((r) => r.text()).then((html) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  document.head.innerHTML = page.head.innerHTML;
  document.body.innerHTML = page.body.innerHTML;
});`;

describe('newsloom crawl, on a site made by scripts', () => {
  let stores: Stores;
  let origin = '';
  const asked: { url: string; at: number }[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    asked.push({ url, at: performance.now() });
    const answer: Record<string, [string, string]> = {
      '/muc': ['text/html; charset=utf-8', frontPage(['/1', '/2', '/3'])],
      '/1': ['text/html; charset=utf-8', articlePage(1)],
      '/2': ['text/html; charset=utf-8', SHELL],
      '/3': ['text/html; charset=utf-8', SHELL],
      '/app.js': ['text/javascript', APP],
      '/api/2': ['text/html; charset=utf-8', articlePage(2)],
      '/api/3': ['text/html; charset=utf-8', '<p>Nothing here.</p>'],
    };
    const found = answer[url];
    if (found) response.writeHead(200, { 'content-type': found[0] }).end(found[1]);
    else response.writeHead(404).end();
  });
  beforeAll(async () => {
    stores = await EMBEDDED.open();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await chromiumPath(process.env);
  }, 120_000);
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await stores[Symbol.asyncDispose]();
  });
  const on = () => ({ ...stores.env, NEWSLOOM_RENDERER: 'on', NEWSLOOM_HOST_DELAY_MS: '100' });

  test('without a renderer only what its servers write is read', { timeout: 60_000 }, async () => {
    const { articles } = await crawl(stores, [`${origin}/muc`, '--depth', '1']);
    expect(articles.map(({ url }) => new URL(url).pathname)).toEqual(['/1']);
    expect(asked.map(({ url }) => url)).not.toContain('/app.js');
  });

  test('with one, the pages without text are read as a browser makes them, once', { timeout: 120_000 }, async () => {
    const { articles, failures } = await crawl({ ...stores, env: on() }, [`${origin}/muc`, '--depth', '1']);
    expect(articles.map(({ url }) => new URL(url).pathname).sort()).toEqual(['/1', '/2']);
    expect(failures).toContainEqual({ url: `${origin}/3`, reason: 'no-article', status: 200 });
    const store = await openEmbeddedStore(stores.dataDir);
    const renders = await store.database.query('select url_id, reason, state, note, requests from renders order by id');
    expect(renders).toMatchObject([
      { reason: 'body empty, 1 script', state: 'rendered', note: 'rendered', requests: 3 },
      { reason: 'body empty, 1 script', state: 'rendered', note: 'rendered', requests: 3 },
    ]);
    const ledger = await store.database.query<{ what: string; url: string }>(
      "select what, url from fetches where what = 'part'",
    );
    expect(ledger.map(({ url }) => new URL(url).pathname).sort()).toEqual(['/api/2', '/api/3', '/app.js', '/app.js']);
    await store.close();
    const trace = await newsloom(['trace', `${origin}/2`], stores.env);
    expect(trace.stdout).toContain('Became document');
    expect(trace.stdout).toMatch(/Rendered in a browser .*: body empty, 1 script/);
    const before = asked.length;
    const again = await crawl({ ...stores, env: on() }, [`${origin}/muc`, '--depth', '1']);
    expect(again.articles.map(({ url }) => new URL(url).pathname).sort()).toEqual(['/1', '/2']);
    expect(asked.slice(before).map(({ url }) => url)).not.toContain('/app.js');
  });
});
