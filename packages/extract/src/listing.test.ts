/** Feeds and sitemaps are known by what they are, not by what they are called. */
import { expect, test } from 'vitest';
import { readListing } from './index.ts';

const read = (text: string, isPlain = false) =>
  readListing(new TextEncoder().encode(text), { url: 'https://a.example/x', contentType: null, isPlain });
const ITEM = '<channel><item><link>https://a.example/1</link></item></channel>';

test.each([
  ['a feed', `<rss>${ITEM}</rss>`, 'feed'],
  [
    'a feed behind a stylesheet and a comment',
    `<?xml version="1.0"?>\n<?xml-stylesheet href="x.xsl"?><!-- <html> --><rss>${ITEM}</rss>`,
    'feed',
  ],
  ['a feed with entities of its own', `<!DOCTYPE rss [<!ENTITY a "<b>">\n<!ENTITY c "d">]><rss>${ITEM}</rss>`, 'feed'],
  [
    'a feed with a prefix',
    `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:link href="/1"/></a:entry></a:feed>`,
    'feed',
  ],
  ['a sitemap', '<urlset><url><loc>https://a.example/1</loc></url></urlset>', 'sitemap'],
  ['a JSON feed', '{"version":"https://jsonfeed.org/version/1","items":[{"url":"/1"}]}', 'feed'],
])('%s is read', (_, text, kind) => {
  expect(read(text)).toMatchObject({ kind, links: [{ url: 'https://a.example/1' }] });
});

test('a list of addresses is a sitemap where it is called plain text', () => {
  const list = '\ufeffhttps://a.example/1\nhttps://a.example/2\n';
  expect(read(list, true)).toMatchObject({ kind: 'sitemap' });
  expect(read(list)).toBeNull();
});

test.each([
  ['a page about feeds', '<!doctype html><p>Write <rss > first.</p>'],
  ['a page', '<html><body>news</body></html>'],
  ['a text with an address', 'See https://a.example/1 for more.\nAnd so on.'],
  ['nothing', ''],
])('%s is neither', (_, text) => {
  expect(read(text, true)).toBeNull();
});
