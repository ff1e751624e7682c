/** robots.txt is asked for once per host and day, and what cannot be known is not guessed. */
import { describe, expect, test } from 'vitest';
import { type HttpResponse, openEgress } from './egress.ts';
import { openRobotsCache, type RobotsRecord } from './robots-cache.ts';
import { type Handler, serve } from './testing/hostile-server.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 1);

/** A cache over a store in memory, with a clock that stands until it is moved. */
async function open(robots: Handler) {
  const server = await serve({ '/robots.txt': robots });
  const egress = openEgress({ userAgent: 'Newsloom/0.1', allowPrivate: ['127.0.0.0/8'] });
  const stored = new Map<string, RobotsRecord>();
  const clock = { ms: START };
  const openCache = () =>
    openRobotsCache({
      egress,
      userAgent: 'Newsloom/0.1 (+https://newsloom.example/bot)',
      now: () => clock.ms,
      load: async (origin) => stored.get(origin) ?? null,
      save: async (origin, record) => void stored.set(origin, structuredClone(record)),
    });
  return {
    server,
    stored,
    clock,
    openCache,
    cache: openCache(),
    async [Symbol.asyncDispose]() {
      await egress.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const rules =
  (text: string): Handler =>
  (_request, response) =>
    response.writeHead(200, { etag: '"r1"' }).end(text);
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(code, headers).end();

describe('robots.txt', () => {
  test('is read for our own token', async () => {
    await using site = await open(
      rules('User-agent: newsloom\nDisallow: /private\nCrawl-delay: 2\nUser-agent: *\nDisallow: /\nSitemap: /news.xml'),
    );
    const host = await site.cache.for(`${site.server.url}/a`);
    expect(host).toMatchObject({ policy: 'rules', crawlDelayMs: 2000, fetched: true, status: 200 });
    expect(host.sitemaps).toEqual([`${site.server.url}/news.xml`]);
    expect(host.allows(`${site.server.url}/a`)).toBe(true);
    expect(host.allows(`${site.server.url}/private/x`)).toBe(false);
  });

  test('is asked for once by many who want it at the same time', async () => {
    await using site = await open(rules('User-agent: *\nDisallow: /x'));
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => site.cache.for(`${site.server.url}/${i}`)));
    expect(site.server.requests.length).toBe(1);
    expect(all.filter(({ fetched }) => fetched).length).toBe(1);
  });

  test('is kept for a day, over restarts too, and then asked for again with its validator', async () => {
    await using site = await open((request, response) =>
      request.headers['if-none-match'] === '"r1"'
        ? status(304)(request, response)
        : rules('User-agent: *\nDisallow: /x')(request, response),
    );
    const url = `${site.server.url}/x`;
    await site.cache.for(url);
    site.clock.ms += 23 * HOUR;
    expect((await site.openCache().for(url)).allows(url)).toBe(false);
    expect(site.server.requests.length).toBe(1);
    site.clock.ms += 1 * HOUR;
    const again = await site.openCache().for(url);
    expect(site.server.requests.length).toBe(2);
    expect(again).toMatchObject({ policy: 'rules', status: 304, fetched: true });
    expect(again.allows(url)).toBe(false);
  });

  test.each([404, 403, 401, 410])('that answers %i forbids nothing', async (code) => {
    await using site = await open(status(code));
    const host = await site.cache.for(`${site.server.url}/a`);
    expect(host).toMatchObject({ policy: 'allow-all', version: 'none' });
    expect(host.allows(`${site.server.url}/a`)).toBe(true);
  });

  test.each([500, 503, 429])('that answers %i holds us off, and is asked for again later', async (code) => {
    await using site = await open(status(code, { 'retry-after': '600' }));
    const url = `${site.server.url}/a`;
    const host = await site.cache.for(url);
    expect(host).toMatchObject({ policy: 'hold-off', version: 'unknown', askAgainAt: START + 600_000 });
    expect(host.allows(url)).toBe(false);
    site.clock.ms += 599_000;
    await site.cache.for(url);
    expect(site.server.requests.length).toBe(1);
    site.clock.ms += 1_000;
    await site.cache.for(url);
    expect(site.server.requests.length).toBe(2);
  });

  test('that has been away for half a day is replaced by the older copy, and after a month by none', async () => {
    let away = false;
    await using site = await open((request, response) =>
      (away ? status(500) : rules('User-agent: *\nDisallow: /x'))(request, response),
    );
    const url = `${site.server.url}/x`;
    await site.cache.for(url);
    away = true;
    site.clock.ms += 24 * HOUR;
    expect((await site.cache.for(url)).policy).toBe('hold-off');
    site.clock.ms += 13 * HOUR;
    const old = await site.cache.for(url);
    expect(old.policy).toBe('rules');
    expect(old.allows(url)).toBe(false);
    expect(old.allows(`${site.server.url}/y`)).toBe(true);
  });

  test('counts up to 500 KiB, and no half line', async () => {
    const padding = `# ${'x'.repeat(997)}\n`.repeat(512);
    await using site = await open(rules(`User-agent: *\nDisallow: /a\n${padding}Disallow: /b\n`));
    const host = await site.cache.for(site.server.url);
    expect(host.robots.truncated).toBe(true);
    expect(host.allows(`${site.server.url}/a`)).toBe(false);
    expect(host.allows(`${site.server.url}/b`)).toBe(true);
  });

  test('is looked for through five redirects and no more', async () => {
    const hops =
      (n: number): Handler =>
      (request, response) => {
        const hop = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('hop') ?? 0);
        if (hop < n) response.writeHead(302, { location: `/robots.txt?hop=${hop + 1}` }).end();
        else rules('User-agent: *\nDisallow: /')(request, response);
      };
    await using five = await open(hops(5));
    expect((await five.cache.for(`${five.server.url}/a`)).allows(`${five.server.url}/a`)).toBe(false);
    await using six = await open(hops(6));
    expect((await six.cache.for(`${six.server.url}/a`)).policy).toBe('allow-all');
  });

  test('that leads to a private address holds us off', async () => {
    await using site = await open(status(302, { location: 'http://10.0.0.1/robots.txt' }));
    expect((await site.cache.for(site.server.url)).policy).toBe('hold-off');
  });

  test('speaks for its own scheme and port alone', async () => {
    const asked: string[] = [];
    const egress = {
      get: async (url: string) => {
        asked.push(url);
        const body = Buffer.from(`User-agent: *\nDisallow: /${new URL(url).protocol.slice(0, -1)}`);
        return { url, status: 200, headers: {}, body } as unknown as HttpResponse;
      },
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
    const cache = openRobotsCache({ egress, userAgent: 'Newsloom/0.1', now: () => START });
    const allows = async (url: string) => (await cache.for(url)).allows(url);
    expect(await allows('http://news.example/http')).toBe(false);
    expect(await allows('https://news.example/http')).toBe(true);
    expect(await allows('https://news.example/https')).toBe(false);
    await allows('https://news.example:8443/');
    expect(asked).toEqual([
      'http://news.example/robots.txt',
      'https://news.example/robots.txt',
      'https://news.example:8443/robots.txt',
    ]);
  });

  test('is asked for again when a wait was broken off', async () => {
    await using site = await open(rules(''));
    const aborted = AbortSignal.abort();
    await expect(site.cache.for(site.server.url, aborted)).rejects.toMatchObject({ code: 'aborted' });
    expect((await site.cache.for(site.server.url)).policy).toBe('rules');
  });
});
