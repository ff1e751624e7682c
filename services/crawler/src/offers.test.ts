import { type SourceId, urlIdOf } from '@newsloom/model';
import type { FrontierUrl, Reach } from '@newsloom/store';
import { expect, test } from 'vitest';
import { redirectOffer, sitemapOffers } from './offers.ts';

const at = (url: string, redirects = 0): FrontierUrl => ({
  id: urlIdOf(url),
  url,
  host: new URL(url).host,
  sourceId: 'bao.example' as SourceId,
  kind: 'auto',
  priority: 0,
  depthLeft: 1,
  verdict: null,
  note: null,
  failures: 0,
  gone: 0,
  redirects,
  everyMs: null,
  intervalMs: 0,
  etag: null,
  lastModified: null,
  captureId: null,
  documentId: null,
  facts: null,
  fetchedAt: null,
  watch: {},
  articleAt: null,
  isSeed: false,
});
const followed: Reach = { depthLeft: 1, crawls: [] };
const crawl = (seed: boolean): Reach => ({
  depthLeft: null,
  crawls: [{ crawlId: 'w', depthLeft: 2, seed, tries: 0, scope: { hosts: ['bao.example'] } }],
});

test('a given address may redirect to another host, which then belongs to the crawl', () => {
  const redirect = redirectOffer(at('https://bao.example/'), crawl(true), 'https://www.bao.example/', 8);
  expect(redirect).toMatchObject({
    widen: ['w'],
    offer: { url: 'https://www.bao.example/', redirects: 1, crawls: [{ crawlId: 'w', depthLeft: 2, seed: true }] },
    attempt: { moved: true },
  });
});

test.each([
  ['leads out of the crawl', crawl(false), 0, 'https://elsewhere.example/', 'out-of-scope'],
  ['leads on after eight others', followed, 8, 'https://bao.example/b', 'too-many-redirects'],
])('a link that %s is not followed', (_, reach, redirects, target, note) => {
  const redirect = redirectOffer(at('https://bao.example/a', redirects), reach, target, 8);
  expect(redirect).toEqual({ offer: null, widen: [], attempt: { kind: 'refused', note } });
});

test('where a seed leads is what was meant by it; where any other address leads must belong to its source', () => {
  const elsewhere = 'https://elsewhere.example/a';
  const seed = { ...at('https://bao.example/'), isSeed: true };
  expect(redirectOffer(seed, followed, elsewhere, 8).offer).toMatchObject({ url: elsewhere, depthLeft: 1 });
  const link = at('https://bao.example/ra?u=1');
  expect(redirectOffer(link, followed, elsewhere, 8).attempt).toEqual({ kind: 'refused', note: 'out-of-scope' });
  expect(redirectOffer(link, followed, elsewhere, 8, () => true).offer).toMatchObject({ url: elsewhere });
});

test('robots.txt names sitemaps for the home page alone; those elsewhere speak for its source', () => {
  const sitemaps = ['https://bao.example/sitemap.xml', 'https://cdn.example/sitemap.xml', 'javascript:void(0)'];
  const urls = (url: string, reach: Reach) => sitemapOffers(at(url), reach, sitemaps).map((offer) => offer.url);
  expect(sitemapOffers(at('https://bao.example/'), followed, sitemaps)).toMatchObject([
    { url: 'https://bao.example/sitemap.xml', facts: null },
    { url: 'https://cdn.example/sitemap.xml', facts: { site: 'bao.example' } },
  ]);
  expect(urls('https://bao.example/tin', followed)).toEqual([]);
  expect(urls('https://bao.example/', { depthLeft: 0, crawls: [] })).toEqual([]);
  expect(urls('https://bao.example/', crawl(true))).toHaveLength(2);
  expect(urls('https://bao.example/', crawl(false))).toEqual([]);
});
