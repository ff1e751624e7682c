/** Redis loses everything in mid-crawl: the facts rebuild it. */
import { serveGeneratedSite } from '@newsloom/samplesite';
import { until } from '@newsloom/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { addSeeds, SHARED, startLine, untilIdle } from '../integration/line.ts';

const PAGES = 120;
const MINUTE_MS = 60_000;

test(
  'a Redis that is emptied in mid-crawl is filled again from the facts, and the crawl ends whole',
  async () => {
    await using stores = await SHARED.open();
    await using site = await serveGeneratedSite({ pages: PAGES, hosts: 2, bytesPerPage: 8_000 });
    await using line = await startLine(stores.env);
    await addSeeds(
      line,
      site.fronts.map((url) => ({ url, depth: 1 })),
    );
    await until(() => site.requests.length > PAGES / 4, { timeoutMs: MINUTE_MS, what: 'a quarter of the pages' });
    const redis = new Redis(stores.env.REDIS_URL as string);
    await redis.flushdb();
    redis.disconnect();
    // What Redis held is missed when its leases run out and its steps are overdue: minutes, that need not pass here.
    line.pass(5 * MINUTE_MS);
    await untilIdle(line, { documents: PAGES, timeoutMs: 3 * MINUTE_MS });
    const { store } = line.context;
    const { total } = await store.documents.list({ limit: 1, offset: 0 });
    expect(total).toBe(site.urls.length);
    const [left] = await store.database.query(
      'select count(*)::int as n from urls u join hosts h on h.host = u.host where u.verdict is null or h.busy_by is not null',
    );
    expect(left).toEqual({ n: 0 });
  },
  4 * MINUTE_MS,
);
