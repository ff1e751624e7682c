/** What feeds and sitemaps say about an address, kept by either store. */
import { urlIdOf } from '@newsloom/model';
import type { Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  at,
  BACKENDS,
  capture,
  claim,
  forget,
  MINUTE,
  make,
  offer,
  SECOND,
  START,
  type TestStore,
  visit,
} from './stores.ts';

const A1 = 'http://a.example/1';

describe.each(BACKENDS)('what is told of an address, on $name', ({ open }) => {
  let opened: TestStore;
  let store: Store;
  const from = { foundOn: null, now: START };
  beforeAll(async () => {
    opened = await open();
    ({ store } = opened);
  });
  beforeEach(() => forget(store));
  afterAll(() => opened[Symbol.asyncDispose]());
  const fetched = async () => {
    await make(store, A1);
    const captureId = await capture(store, A1, '<p>1</p>');
    await store.frontier.record(visit(A1, SECOND, { captureId }), null);
    return captureId;
  };
  const find = () => store.frontier.find(urlIdOf(A1));

  test('two lists that say it differently do not overwrite each other in turn', async () => {
    const captureId = await fetched();
    const feed = { title: 'Huế', guid: 'x1' };
    const sitemap = { title: 'HUẾ', date: '2026-03-01' };
    expect(await store.frontier.offer([offer(A1, { facts: feed })], from)).toEqual([captureId]);
    expect(await store.frontier.offer([offer(A1, { facts: sitemap })], from)).toEqual([captureId]);
    expect(await store.frontier.offer([offer(A1, { facts: feed })], from)).toEqual([]);
    expect(await store.frontier.offer([offer(A1, { facts: sitemap })], from)).toEqual([]);
    expect(await find()).toMatchObject({ facts: { title: 'Huế', guid: 'x1', date: '2026-03-01' } });
  });

  test('a page that is said to have changed is due sooner, and one that is not keeps its time', async () => {
    await fetched();
    await store.frontier.offer([offer(A1, { facts: { changed: at(-MINUTE).toISOString() } })], from);
    expect(await claim(store, 16 * MINUTE)).toEqual([]);
    await store.frontier.offer([offer(A1, { facts: { changed: at(MINUTE).toISOString() } })], from);
    // A quarter of its hour, and not at once.
    expect(await claim(store, 14 * MINUTE)).toEqual([]);
    expect(await claim(store, 16 * MINUTE)).toHaveLength(1);
    expect(await find()).toMatchObject({ facts: { changed: at(MINUTE).toISOString() } });
  });
});
