/** The structure of bodies: text exactly derivable, HTML and Markdown safe whatever a page holds. */
import type { BodyPart } from '@newsloom/model';
import { expect, test } from 'vitest';
import { readPage } from '../index.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';
import { plainParts } from './parts.ts';

const TEXT =
  'The ferry company said that its three boats would stay in the harbour until the storm has passed, which may take days, and asked all travellers to be patient.';

function read(inner: string): { body: string; parts: BodyPart[]; html: string; markdown: string } {
  const html = `<!doctype html><title>Ferries stay in harbour</title><body><nav><a href="/">Home</a></nav><article><h1>Ferries stay in harbour</h1><p>${TEXT}</p>${inner}<p>${TEXT} It will speak again tomorrow.</p></article>`;
  const { article } = readPage(new TextEncoder().encode(html), {
    url: 'https://daily.example/2025/ferries.html',
    fetchedAt: '2026-01-01T00:00:00Z',
    asArticle: true,
    structured: true,
  });
  const body = article?.body ?? '';
  const parts = article?.structure ?? [];
  return { body, parts, html: toHtml(body, parts), markdown: toMarkdown(body, parts) };
}

/** The text between the parts of a body. */
function between(body: string, parts: readonly BodyPart[]): string {
  let rest = '';
  let at = 0;
  for (const part of parts) {
    rest += body.slice(at, part.start);
    at = Math.max(at, part.end);
  }
  return rest + body.slice(at);
}

const PARAGRAPH = `<p>Passengers with a <b>valid ticket</b> can <a href="/refund?a=1&amp;b=2">ask for <i>their</i> money</a> back, said the company in a <a href="javascript:alert(1)">statement</a> that was sent to newspapers on Tuesday evening.</p>`;

test('links and stress keep their place in the text', () => {
  const { body, parts, html, markdown } = read(PARAGRAPH);
  const marks = parts.flatMap((part) => (part.kind === 'image' ? [] : part.marks));
  expect(marks.map((mark) => [mark.kind, body.slice(mark.start, mark.end)])).toEqual([
    ['strong', 'valid ticket'],
    ['link', 'ask for their money'],
    ['emphasis', 'their'],
  ]);
  expect(html).toContain(
    'a <strong>valid ticket</strong> can <a href="https://daily.example/refund?a=1&amp;b=2" rel="nofollow noopener">ask for <em>their</em> money</a> back',
  );
  expect(markdown).toContain(
    'a **valid ticket** can [ask for *their* money](https://daily.example/refund?a=1&b=2) back',
  );
  expect(html + markdown).not.toContain('javascript');
});

test('the parts hold all of the text but white space and bars', () => {
  const { body, parts } = read(
    `${PARAGRAPH}<h2>Who is hit</h2><ul><li>People who live on the northern islands and have to go to work in town</li><li>Shops that wait for bread, milk and newspapers from the mainland every day</li></ul><blockquote><p>We have not seen such waves in the thirty years that I have been a captain, and I hope not to see them again.</p></blockquote>`,
  );
  expect(body).toContain('northern islands');
  expect(body).toContain('such waves');
  expect(between(body, parts)).toMatch(/^[\s|]*$/);
  expect(parts.map((part) => part.start)).toEqual(parts.map((part) => part.start).sort((a, b) => a - b));
});

test('lists, quotes and headings are written as such', () => {
  const { html, markdown } = read(
    `<h2>Who is hit</h2><ul><li>People who live on the northern islands and have to go to work in town</li><li>Shops that wait for bread, milk and newspapers from the mainland every day</li></ul><blockquote><p>We have not seen such waves in the thirty years that I have been a captain, and I hope not to see them again.</p></blockquote>`,
  );
  expect(html).toContain('<h2>Who is hit</h2>');
  expect(html.replace(/\s+/g, ' ')).toMatch(
    /<ul> <li> <p>People [^<]+<\/p> <\/li> <li> <p>Shops [^<]+<\/p> <\/li> <\/ul>/,
  );
  expect(html.replace(/\s+/g, ' ')).toMatch(/<blockquote> <p>We have/);
  expect(markdown).toMatch(/## Who is hit\n\n- People [^\n]+\n- Shops [^\n]+\n\n> We have/);
});

test('an image between paragraphs comes with its caption, which is not in the text', () => {
  const { body, html, markdown } = read(
    `${PARAGRAPH}<figure><img src="/img/boat.jpg" alt="A boat" width="800" height="500"><figcaption>The boat &lt;Anna&gt; in the harbour. Photo: Jan Roth</figcaption></figure>${PARAGRAPH.replace('Passengers', 'Travellers')}`,
  );
  expect(body).not.toContain('Jan Roth');
  expect(html).toContain(
    '<figure><img src="https://daily.example/img/boat.jpg" alt="A boat"><figcaption>The boat &lt;Anna&gt; in the harbour. Photo: Jan Roth</figcaption></figure>',
  );
  expect(markdown).toContain('![A boat](https://daily.example/img/boat.jpg)\n\n*The boat \\<Anna> in the harbour');
});

const HOSTILE: BodyPart[] = [
  { kind: 'heading', level: 99, start: 0, end: 9, inside: [], marks: [] },
  {
    kind: 'paragraph',
    start: 11,
    end: 40,
    inside: [],
    marks: [
      { kind: 'link', start: 11, end: 20, href: 'javascript:alert(1)' },
      { kind: 'strong', start: 15, end: 30 },
      { kind: 'link', start: 31, end: 36, href: 'https://x.example/"><script>' },
    ],
  },
  { kind: 'image', start: 40, end: 40, inside: [], src: 'data:text/html,x', alt: '', caption: '' },
  {
    kind: 'image',
    start: 40,
    end: 40,
    inside: [],
    src: 'https://x.example/a"b.png',
    alt: '"><script>',
    caption: '<b>',
  },
];

test('whatever stands in text, marks and addresses, only our own elements are written', () => {
  const body = '<script>x\n\n</p><img src=x onerror=alert(1)> &amp; more';
  const html = toHtml(body, HOSTILE);
  expect(html).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>|javascript:|data:/);
  expect(html.match(/<[a-z0-9]+/g)?.every((tag) => /^<(?:h6|p|a|figure|img|figcaption|br)$/.test(tag))).toBe(true);
  expect(toMarkdown(body, HOSTILE)).not.toMatch(/(?<!\\)<|javascript:|data:/);
});

test('what looks like Markdown in the text is escaped', () => {
  const body = '# no heading\n1. no list\n- no item *no stress* [no](link) a_b';
  expect(toMarkdown(body, plainParts(body))).toBe(
    '\\# no heading\\\n1\\. no list\\\n\\- no item \\*no stress\\* \\[no\\](link) a\\_b\n',
  );
});

test('a table is written with its rows and cells', () => {
  const cells = (...texts: string[]): string => texts.map((text) => `<td>${text}</td>`).join('');
  const { html, markdown, body } = read(
    `${PARAGRAPH}<table><tr><th>Line</th><th>Boats in service before the storm</th></tr><tr>${cells('North', 'Three large ferries for cars and people, twice a day')}</tr><tr>${cells('South', 'One small ferry for people only, every second hour')}</tr></table>`,
  );
  expect(body).toContain('North | Three large ferries');
  expect(markdown).toMatch(/\| North \| Three large ferries for cars and people, twice a day \|/);
  expect(html.replace(/\s+/g, '')).toContain('<tr><td><p>North</p></td><td><p>Threelargeferries');
});
