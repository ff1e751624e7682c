/** Many fetches that begin and end at once are written together, and none of them notices the others. */
import { urlIdOf } from '@newsloom/model';
import type { Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { at, BACKENDS, claim, forget, MINUTE, make, offer, SECOND, START, visit } from './stores.ts';

const HOSTS = Array.from({ length: 12 }, (_, n) => `h${n}.example`);
const first = (host: string) => `http://${host}/1`;
const second = (host: string) => `http://${host}/2`;

describe.each(BACKENDS)('fetches at the same time on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(() => forget(store));
  afterAll(() => opened[Symbol.asyncDispose]());

  const holdAll = async () => {
    await make(store, ...HOSTS.map(first), ...HOSTS.map(second));
    const claims = await claim(store, 0, { limit: 99 });
    return Promise.all(claims.map(({ urlId }) => store.frontier.hold(urlId, at(1), MINUTE)));
  };

  test('each host goes on with its own next URL, from its own slot', async () => {
    const held = await holdAll();
    expect(held.map((url) => url?.host).sort()).toEqual([...HOSTS].sort());
    const claims = await Promise.all(
      held.map((url, n) =>
        store.frontier.record(visit(url?.url ?? '', SECOND, { slotAt: at(SECOND + n) }), {
          leaseMs: MINUTE,
          crawlId: null,
        }),
      ),
    );
    for (const [n, url] of held.entries()) {
      const other = url?.url === first(url?.host ?? '') ? second(url?.host ?? '') : first(url?.host ?? '');
      expect(claims[n]).toEqual({ urlId: urlIdOf(other), host: url?.host, delayMs: n });
    }
    // The hosts are leased to those, and nobody else gets them.
    expect(await claim(store, 2 * SECOND, { limit: 99 })).toEqual([]);
    expect(await store.frontier.counts(at(2 * SECOND))).toMatchObject({ leased: HOSTS.length });
  });

  test('a visit that cannot be written costs only itself', async () => {
    const held = await holdAll();
    const settled = await Promise.allSettled(
      held.map((url, n) => store.frontier.record(visit(url?.url ?? '', SECOND, n === 3 ? { note: '\0' } : {}), null)),
    );
    expect(settled.map(({ status }) => status === 'rejected')).toEqual(held.map((_, n) => n === 3));
    expect(await store.frontier.find(held[3]?.id ?? urlIdOf(''))).toMatchObject({ verdict: null });
    const [ledger] = await store.database.query<{ visits: number }>('select count(*)::int as visits from fetches');
    expect(ledger?.visits).toBe(HOSTS.length - 1);
  });

  test('a host that rests, one whose crawl tries again and one that ends are told apart', async () => {
    const crawl = { id: 'c1', scope: { hosts: [] }, limit: null, depth: 0 };
    await store.crawls.begin({ ...crawl, seeds: HOSTS.slice(0, 3).map((host) => offer(first(host))) }, START);
    const claims = await claim(store, 0, { crawlId: 'c1' });
    const held = await Promise.all(claims.map(({ urlId }) => store.frontier.hold(urlId, at(1), MINUTE)));
    expect(held.map((url) => url?.crawls)).toMatchObject(held.map(() => [{ crawlId: 'c1', tries: 0 }]));
    const next = { leaseMs: MINUTE, crawlId: 'c1' };
    await Promise.all([
      store.frontier.record(
        visit(held[0]?.url ?? '', SECOND, {
          resting: { until: at(MINUTE), rests: 1 },
          crawl: { again: at(MINUTE) },
        }),
        next,
      ),
      store.frontier.record(visit(held[1]?.url ?? '', SECOND, { crawl: { again: at(9 * SECOND) } }), next),
      store.frontier.record(visit(held[2]?.url ?? '', SECOND, { crawl: 'ended' }), next),
    ]);
    expect(await store.crawls.progress('c1')).toMatchObject({ pending: 2, ended: 1 });
    expect(await claim(store, 10 * SECOND, { crawlId: 'c1' })).toMatchObject([{ host: held[1]?.host }]);
    expect(await claim(store, 2 * MINUTE, { crawlId: 'c1' })).toMatchObject([
      { host: held[0]?.host },
      { host: held[1]?.host },
    ]);
  });
});
