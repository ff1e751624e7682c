/** Several crawlers on the same stores, of which one is killed: politeness holds over all of them. */
import { serveGeneratedSite } from '@newsloom/samplesite';
import { openPostgresStore } from '@newsloom/store';
import { until } from '@newsloom/testkit';
import { expect, test } from 'vitest';
import { type Program, plainQueue, rudeness, SHARED, start } from '../integration/line.ts';

const MINUTE_MS = 60_000;
/** What a killed crawler had in hand is free when its lease ends. */
const PATIENCE_MS = 3 * MINUTE_MS;

test(
  'crawlers that share the stores are polite together, and one of them may be killed',
  async () => {
    const delayMs = 60;
    await using stores = await SHARED.open();
    await using site = await serveGeneratedSite({ pages: 120, hosts: 4, bytesPerPage: 8_000 });
    const env: Record<string, string> = { ...stores.env, NEWSLOOM_HOST_DELAY_MS: String(delayMs) };
    const queue = plainQueue('seeds', env.REDIS_URL as string);
    await queue.addBulk(site.urls.map((url) => ({ name: 'seed', data: { url, kind: 'article', depth: 0 } })));
    await queue.close();

    const crawlers = [1, 2].map(() => start('services/crawler/src/main.ts', [], env));
    await until(() => crawlers.every((it) => it.stderr().includes('crawler started')), {
      timeoutMs: MINUTE_MS,
      what: 'both crawlers to start',
    });
    await until(() => site.requests.length > 40, { timeoutMs: MINUTE_MS, what: 'a third of the pages' });
    const [first, second] = crawlers as [Program, Program];
    first.child.kill('SIGKILL');
    await using store = await openPostgresStore(env.DATABASE_URL as string);
    await until(
      async () => {
        const { known, due, leased } = await store.frontier.counts(new Date());
        return known === site.urls.length && due + leased === 0;
      },
      { timeoutMs: PATIENCE_MS, everyMs: 250, what: 'every page to have an outcome' },
    );
    second.child.kill('SIGTERM');
    expect(await second.ended, second.stderr()).toBe(0);
    expect(rudeness(site.requests, delayMs)).toEqual([]);
    const verdicts = await store.database.query('select verdict, count(*)::int as n from urls group by 1');
    expect(verdicts).toEqual([{ verdict: 'captured', n: site.urls.length }]);
    const captures = await store.database.query('select count(*)::int as n from captures');
    expect(captures).toEqual([{ n: site.urls.length }]);
  },
  4 * MINUTE_MS,
);

test(
  'a fetch that lasts longer than a lease keeps its host, since its crawler lives and renews it',
  async () => {
    await using stores = await SHARED.open();
    await using site = await serveGeneratedSite({ pages: 2, hosts: 1, bytesPerPage: 8_000 });
    // Longer than two leases; a crawler on a busy machine may be halted for most of one.
    site.setDelay(8_000);
    const env: Record<string, string> = {
      ...stores.env,
      NEWSLOOM_LEASE_MS: '3000',
      NEWSLOOM_FETCH_DEADLINE_MS: '30000',
    };
    const queue = plainQueue('seeds', env.REDIS_URL as string);
    await queue.addBulk(site.urls.map((url) => ({ name: 'seed', data: { url, kind: 'article', depth: 0 } })));
    await queue.close();
    const crawlers = [1, 2].map(() => start('services/crawler/src/main.ts', [], env));
    await using store = await openPostgresStore(env.DATABASE_URL as string);
    await until(
      async () =>
        (await store.database.query("select 1 from urls where verdict = 'captured'")).length === site.urls.length,
      { timeoutMs: 2 * MINUTE_MS, everyMs: 250, what: 'both pages to be captured' },
    );
    for (const it of crawlers) it.child.kill('SIGTERM');
    await Promise.all(crawlers.map((it) => it.ended));
    const pages = site.requests.filter(({ path }) => path !== '/robots.txt').map(({ path }) => path);
    expect(pages).toHaveLength(site.urls.length);
    expect(Math.max(...site.requests.map(({ open }) => open))).toBe(1);
  },
  4 * MINUTE_MS,
);
