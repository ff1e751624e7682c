/** What sources promise, on either database: budgets that hold, scopes that count, schedules that tick. */
import type { SourceId } from '@newsloom/model';
import { urlIdOf } from '@newsloom/model';
import type { Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { article, at, BACKENDS, capture, claim, forget, MINUTE, make, SECOND, START, seed, visit } from './stores.ts';

const A1 = 'http://a.example/1';
const A2 = 'http://a.example/2';
const B1 = 'http://b.example/1';
const SOURCE = 'tin-nhanh' as SourceId;
const DAY = 24 * 60 * MINUTE;
const unchanged = { scopeNotes: [], priority: { from: 0, to: 0 }, now: START };

describe.each(BACKENDS)('sources on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(() => forget(store));
  afterAll(() => opened[Symbol.asyncDispose]());

  test('settings are kept as they were set, and everybody who listens is told', async () => {
    const other = await opened.other();
    const told = Promise.withResolvers<SourceId>();
    const stop = await other.sources.onChange(told.resolve);
    expect(await store.sources.settings(SOURCE)).toBeNull();
    await store.sources.set(SOURCE, { perDay: 5 }, unchanged);
    expect(await told.promise).toBe(SOURCE);
    expect(await other.sources.settings(SOURCE)).toEqual({ perDay: 5 });
    expect(await store.sources.list({ limit: 9, offset: 0 })).toMatchObject([{ id: SOURCE, settings: { perDay: 5 } }]);
    await stop();
  });

  test('a budget is never overspent, whoever spends it at once, and is whole again at midnight UTC', async () => {
    await store.sources.set(SOURCE, {}, unchanged);
    const other = await opened.other();
    const spent = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 ? other : store).sources.spend(SOURCE, 'request', 7, at(n))),
    );
    expect(spent.filter(Boolean)).toHaveLength(7);
    expect(await store.sources.used(SOURCE, START)).toEqual({ request: 7, render: 0 });
    expect(await store.sources.spend(SOURCE, 'render', 1, START)).toBe(true);
    expect(await store.sources.spend(SOURCE, 'request', 7, at(DAY))).toBe(true);
    expect(await store.sources.spend(SOURCE, 'request', 0, at(DAY))).toBe(false);
  });

  test('what a source has due waits until the next day, in the order in which it was due', async () => {
    await make(store, A1, A2);
    await store.sources.postpone(SOURCE, at(DAY));
    expect(await claim(store, MINUTE)).toEqual([]);
    const [first] = await claim(store, DAY + MINUTE);
    expect(first?.urlId).toBeDefined();
    expect((await store.frontier.counts(at(DAY + MINUTE))).due).toBe(2);
  });

  test('a budget that is raised lets what waits for midnight go on at once', async () => {
    await make(store, A1, A2);
    await store.sources.postpone(SOURCE, at(DAY));
    await store.sources.resume(SOURCE, at(DAY), at(MINUTE));
    expect((await store.frontier.counts(at(2 * MINUTE))).due).toBe(2);
    expect(await claim(store, 2 * MINUTE)).toHaveLength(1);
  });

  test('links out of scope are counted by reason, and the last few kept by name', async () => {
    await make(store, A1);
    const left = (n: number) => ({
      sourceId: SOURCE,
      reason: 'other-host',
      links: 3,
      sample: [`http://x.example/${n}`],
    });
    for (let n = 0; n < 14; n++) await store.sources.noteExcluded([left(n)], at(n));
    const [{ links, sample } = { links: 0, sample: [] }] = (await store.sourceHealth(SOURCE, START)).excluded;
    expect(links).toBe(42);
    expect(sample).toHaveLength(10);
    expect(sample[0]).toBe('http://x.example/13');
  });

  test('a scope that changes looks at what it had kept out again, and reads its lists anew', async () => {
    await make(store, A1, A2);
    const captureId = await capture(store, A1, '<a href="/2">2</a>');
    await claim(store, 0);
    await store.frontier.record(visit(A1, SECOND, { captureId }), null);
    await claim(store, MINUTE);
    const out = { verdict: 'excluded' as const, note: 'not-included', dueAt: null };
    await store.frontier.record(visit(A2, 2 * MINUTE, out), null);
    const readAgain = await store.sources.set(
      SOURCE,
      {},
      { scopeNotes: ['not-included'], priority: { from: 0, to: 4 }, now: at(3 * MINUTE) },
    );
    expect(readAgain).toEqual([captureId]);
    expect(await claim(store, 3 * MINUTE)).toMatchObject([{ urlId: urlIdOf(A2) }]);
    expect(await store.frontier.find(urlIdOf(A2))).toMatchObject({ priority: 4 });
  });

  test('a source that is not followed any more has no seeds and nothing due, and keeps what was read', async () => {
    await store.seeds.accept(seed(A1), START);
    await store.documents.upsert(article(A1), START);
    expect(await store.sources.unfollow(SOURCE)).toEqual([urlIdOf(A1)]);
    expect(await store.seeds.count()).toBe(0);
    expect(await claim(store, MINUTE)).toEqual([]);
    expect((await store.sourceHealth(SOURCE, START)).documents.total).toBe(1);
  });

  test('a tick makes a seed due once its turn has come, and not while it is fetched, was just fetched or fails', async () => {
    await store.seeds.accept(seed(A1, { everyMs: 60 * MINUTE }), START);
    expect(await store.seeds.scheduled()).toEqual([{ id: urlIdOf(A1), url: A1, everyMs: 60 * MINUTE }]);
    await claim(store, 0);
    expect(await store.seeds.tick(urlIdOf(A1), at(SECOND))).toBe('not-due');
    await store.frontier.record(visit(A1, 2 * SECOND, { dueAt: at(61 * MINUTE) }), null);
    expect(await store.seeds.tick(urlIdOf(A1), at(20 * MINUTE))).toBe('not-due');
    expect(await store.seeds.tick(urlIdOf(A1), at(60 * MINUTE))).toBe('due');
    expect(await claim(store, 60 * MINUTE)).toMatchObject([{ urlId: urlIdOf(A1) }]);
    await store.frontier.record(visit(A1, 60 * MINUTE, { verdict: 'failing', dueAt: at(2 * DAY) }), null);
    expect(await store.seeds.tick(urlIdOf(A1), at(DAY))).toBe('not-due');
    expect(await store.seeds.tick(urlIdOf(B1), at(DAY))).toBe('no-seed');
  });

  test('a tick follows a seed to the page it has moved to', async () => {
    await store.seeds.accept(seed(A1, { everyMs: 60 * MINUTE }), START);
    await claim(store, 0);
    await make(store, B1);
    await store.frontier.record(visit(A1, SECOND, { verdict: 'moved', movedTo: urlIdOf(B1), dueAt: null }), null);
    await claim(store, MINUTE);
    await store.frontier.record(visit(B1, MINUTE, { dueAt: at(7 * DAY) }), null);
    expect(await store.seeds.tick(urlIdOf(A1), at(60 * MINUTE))).toBe('due');
    expect(await claim(store, 60 * MINUTE)).toMatchObject([{ urlId: urlIdOf(B1) }]);
  });

  test('a seed that is removed is not visited any more', async () => {
    await store.seeds.accept(seed(A1, { everyMs: 60 * MINUTE }), START);
    expect(await store.seeds.remove(urlIdOf(A1))).toBe(true);
    expect(await store.seeds.remove(urlIdOf(A1))).toBe(false);
    expect(await store.seeds.scheduled()).toEqual([]);
    expect(await claim(store, MINUTE)).toEqual([]);
  });

  test('reading moves a visit on, never nearer, and says nothing of a later one', async () => {
    await make(store, A1);
    await claim(store, 0);
    await store.frontier.record(visit(A1, SECOND, { dueAt: at(10 * MINUTE) }), null);
    const note = (fetchedMs: number, dueAt: Date | null) =>
      store.revisits.note(urlIdOf(A1), at(fetchedMs), { listedAt: fetchedMs }, { dueAt, intervalMs: MINUTE });
    const due = async () => (await store.trace(urlIdOf(A1)))?.url.dueAt;
    await note(SECOND, at(5 * MINUTE));
    expect(await due()).toEqual(at(10 * MINUTE));
    await note(SECOND, at(30 * MINUTE));
    expect(await due()).toEqual(at(30 * MINUTE));
    await note(0, at(90 * MINUTE));
    expect(await due()).toEqual(at(30 * MINUTE));
    expect((await store.frontier.find(urlIdOf(A1)))?.watch).toEqual({ listedAt: SECOND });
    await note(SECOND, null);
    expect(await due()).toBeNull();
  });

  test('an article plans its own next look, sooner where it was changed', async () => {
    await make(store, A1);
    await claim(store, 0);
    await store.frontier.record(visit(A1, SECOND, { dueAt: at(10 * MINUTE) }), null);
    const plan = (ms: number | null) => ({ dueAt: ms === null ? null : at(ms), intervalMs: MINUTE });
    const next = { articleAt: START, next: { same: plan(DAY), changed: plan(60 * MINUTE) } };
    await store.documents.upsert({ ...article(A1, {}, SECOND), visit: next }, at(SECOND));
    expect((await store.trace(urlIdOf(A1)))?.url.dueAt).toEqual(at(DAY));
    await claim(store, DAY);
    await store.frontier.record(visit(A1, DAY, { dueAt: at(DAY + 10 * MINUTE) }), null);
    const later = { articleAt: START, next: { same: plan(9 * DAY), changed: plan(DAY + 60 * MINUTE) } };
    await store.documents.upsert({ ...article(A1, { body: 'Khác.' }, DAY), visit: later }, at(DAY));
    expect((await store.trace(urlIdOf(A1)))?.url.dueAt).toEqual(at(DAY + 60 * MINUTE));
    expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({
      articleAt: START,
      watch: { revisedAt: at(DAY).getTime() },
    });
  });
});
