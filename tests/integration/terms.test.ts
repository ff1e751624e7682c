/** What a publisher says about the use of its pages is done, and told with each article. */
import { join } from 'node:path';
import { openEmbeddedStore } from '@newsloom/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl, EMBEDDED, newsloom, type Stores } from './line.ts';
import { type Answer, articlePage, frontPage, type Pages, servePages } from './pages.ts';

const withHeaders =
  (html: string, headers: Record<string, string>): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
const withMeta = (html: string, metas: string) =>
  html.replace('<meta charset="utf-8">', `<meta charset="utf-8">${metas}`);

describe('a publisher', () => {
  let stores: Stores;
  let site: Pages;
  beforeAll(async () => {
    stores = await EMBEDDED.open();
    site = await servePages(() => ({
      '/robots.txt': (_request, response) =>
        response.writeHead(200).end('User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n'),
      '/muc': withMeta(frontPage(['/1', '/2', '/3', '/4', '/5', '/6']), '<meta name="robots" content="noarchive">'),
      '/1': articlePage(1),
      '/2': withHeaders(articlePage(2), { 'x-robots-tag': 'noindex' }),
      '/3': withMeta(articlePage(3, ['/hidden']), '<meta name="robots" content="nofollow, noarchive">'),
      '/4': withHeaders(withMeta(articlePage(4), '<meta name="robots" content="noai, noimageai">'), {
        'tdm-reservation': '1',
        'tdm-policy': 'https://bao.example/tdm.json',
      }),
      '/5': withHeaders(articlePage(5), { 'x-robots-tag': 'unavailable_after: 25 Jun 2010 15:00:00 GMT' }),
      '/6': withHeaders(articlePage(6), { 'x-robots-tag': 'otherbot: noindex' }),
      '/hidden': articlePage(7),
    }));
  });
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await stores[Symbol.asyncDispose]();
  });
  const paths = (lines: { url: string }[]) => lines.map(({ url }) => new URL(url).pathname).sort();

  test('keeps its pages out of the index, its links unfollowed, and its reservations known', async () => {
    const { articles, failures } = await crawl(stores, [`${site.origin}/muc`, '--depth', '2']);
    expect(paths(articles)).toEqual(['/1', '/3', '/4', '/6']);
    expect(failures.filter(({ reason }) => reason === 'noindex').length).toBe(2);
    expect(site.paths).not.toContain('/hidden');
    const said = Object.fromEntries(articles.map((it) => [new URL(it.url).pathname, it.directives]));
    expect(said).toEqual({
      '/1': ['ai-train=no'],
      '/3': ['ai-train=no', 'nofollow', 'noarchive'],
      '/4': ['tdm-reservation', 'tdm-policy:https://bao.example/tdm.json', 'ai-train=no', 'noai', 'noimageai'],
      '/6': ['ai-train=no'],
    });
    const trace = await newsloom(['trace', `${site.origin}/2`], stores.env);
    expect(trace.stdout).toContain('its publisher wants it in no index');
    expect(trace.stdout).toContain('Its publisher says: noindex, ai-train=no.');
  });

  test('that wants no copies kept has none lie here, and is read anew by the next crawl', async () => {
    const store = await openEmbeddedStore(stores.dataDir);
    const rows = await store.database.query<{ url: string; kept: boolean; bytes: boolean }>(
      'select url, kept from captures',
    );
    expect(paths(rows.filter(({ kept }) => !kept))).toEqual(['/3', '/muc']);
    await store.close();
    const before = site.paths.length;
    const again = await crawl(stores, [`${site.origin}/muc`, '--depth', '1']);
    expect(paths(again.articles)).toEqual(['/1', '/3', '/4', '/6']);
    expect(site.paths.slice(before)).toContain('/3');
  });

  test('is overruled about the index where the operator says so', async () => {
    const keep = { ...stores.env, NEWSLOOM_NOINDEX: 'keep', NEWSLOOM_DATA_DIR: join(stores.dataDir, '..', 'keep') };
    const { articles } = await crawl({ ...stores, env: keep }, [`${site.origin}/2`]);
    expect(articles[0]).toMatchObject({ directives: ['noindex', 'ai-train=no'] });
  });
});
