/** What near-duplicates, and stories that merge and split, promise, on either database. */
import { type DocumentId, documentIdOf, type StoryId } from '@newsloom/model';
import type { CopyDecision, FingerprintRow, Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { article, at, BACKENDS, forget, make, START, storyOf } from './stores.ts';

const URLS = ['http://a.example/1', 'http://b.example/2', 'http://c.example/3', 'http://d.example/4'];
const [A, B, C, D] = URLS.map((url) => documentIdOf(url)) as [DocumentId, DocumentId, DocumentId, DocumentId];
const story = (n: number): StoryId => storyOf(URLS[n] as string);

describe.each(BACKENDS)('on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(async () => {
    await forget(store);
    await make(store, ...URLS);
    for (const [n, url] of URLS.entries()) await store.documents.upsert(article(url, { title: `T${n}` }), at(n));
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  describe('near-duplicates', () => {
    const alone: CopyDecision = { copyOf: null, leaving: [] };
    const put = (
      id: DocumentId,
      bands: number[],
      decide: (found: FingerprintRow[], copies: FingerprintRow[]) => CopyDecision,
    ) => store.duplicates.place({ id, simhash: 'ab', bands, seenAt: START }, decide);

    test('are found by any band they share, those that share most first, large numbers included', async () => {
      const big = 19 * 2 ** 32 + 4_000_000_000;
      await put(A, [1, 2, big], () => alone);
      await put(B, [9, 8, 7], () => alone);
      await put(C, [1, 5, 6], () => alone);
      let seen: FingerprintRow[] = [];
      await put(D, [1, 2, big], (found) => {
        seen = found;
        return alone;
      });
      expect(seen.map((it) => it.documentId)).toEqual([A, C]);
      expect(seen[0]).toMatchObject({ simhash: 'ab', bands: [1, 2, big], seenAt: START, copyOf: null });
    });

    test('a copy of a copy is the original’s, and an original that leaves hands its copies on', async () => {
      await put(A, [1], () => alone);
      await put(C, [1], () => ({ copyOf: B, leaving: [] }));
      await put(B, [1], () => ({ copyOf: A, leaving: [] }));
      expect((await store.duplicates.copies(A, 9)).map((it) => it.id)).toEqual([B, C]);
      expect(await store.duplicates.count()).toBe(2);
      await put(A, [2], (_found, copies) => ({
        copyOf: null,
        leaving: copies.map(({ documentId }) => ({ documentId, copyOf: documentId === B ? null : B })),
      }));
      expect(await store.duplicates.copies(A, 9)).toEqual([]);
      expect(await store.duplicates.copies(B, 9)).toMatchObject([{ id: C, sourceId: expect.any(String), title: 'T2' }]);
      expect(await store.documents.find(B)).toMatchObject({ copyOf: null });
    });
  });

  describe('stories', () => {
    const headlineOf = (titles: { title: string | null }[]) =>
      titles
        .map((it) => it.title)
        .sort()
        .join('+');
    const into = (storyId: StoryId | null, merge: StoryId[] = []) => ({
      choose: () => ({ storyId, merge }),
      stays: () => true,
      headlineOf,
    });
    const put = (id: DocumentId, policy = into(null), ms = 0) =>
      store.stories.place({ id, signature: { keys: ['k'] } }, policy, at(ms));
    const ask = { actor: 'lan', reason: 'one event', headlineOf, now: at(99) };

    test('that a document shows to be one become the older one; the other’s id leads to it', async () => {
      await put(A, into(null), 1);
      await put(B, into(null), 2);
      await put(C, into(null), 3);
      expect(await put(D, into(story(2), [story(0)]), 4)).toBe(story(0));
      expect(await store.stories.find(story(0))).toMatchObject({ documents: 3, headline: 'T0+T2+T3' });
      expect(await store.stories.find(story(2))).toBeNull();
      expect(await store.stories.resolve(story(2))).toBe(story(0));
      expect(await store.stories.resolve('s-nothing' as StoryId)).toBeNull();
      expect(await store.stories.events({ storyId: story(2), limit: 9, offset: 0 })).toMatchObject([
        { kind: 'merge', storyId: story(0), otherId: story(2), documents: [C], actor: 'machine', undoneAt: null },
      ]);
    });

    test('lose a document that no longer fits, and the split is told', async () => {
      await put(A);
      await put(B, into(story(0)));
      expect(await put(B, { ...into(null), stays: () => false })).toBe(story(1));
      expect(await store.stories.find(story(0))).toMatchObject({ documents: 1 });
      expect(await store.stories.events({ storyId: null, limit: 9, offset: 0 })).toMatchObject([
        { kind: 'split', storyId: story(0), otherId: story(1), documents: [B], actor: 'machine' },
      ]);
      // The first document of a story leaves it under an id of its own, since the story keeps its id.
      await put(C, into(story(0)));
      const left = await put(A, { ...into(null), stays: () => false });
      expect([story(0), story(1), story(2)]).not.toContain(left);
      expect(await store.stories.find(story(0))).toMatchObject({ documents: 1, headline: 'T2' });
    });

    test('keep a document that was read again and still fits', async () => {
      await put(A);
      await put(B, into(story(0)));
      expect(await put(B)).toBe(story(0));
      expect(await store.stories.events({ storyId: null, limit: 9, offset: 0 })).toEqual([]);
    });

    test('are merged by a person, who is remembered; no machine moves their documents; and it is taken back', async () => {
      await put(A);
      await put(B);
      const event = await store.stories.merge({ ...ask, storyId: story(0), otherId: story(1) });
      expect(event).toMatchObject({ kind: 'merge', documents: [B], actor: 'lan', reason: 'one event' });
      expect(await put(B, { ...into(story(3)), stays: () => false })).toBe(story(0));
      const undone = await store.stories.undo(event?.id ?? 0, { headlineOf, now: at(100) });
      expect(undone).toMatchObject({ undoneAt: at(100) });
      expect(await store.stories.find(story(1))).toMatchObject({ documents: 1, headline: 'T1' });
      expect(await store.stories.resolve(story(1))).toBe(story(1));
      expect(await store.stories.undo(event?.id ?? 0, { headlineOf, now: at(101) })).toBeNull();
    });

    test('are split by a person, and a machine does not join the parts again', async () => {
      await put(A);
      await put(B, into(story(0)));
      const event = await store.stories.split({ ...ask, storyId: story(0), documents: [B] });
      expect(event).toMatchObject({ kind: 'split', storyId: story(0), otherId: story(1), documents: [B] });
      await put(C, into(story(0), [story(1)]));
      expect(await store.stories.find(story(1))).toMatchObject({ documents: 1 });
      await store.stories.undo(event?.id ?? 0, { headlineOf, now: at(100) });
      expect(await store.stories.find(story(0))).toMatchObject({ documents: 3 });
      expect(await store.stories.resolve(story(1))).toBe(story(0));
    });

    test.each([
      ['a story with itself', (s: Store) => s.stories.merge({ ...ask, storyId: story(0), otherId: story(0) })],
      ['a story that is not there', (s: Store) => s.stories.merge({ ...ask, storyId: story(0), otherId: story(3) })],
      ['all documents of a story', (s: Store) => s.stories.split({ ...ask, storyId: story(0), documents: [A] })],
      ['a document of another story', (s: Store) => s.stories.split({ ...ask, storyId: story(0), documents: [B] })],
      ['what never happened', (s: Store) => s.stories.undo(4711, { headlineOf, now: START })],
    ])('neither merge nor split %s', async (_what, act) => {
      await put(A);
      await put(B);
      expect(await act(store)).toBeNull();
      expect(await store.stories.counts()).toEqual({ stories: 2, shared: 0 });
    });

    test('have a timeline: their documents by day of publication', async () => {
      await put(A);
      await put(B, into(story(0)));
      const moments = await store.stories.timeline(story(0), 9);
      expect(moments.map((it) => it.id).sort()).toEqual([A, B].sort());
      expect(moments[0]).toMatchObject({ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), copy: false });
    });
  });
});
