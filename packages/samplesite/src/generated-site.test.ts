import { expect, test } from 'vitest';
import { serveGeneratedSite } from './index.ts';

test('a generated site is the same at every start, but for its ports', async () => {
  await using first = await serveGeneratedSite({ pages: 3, hosts: 1 });
  await using second = await serveGeneratedSite({ pages: 3, hosts: 1 });
  const text = async (site: typeof first) =>
    (await (await fetch(site.urls[2] ?? '')).text()).replaceAll(site.hosts[0] ?? '', '');
  expect(await text(first)).toBe(await text(second));
  expect(first.article(2)).toEqual(second.article(2));
});

test('every generated article is on one host, in its sitemap and on one of its fronts, and weighs what was asked', async () => {
  await using site = await serveGeneratedSite({ pages: 120, hosts: 2, bytesPerPage: 40_000 });
  const linked = [];
  for (const front of site.allFronts) {
    const html = await (await fetch(front)).text();
    linked.push(...[...html.matchAll(/href="(\/bai[^"]+)"/g)].map(([, path]) => new URL(path ?? '', front).href));
  }
  expect(site.allFronts).toHaveLength(4);
  expect(linked.toSorted()).toEqual(site.urls.toSorted());
  const maps = await Promise.all(site.sitemaps.map(async (url) => (await fetch(url)).text()));
  expect(site.urls.every((url) => maps.join().includes(url))).toBe(true);

  const html = await (await fetch(site.urls[7] ?? '')).text();
  expect(Buffer.byteLength(html)).toBeGreaterThan(39_000);
  expect(Buffer.byteLength(html)).toBeLessThan(41_000);
  for (const paragraph of site.article(7).paragraphs) expect(html).toContain(paragraph);
});

test('no two generated articles share a title or a paragraph', async () => {
  await using site = await serveGeneratedSite({ pages: 300 });
  const articles = site.urls.map((_, index) => site.article(index));
  expect(new Set(articles.map(({ title }) => title)).size).toBe(300);
  const paragraphs = articles.flatMap((article) => article.paragraphs);
  expect(new Set(paragraphs).size).toBe(paragraphs.length);
});
