/** Feeds and sitemaps lead to articles, and what they say travels with the address to the document. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { openEmbeddedStore } from '@newsloom/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl, EMBEDDED, type Stores } from './line.ts';
import { articlePage, frontPage, type Pages, servePages } from './pages.ts';

const as =
  (type: string, body: string | Buffer | (() => string)) =>
  (_request: unknown, response: ServerResponse): void =>
    void response.writeHead(200, { 'content-type': type }).end(typeof body === 'function' ? body() : body);

/** An article that states neither its date nor anything about itself. */
const bare = (n: number) =>
  articlePage(n)
    .replace(/<meta property="article[^>]*>/, '')
    .replace(/<time.*<\/time>/, '');

const sitemap = (urls: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url><loc>${url}</loc><lastmod>2026-03-02T10:00:00Z</lastmod></url>`).join('')}</urlset>`;

describe('a site with feeds and sitemaps', () => {
  let stores: Stores;
  let site: Pages;
  let elsewhere: Pages;
  beforeAll(async () => {
    stores = await EMBEDDED.open();
    let home = '';
    elsewhere = await servePages(() => ({
      '/1': articlePage(1),
      '/map.xml': as('application/xml', () => sitemap([`${home}/7`, `${elsewhere.origin}/1`])),
      '/bao.rss': (request, response) =>
        as('text/xml', `<rss version="2.0"><channel><item><link>${home}/8</link></item></channel></rss>`)(
          request,
          response,
        ),
    }));
    site = await servePages((origin) => ({
      '/robots.txt': as(
        'text/plain',
        `User-agent: *\nAllow: /\nSitemap: ${origin}/index.xml\nSitemap: ${elsewhere.origin}/map.xml\n`,
      ),
      '/': frontPage(['/about'])
        .replace('</head>', '<link rel="alternate" type="application/rss+xml" href="/declared.rss"></head>')
        .replace('</body>', '<a href="/rss/anchored.rss">RSS</a></body>'),
      '/declared.rss': as(
        'application/rss+xml',
        `<rss version="2.0"><channel><title>Báo</title><link>${origin}/</link><language>vi</language>
         <item><title>Xe buýt điện</title><link>/1</link><guid isPermaLink="false">bao-1</guid>
           <pubDate>Sun, 01 Mar 2026 08:01:00 +0700</pubDate><author>Trần Thị Mai</author>
           <description>&lt;p&gt;Một tuyến xe mới.&lt;/p&gt;</description><category>Giao thông</category></item>
         <item><title>Không có trang riêng</title><description>Chỉ có trong feed.</description></item></channel></rss>`,
      ),
      '/rss/anchored.rss': as('text/xml', `<rss version="2.0"><channel><item><link>/2</link></item></channel></rss>`),
      '/index.xml': as(
        'application/xml',
        `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${origin}/pages.xml.gz</loc></sitemap></sitemapindex>`,
      ),
      '/pages.xml.gz': as('application/gzip', gzipSync(sitemap([`${origin}/3`, `${elsewhere.origin}/1`]))),
      '/list.txt': as('text/plain', `${origin}/4\n${origin}/5\n`),
      '/feed.json': as(
        'application/feed+json',
        JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: 'j6', url: '/6' }] }),
      ),
      '/1': bare(1),
      '/2': articlePage(2),
      '/3': articlePage(3),
      '/4': articlePage(4),
      '/5': articlePage(5),
      '/6': articlePage(6),
      '/7': articlePage(7),
      '/8': articlePage(8),
    }));
    home = site.origin;
  });
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await elsewhere[Symbol.asyncDispose]();
    await stores[Symbol.asyncDispose]();
  });
  const paths = (lines: { url: string }[]) => lines.map(({ url }) => new URL(url).pathname).sort();

  test('is followed from its home page through what it declares, links to and names in robots.txt', async () => {
    const { articles } = await crawl(stores, [`${site.origin}/`, '--depth', '1']);
    expect(paths(articles)).toEqual(['/1', '/2', '/3', '/7']);
    // A sitemap speaks for its own host, and for the one whose robots.txt names it.
    expect(elsewhere.paths).not.toContain('/1');
  });

  test('gives its articles what only the feed says, and each field tells so', async () => {
    await using store = await openEmbeddedStore(stores.dataDir);
    const { items } = await store.documents.list({ limit: 10, offset: 0 });
    const one = items.find(({ url }) => url.endsWith('/1'));
    const document = one && (await store.documents.find(one.id));
    expect(document).toMatchObject({
      date: '2026-03-01T08:01:00+07:00',
      authors: ['Trần Thị Mai'],
      description: 'Một tuyến xe mới.',
      tags: ['Giao thông'],
      provenance: {
        date: { from: 'feed' },
        authors: { from: 'feed' },
        description: { from: 'feed' },
        tags: { from: 'feed' },
        guid: { from: 'feed', at: 'bao-1' },
      },
    });
  });

  test('is followed through a feed on another host that was asked for by name', async () => {
    const { articles } = await crawl(stores, [`${elsewhere.origin}/bao.rss`, '--depth', '1']);
    expect(articles.map(({ url }) => url)).toEqual([`${site.origin}/8`]);
  });

  test.each([
    ['a text sitemap', '/list.txt', ['/4', '/5']],
    ['a JSON feed', '/feed.json', ['/6']],
    ['a compressed sitemap', '/pages.xml.gz', ['/3']],
    ['an article', '/2', ['/2']],
  ])('%s is told by its content', async (_, path, expected) => {
    const { articles } = await crawl(stores, [`${site.origin}${path}`, '--depth', '1']);
    expect(paths(articles)).toEqual(expected);
  });
});
