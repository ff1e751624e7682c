/** Feeds and sitemaps of every kind, with the faults they come with. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MAX_FEED_ITEMS, readFeed, readSitemap } from './index.ts';

const feed = (text: string, url = 'https://a.example/feed') => readFeed(new TextEncoder().encode(text), { url });
const sitemap = (text: string) => readSitemap(new TextEncoder().encode(text), { url: 'https://a.example/sitemap.xml' });

test.each([
  [
    'RSS 2.0',
    '<rss version="2.0"><channel><title>Paper</title><link>https://a.example/</link><item><title>One &amp; two</title><link>/1</link><pubDate>Mon, 13 Apr 2015 21:07:00 +0700</pubDate><guid>x1</guid><author>jane@a.example (Jane Doe)</author></item></channel></rss>',
  ],
  [
    'RDF',
    '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d"><channel><title>Paper</title><link>https://a.example/</link></channel><item><title>One &amp; two</title><link>https://a.example/1</link><dc:date>2015-04-13T21:07:00+07:00</dc:date><dc:creator>Jane Doe</dc:creator></item></rdf:RDF>',
  ],
  [
    'Atom',
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><link href="https://a.example/"/><entry><title type="html">One &amp;amp; two</title><link rel="self" href="https://a.example/self"/><link rel="alternate" href="https://a.example/1"/><published>2015-04-13T21:07:00+07:00</published><author><name>Jane Doe</name></author></entry></feed>',
  ],
  [
    'JSON Feed',
    '{"version":"https://jsonfeed.org/version/1.1","title":"Paper","home_page_url":"https://a.example/","items":[{"id":"x1","url":"https://a.example/1","title":"One & two","date_published":"2015-04-13T21:07:00+07:00","authors":[{"name":"Jane Doe"}]}]}',
  ],
])('%s gives items with title, date and author', (_, text) => {
  const read = feed(text);
  expect(read?.title).toBe('Paper');
  expect(read?.siteUrl).toBe('https://a.example/');
  expect(read?.links).toHaveLength(1);
  expect(read?.links[0]).toMatchObject({
    url: 'https://a.example/1',
    text: 'One & two',
    rel: 'item',
    facts: { title: 'One & two', date: '2015-04-13T21:07:00+07:00', authors: ['Jane Doe'] },
  });
});

test('an unescaped ampersand, HTML entities and a missing end tag do not stop a feed', () => {
  const read = feed(
    '<rss><channel><title>B&auml;r & Co</title><item><title>Caf&eacute; <b>news</b></title><link>https://a.example/1?a=1&b=2</link></item><item><title>Two</title><link>https://a.example/2</link>',
  );
  expect(read?.title).toBe('Bär & Co');
  expect(read?.links.map((link) => link.text)).toEqual(['Café news', 'Two']);
  expect(read?.links[0]?.url).toBe('https://a.example/1?a=1&b=2');
});

test('a permanent guid serves where an item has no link', () => {
  expect(
    feed('<rss><channel><item><title>One</title><guid>https://a.example/1</guid></item></channel></rss>')?.links[0]
      ?.url,
  ).toBe('https://a.example/1');
});

test('the address before a feed service is preferred', () => {
  const text =
    '<rss xmlns:feedburner="f"><channel><item><link>https://feeds.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink></item></channel></rss>';
  expect(feed(text)?.links[0]?.url).toBe('https://a.example/1');
});

test('a feed of very many items is cut', () => {
  const items = Array.from(
    { length: MAX_FEED_ITEMS + 50 },
    (_, at) => `<item><link>https://a.example/${at}</link></item>`,
  ).join('');
  expect(feed(`<rss><channel>${items}</channel></rss>`)?.links).toHaveLength(MAX_FEED_ITEMS);
});

test.each([['<html><body>no feed</body></html>'], ['plain'], [''], ['{"a":1}'], ['[1,2]']])('%s is no feed', (text) => {
  expect(feed(text)).toBeNull();
});

test('a url set gives pages with the time of their last change', () => {
  const read = sitemap(
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://a.example/1 </loc><lastmod>2015-04-13</lastmod><priority>0.8</priority></url><url><loc>https://a.example/1</loc></url></urlset>',
  );
  expect(read).toMatchObject({
    format: 'urlset',
    links: [{ url: 'https://a.example/1', rel: 'item', lastModified: '2015-04-13', priority: 0.8 }],
  });
  expect(read?.links).toHaveLength(1);
});

test('a news sitemap gives titles and dates', () => {
  const read = sitemap(
    '<urlset xmlns:news="n"><url><loc>https://a.example/1</loc><news:news><news:publication><news:name>P</news:name></news:publication><news:publication_date>2015-04-13T21:07+07:00</news:publication_date><news:title>One</news:title></news:news></url></urlset>',
  );
  expect(read?.links[0]).toMatchObject({ text: 'One', facts: { title: 'One', date: '2015-04-13T21:07:00+07:00' } });
});

test('an index names other sitemaps, also under gzip', () => {
  const xml = '<sitemapindex><sitemap><loc>https://a.example/s1.xml.gz</loc></sitemap></sitemapindex>';
  const read = readSitemap(gzipSync(xml), { url: 'https://a.example/sitemap.xml.gz' });
  expect(read).toMatchObject({ format: 'index', links: [{ url: 'https://a.example/s1.xml.gz', rel: 'sitemap' }] });
});

test('a text sitemap is a list of addresses', () => {
  expect(sitemap('\ufeffhttps://a.example/1\r\nhttps://a.example/2\r\n')?.links.map((link) => link.url)).toEqual([
    'https://a.example/1',
    'https://a.example/2',
  ]);
  expect(sitemap('User-agent: *\nDisallow: /')).toBeNull();
});
