import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SampleSite, serveSampleSite } from './index.ts';

let site: SampleSite;
beforeAll(async () => {
  site = await serveSampleSite();
});
afterAll(() => site[Symbol.asyncDispose]());

/** Article addresses and section pages a page links. */
async function linksOf(url: string): Promise<string[]> {
  const html = await (await fetch(url)).text();
  return [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href]) => new URL(href ?? '', url).href);
}

test('the site has enough articles in each language, each of at least 250 words and six paragraphs', () => {
  const count = (lang: string) => site.articles.filter((article) => article.lang === lang).length;
  expect([count('vi'), count('fr'), count('en')]).toEqual([9, 6, 3]);
  for (const article of site.articles) {
    expect(article.paragraphs.join(' ').split(/\s+/).length, article.url).toBeGreaterThanOrEqual(250);
    expect(article.paragraphs.length, article.url).toBeGreaterThanOrEqual(6);
    expect(article.title + article.paragraphs.join(''), article.url).toBe(
      (article.title + article.paragraphs.join('')).normalize('NFC'),
    );
  }
});

test('every article is linked from its front page, or from a section page for the one that is two hops away', async () => {
  for (const front of site.fronts) {
    const first = new Set(await linksOf(front));
    const sections = [...first].filter((url) => url.startsWith(front) && url.endsWith('/') && url !== front);
    const second = new Set((await Promise.all(sections.map(linksOf))).flat());
    for (const article of site.articles.filter(({ host }) => `${host}/` === front)) {
      expect(first.has(article.url), article.url).toBe(article.depth === 1);
      expect(second.has(article.url), article.url).toBe(true);
    }
  }
});

test('every link on a front page leads somewhere, except the one that is dead on purpose', async () => {
  const links = (await Promise.all(site.fronts.map(linksOf))).flat().filter((url) => !url.includes('#'));
  const dead = [];
  for (const url of new Set(links)) if (!(await fetch(url)).ok) dead.push(new URL(url).pathname);
  expect(dead).toEqual(['/societe/le-marche-flottant-de-cai-rang-sous-la-loupe/18002.html']);
});

test('the wire story is told on three hosts in three languages with the same numbers', () => {
  const told = site.articles.filter(({ wire }) => wire === 'lach-huyen-seizure');
  expect(told.map(({ lang }) => lang)).toEqual(['vi', 'fr', 'en']);
  expect(new Set(told.map(({ host }) => host)).size).toBe(3);
  for (const { paragraphs } of told) expect(paragraphs.join(' ')).toMatch(/\b3[,.]2\b.*\b118\b.*Claire Maurin/s);
});

test.each([
  ['the RSS feed', () => site.feeds[0], 'application/rss+xml', 7],
  ['the Atom feed', () => site.feeds[1], 'application/atom+xml', 6],
  ['the news sitemap', () => site.sitemaps.find((url) => url.includes('news')), 'application/xml', 5],
])('%s names every article of its host', async (_, address, type, count) => {
  const response = await fetch(address() ?? '');
  expect(response.headers.get('content-type')).toContain(type);
  const xml = await response.text();
  const origin = new URL(address() ?? '').origin;
  const own = site.articles.filter(({ host }) => host === origin);
  expect(own).toHaveLength(count);
  for (const { url } of own) expect(xml).toContain(new URL(url).pathname);
});

test('robots.txt names the sitemaps, forbids one path and asks for no delay', async () => {
  for (const origin of site.hosts) {
    const text = await (await fetch(`${origin}/robots.txt`)).text();
    expect(text).toMatch(/^Disallow: \/\S+$/m);
    expect(text).toMatch(/^Crawl-delay: 0$/m);
    const named = [...text.matchAll(/^Sitemap: (.+)$/gm)].map(([, url]) => url);
    expect(named).toEqual(site.sitemaps.filter((url) => url.startsWith(`${origin}/`)));
  }
});

describe('one page of each template', () => {
  test.each([
    ['modern', 'phat-hien-3-2-tan', '"datePublished":"2026-04-13T21:07:00+07:00"', 'Thứ hai, 13/04/2026 21:07 (GMT+7)'],
    ['table', 'nha-may-nuoc-cau-do', 'class="noidung"', 'Thứ hai, 11/05/2026 09:05 (GMT+7)'],
    ['opengraph', 'ecailles-de-pangolin', 'article:published_time', 'Publié le 14 avril 2026 à 8h30'],
    ['plain', 'nha-trang', 'class="para"', 'Publié le 16 juillet 2026 |'],
    ['agency', 'delta-farmers', 'itemprop="articleBody"', 'March 30, 2026, 08:00'],
  ])('%s states its date the way it should', async (_, slug, markup, stamp) => {
    const url = site.articles.find((article) => article.url.includes(slug))?.url ?? '';
    const html = await (await fetch(url)).text();
    expect(html).toContain(markup);
    expect(html).toContain(stamp);
  });
});

test('one page is windows-1258 and says so in the page only; one is in decomposed form', async () => {
  const tight = site.articles.find(({ url }) => url.includes('tra-my'));
  const response = await fetch(tight?.url ?? '');
  expect(response.headers.get('content-type')).toBe('text/html');
  const decoded = new TextDecoder('windows-1258').decode(await response.arrayBuffer());
  expect(decoded).toContain('charset=windows-1258');
  expect(decoded.normalize('NFC')).toContain(tight?.bodyStarts);

  const loose = site.articles.find(({ url }) => url.includes('lang-gom'));
  const html = await (await fetch(loose?.url ?? '')).text();
  expect(html).not.toContain(loose?.bodyStarts);
  expect(html.normalize('NFC')).toContain(loose?.bodyStarts);
});

test('a short link moves for good, and the AMP and print pages name the page they come from', async () => {
  const [daily, paper] = site.hosts;
  const wire = site.articles.filter((article) => article.wire);
  const moved = await fetch(`${daily}/r/104518`, { redirect: 'manual' });
  expect([moved.status, moved.headers.get('location')]).toEqual([301, new URL(wire[0]?.url ?? '').pathname]);
  for (const [copy, url] of [
    [`${daily}/amp${new URL(wire[0]?.url ?? '').pathname}`, wire[0]?.url],
    [`${paper}/imprimer${new URL(wire[1]?.url ?? '').pathname}`, wire[1]?.url],
  ])
    expect(await (await fetch(copy ?? '')).text()).toContain(`<link rel="canonical" href="${url}">`);
});

test('a page asked for again by its ETag or its date is unchanged, and new after an edit', async () => {
  await using own = await serveSampleSite();
  const { url } = own.articles[0] ?? { url: '' };
  const first = await fetch(url);
  const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
  const dated = { 'if-modified-since': first.headers.get('last-modified') ?? '' };
  expect((await fetch(url, { headers })).status).toBe(304);
  expect((await fetch(url, { headers: dated })).status).toBe(304);

  own.editArticle(url, { title: 'Tiêu đề đã sửa' });
  const again = await fetch(url, { headers });
  expect([again.status, (await again.text()).includes('Tiêu đề đã sửa')]).toEqual([200, true]);
  expect((await fetch(url, { headers: dated })).status).toBe(200);
  expect(own.articles[0]?.title).toBe('Tiêu đề đã sửa');
});

test('a planned fault happens once, and every request is remembered', async () => {
  await using own = await serveSampleSite();
  const [front] = own.fronts;
  own.failNext(front ?? '', 429, { 'retry-after': '30' });
  own.failNext(front ?? '', 'reset');
  const refused = await fetch(front ?? '');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
  await expect(fetch(front ?? '')).rejects.toThrow();
  expect((await fetch(front ?? '')).status).toBe(200);
  expect(own.requests.map(({ status }) => status)).toEqual([429, -1, 200]);
  expect(own.requests[2]).toMatchObject({ method: 'GET', path: '/', host: own.hosts[0], open: 1, conditional: false });
});
