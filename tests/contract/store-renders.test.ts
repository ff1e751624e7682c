/** What renderings promise, on either database. */
import { captureIdOf, digestOf, type SourceId, urlIdOf } from '@newsloom/model';
import type { Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { at, BACKENDS, capture, claim, forget, MINUTE, make, visit } from './stores.ts';

const A1 = 'http://a.example/1';
const ID = urlIdOf(A1);

describe.each(BACKENDS)('on $name, a rendering', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(async () => {
    await store.database.query('delete from renders');
    await forget(store);
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  /** A page that was fetched, and in which no article was found. */
  async function fetched() {
    await make(store, A1);
    await claim(store, 0);
    const captureId = await capture(store, A1, '<div id="app"></div>');
    await store.frontier.record(visit(A1, 0, { captureId, dueAt: at(60 * MINUTE) }), null);
    const ask = { urlId: ID, sourceId: 'a.example' as SourceId, host: 'a.example', captureId, reason: 'body empty' };
    return { captureId, ask };
  }

  test('makes its page due at once, and is handed over once', async () => {
    const { ask, captureId } = await fetched();
    expect(await claim(store, 2 * MINUTE)).toEqual([]);
    await store.renders.ask(ask, at(2 * MINUTE));
    await store.renders.ask(ask, at(2 * MINUTE));
    expect(await store.renders.of(captureId)).toEqual({ state: 'asked', resultId: null });
    expect((await claim(store, 3 * MINUTE)).map(({ urlId }) => urlId)).toEqual([ID]);
    expect(await store.renders.handed(ID)).toBeNull();
    expect(await store.renders.handOver(ID, at(3 * MINUTE))).toBe(true);
    expect(await store.renders.handed(ID)).toMatchObject({ reason: 'body empty', captureId });
    // It comes by again without having been rendered: nobody took it, and the page is fetched as it is.
    expect(await store.renders.handOver(ID, at(5 * MINUTE))).toBe(false);
    expect(await store.renders.of(captureId)).toEqual({ state: 'failed', resultId: null });
    expect(await store.renders.handOver(ID, at(6 * MINUTE))).toBe(false);
  });

  test('ends with what came of it, and its parts stand in the ledger', async () => {
    const { ask, captureId } = await fetched();
    await store.renders.ask(ask, at(MINUTE));
    await store.renders.handOver(ID, at(MINUTE));
    const { id } = (await store.renders.handed(ID)) ?? { id: 0 };
    const resultId = captureIdOf(ID, digestOf(Buffer.from('made')));
    const end = { note: 'rendered', resultId, tookMs: 812.4, requests: 3, refused: 2, bytes: 5_000 };
    await store.renders.end(id, { state: 'rendered', ...end }, at(2 * MINUTE));
    expect(await store.renders.of(captureId)).toEqual({ state: 'rendered', resultId });
    const part = {
      url: 'http://cdn.example/a.js',
      host: 'cdn.example',
      startedAt: at(MINUTE),
      tookMs: 9.6,
      status: 200,
    };
    await store.renders.enterParts(ID, [{ ...part, wireBytes: 900 }]);
    const [line] = await store.database.query("select host, what, took_ms, verdict from fetches where what = 'part'");
    expect(line).toEqual({ host: 'cdn.example', what: 'part', took_ms: 10, verdict: 'rendered' });
    expect(await store.trace(ID)).toMatchObject({
      renders: [{ state: 'rendered', reason: 'body empty', requests: 3 }],
    });
  });
});
