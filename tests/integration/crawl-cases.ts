/** The `newsloom crawl` command as people run it: a program of its own, addresses in, files out; for either pair of stores. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveSampleSite } from '@newsloom/samplesite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, type Backend, type Crawled, crawl, rudeness, type Stores } from './line.ts';
import { articlePage, frontPage, servePages } from './pages.ts';

const DELAY_MS = 30;

/** Addresses in either file, each as often as it stands there. */
const told = ({ articles, failures }: Crawled): string[] => [...articles, ...failures].map(({ url }) => url).sort();
const titles = ({ articles }: Crawled): string[] => articles.map(({ title }) => title).sort();

/** Declares the tests of the command on one pair of stores. */
export function crawlCases({ name, open }: Backend): void {
  describe(`newsloom crawl on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    test('a site is crawled whole, and a second crawl asks only whether it has changed', async () => {
      await using site = await serveSampleSite();
      const args = [...site.fronts, '--depth', '2'];
      const env = { NEWSLOOM_HOST_DELAY_MS: String(DELAY_MS) };
      const first = await crawl(stores, args, env);
      expect(first.code, first.stderr).toBe(0);
      const canonical = ({ articles }: Crawled) => articles.map(({ canonicalUrl }) => canonicalUrl).sort();
      expect(canonical(first)).toEqual(site.articles.map(({ url }) => url).sort());
      for (const article of first.articles) {
        expect(article).toMatchObject({
          storyId: expect.any(String),
          provenance: { body: { from: expect.any(String) } },
        });
        for (const { start, end, text } of article.entities) expect(article.body.slice(start, end)).toBe(text);
      }
      expect(rudeness(site.requests, DELAY_MS)).toEqual([]);

      // Every address that was asked for is told of exactly once; others may be told of, such as what robots.txt forbids.
      const requested = [...new Set(asked(site.requests))].sort();
      const both = told(first);
      expect(both.filter((url, index) => both.indexOf(url) !== index)).toEqual([]);
      expect(requested.filter((url) => !both.includes(url))).toEqual([]);
      for (const failure of first.failures) expect(failure.reason, failure.url).toMatch(/^[a-z0-9-]+$/);
      const robots = first.failures.filter(({ url }) => /\/(?:tim-kiem|recherche|search)\b/.test(url));
      expect(robots.map(({ reason }) => reason)).toEqual(robots.map(() => 'robots'));

      const before = site.requests.length;
      const second = await crawl(stores, args, env);
      expect(second.code, second.stderr).toBe(0);
      expect(canonical(second)).toEqual(canonical(first));
      expect(second.articles.map(({ id }) => id).sort()).toEqual(first.articles.map(({ id }) => id).sort());
      const again = site.requests.slice(before).filter(({ path }) => path !== '/robots.txt');
      const had = new Set(
        site.requests.slice(0, before).flatMap((it) => (it.status === 200 ? [it.host + it.path] : [])),
      );
      const known = again.filter((it) => had.has(it.host + it.path));
      expect(new Set(known.map(({ status }) => status))).toEqual(new Set([304]));
      expect(known.length).toBeGreaterThan(site.articles.length);
      expect(told(second)).toEqual(both);
    });

    test.each([
      { depth: 0, titles: [], asks: ['/muc'] },
      { depth: 1, titles: [1, 2], asks: ['/1', '/2', '/muc', '/muc/2'] },
      { depth: 2, titles: [1, 2, 3, 4], asks: ['/1', '/2', '/3', '/4', '/muc', '/muc/2'] },
    ])('at depth $depth links are followed so many hops', async ({ depth, titles: numbers, asks }) => {
      await using site = await servePages(() => ({
        '/robots.txt': 'User-agent: *\nAllow: /\n',
        '/muc': frontPage(['/1', '/2', '/muc/2']),
        '/muc/2': frontPage(['/3']),
        '/1': articlePage(1, ['/4', '/muc']),
        '/2': articlePage(2),
        '/3': articlePage(3, ['/5']),
        '/4': articlePage(4, ['/5']),
        '/5': articlePage(5),
      }));
      const done = await crawl(stores, [`${site.origin}/muc`, '--depth', String(depth)]);
      expect(done.code, done.stderr).toBe(0);
      expect(done.articles.map(({ url }) => url).sort()).toEqual(numbers.map((n) => `${site.origin}/${n}`));
      expect([...new Set(site.paths.filter((path) => path !== '/robots.txt'))].sort()).toEqual(asks);
      expect(told(done)).toEqual(asks.map((path) => site.origin + path));
    });

    test('a given address is followed where it redirects, to another host too, and its links are not', async () => {
      await using target = await servePages(() => ({ '/bai': articlePage(1, ['/khac']), '/khac': articlePage(2) }));
      await using site = await servePages(() => ({
        '/cu': { to: `${target.origin}/bai` },
        '/muc': frontPage(['/3', '/ra']),
        '/3': articlePage(3),
        // Not given, only linked: where it leads is out of scope.
        '/ra': { to: `${target.origin}/khac` },
      }));
      const at0 = await crawl(stores, [`${site.origin}/cu`, '--depth', '0']);
      expect(at0.articles.map(({ url }) => url)).toEqual([`${target.origin}/bai`]);
      expect(at0.failures).toEqual([{ url: `${site.origin}/cu`, reason: 'moved', status: 302 }]);
      const at1 = await crawl(stores, [`${site.origin}/muc`]);
      expect(titles(at1)).toEqual(['Hải Phòng có tuyến xe buýt điện số 3']);
      expect(at1.failures.find(({ url }) => url === `${site.origin}/ra`)).toMatchObject({ reason: 'out-of-scope' });
      expect(target.paths).not.toContain('/khac');
    });

    test('a limit holds for what is written, and what it left out is named', async () => {
      const numbers = Array.from({ length: 40 }, (_, n) => n + 1);
      await using site = await servePages(() => ({
        '/muc': frontPage(numbers.map((n) => `/${n}`)),
        ...Object.fromEntries(numbers.map((n) => [`/${n}`, articlePage(n)])),
      }));
      const done = await crawl(stores, [`${site.origin}/muc`, '--limit', '3'], { NEWSLOOM_HOST_DELAY_MS: '100' });
      expect(done.code, done.stderr).toBe(0);
      expect(done.articles).toHaveLength(3);
      expect(told(done)).toHaveLength(41);
      expect(done.failures.filter(({ reason }) => reason === 'limit-reached')).toHaveLength(37);
      expect(site.paths.length).toBeLessThan(41);
    });

    test('what cannot be fetched is told of with its reason and status, once', async () => {
      let tries = 0;
      await using site = await servePages(() => ({
        '/robots.txt': 'User-agent: *\nDisallow: /kin\n',
        '/ok': articlePage(1),
        '/anh': (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end('\x89PNG\r\n\x1a\n'),
        '/hong': (_, response) => {
          tries++;
          if (tries === 1) response.destroy();
          else response.writeHead(200, { 'content-type': 'text/html' }).end(articlePage(2));
        },
        '/het': (_, response) => void response.writeHead(410).end(),
      }));
      const paths = ['/ok', '/anh', '/hong', '/het', '/khong', '/kin'];
      const list = join(stores.dataDir, '..', 'urls.txt');
      const urls = paths.map((path) => site.origin + path);
      await writeFile(list, `# danh sách\n\n${urls.join('\n')}\nnot a url\r\nhttp://10.0.0.1/\nftp://a.example/x\n`);
      const done = await crawl(stores, ['--urls', list, '--depth', '0']);
      expect(done.code, done.stderr).toBe(0);
      expect(done.articles.map(({ url }) => url).sort()).toEqual([`${site.origin}/hong`, `${site.origin}/ok`]);
      const reasons = Object.fromEntries(done.failures.map(({ url, reason, status }) => [url, [reason, status]]));
      expect(reasons).toEqual({
        'not a url': ['bad-url', undefined],
        'ftp://a.example/x': ['bad-url', undefined],
        'http://10.0.0.1/': [expect.stringMatching(/private/), undefined],
        [`${site.origin}/anh`]: [expect.stringMatching(/^not-/), 200],
        [`${site.origin}/het`]: ['http-410', 410],
        [`${site.origin}/khong`]: ['http-404', 404],
        [`${site.origin}/kin`]: ['robots', undefined],
      });
      expect(site.paths).not.toContain('/kin');
    });

    test('document files are taken in as if they had been fetched', async () => {
      const folder = join(stores.dataDir, '..');
      const text = articlePage(6)
        .replace(/^[\s\S]*<\/time>/, '')
        .replace(/<[^>]*>/g, '')
        .trim();
      await writeFile(
        join(folder, 'a.txt'),
        `https://tin.example/xe-buyt-6.html\n----\nNha Trang có tuyến xe buýt điện số 6\n----\n01/03/2026 08:06\n${text}\n`,
      );
      await writeFile(join(folder, 'b.html'), articlePage(7));
      const done = await crawl(stores, ['--documents', join(folder, 'a.txt'), join(folder, 'b.html')]);
      expect(done.code, done.stderr).toBe(0);
      expect(done.failures).toEqual([]);
      expect(titles(done)).toEqual(['Nha Trang có tuyến xe buýt điện số 6', 'Đà Lạt có tuyến xe buýt điện số 7']);
      const [fromText] = done.articles.filter(({ url }) => url === 'https://tin.example/xe-buyt-6.html');
      expect(fromText).toMatchObject({ lang: 'vi', date: expect.stringMatching(/^2026-03-01/) });
      expect(fromText?.body).toContain('khai trương tuyến xe buýt điện số 6');
    });
  });
}
