/** What the frontier promises, on either database: one request a host, spaced, leased, in order. */
import { urlIdOf, type Verdict } from '@newsloom/model';
import type { Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { at, BACKENDS, capture, claim, forget, MINUTE, make, offer, SECOND, START, seed, visit } from './stores.ts';

const A1 = 'http://a.example/1';
const A2 = 'http://a.example/2';
const B1 = 'http://b.example/1';

describe.each(BACKENDS)('the frontier on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(() => forget(store));
  afterAll(() => opened[Symbol.asyncDispose]());

  describe('seeds', () => {
    test('the same seed twice is one seed, with the newest wishes and all tags', async () => {
      expect(await store.seeds.accept(seed(A1, { tags: ['a'] }), START)).toEqual({ isNew: true, readAgain: [] });
      const again = await store.seeds.accept(seed(A1, { tags: ['b'], priority: 5, everyMs: 15 * MINUTE }), at(1));
      expect(again).toEqual({ isNew: false, readAgain: [] });
      expect(await store.seeds.count()).toBe(1);
      const [row] = await store.seeds.list({ limit: 9, offset: 0 });
      expect(row).toMatchObject({ url: A1, asked: 2, tags: ['a', 'b'], priority: 5, everyMs: 15 * MINUTE });
      expect(await store.frontier.counts(START)).toEqual({ known: 1, due: 1, leased: 0 });
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({ priority: 5, everyMs: 15 * MINUTE });
    });

    test('a hundred askers at once make one seed of one address', async () => {
      const other = await opened.other();
      const asked = await Promise.all(
        Array.from({ length: 100 }, (_, n) => (n % 2 ? other : store).seeds.accept(seed(A1), START)),
      );
      expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(await store.seeds.list({ limit: 9, offset: 0 })).toMatchObject([{ asked: 100 }]);
    });

    test('a seed that is now followed deeper has its page read again, a shallower one has not', async () => {
      await store.seeds.accept(seed(A1, { depth: 1 }), START);
      const captureId = await capture(store, A1, '<a href="/2">2</a>');
      await claim(store, 0);
      await store.frontier.record(visit(A1, SECOND, { captureId }), null);
      expect((await store.seeds.accept(seed(A1, { depth: 3 }), at(MINUTE))).readAgain).toEqual([captureId]);
      expect((await store.seeds.accept(seed(A1, { depth: 0 }), at(MINUTE))).readAgain).toEqual([]);
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({ depthLeft: 3 });
    });

    test('a seed asked for again is fetched again unless that was just done', async () => {
      await store.seeds.accept(seed(A1), START);
      await claim(store, 0);
      await store.frontier.record(visit(A1, SECOND), null);
      await store.seeds.accept(seed(A1), at(5 * MINUTE));
      expect(await claim(store, 5 * MINUTE)).toEqual([]);
      await store.seeds.accept(seed(A1), at(20 * MINUTE));
      expect(await claim(store, 20 * MINUTE)).toHaveLength(1);
    });

    test('seeds are listed by source, page by page', async () => {
      for (const n of [1, 2, 3]) await store.seeds.accept(seed(`http://a.example/${n}`), at(n));
      await store.seeds.accept(seed(B1, { sourceId: 'khac' as never }), at(4));
      const page = await store.seeds.list({ limit: 2, offset: 1, sourceId: 'tin-nhanh' });
      expect(page.map(({ url }) => url)).toEqual(['http://a.example/2', 'http://a.example/1']);
      expect(await store.seeds.list({ limit: 9, offset: 0 })).toHaveLength(4);
    });
  });

  describe('claims', () => {
    test('one URL of a host is claimed at a time, and every host that may be asked', async () => {
      await make(store, A1, A2, B1);
      const claims = await claim(store, 0);
      expect(claims.map(({ host }) => host).sort()).toEqual(['a.example', 'b.example']);
      expect(claims.every(({ delayMs }) => delayMs === 0)).toBe(true);
      expect(await claim(store, 1)).toEqual([]);
      expect(await store.frontier.counts(START)).toMatchObject({ known: 3, leased: 2 });
    });

    test('claimers at the same moment never get the same host', async () => {
      const urls = Array.from({ length: 60 }, (_, n) => `http://h${n % 20}.example/${n}`);
      await make(store, ...urls);
      const others = [store, await opened.other(), await opened.other()];
      const claims = (
        await Promise.all(Array.from({ length: 12 }, (_, n) => claim(others[n % 3] as Store, 0, { limit: 4 })))
      ).flat();
      expect(new Set(claims.map(({ host }) => host)).size).toBe(claims.length);
      // What a claimer passed over because another one had it in hand, the next look finds.
      const left = await claim(store, 0, { limit: 60 });
      expect([...claims, ...left].map(({ host }) => host).sort()).toEqual(
        Array.from({ length: 20 }, (_, n) => `h${n}.example`).sort(),
      );
    });

    test('no more hosts are claimed than were asked for', async () => {
      await make(store, A1, B1, 'http://c.example/');
      expect(await claim(store, 0, { limit: 2 })).toHaveLength(2);
      expect(await claim(store, 0, { limit: 2 })).toHaveLength(1);
    });

    test('the higher priority goes first, then what has waited longest', async () => {
      const ordered = ['http://a.example/high', 'http://a.example/old', 'http://a.example/new'];
      await store.frontier.offer([offer(ordered[2] as string)], { foundOn: null, now: at(2) });
      await store.frontier.offer([offer(ordered[1] as string)], { foundOn: null, now: at(1) });
      await store.frontier.offer([offer(ordered[0] as string, { priority: 7 })], { foundOn: null, now: at(3) });
      const taken = [];
      for (const url of ordered) {
        const [next] = await claim(store, MINUTE);
        taken.push(next?.urlId);
        await store.frontier.record(visit(url, MINUTE, { slotAt: at(MINUTE) }), null);
      }
      expect(taken).toEqual(ordered.map(urlIdOf));
    });

    test('a lease that ran out frees its URL and its host, and its holder finds out', async () => {
      await make(store, A1);
      await claim(store, 0, { leaseMs: 5 * SECOND });
      await store.frontier.offer([offer(A2, { priority: 9 })], { foundOn: null, now: START });
      expect(await claim(store, 4 * SECOND)).toEqual([]);
      expect(await claim(store, 6 * SECOND)).toMatchObject([{ urlId: urlIdOf(A2) }]);
      expect(await store.frontier.hold(urlIdOf(A1), at(6 * SECOND), MINUTE)).toBeNull();
      expect(await store.frontier.hold(urlIdOf(A2), at(6 * SECOND), MINUTE)).toMatchObject({ url: A2 });
    });

    test('holding renews the lease, and a URL that was dealt with cannot be held', async () => {
      await make(store, A1);
      await claim(store, 0, { leaseMs: 5 * SECOND });
      const held = await store.frontier.hold(urlIdOf(A1), at(4 * SECOND), 5 * SECOND);
      expect(held).toMatchObject({ url: A1, rests: 0, hostFailures: 0, hostDelayMs: null, responseMs: null });
      expect(held?.slotAt.getTime()).toBeLessThanOrEqual(START.getTime());
      expect(await claim(store, 6 * SECOND)).toEqual([]);
      await store.frontier.record(visit(A1, 7 * SECOND), null);
      expect(await store.frontier.hold(urlIdOf(A1), at(8 * SECOND), MINUTE)).toBeNull();
    });

    test('a URL that one job has in hand cannot be held by another, until its lease runs out', async () => {
      await make(store, A1);
      await claim(store, 0);
      const held = await Promise.all(
        Array.from({ length: 5 }, () => store.frontier.hold(urlIdOf(A1), at(1), 5 * SECOND)),
      );
      expect(held.filter((it) => it !== null)).toHaveLength(1);
      expect(await store.frontier.hold(urlIdOf(A1), at(4 * SECOND), MINUTE)).toBeNull();
      expect(await store.frontier.hold(urlIdOf(A1), at(6 * SECOND), MINUTE)).toMatchObject({ url: A1 });
    });

    test('a job that waits keeps its URL, and takes it in hand again', async () => {
      await make(store, A1);
      await claim(store, 0);
      await store.frontier.hold(urlIdOf(A1), at(1), 5 * SECOND);
      await store.frontier.keep(urlIdOf(A1), at(MINUTE));
      expect(await claim(store, 30 * SECOND)).toEqual([]);
      expect(await store.frontier.hold(urlIdOf(A1), at(30 * SECOND), MINUTE)).toMatchObject({ url: A1 });
      await store.frontier.record(visit(A1, 31 * SECOND), null);
      await store.frontier.keep(urlIdOf(A1), at(MINUTE));
      expect(await store.frontier.counts(at(32 * SECOND))).toMatchObject({ leased: 0 });
    });

    test('leases in hand are renewed together, and only those that still are', async () => {
      await make(store, A1, B1, 'http://c.example/');
      await claim(store, 0, { leaseMs: 5 * SECOND });
      await store.frontier.hold(urlIdOf(A1), at(1), 5 * SECOND);
      await store.frontier.hold(urlIdOf(B1), at(1), 5 * SECOND);
      await store.frontier.record(visit(B1, SECOND), null);
      const held = [A1, B1, 'http://c.example/'].map((url) => ({ id: urlIdOf(url), host: new URL(url).host }));
      expect(await store.frontier.renew(held, at(9 * SECOND))).toEqual([urlIdOf(A1)]);
      expect(await claim(store, 8 * SECOND)).toMatchObject([{ host: 'c.example' }]);
      expect(await claim(store, 9 * SECOND)).toMatchObject([{ host: 'a.example' }]);
    });

    test('who lost a lease to another neither renews it nor frees the host nor claims for it', async () => {
      await make(store, A1);
      await claim(store, 0, { leaseMs: 5 * SECOND });
      await store.frontier.hold(urlIdOf(A1), at(1), 5 * SECOND);
      await store.frontier.offer([offer(A2, { priority: 9 }), offer('http://a.example/3')], {
        foundOn: null,
        now: at(1),
      });
      expect(await claim(store, 6 * SECOND)).toMatchObject([{ urlId: urlIdOf(A2) }]);
      await store.frontier.hold(urlIdOf(A2), at(6 * SECOND), MINUTE);
      expect(await store.frontier.renew([{ id: urlIdOf(A1), host: 'a.example' }], at(MINUTE))).toEqual([]);
      const next = await store.frontier.record(visit(A1, 7 * SECOND), { leaseMs: MINUTE, crawlId: null });
      expect(next).toBeNull();
      expect(await claim(store, 9 * SECOND)).toEqual([]);
      expect(await store.frontier.record(visit(A2, 10 * SECOND), { leaseMs: MINUTE, crawlId: null })).toMatchObject({
        urlId: urlIdOf('http://a.example/3'),
      });
    });

    test('a host with nothing due is not looked at again before something is', async () => {
      await make(store, A1);
      await claim(store, 0);
      await store.frontier.record(visit(A1, SECOND, { dueAt: at(60 * SECOND) }), null);
      expect(await claim(store, 3 * SECOND)).toEqual([]);
      expect(await store.frontier.nextDue(at(3 * SECOND), null)).toEqual(at(60 * SECOND));
      await store.frontier.offer([offer(A2)], { foundOn: null, now: at(4 * SECOND) });
      expect(await store.frontier.nextDue(at(4 * SECOND), null)).toEqual(at(4 * SECOND));
      expect(await claim(store, 4 * SECOND)).toMatchObject([{ urlId: urlIdOf(A2) }]);
    });

    test('what became due without a word is found by healing', async () => {
      await make(store, A1);
      await claim(store, 0);
      await store.frontier.record(visit(A1, SECOND, { dueAt: null }), null);
      expect(await claim(store, 3 * SECOND)).toEqual([]);
      await store.database.query('update urls set due_at = $1', [at(4 * SECOND)]);
      expect(await store.frontier.heal(at(3 * SECOND))).toBe(0);
      expect(await store.frontier.heal(at(5 * SECOND))).toBe(1);
      expect(await claim(store, 5 * SECOND)).toHaveLength(1);
    });

    test('more hosts without anything due than one look takes do not hide one that has', async () => {
      const idle = Array.from({ length: 150 }, (_, n) => `http://idle${n}.example/`);
      await store.frontier.offer(
        idle.map((url) => offer(url, { depthLeft: null })),
        { foundOn: null, now: START },
      );
      await make(store, A1);
      expect(await claim(store, 1, { limit: 1 })).toMatchObject([{ host: 'a.example' }]);
    });

    test('a host is not asked again before its slot', async () => {
      await make(store, A1, A2);
      const [first] = await claim(store, 0);
      const url = first?.urlId === urlIdOf(A1) ? A1 : A2;
      await store.frontier.record(visit(url, 200, { slotAt: at(1_200) }), null);
      expect(await claim(store, 1_199)).toEqual([]);
      expect(await store.frontier.nextDue(at(300), null)).toEqual(at(1_200));
      expect(await claim(store, 1_200)).toHaveLength(1);
    });

    test('recording a visit claims the next URL of the host in the same breath, not before its slot', async () => {
      await make(store, A1, A2);
      const [first] = await claim(store, 0);
      const [url, next] = first?.urlId === urlIdOf(A1) ? [A1, A2] : [A2, A1];
      const claimed = await store.frontier.record(visit(url, 200, { slotAt: at(1_200) }), {
        leaseMs: MINUTE,
        crawlId: null,
      });
      expect(claimed).toEqual({ urlId: urlIdOf(next), host: 'a.example', delayMs: 1_000 });
      expect(await claim(store, 5_000)).toEqual([]);
      expect((await store.frontier.hold(urlIdOf(next), at(1_200), MINUTE))?.slotAt).toEqual(at(1_200));
      const last = await store.frontier.record(visit(next, 1_400), { leaseMs: MINUTE, crawlId: null });
      expect(last).toBeNull();
    });

    test('a request for robots.txt moves the slot and stands in the ledger', async () => {
      await make(store, A1);
      await store.hosts.noteRobotsFetch('a.example', {
        startedAt: START,
        tookMs: 30,
        status: 200,
        policy: 'rules',
        version: 'r1',
        crawlDelayMs: 4_000,
        slotAt: at(4_030),
      });
      expect(await claim(store, 4_000)).toEqual([]);
      expect(await store.hosts.find('a.example', at(5 * SECOND))).toMatchObject({ crawlDelayMs: 4_000, urls: 1 });
      expect(await store.hosts.ledger('a.example', 5)).toMatchObject([{ what: 'robots', status: 200, tookMs: 30 }]);
    });

    test('what is released may be claimed again at once', async () => {
      await make(store, A1, A2);
      const [first] = await claim(store, 0);
      if (first) await store.frontier.release(first.urlId);
      expect(await claim(store, 1)).toHaveLength(1);
      expect(await claim(store, 2)).toEqual([]);
      await store.frontier.releaseAll();
      expect(await claim(store, 3)).toHaveLength(1);
    });

    test('releasing a URL leaves the host to who holds it by now', async () => {
      await make(store, A1);
      await claim(store, 0, { leaseMs: SECOND });
      await store.frontier.offer([offer(A2, { priority: 9 })], { foundOn: null, now: START });
      await claim(store, 2 * SECOND);
      await store.frontier.release(urlIdOf(A1));
      expect(await claim(store, 3 * SECOND)).toEqual([]);
    });
  });

  describe('visits', () => {
    const dueLater = at(90 * MINUTE);
    const fates: { verdict: Verdict; note: string; status: number | null; dueAt: Date | null }[] = [
      { verdict: 'captured', note: 'captured', status: 200, dueAt: dueLater },
      { verdict: 'unchanged', note: 'http-304', status: 304, dueAt: dueLater },
      { verdict: 'moved', note: 'http-301', status: 301, dueAt: null },
      { verdict: 'gone', note: 'http-410', status: 410, dueAt: null },
      { verdict: 'failing', note: 'http-500', status: 500, dueAt: dueLater },
      { verdict: 'failing', note: 'timeout', status: null, dueAt: dueLater },
      { verdict: 'excluded', note: 'robots', status: null, dueAt: null },
    ];
    test.each(fates)('$verdict ($note) is kept with its status, and due when it says', async (fate) => {
      await make(store, A1);
      await claim(store, 0);
      await store.frontier.record(visit(A1, SECOND, { ...fate, failures: 2, etag: '"7"' }), null);
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({
        verdict: fate.verdict,
        note: fate.note,
        failures: 2,
        etag: '"7"',
        fetchedAt: at(SECOND),
      });
      expect(await claim(store, 2 * SECOND)).toEqual([]);
      expect(await store.frontier.nextDue(at(2 * SECOND), null)).toEqual(fate.dueAt);
      expect(await store.hosts.ledger('a.example', 5)).toMatchObject([
        { what: 'page', url: A1, verdict: fate.verdict, note: fate.note, status: fate.status, tookMs: 200 },
      ]);
    });

    test('a host that rests is left alone until then, with all its URLs', async () => {
      await make(store, A1, A2);
      const [first] = await claim(store, 0);
      const url = first?.urlId === urlIdOf(A1) ? A1 : A2;
      const resting = { until: at(30 * SECOND), rests: 1 };
      const next = await store.frontier.record(
        visit(url, SECOND, { verdict: 'resting', note: 'http-429', status: 429, resting, dueAt: resting.until }),
        { leaseMs: MINUTE, crawlId: null },
      );
      expect(next).toBeNull();
      expect(await claim(store, 29 * SECOND)).toEqual([]);
      expect(await store.frontier.nextDue(at(2 * SECOND), null)).toEqual(at(30 * SECOND));
      expect(await claim(store, 30 * SECOND)).toHaveLength(1);
      expect(await store.hosts.find('a.example', at(5 * SECOND))).toMatchObject({
        rests: 1,
        restingUntil: at(30 * SECOND),
      });
    });

    test('a visit without a capture keeps the one there was', async () => {
      await make(store, A1);
      const captureId = await capture(store, A1, '<p>1</p>');
      await store.frontier.record(visit(A1, SECOND, { captureId }), null);
      await store.frontier.record(visit(A1, 2 * SECOND, { verdict: 'unchanged', changed: false }), null);
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({ captureId, verdict: 'unchanged' });
    });
  });

  describe('offers', () => {
    const from = { foundOn: null, now: START };

    test('an address offered again is known once, and keeps its deepest reach and highest priority', async () => {
      await store.frontier.offer([offer(A1, { depthLeft: 2 }), offer(A1, { depthLeft: 1 })], from);
      await store.frontier.offer([offer(A1, { depthLeft: 1, priority: 3 })], from);
      await store.frontier.offer([offer(A1, { depthLeft: 4, priority: 1 })], from);
      expect(await store.frontier.counts(START)).toMatchObject({ known: 1 });
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({ depthLeft: 4, priority: 1 });
    });

    test('an address that is followed further than before has its page read again', async () => {
      await make(store, A1);
      const captureId = await capture(store, A1, '<p>1</p>');
      await store.frontier.record(visit(A1, SECOND, { captureId }), null);
      expect(await store.frontier.offer([offer(A1, { depthLeft: 1 })], from)).toEqual([]);
      expect(await store.frontier.offer([offer(A1, { depthLeft: 0 })], from)).toEqual([]);
      expect(await store.frontier.offer([offer(A1, { depthLeft: 2 })], from)).toEqual([captureId]);
    });

    test('what a feed says about an address is kept, and its page is read with it', async () => {
      await make(store, A1);
      const captureId = await capture(store, A1, '<p>1</p>');
      await store.frontier.record(visit(A1, SECOND, { captureId }), null);
      const facts = { title: 'Huế', date: '2026-03-01T07:30:00+07:00' };
      expect(await store.frontier.offer([offer(A1, { facts })], from)).toEqual([captureId]);
      expect(await store.frontier.offer([offer(A1, { facts })], from)).toEqual([]);
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({ facts });
    });

    test('the same offers from many pages at once make each address once', async () => {
      const others = [store, await opened.other()];
      const urls = Array.from({ length: 40 }, (_, n) => `http://h${n % 4}.example/${n}`);
      await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (others[n % 2] as Store).frontier.offer(
            (n % 3 ? urls : [...urls].reverse()).map((url) => offer(url)),
            from,
          ),
        ),
      );
      expect(await store.frontier.counts(START)).toMatchObject({ known: 40, due: 40 });
    });

    test('an address that only a one-shot crawl follows is not due by itself, until it is followed for good', async () => {
      await store.frontier.offer([offer(A1, { depthLeft: null })], from);
      expect(await claim(store, MINUTE)).toEqual([]);
      await store.frontier.offer([offer(A1, { depthLeft: 0 })], from);
      expect(await claim(store, MINUTE)).toHaveLength(1);
    });
  });
});
