/** Seeds go in at one end, articles with entities and stories come out at the other, politely. */

import { urlIdOf } from '@newsloom/model';
import { type SampleSite, serveSampleSite } from '@newsloom/samplesite';
import { until } from '@newsloom/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSeeds, asked, BACKENDS, type Line, rudeness, type Stores, startLine, untilIdle } from './line.ts';

const DELAY_MS = 40;
const DAY_MS = 86_400_000;
const FORBIDDEN = /\/(?:tim-kiem|recherche|search)\b/;

describe.each(BACKENDS)('the line on $name', ({ open }) => {
  let stores: Stores;
  let site: SampleSite;
  let line: Line;
  beforeAll(async () => {
    stores = await open();
    site = await serveSampleSite();
    line = await startLine({ ...stores.env, NEWSLOOM_HOST_DELAY_MS: String(DELAY_MS) });
    await addSeeds(
      line,
      site.fronts.map((url) => ({ url, depth: 2, tags: ['mẫu'] })),
    );
    await untilIdle(line, { documents: site.articles.length });
  });
  afterAll(async () => {
    await line?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await stores?.[Symbol.asyncDispose]();
  });
  const documents = async () => (await line.context.store.documents.list({ limit: 200, offset: 0 })).items;

  test('every article of the site becomes one document, and nothing else does', async () => {
    const urls = (await documents()).map(({ url }) => url).sort();
    expect(urls).toEqual(site.articles.map(({ url }) => url).sort());
  });

  test('each has its title, its language and its date', async () => {
    const found = new Map((await documents()).map((it) => [it.url, it]));
    for (const article of site.articles) {
      const document = found.get(article.url);
      expect(document, article.url).toMatchObject({ title: article.title, lang: article.lang });
      // The page alone, or what the feed says of it.
      const days = [article.date, article.dateOnPage].map((it) => it.slice(0, 10));
      expect(days, article.url).toContain(document?.date?.slice(0, 10));
    }
  });

  test('each has entities, and a story', async () => {
    for (const document of await documents()) {
      expect(document.entities.length, document.url).toBeGreaterThan(0);
      expect(document.storyId, document.url).not.toBeNull();
    }
  });

  test('a wire story told on three hosts and in three languages is one story', async () => {
    const found = await documents();
    const wires = Map.groupBy(
      site.articles.filter(({ wire }) => wire),
      ({ wire }) => wire,
    );
    expect(wires.size).toBeGreaterThan(0);
    for (const [wire, articles] of wires) {
      expect(new Set(articles.map(({ host }) => host)).size, `hosts of ${wire}`).toBe(3);
      const told = found.filter(({ url }) => articles.some((article) => article.url === url));
      expect(new Set(told.map(({ storyId }) => storyId)).size, `stories of ${wire}`).toBe(1);
      const [first] = told;
      const others = found.filter((it) => it.storyId === first?.storyId && !told.includes(it));
      expect(others.map(({ url }) => url)).toEqual([]);
    }
  });

  test('robots.txt was asked for before anything else, and obeyed', () => {
    for (const host of site.hosts) {
      expect(site.requests.find((request) => request.host === host)?.path).toBe('/robots.txt');
    }
    expect(asked(site.requests).filter((url) => FORBIDDEN.test(url))).toEqual([]);
  });

  test('no host was asked twice at once, nor again before its delay was over', () => {
    expect(rudeness(site.requests, DELAY_MS)).toEqual([]);
  });

  test('nothing was asked for twice on the first visit', () => {
    const urls = asked(site.requests);
    expect(urls.filter((url, index) => urls.indexOf(url) !== index)).toEqual([]);
  });

  test('no job was left for a person', async () => {
    const counts = Object.values(await line.context.queues.counts());
    expect(counts.reduce((sum, { failed }) => sum + failed, 0)).toBe(0);
  });

  test('a week later what leads on is asked for again, and only whether it has changed; old articles are left alone', async () => {
    const before = site.requests.length;
    const articles = new Set(site.articles.map(({ url }) => url));
    const { frontier } = line.context.store;
    const leads = new Set<string>();
    for (const url of asked(site.requests)) {
      // What was too slow to be fetched in time has nothing to be asked by.
      if (!articles.has(url) && (await frontier.find(urlIdOf(url)))?.captureId) leads.add(url);
    }
    expect(leads.size).toBeGreaterThan(0);
    line.pass(8 * DAY_MS);
    await until(
      () => {
        const again = new Set(asked(site.requests.slice(before)));
        return [...leads].every((url) => again.has(url));
      },
      { timeoutMs: 60_000, everyMs: 100, what: 'every front, feed and sitemap to be visited again' },
    );
    await untilIdle(line);
    const second = site.requests.slice(before).filter(({ path }) => path !== '/robots.txt');
    expect(second.filter((it) => leads.has(it.host + it.path) && !it.conditional)).toEqual([]);
    expect(second.filter((it) => articles.has(it.host + it.path))).toEqual([]);
    expect(await documents()).toHaveLength(site.articles.length);
    expect(rudeness(site.requests, DELAY_MS)).toEqual([]);
  });
});
