/** Whole pages, written for these tests: what is read, what is left out, and where each field came from. */
import { describe, expect, test } from 'vitest';
import { readPage } from './index.ts';

const fetchedAt = '2026-01-01T00:00:00Z';
const read = (html: string, more: Partial<Parameters<typeof readPage>[1]> = {}) =>
  readPage(new TextEncoder().encode(html), {
    url: 'https://daily.example/city/2025/market-hall-reopens.html',
    fetchedAt,
    ...more,
  });

const PARAGRAPHS = [
  'The market hall on the north bank opened its doors again on Tuesday, four years after a fire had destroyed the roof and most of the stalls on the upper floor.',
  'Traders who had moved to tents along the river carried their goods back before sunrise, and by noon, the aisles were as full as anyone could remember.',
  'The city paid for two thirds of the work, the traders’ association for the rest; both said the final bill, which is expected in spring, would stay within the plan.',
  'A second building phase, with cold rooms and a kitchen for courses, is to begin next year if the council agrees to the loan that was put before it last month.',
];
const article = `<!doctype html><html lang="en"><head><title>Market hall reopens after four years - Daily Example</title>
<meta property="og:site_name" content="Daily Example"><meta property="og:title" content="Market hall reopens after four years">
<meta property="og:image" content="/img/hall.jpg"><link rel="canonical" href="/city/2025/market-hall-reopens.html">
<meta property="article:published_time" content="2025-03-04T08:15:00+01:00"><meta name="robots" content="NoArchive, max-snippet:50">
<link rel="alternate" type="application/rss+xml" href="/feed.xml" title="News">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Market hall reopens after four years","datePublished":"2025-03-04T08:15:00+01:00","author":{"@type":"Person","name":"Ida Brandt"}}</script></head>
<body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/city/">City</a></li><li><a href="/sports/">Sports</a></li></ul></nav>
<article><h1>Market hall reopens after four years</h1><p class="byline">By <a rel="author" href="/authors/ida-brandt">Ida Brandt</a> | March 4, 2025</p>
<figure><img src="/img/hall.jpg" width="800" height="500"><figcaption>The new roof, seen from the river. Photo: Jan Roth</figcaption></figure>
<p>${PARAGRAPHS[0]}</p><p>${PARAGRAPHS[1]}</p><h2>Who pays</h2><p>${PARAGRAPHS[2]}</p>
<aside class="related"><h3>Read more</h3><ul><li><a href="/city/2025/bridge.html">Bridge closed for repairs until June</a> (01/02/2025)</li></ul></aside>
<p>${PARAGRAPHS[3]}</p></article>
<section class="comments"><h3>2 comments</h3><div class="comment"><p>What a day! I was there at six in the morning already.</p></div></section>
<footer class="footer"><p>© 2026 Daily Example. All rights reserved. <a href="/imprint">Imprint</a></p></footer></body></html>`;

test('an article is read whole, without its furniture', () => {
  const page = read(article);
  expect(page.kind).toBe('article');
  expect(page.article).toMatchObject({
    title: 'Market hall reopens after four years',
    date: { value: '2025-03-04T08:15:00+01:00', precision: 'second' },
    authors: ['Ida Brandt'],
    lang: 'en',
    image: 'https://daily.example/img/hall.jpg',
  });
  const lines = page.article?.body.split('\n\n') ?? [];
  for (const paragraph of PARAGRAPHS) expect(lines).toContain(paragraph);
  expect(page.article?.body).not.toMatch(
    /Photo:|Read more|Bridge closed|comments|I was there|All rights reserved|Ida Brandt/,
  );
});

test('links, canonical address and robots directives come with it', () => {
  const page = read(article, { xRobotsTag: 'googlebot: noindex, newsloom: noai', agent: 'Newsloom' });
  expect(page.canonicalUrl).toBe('https://daily.example/city/2025/market-hall-reopens.html');
  expect(page.robots).toEqual(['noarchive', 'max-snippet:50', 'noai']);
  expect(page.links).toContainEqual({ url: 'https://daily.example/feed.xml', text: 'News', rel: 'feed' });
  expect(page.links).toContainEqual({ url: 'https://daily.example/sports/', text: 'Sports', rel: 'link' });
});

test('a page may speak to one agent by name, and reserve its rights', () => {
  const html = `<head><meta name="Newsloom" content="noarchive"><meta name="otherbot" content="noindex">
<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://daily.example/tdm"></head><p>x`;
  const page = readPage(Buffer.from(html), {
    url: 'https://daily.example/a',
    fetchedAt: '2025-03-04',
    agent: 'Newsloom',
  });
  expect(page.robots).toEqual(['noarchive', 'tdm-reservation', 'tdm-policy:https://daily.example/tdm']);
});

test('each field says where it came from and what it beat', () => {
  const { provenance } = read(article).article ?? {};
  expect(Object.keys(provenance ?? {}).sort()).toEqual([
    'authors',
    'body',
    'canonicalUrl',
    'date',
    'directives',
    'image',
    'lang',
    'title',
  ]);
  expect(provenance?.date).toMatchObject({ from: expect.stringMatching(/json-ld|opengraph/) });
  expect(JSON.stringify(provenance?.date?.over ?? [])).toContain('2025');
});

test('a front page is no article', () => {
  const teasers = Array.from(
    { length: 30 },
    (_, at) =>
      `<div class="teaser"><h3><a href="/city/${at}.html">Headline number ${at} about a thing that happened</a></h3><p>A short summary of it.</p></div>`,
  ).join('');
  expect(
    read(`<html><title>Daily Example</title><body>${teasers}</body></html>`, { url: 'https://daily.example/' }),
  ).toMatchObject({ kind: 'front', note: 'front', article: null });
  expect(
    read(`<html><title>City - Daily Example</title><body>${teasers}</body></html>`, {
      url: 'https://daily.example/city/',
    }).kind,
  ).toBe('front');
});

test('a missing page that answers 200 is an error, not an article', () => {
  expect(
    read('<title>404 - Page not found</title><h1>Page not found</h1><p>The page you asked for does not exist.</p>'),
  ).toMatchObject({ kind: 'error', note: 'soft-404' });
});

test('a login wall is told as one', () => {
  expect(read('<title>Sign in</title><form><input type=text><input type=password></form>')).toMatchObject({
    kind: 'login',
    article: null,
  });
});

test.each([
  [
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>One</title><link>https://a.example/1</link></item></channel></rss>',
    'feed',
    'item',
  ],
  [
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url></urlset>',
    'sitemap',
    'item',
  ],
  ['<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>', 'sitemap', 'sitemap'],
  ['{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://a.example/1"}]}', 'feed', 'item'],
  ['https://a.example/1\nhttps://a.example/2\n', 'sitemap', 'item'],
])('feeds and sitemaps are recognised by content: %s', (body, kind, rel) => {
  const page = read(body);
  expect(page.kind).toBe(kind);
  expect(page.links[0]?.rel).toBe(rel);
});

test('the text of a page that only its script state holds is found', () => {
  const state = JSON.stringify({ props: { article: { body: PARAGRAPHS.map((one) => `<p>${one}</p>`).join('') } } });
  const page = read(`<title>Market hall</title><div id=app></div><script type="application/json">${state}</script>`, {
    asArticle: true,
  });
  expect(page.article?.body).toBe(PARAGRAPHS.join('\n\n'));
  expect(page.article?.provenance.body).toEqual({ from: 'text', at: 'script state' });
});

test('the text of a page that only its JSON-LD holds is found', () => {
  const linked = JSON.stringify({
    '@type': 'NewsArticle',
    headline: 'Market hall',
    articleBody: PARAGRAPHS.join('\n'),
  });
  const page = read(`<title>Market hall</title><p>Loading</p><script type="application/ld+json">${linked}</script>`, {
    asArticle: true,
  });
  expect(page.article?.provenance.body).toEqual({ from: 'json-ld', at: 'articleBody' });
});

test('what a feed said about a page fills what the page leaves open', () => {
  const page = read(`<title>Market hall</title><p>${PARAGRAPHS.join('</p><p>')}</p>`, {
    asArticle: true,
    url: 'https://daily.example/a',
    facts: { date: '2025-03-04T08:15:00Z', title: 'Market hall reopens' },
  });
  expect(page.article?.date?.value).toBe('2025-03-04T08:15:00Z');
  expect(page.article?.provenance.date?.from).toBe('feed');
});

test('the language comes from the text where the page declares another', () => {
  const page = read(`<html lang="de"><title>Market hall</title><p>${PARAGRAPHS.join('</p><p>')}</p>`, {
    asArticle: true,
  });
  expect(page.article?.lang).toBe('en');
  expect(page.article?.provenance.lang?.over).toEqual([{ from: 'declared', value: 'de' }]);
});

describe('a page that is not free to read says so', () => {
  const page = (head: string) =>
    readPage(
      Buffer.from(
        `<!doctype html><html lang="vi"><head><title>Tin</title>${head}</head><body><article><p>Mưa lớn kéo dài từ rạng sáng ở Huế, học sinh được nghỉ học.</p></article></body></html>`,
      ),
      { url: 'https://bao.example/tin-1.html', fetchedAt: '2026-04-14T03:00:00Z', asArticle: true },
    ).robots;

  test.each([
    [
      'in JSON-LD',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tin","isAccessibleForFree":false}</script>',
      true,
    ],
    [
      'in JSON-LD as text',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tin","isAccessibleForFree":"False"}</script>',
      true,
    ],
    ['in a meta', '<meta property="article:content_tier" content="metered">', true],
    ['not where it is free', '<meta property="article:content_tier" content="free">', false],
    ['not where it says nothing', '', false],
  ])('%s', (_what, head, closed) => {
    expect(page(head).includes('paywall')).toBe(closed);
  });
});

test.each([
  ['a date labelled "Updated on" is the date of the change', 'Updated on', null],
  ['a date labelled "Posted on" is the date of publication', 'Posted on', '2025-03-09'],
])('%s', (_, label, published) => {
  const page = read(
    article
      .replace(/<meta property="article:published_time"[^>]*>/, '')
      .replace(/"datePublished":"[^"]*",/, '')
      .replace('| March 4, 2025', `| ${label} March 9, 2025`),
  );
  if (published) expect(page.article?.date?.value).toBe(published);
  else expect(page.article?.dateModified?.value).toBe('2025-03-09');
});

test('a quotation at the end of a title keeps its closing mark', () => {
  const title = '«Good wages alone are not enough»';
  const page = read(
    article
      .replaceAll('Market hall reopens after four years', title)
      .replace(`<h1>${title}</h1>`, '<p class="kicker">Wages</p>'),
  );
  expect(page.article?.title).toBe(title);
});

test('a language declared by an old tag is told by the one that holds', () => {
  const html = '<html lang="iw"><head><title>-</title></head><body><p>12 34</p></body></html>';
  expect(read(html, { asArticle: true }).article?.lang).toBe('he');
});
