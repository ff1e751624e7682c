import { scopeOf } from '@newsloom/frontier';
import type { Outlink, SourceId } from '@newsloom/model';
import type { Reach } from '@newsloom/store';
import { expect, test } from 'vitest';
import { type LinksPage, selectLinks } from './select-links.ts';

const link = (url: string, more: Partial<Outlink> = {}): Outlink => ({ url, text: '', rel: 'link', ...more });
const page = (links: Outlink[], more: Partial<LinksPage> = {}): LinksPage => ({
  url: 'https://bao.example/',
  sourceId: 'bao.example' as SourceId,
  kind: 'front',
  links,
  robots: [],
  ...more,
});
const followed: Reach = { depthLeft: 2, crawls: [] };
const crawl: Reach = {
  depthLeft: null,
  crawls: [{ crawlId: 'w', depthLeft: 1, seed: true, tries: 0, scope: { hosts: ['bao.example'] } }],
};
const scope = scopeOf({}, ['bao.example']);
const traps = {
  trapOf: (url: string, isListed: boolean) =>
    url.includes('/lich/') && !isListed ? { reason: 'pattern-budget', pattern: '/lich/a' } : null,
};
const select = (it: LinksPage, reach = followed, priority = 0) => selectLinks(it, reach, priority, scope, traps);
const urls = (it: LinksPage, reach = followed) => select(it, reach).offers.map((offer) => offer.url);

test('links of the same source are followed one hop less far', () => {
  const [offer] = select(page([link('https://tin.bao.example/a')]), followed, 3).offers;
  expect(offer).toMatchObject({ url: 'https://tin.bao.example/a', depthLeft: 1, priority: 3, kind: 'auto' });
});

test.each([
  ['another source', link('https://khac.example/a')],
  ['the page itself', link('https://bao.example/#top')],
  ['a picture', link('https://bao.example/anh/a.JPG')],
  ['what the page asks not to follow', link('https://bao.example/a', { nofollow: true })],
  ['what is no web address', link('mailto:a@bao.example')],
  ['a trap', link('https://bao.example/lich/30')],
])('%s is not followed', (_, it) => {
  expect(urls(page([it]))).toEqual([]);
});

test('a page that asks not to follow its links offers none', () => {
  expect(urls(page([link('https://bao.example/a')], { robots: ['nofollow'] }))).toEqual([]);
});

test('a page whose hops are used up offers none', () => {
  expect(urls(page([link('https://bao.example/a')]), { depthLeft: 0, crawls: [] })).toEqual([]);
});

test('the feeds a front page declares cost no hop; those of an article are its comments', () => {
  const feed = link('https://bao.example/rss', { rel: 'feed' });
  expect(select(page([feed]), crawl).offers).toMatchObject([
    { kind: 'feed', crawls: [{ crawlId: 'w', depthLeft: 1 }] },
  ]);
  expect(urls(page([feed], { kind: 'article' }), crawl)).toEqual([]);
});

test('a one-shot crawl keeps to its hosts, whatever the source', () => {
  const links = [link('https://bao.example/a'), link('https://tin.bao.example/b')];
  expect(urls(page(links), crawl)).toEqual(['https://bao.example/a']);
});

test('what a feed says about an item travels with it', () => {
  const items = [
    link('https://bao.example/a'),
    link('https://bao.example/a', { rel: 'item', facts: { date: '2026-11-21' } }),
  ];
  expect(select(page(items, { kind: 'feed' })).offers).toMatchObject([{ facts: { date: '2026-11-21' } }]);
});

test('what a scope leaves out is told with its reason, each address once', () => {
  const links = [
    link('https://khac.example/a'),
    link('https://khac.example/a#b'),
    link('https://bao.example/the-thao/1'),
    link('https://bao.example/thoi-su/1'),
  ];
  const narrow = scopeOf({ include: ['/thoi-su/**'] }, ['bao.example']);
  const { offers, left } = selectLinks(page(links), followed, 0, narrow, traps);
  expect(offers.map(({ url }) => url)).toEqual(['https://bao.example/thoi-su/1']);
  expect(left).toEqual([
    { url: 'https://khac.example/a', reason: 'other-host' },
    { url: 'https://bao.example/the-thao/1', reason: 'not-included' },
  ]);
});

test('a link that is a trap is left out with its reason, unless a feed or sitemap lists it', () => {
  const links = [link('https://bao.example/lich/a'), link('https://bao.example/tin/1')];
  const { offers, trapped } = select(page(links));
  expect(offers.map(({ url }) => url)).toEqual(['https://bao.example/tin/1']);
  expect(trapped).toEqual([{ url: 'https://bao.example/lich/a', reason: 'pattern-budget', pattern: '/lich/a' }]);
  const listed = page([link('https://bao.example/lich/a', { rel: 'item' })], { kind: 'sitemap' });
  expect(select(listed)).toMatchObject({ offers: [{ url: 'https://bao.example/lich/a' }], trapped: [] });
});
