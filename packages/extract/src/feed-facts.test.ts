/** What a feed says completes an article, and never overrules it; feeds are noticed by their anchors. */
import type { Article, Outlink, ReadPage } from '@newsloom/model';
import { expect, test } from 'vitest';
import { noticeFeeds, withFeedFacts } from './index.ts';

const article: Article = {
  title: 'A quay opens',
  date: null,
  dateModified: null,
  authors: [],
  agencies: [],
  lang: 'en',
  body: 'The quay opened on Monday.',
  image: null,
  description: null,
  section: null,
  tags: ['harbour'],
  provenance: {},
};
const page = (more: Partial<ReadPage> = {}): ReadPage => ({
  kind: 'article',
  charset: 'utf-8',
  canonicalUrl: null,
  robots: [],
  links: [],
  article,
  ...more,
});

test('a feed gives an article what its page lacks, and says so', () => {
  const facts = { guid: 'x1', summary: 'In short.', tags: ['feed tag'], lang: 'vi', image: 'https://a.example/p.jpg' };
  const { article: read } = withFeedFacts(page(), facts);
  expect(read).toMatchObject({
    description: 'In short.',
    image: 'https://a.example/p.jpg',
    tags: ['harbour'],
    lang: 'en',
    provenance: {
      description: { from: 'feed', at: 'summary' },
      image: { from: 'feed', at: 'image' },
      guid: { from: 'feed', at: 'x1' },
    },
  });
  expect(read?.provenance.tags).toBeUndefined();
});

test('a page that is no article, or that no feed knows, stays as it is', () => {
  const front = page({ kind: 'front', article: null });
  expect(withFeedFacts(front, { guid: 'x1' })).toBe(front);
  const known = page();
  expect(withFeedFacts(known, undefined)).toBe(known);
});

test.each<[string, string, Outlink['rel']]>([
  ['https://a.example/rss', 'RSS', 'feed'],
  ['https://a.example/rss/the-thao.rss', 'Thể thao', 'feed'],
  ['https://a.example/feed/', '', 'feed'],
  ['https://a.example/?feed=rss2', 'Entries', 'feed'],
  ['https://a.example/atom.xml', 'Subscribe', 'feed'],
  ['https://a.example/sitemap_news.xml', 'Map', 'sitemap'],
  ['https://a.example/feeds/the-best-bird-feeds-of-2026', 'The best bird food', 'link'],
  ['https://a.example/news/2026/index', 'News', 'link'],
])('a front page links to %s (%s) as a %s', (url, text, rel) => {
  const read = noticeFeeds(page({ kind: 'front', links: [{ url, text, rel: 'link' }] }));
  expect(read.links[0]?.rel).toBe(rel);
});

test('the feed that an article links to is that of its comments', () => {
  const links: Outlink[] = [{ url: 'https://a.example/a/feed/', text: 'RSS', rel: 'link' }];
  expect(noticeFeeds(page({ links })).links).toEqual(links);
});
