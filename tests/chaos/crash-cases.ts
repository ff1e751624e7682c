/** Killed in mid-crawl, stopped, started again: in the end every page is one document and has one outcome. */

import { type GeneratedSite, serveGeneratedSite } from '@newsloom/samplesite';
import { openEmbeddedStore, openPostgresStore, type Store } from '@newsloom/store';
import { until } from '@newsloom/testkit';
import { describe, expect, test } from 'vitest';
import { asked, type Backend, newsloom, type Program, plainQueue, type Stores, start } from '../integration/line.ts';

const PAGES = 100;
const MINUTE_MS = 60_000;
/** What a killed process had in hand on shared stores is free when its lease ends, 90 s later. */
const PATIENCE_MS = 3 * MINUTE_MS;

/** Runs everything as one program, until its API answers. */
async function startAll(stores: Stores): Promise<Program & { stats: () => Promise<Stats> }> {
  const program = start('packages/cli/src/main.ts', ['start'], stores.env);
  const address = await until(() => /"dashboard":"([^"]+)"/.exec(program.stderr())?.[1], {
    timeoutMs: MINUTE_MS,
    what: 'the dashboard to be announced',
  }).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}: ${program.stderr()}`);
  });
  return { ...program, stats: async () => (await (await fetch(`${address}/api/stats`)).json()) as Stats };
}

type Stats = {
  queues: Record<string, { waiting: number; active: number; delayed: number; failed: number }>;
  urls: { known: number; due: number; leased: number };
  documents: { documents: number; waiting: number };
};

/** Waits until a program has nothing left to do. */
async function untilDone(program: Awaited<ReturnType<typeof startAll>>, documents: number): Promise<Stats> {
  let last: Stats | undefined;
  return until(
    async () => {
      const it = await program.stats();
      last = it;
      const jobs = Object.values(it.queues).reduce((sum, n) => sum + n.waiting + n.active + n.delayed, 0);
      const left = jobs + it.urls.due + it.urls.leased + it.documents.waiting;
      return left === 0 && it.documents.documents >= documents ? it : undefined;
    },
    { timeoutMs: PATIENCE_MS, everyMs: 250, what: 'everything to be done' },
  ).catch((error: unknown) => {
    throw new Error(
      `${(error as Error).message}; it was at ${JSON.stringify(last)}\n${program.stderr().slice(-3_000)}`,
    );
  });
}

/** Adds the fronts and sitemaps of a site as somebody else would: through Redis, or with `newsloom seed`. */
async function seedSite(stores: Stores, site: GeneratedSite): Promise<void> {
  if (!stores.env.REDIS_URL) {
    expect(await newsloom(['seed', ...site.fronts, '--depth', '1'], stores.env)).toMatchObject({ code: 0 });
    return;
  }
  const queue = plainQueue('seeds', stores.env.REDIS_URL);
  for (const url of site.fronts) await queue.add('seed', { url, depth: 1 });
  await queue.close();
}

const openStore = (stores: Stores): Promise<Store> =>
  stores.env.DATABASE_URL ? openPostgresStore(stores.env.DATABASE_URL) : openEmbeddedStore(stores.dataDir);

/** Every page of the site is one document with a story; every URL has an outcome; nothing waits for anybody. */
async function expectWhole(stores: Stores, site: GeneratedSite): Promise<void> {
  await using store = await openStore(stores);
  const one = async (sql: string) => (await store.database.query<{ n: number }>(sql))[0]?.n;
  const documents = await store.database.query<{ url: string; title: string; version: number }>(
    'select url, title, version from documents order by url',
  );
  expect(documents.map(({ url }) => url)).toEqual([...site.urls].sort());
  const titles = new Map(site.urls.map((url, index) => [url, site.article(index).title]));
  for (const { url, title, version } of documents) expect([title, version], url).toEqual([titles.get(url), 1]);
  expect(await one('select count(*)::int as n from documents where clustered_at is null or story_id is null')).toBe(0);
  expect(await one("select count(*)::int as n from captures where parsed <> 'done'")).toBe(0);
  expect(
    await one(
      'select count(*)::int as n from urls u join hosts h on h.host = u.host where u.verdict is null or h.busy_by is not null',
    ),
  ).toBe(0);
  expect(await one("select count(*)::int as n from urls where verdict <> 'captured' and verdict <> 'unchanged'")).toBe(
    0,
  );
  // A fetch that was recorded is not made again: what a kill cost is at most what was under way.
  const twice = await store.database.query(
    "select url, count(*)::int as n from fetches where what = 'page' group by url having count(*) > 1",
  );
  expect(twice).toEqual([]);
}

/** Declares the test on one pair of stores. */
export function crashCases({ name, open }: Backend): void {
  describe(`on ${name}`, () => {
    test(
      'a process killed in mid-crawl and one that is stopped lose nothing: every page is one document',
      async () => {
        await using stores = await open();
        await using site = await serveGeneratedSite({ pages: PAGES, hosts: 2, bytesPerPage: 8_000 });
        site.setDelay(20);
        await seedSite(stores, site);

        const killed = await startAll(stores);
        await until(() => site.requests.length > PAGES / 4, { timeoutMs: MINUTE_MS, what: 'a quarter of the pages' });
        killed.child.kill('SIGKILL');
        expect(await killed.ended).toBe('SIGKILL');

        const stopped = await startAll(stores);
        const before = site.requests.length;
        await until(() => site.requests.length > before + PAGES / 4, { timeoutMs: PATIENCE_MS, what: 'it to go on' });
        stopped.child.kill('SIGTERM');
        expect(await stopped.ended, stopped.stderr()).toBe(0);
        expect(stopped.stderr()).toContain('"msg":"stopped"');
        expect(stopped.stderr()).not.toContain('not closed in time');

        const last = await startAll(stores);
        const stats = await untilDone(last, PAGES);
        expect(Object.values(stats.queues).reduce((sum, { failed }) => sum + failed, 0)).toBe(0);
        last.child.kill('SIGTERM');
        expect(await last.ended).toBe(0);
        await expectWhole(stores, site);
        // A kill may repeat what was under way, one page a host; a stop repeats nothing but what it broke off.
        const urls = asked(site.requests);
        expect(urls.length - new Set(urls).size).toBeLessThanOrEqual(4);
      },
      4 * MINUTE_MS,
    );
  });
}
