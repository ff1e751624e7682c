/** Hostile pages: each must come back as a page, without a throw, whatever it holds. */
import { expect, test, vi } from 'vitest';
import { readFeed, readPage, readSitemap, readText } from './index.ts';
import { MAX_DEPTH } from './open-elements.ts';
import { MAX_ATTRIBUTES, scanHtml } from './scan.ts';
import * as tapes from './tape.ts';

// The pages are large: a busy machine needs longer than the default for the sum of the readings.
vi.setConfig({ testTimeout: 120_000 });

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const context = { url: 'https://news.example/a.html', fetchedAt: '2026-01-01T00:00:00Z' };
const TEXT = 'A sentence of the article, long enough to be one. ';

const HOSTILE: [string, string][] = [
  ['100,000 nested divs', '<div>'.repeat(100_000) + TEXT],
  ['100,000 nested divs that are closed again', '<div>'.repeat(100_000) + TEXT + '</div>'.repeat(100_000)],
  ['a million attributes on one tag', `<p ${'x=1 '.repeat(1_000_000)}>${TEXT}`],
  ['a million differing attributes', `<p ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}`).join(' ')}>${TEXT}`],
  ['a million null bytes', `<p>${'\0'.repeat(1_000_000)}${TEXT}`],
  ['a million character references', `<p>${'&amp;'.repeat(1_000_000)}`],
  ['references that never end', `<p>${'&#'.repeat(500_000)}&ampampamp`],
  ['100,000 open formatting elements', '<b><i>'.repeat(50_000) + TEXT],
  ['100,000 nested links', '<a href=x>'.repeat(100_000) + TEXT],
  ['100,000 nested lists', '<ul><li>'.repeat(50_000) + TEXT],
  ['100,000 stray end tags', '</div></p></table>'.repeat(50_000) + TEXT],
  ['a comment that never ends', `<!--${'-'.repeat(500_000)}`],
  ['a script that never ends', `<script>${'<!--<script>'.repeat(50_000)}`],
  ['a quote that never ends', `<a href="${'x'.repeat(1_000_000)}`],
  ['deeply nested JSON-LD', `<script type="application/ld+json">${'['.repeat(200_000)}</script><p>${TEXT}`],
  ['a title of a million characters', `<title>${'- | '.repeat(250_000)}</title><p>${TEXT}`],
  ['a byline of a million characters', `<p class=author>By ${'Jane and '.repeat(100_000)}</p>`],
  ['100,000 dates', `<p>${TEXT}</p>${'<p>12/03/2015</p>'.repeat(20_000)}`],
  ['a hundred thousand paragraphs', `<p>${TEXT}</p>`.repeat(20_000)],
  ['nothing', ''],
  ['only white space', ' \n\t '],
  ['half a tag', '<'],
  ['lone surrogates', `<p>${TEXT}\ud800\udfff\udc00`],
];

test.each(HOSTILE)('a page with %s is read without a throw', (_, html) => {
  const page = readPage(bytes(html), context);
  expect(page.charset).not.toBe('');
  expect(Array.isArray(page.links)).toBe(true);
});

test.each(HOSTILE)('the same as an article, a text, a feed and a sitemap: %s', (_, html) => {
  const body = bytes(html);
  expect(() => readPage(body, { ...context, asArticle: true })).not.toThrow();
  expect(() => readText(body, context)).not.toThrow();
  expect(() => readFeed(body, context)).not.toThrow();
  expect(() => readSitemap(body, context)).not.toThrow();
});

test('elements deeper than the cap become siblings, and their text is kept', () => {
  const tape = scanHtml(`${'<div>'.repeat(5_000)}deep${'</div>'.repeat(5_000)}<p>after</p>`);
  expect(tape.truncated).toBe(true);
  let depth = 0;
  let deepest = 0;
  const texts: string[] = [];
  for (let at = 0; at < tape.count; at++)
    if (tape.kind(at) === tapes.END) depth--;
    else if (tape.kind(at) === tapes.TEXT) texts.push(tape.text(at));
    else deepest = Math.max(deepest, ++depth);
  expect(deepest).toBeLessThanOrEqual(MAX_DEPTH + 1);
  expect(depth).toBe(0);
  expect(texts).toEqual(['deep', 'after']);
});

test('only the first attributes of an element are kept', () => {
  const tape = scanHtml(`<p ${'class=x '.repeat(500)}id=y>x</p>`);
  expect(tape.truncated).toBe(true);
  expect(tape.nextAttribute).toBe(MAX_ATTRIBUTES);
  expect(tape.attribute(0, 'id')).toBeUndefined();
});

test('a gzip bomb in place of a sitemap is refused', () => {
  expect(readSitemap(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]), context)).toBeNull();
});
