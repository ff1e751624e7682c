/** An article that goes over several pages is one document with the text of all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crawl, EMBEDDED, type Stores } from './line.ts';
import { articlePage, servePages } from './pages.ts';

describe('an article over several pages', () => {
  let stores: Stores;
  beforeEach(async () => {
    stores = await EMBEDDED.open();
  });
  afterEach(() => stores[Symbol.asyncDispose]());

  test('is read whole, whatever the depth, and its pages are no articles of their own', async () => {
    const page = (n: number) =>
      articlePage(1, ['/bai.html', '/bai.html?page=2', '/bai.html?page=3']).replaceAll(
        '</p>',
        ` Đây là trang số ${n} của bài.</p>`,
      );
    await using site = await servePages(() => ({
      '/bai.html': page(1),
      '/bai.html?page=2': page(2),
      '/bai.html?page=3': page(3),
    }));
    const done = await crawl(stores, [`${site.origin}/bai.html`, '--depth', '0']);
    expect(done.code, done.stderr).toBe(0);
    expect(done.articles.map(({ url }) => url)).toEqual([`${site.origin}/bai.html`]);
    const body = done.articles[0]?.body ?? '';
    const places = [1, 2, 3].map((n) => body.indexOf(`Đây là trang số ${n}`));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(done.failures.map(({ url, reason }) => [url, reason]).sort()).toEqual([
      [`${site.origin}/bai.html?page=2`, expect.any(String)],
      [`${site.origin}/bai.html?page=3`, expect.any(String)],
    ]);

    const again = await crawl(stores, [`${site.origin}/bai.html`, '--depth', '0']);
    expect(again.articles.map(({ id, body }) => [id, body])).toEqual(done.articles.map(({ id, body }) => [id, body]));
  });

  test('is read from the page that has the whole, where there is one', async () => {
    const text = (n: number) =>
      articlePage(1, ['/bai.html?page=2', '/bai.html?page=all']).replaceAll(
        '</p>',
        ` Đây là trang số ${n} của bài.</p>`,
      );
    const inner = (html: string) => /<article>([\s\S]*)<\/article>/.exec(html)?.[1] ?? '';
    await using site = await servePages(() => ({
      '/bai.html': text(1),
      '/bai.html?page=2': text(2),
      '/bai.html?page=all': text(1).replace('</article>', `${inner(text(2))}</article>`),
    }));
    const done = await crawl(stores, [`${site.origin}/bai.html`, '--depth', '0']);
    expect(done.articles).toHaveLength(1);
    expect(done.articles[0]?.body).toContain('Đây là trang số 2');
    expect(site.paths).not.toContain('/bai.html?page=2');
  });
});
