/** The suite of sitemaps: crawler-commons' files, with what its tests expect of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadSitemap, readSitemap } from '@newsloom/extract';
import { type Suite, tally } from './suite.ts';

/** What is expected of one file, as the file itself and the tests of crawler-commons say it. */
type Expected = {
  file: string;
  format: ReadSitemap['format'] | null;
  /** Number of links, alternates left out. */
  links: number;
  /** One sentence each about the links. */
  says?: (read: ReadSitemap) => Record<string, boolean>;
};

const first = (read: ReadSitemap) => read.links[0];

const EXPECTED: readonly Expected[] = [
  {
    file: 'sitemap.txt',
    format: 'text',
    links: 2,
    says: (it) => ({ first: first(it)?.url === 'http://www.domain.com/page1.html' }),
  },
  { file: 'sitemap.txt.gz', format: 'text', links: 5 },
  { file: 'sitemap-with-bom.txt', format: 'text', links: 2 },
  { file: 'do-not-visit.txt', format: 'text', links: 1 },
  {
    file: 'sitemap.ns.xml',
    format: 'urlset',
    links: 2,
    says: (it) => ({ frequency: it.links.every((link) => link.changeFrequency === 'daily') }),
  },
  {
    file: 'sitemap.badns.xml',
    format: 'urlset',
    links: 2,
    says: (it) => ({
      trimmed: it.links[1]?.url === 'http://www.example.com/2' && it.links[1]?.changeFrequency === 'daily',
    }),
  },
  {
    file: 'sitemap.index.xml',
    format: 'index',
    links: 15,
    says: (it) => ({
      first: first(it)?.url === 'https://example.com/sitemap.jss?portalCode=10260&lang=en',
      relation: it.links.every((link) => link.rel === 'sitemap'),
    }),
  },
  {
    file: 'atom.xml',
    format: 'feed',
    links: 1,
    // The page itself, not the feed's or the editor's address.
    says: (it) => ({ page: /^http:\/\/example\.org\/2003\/12\/13\/atom03/.test(first(it)?.url ?? '') }),
  },
  { file: 'rss/feed.rss', format: 'feed', links: 4 },
  {
    file: 'rss/xmlRss_pubDate.xml',
    format: 'feed',
    links: 7,
    says: (it) => ({ date: first(it)?.facts?.date === '2017-01-05T13:34:51+01:00' }),
  },
  { file: 'xmlSitemap.gz', format: 'urlset', links: 5 },
  {
    file: 'extension/sitemap-news.xml',
    format: 'urlset',
    links: 2,
    says: (it) => ({
      title: first(it)?.facts?.title === 'Companies A, B in Merger Talks',
      date: first(it)?.facts?.date === '2008-12-23',
    }),
  },
  {
    file: 'extension/sitemap-images.xml',
    format: 'urlset',
    links: 1,
    says: (it) => ({ images: first(it)?.images?.length === 2 }),
  },
  {
    file: 'extension/sitemap-links.xml',
    format: 'urlset',
    links: 3,
    says: (it) => ({ alternates: it.links.every((link) => (link.alternates?.length ?? 0) > 0) }),
  },
  { file: 'extension/sitemap-mobile.xml', format: 'urlset', links: 3 },
  { file: 'extension/pagemaps-sitemap.xml', format: 'urlset', links: 2 },
  { file: 'extension/sitemap-videos.xml', format: 'urlset', links: 3 },
  { file: 'extension/sitemap-videos-tvshow.xml', format: 'urlset', links: 1 },
  { file: 'extension/shinpaideshou-news-sitemap.xml', format: 'urlset', links: 3 },
  { file: 'extension/hebdenbridgetimes-articles-sitemap.xml', format: 'urlset', links: 74 },
];

export const sitemapsCrawlerCommons: Suite = {
  name: 'sitemaps-crawlercommons',
  run(dir) {
    const { result, check } = tally();
    for (const { file, format, links, says } of EXPECTED) {
      const read = readSitemap(readFileSync(join(dir, file)), { url: `https://www.example.com/${file}` });
      check(read?.format === format, () => `${file} is read as ${read?.format ?? 'nothing'} instead of ${format}`);
      check(read?.links.length === links, () => `${file} has ${read?.links.length} links instead of ${links}`);
      if (!read || !says) continue;
      for (const [what, holds] of Object.entries(says(read)))
        check(holds, () => `${file}: ${what} of ${JSON.stringify(read.links[0])}`);
    }
    return result;
  },
};
