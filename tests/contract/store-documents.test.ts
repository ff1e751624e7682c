/** What captures, documents, entities and stories promise, on either database. */
import { gzipSync } from 'node:zlib';
import {
  type CaptureId,
  captureIdOf,
  type Digest,
  digestOf,
  documentIdOf,
  type EntityId,
  type EntityRef,
  type LinkedMention,
  type StoryId,
  urlIdOf,
} from '@newsloom/model';
import {
  type BlobStore,
  type Capture,
  databaseBlobs,
  folderBlobs,
  packBody,
  type Store,
  unpackBody,
} from '@newsloom/store';
import { tempDir } from '@newsloom/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { article, at, BACKENDS, capture, folded, forget, MINUTE, make, START, storyOf } from './stores.ts';

const A1 = 'http://a.example/1';
const A2 = 'http://a.example/2';

const mention = (text: string, start: number, entityId: string | null): LinkedMention => ({
  start,
  end: start + text.length,
  text,
  type: entityId ? 'LOC' : 'DATE',
  entityId: entityId as EntityId | null,
});
const place = (id: string, name: string): EntityRef & { search: string } => ({
  id: id as EntityId,
  type: 'LOC',
  name,
  key: folded(name),
  search: folded(name),
});

describe.each(BACKENDS)('on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(() => forget(store));
  afterAll(() => opened[Symbol.asyncDispose]());

  describe('captures', () => {
    test('the same body of the same URL is the same capture, and waits to be read again', async () => {
      await make(store, A1);
      const id = await capture(store, A1, '<p>Huế</p>');
      await store.captures.markParsed(id, { parsed: 'done', note: 'article', parserVersion: 3, at: at(1) });
      expect(await store.captures.find(id)).toMatchObject({ parsed: 'done', note: 'article', parserVersion: 3 });
      expect(await store.captures.pending(at(MINUTE), 9)).toEqual([]);
      expect(await capture(store, A1, '<p>Huế</p>', 5)).toBe(id);
      expect(await store.captures.ofUrl(urlIdOf(A1))).toHaveLength(1);
      expect(await store.captures.pending(at(MINUTE), 9)).toEqual([id]);
    });

    test('another body is another capture, the newest first', async () => {
      await make(store, A1);
      const first = await capture(store, A1, '<p>1</p>', 1);
      const second = await capture(store, A1, '<p>2</p>', 2);
      expect((await store.captures.ofUrl(urlIdOf(A1))).map(({ id }) => id)).toEqual([second, first]);
      expect(await store.captures.pending(at(1), 9)).toEqual([first]);
    });

    test('a body comes back as the publisher sent it', async () => {
      await make(store, A1);
      const html = `<p>${'Huế – thành phố 🏯 '.repeat(500)}</p>`;
      const found = await store.captures.find(await capture(store, A1, html));
      expect(Buffer.from((found && (await store.captures.body(found))) ?? []).toString()).toBe(html);
      expect(found).toMatchObject({ url: A1, status: 200, headers: { etag: '"1"' }, fetchedAt: START });
    });

    test('a body that is no longer kept says so', async () => {
      await make(store, A1);
      const found = await store.captures.find(await capture(store, A1, '<p>1</p>'));
      if (found) await store.blobs.delete(found.digest);
      await expect(store.captures.body({ digest: 'gone' as Digest, url: A1 })).rejects.toMatchObject({
        code: 'body-lost',
      });
      await expect(found && store.captures.body(found)).rejects.toMatchObject({ code: 'body-lost' });
    });

    test('a body is let go where its publisher wants no copy kept, and comes back with the next fetch', async () => {
      await make(store, A1, A2);
      const [first, other] = [await capture(store, A1, '<p>same</p>'), await capture(store, A2, '<p>same</p>')];
      const letGo = async (id: CaptureId) => {
        const found = await store.captures.find(id);
        if (found) await store.captures.forget(found);
        return store.captures.find(id);
      };
      const forgotten = await letGo(first);
      expect(forgotten).toMatchObject({ kept: false });
      // The other page has the same body, and nobody asked for that one to go.
      expect((await store.captures.body(forgotten as Capture)).length).toBeGreaterThan(0);
      await expect(store.captures.body((await letGo(other)) as Capture)).rejects.toMatchObject({ code: 'body-lost' });
      await capture(store, A1, '<p>same</p>', 5);
      expect(await store.captures.find(first)).toMatchObject({ kept: true, parsed: 'pending' });
      expect((await store.captures.body(forgotten as Capture)).length).toBeGreaterThan(0);
    });

    test('what a publisher says about the use of a page is kept with it, and found with its document', async () => {
      await make(store, A1);
      const id = await capture(store, A1, '<p>1</p>');
      expect(await store.captures.find(id)).toMatchObject({ directives: [], kept: true, rendered: false });
      const end = { parsed: 'done', note: 'article', parserVersion: 3, at: at(1) } as const;
      await store.captures.markParsed(id, { ...end, directives: ['noai', 'ai-train=no'] });
      await store.captures.markParsed(id, end);
      expect(await store.captures.find(id)).toMatchObject({ directives: ['noai', 'ai-train=no'] });
      const document = { ...article(A1), captureId: id };
      await store.documents.upsert(document, at(2));
      expect(await store.documents.find(document.id)).toMatchObject({ directives: ['noai', 'ai-train=no'] });
    });

    test('two pages with the same body share its bytes', async () => {
      await make(store, A1, A2);
      await capture(store, A1, '<p>same</p>');
      await capture(store, A2, '<p>same</p>');
      const digest = digestOf(Buffer.from('<p>same</p>'));
      expect(captureIdOf(urlIdOf(A1), digest)).not.toBe(captureIdOf(urlIdOf(A2), digest));
      expect(await store.blobs.has(digest)).toBe(true);
    });
  });

  describe('documents', () => {
    beforeEach(() => make(store, A1, A2));

    test('a document written twice is one document, unchanged', async () => {
      expect(await store.documents.upsert(article(A1), START)).toEqual({ change: 'new', enriched: false });
      expect(await store.documents.upsert(article(A1), at(MINUTE))).toEqual({ change: 'same', enriched: false });
      expect(await store.documents.counts()).toEqual({ documents: 1, waiting: 1 });
      const found = await store.documents.find(documentIdOf(A1));
      expect(found).toMatchObject({
        url: A1,
        version: 1,
        title: 'Thủ tướng thăm Huế',
        date: '2026-03-01T07:30:00+07:00',
        datePrecision: 'minute',
        authors: ['Lê Thị Hoa'],
        tags: ['thời sự'],
        image: 'http://a.example/hue.jpg',
        imageCaption: 'Người dân Huế đón đoàn.',
        lang: 'vi',
        provenance: { title: { from: 'json-ld', at: 'headline' } },
        updatedAt: START,
      });
      expect(await store.documents.versions(documentIdOf(A1))).toEqual([]);
      expect(await store.frontier.find(urlIdOf(A1))).toMatchObject({ documentId: documentIdOf(A1) });
    });

    test('a document written by two parsers at the same moment is one document in its first version', async () => {
      const other = await opened.other();
      const ends = await Promise.all(
        Array.from({ length: 8 }, (_, n) => (n % 2 ? other : store).documents.upsert(article(A1), START)),
      );
      expect(ends.filter(({ change }) => change === 'new')).toHaveLength(1);
      expect(await store.documents.find(documentIdOf(A1))).toMatchObject({ version: 1 });
      expect(await store.documents.versions(documentIdOf(A1))).toEqual([]);
    });

    test('a change that readers see makes a version, and the document waits to be enriched again', async () => {
      const id = documentIdOf(A1);
      await store.documents.upsert(article(A1), START);
      await store.entities.save(id, { mentions: [], entities: [] }, START, at(1));
      await store.stories.place(
        { id, signature: { keys: ['k'] } },
        { choose: () => ({ storyId: null, merge: [] }), stays: () => true, headlineOf: () => 'Huế' },
        at(2),
      );
      expect(await store.documents.counts()).toMatchObject({ waiting: 0 });
      expect(await store.documents.upsert(article(A1), at(3))).toEqual({ change: 'same', enriched: true });
      const changed = article(A1, { title: 'Thủ tướng đến Huế' }, MINUTE);
      expect(await store.documents.upsert(changed, at(MINUTE))).toEqual({ change: 'changed', enriched: false });
      expect(await store.documents.find(id)).toMatchObject({ version: 2, title: 'Thủ tướng đến Huế' });
      expect(await store.documents.versions(id)).toMatchObject([
        { version: 1, title: 'Thủ tướng thăm Huế', replacedAt: at(MINUTE) },
      ]);
      expect(await store.documents.pending(at(MINUTE), 9)).toEqual([{ id, step: 'enrich' }]);
    });

    test('a page that is read better than before is no version, but waits to be enriched again', async () => {
      const first = article(A1);
      await store.documents.upsert(first, START);
      const better = { ...article(A1, { title: 'Thủ tướng thăm Huế sáng nay' }), captureId: first.captureId };
      expect(await store.documents.upsert(better, at(MINUTE))).toEqual({ change: 'changed', enriched: false });
      expect(await store.documents.find(documentIdOf(A1))).toMatchObject({
        version: 1,
        title: 'Thủ tướng thăm Huế sáng nay',
        updatedAt: at(MINUTE),
      });
      expect(await store.documents.versions(documentIdOf(A1))).toEqual([]);
    });

    test('a page for print gives way to the page at the canonical address, whichever comes first', async () => {
      const print = 'http://a.example/print/1';
      await make(store, print);
      const own = article(A1);
      const copy = { ...article(print, { body: 'Bản in.' }), id: own.id, canonicalUrl: A1 };
      const upsert = async (it: typeof own) => (await store.documents.upsert(it, START)).change;
      expect(await upsert(copy)).toBe('new');
      expect(await store.documents.find(own.id)).toMatchObject({ url: print, body: 'Bản in.' });
      expect(await upsert(own)).toBe('changed');
      expect(await upsert(copy)).toBe('duplicate');
      expect(await upsert(own)).toBe('same');
      expect(await store.documents.find(own.id)).toMatchObject({
        url: A1,
        urlId: urlIdOf(A1),
        canonicalUrl: A1,
        version: 1,
        body: own.article.body,
      });
      expect(await store.frontier.find(urlIdOf(print))).toMatchObject({ documentId: own.id });
    });

    test('a document waits for its entities, then for its story, until it is given up', async () => {
      const id = documentIdOf(A1);
      await store.documents.upsert(article(A1), START);
      expect(await store.documents.pending(at(-1), 9)).toEqual([]);
      expect(await store.documents.pending(START, 9)).toEqual([{ id, step: 'enrich' }]);
      await store.entities.save(id, { mentions: [], entities: [] }, START, at(1));
      expect(await store.documents.pending(START, 9)).toEqual([{ id, step: 'cluster' }]);
      await store.documents.markFailed(id, 'the tagger is away');
      expect(await store.documents.pending(START, 9)).toEqual([]);
    });

    test.each([
      { words: 'thu tuong', finds: [A1] },
      { words: 'hue', finds: [A1, A2] },
      { words: '"nguoi dan don"', finds: [A1] },
      { words: '"dan nguoi"', finds: [] },
      { words: 'hue -sach', finds: [A1] },
      { words: 'khong co gi', finds: [] },
      { words: "'; drop table documents; --", finds: [] },
    ])('searching for $words without diacritics finds what was written with them', async ({ words, finds }) => {
      await store.documents.upsert(article(A1), START);
      await store.documents.upsert(
        article(A2, { title: 'Hội sách mở cửa', body: 'Hội sách tại Huế kéo dài ba ngày.' }),
        START,
      );
      const { total, items } = await store.documents.list({ words, limit: 10, offset: 0 });
      expect(items.map(({ url }) => url).sort()).toEqual(finds);
      expect(total).toBe(finds.length);
    });

    test('a word in the title counts more than one in the body', async () => {
      await store.documents.upsert(article(A1, { title: 'Thời tiết', body: 'Mưa ở Huế.' }), START);
      await store.documents.upsert(article(A2, { title: 'Huế', body: 'Trời đẹp.' }), START);
      const { items } = await store.documents.list({ words: 'hue', limit: 10, offset: 0 });
      expect(items.map(({ url }) => url)).toEqual([A2, A1]);
    });

    test('documents are filtered by source, language, entity and day, and come page by page, newest first', async () => {
      await store.documents.upsert(article(A1), START);
      const french = { lang: 'fr', title: 'À Hué', date: { value: '2026-02', precision: 'month' as const } };
      await store.documents.upsert(article(A2, french), START);
      await store.entities.save(
        documentIdOf(A2),
        { mentions: [mention('Hué', 2, 'e1')], entities: [place('e1', 'Hué')] },
        START,
        START,
      );
      const urls = async (filter: object) =>
        (await store.documents.list({ limit: 10, offset: 0, ...filter })).items.map(({ url }) => url);
      expect(await urls({})).toEqual([A1, A2]);
      expect(await urls({ limit: 1, offset: 1 })).toEqual([A2]);
      expect(await urls({ lang: 'fr' })).toEqual([A2]);
      expect(await urls({ entityId: 'e1' })).toEqual([A2]);
      expect(await urls({ sourceId: 'khac' })).toEqual([]);
      expect(await urls({ from: '2026-03-01', to: '2026-03-02' })).toEqual([A1]);
      const [line] = (await store.documents.list({ lang: 'fr', limit: 1, offset: 0 })).items;
      expect(line).toMatchObject({ date: '2026-02', entities: [{ id: 'e1', type: 'LOC', name: 'Hué' }] });
    });

    test.each([
      ['no title, no date, no language', { title: null, date: null, lang: null }],
      ['a body of two million characters', { body: 'tin tức '.repeat(250_000) }],
      [
        'quotes, braces, a backslash and a null escape',
        { title: `a'b"c{d}\\e\\u0000`, authors: ['x,y', '{"z"}', 'N\\A'] },
      ],
      ['letters beyond the first plane', { title: '🏯 Cố đô', body: '𠀀𠀁 '.repeat(50) }],
    ])('a document with %s comes back as it was', async (_, given) => {
      await store.documents.upsert(article(A1, given), START);
      expect(await store.documents.find(documentIdOf(A1))).toMatchObject(given);
    });
  });

  describe('entities', () => {
    const id = documentIdOf(A1);
    beforeEach(async () => {
      await make(store, A1, A2);
      await store.documents.upsert(article(A1), START);
      await store.documents.upsert(article(A2), START);
    });

    test('saving the mentions of a document again replaces them', async () => {
      const hue = { mentions: [mention('Huế', 15, 'e1'), mention('1/3', 5, null)], entities: [place('e1', 'Huế')] };
      await store.entities.save(id, hue, START, START);
      await store.entities.save(id, hue, START, START);
      expect(await store.entities.ofDocument(id)).toEqual([
        { start: 5, end: 8, text: '1/3', type: 'DATE', entityId: null, name: null },
        { start: 15, end: 18, text: 'Huế', type: 'LOC', entityId: 'e1', name: 'Huế' },
      ]);
      await store.entities.save(id, { mentions: [], entities: [] }, START, START);
      expect(await store.entities.ofDocument(id)).toEqual([]);
    });

    test('an entity is shown by its fullest name, since when and till when it was seen, and in how many documents', async () => {
      const save = (url: string, name: string, ms: number) =>
        store.entities.save(
          documentIdOf(url),
          { mentions: [mention(name, 0, 'e1'), mention(name, 50, 'e1')], entities: [place('e1', name)] },
          at(ms),
          START,
        );
      await save(A1, 'Huế', MINUTE);
      await save(A2, 'Thành phố Huế', 0);
      expect(await store.entities.find('e1' as EntityId)).toMatchObject({
        name: 'Thành phố Huế',
        documents: 2,
        firstSeen: START,
        lastSeen: at(MINUTE),
      });
      expect(await store.entities.count()).toBe(1);
    });

    test('entities are found by the start of any word of their folded name', async () => {
      const entities = [place('e1', 'Thừa Thiên Huế'), place('e2', 'Hà Nội'), place('e3', '100% Huế_đẹp')];
      const mentions = entities.map(({ name, id: entityId }, n) => mention(name, n * 40, entityId));
      await store.entities.save(id, { mentions, entities }, START, START);
      const names = async (prefix: string) =>
        (await store.entities.list({ prefix, limit: 9, offset: 0 })).map(({ id: found }) => found).sort();
      expect(await names('hue')).toEqual(['e1', 'e3']);
      expect(await names('ha')).toEqual(['e2']);
      expect(await names('100%')).toEqual(['e3']);
      expect(await names('%')).toEqual([]);
      expect(await store.entities.list({ type: 'PER', limit: 9, offset: 0 })).toEqual([]);
    });

    test('documents that name the same entities at the same moment do not lock each other out', async () => {
      const other = await opened.other();
      const entities = Array.from({ length: 30 }, (_, n) => place(`e${n}`, `Nơi ${n}`));
      const mentions = entities.map(({ name, id: entityId }, n) => mention(name, n * 10, entityId));
      await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (n % 2 ? other : store).entities.save(
            documentIdOf(n % 3 ? A1 : A2),
            { mentions, entities: n % 2 ? entities : [...entities].reverse() },
            START,
            START,
          ),
        ),
      );
      expect(await store.entities.count()).toBe(30);
      expect(await store.entities.ofDocument(id)).toHaveLength(30);
    });
  });

  describe('stories', () => {
    const join = (candidates: { storyId: StoryId }[]) => candidates[0]?.storyId ?? null;
    const first = (titles: { title: string | null }[]) => titles[0]?.title ?? null;
    const policy = {
      choose: (candidates: { storyId: StoryId }[]) => ({ storyId: join(candidates), merge: [] }),
      stays: () => true,
      headlineOf: first,
    };

    test('documents that arrive at the same moment and tell the same are one story', async () => {
      const urls = Array.from({ length: 12 }, (_, n) => `http://a.example/wire/${n}`);
      await make(store, ...urls);
      for (const url of urls) await store.documents.upsert(article(url, { title: url }), START);
      const others = [store, await opened.other()];
      const placed = await Promise.all(
        urls.map((url, n) =>
          (others[n % 2] as Store).stories.place(
            { id: documentIdOf(url), signature: { keys: ['hue', `own-${n}`] } },
            policy,
            at(n),
          ),
        ),
      );
      expect(new Set(placed).size).toBe(1);
      const [story] = await store.stories.list({ least: 2, limit: 9, offset: 0 });
      expect(story).toMatchObject({ id: placed[0], documents: 12, langs: ['vi'], sources: ['tin-nhanh'] });
      expect(urls).toContain(story?.headline);
      expect(await store.stories.counts()).toEqual({ stories: 1, shared: 1 });
    });

    test('a document placed again keeps its story, and its keys are replaced', async () => {
      await make(store, A1, A2);
      for (const url of [A1, A2]) await store.documents.upsert(article(url), START);
      const put = (url: string, keys: string[]) =>
        store.stories.place({ id: documentIdOf(url), signature: { keys } }, policy, START);
      expect(await put(A1, ['x', 'y'])).toBe(storyOf(A1));
      expect(await put(A1, ['y', 'y', 'z'])).toBe(storyOf(A1));
      expect(await put(A2, ['x'])).toBe(storyOf(A2));
      expect(await put(A2, ['x', 'z'])).toBe(storyOf(A1));
      expect(await store.stories.find(storyOf(A1))).toMatchObject({ documents: 2 });
      expect(await store.stories.find(storyOf(A2))).toBeNull();
      const { items } = await store.documents.list({ storyId: storyOf(A1), limit: 9, offset: 0 });
      expect(items).toHaveLength(2);
    });

    test('the signatures come back as they were stored, with how common each key is', async () => {
      await make(store, A1, A2);
      for (const url of [A1, A2]) await store.documents.upsert(article(url), START);
      const signature = { keys: ['a', 'b'], weights: [0.25, 1e-9], nested: { ü: ['đ'] } };
      await store.stories.place(
        { id: documentIdOf(A1), signature },
        { ...policy, choose: () => ({ storyId: null, merge: [] }) },
        START,
      );
      let seen: unknown;
      await store.stories.place(
        { id: documentIdOf(A2), signature: { ...signature, keys: ['b', 'c'] } },
        {
          ...policy,
          choose: (candidates: unknown[], frequency) => {
            seen = { candidates, b: frequency('b'), c: frequency('c') };
            return { storyId: null, merge: [] };
          },
        },
        START,
      );
      expect(seen).toEqual({
        candidates: [{ documentId: documentIdOf(A1), storyId: storyOf(A1), signature, pinned: false }],
        b: expect.any(Number),
        c: 0,
      });
      expect((seen as { b: number }).b).toBeGreaterThan(0);
    });

    test('the entities of a story are those of its documents, the widest known first', async () => {
      await make(store, A1, A2);
      for (const url of [A1, A2]) {
        await store.documents.upsert(article(url), START);
        const entities = [place('e1', 'Huế'), ...(url === A1 ? [place('e2', 'Hà Nội')] : [])];
        const mentions = entities.map(({ name, id }, n) => mention(name, n * 10, id));
        await store.entities.save(documentIdOf(url), { mentions, entities }, START, START);
        await store.stories.place({ id: documentIdOf(url), signature: { keys: ['k'] } }, policy, START);
      }
      expect(await store.stories.entities(storyOf(A1), 9)).toMatchObject([
        { id: 'e1', documents: 2 },
        { id: 'e2', documents: 1 },
      ]);
    });
  });

  describe.each(['database', 'folder'])('blobs in a %s', (where) => {
    let folder: Awaited<ReturnType<typeof tempDir>>;
    let blobs: BlobStore;
    beforeAll(async () => {
      folder = await tempDir();
      blobs = where === 'database' ? databaseBlobs(store.database) : folderBlobs(folder.path);
    });
    afterAll(() => folder[Symbol.asyncDispose]());
    const body = Buffer.from(`<p>${'Cố đô Huế. '.repeat(200)}</p>`);
    const digest = digestOf(body);

    test('a body that came compressed is kept as it came, and decoded on the way out', async () => {
      const wire = gzipSync(body);
      await blobs.put(digest, await packBody(body, { encoding: 'gzip', bytes: wire }));
      const kept = await blobs.get(digest);
      expect(kept?.encoding).toBe('gzip');
      expect(Buffer.from(kept?.bytes ?? []).equals(wire)).toBe(true);
      expect(Buffer.from((kept && (await unpackBody(kept))) ?? []).equals(body)).toBe(true);
      await blobs.delete(digest);
    });

    test('a body that came plain is kept compressed', async () => {
      await blobs.put(digest, await packBody(body, { encoding: 'identity', bytes: body }));
      const kept = await blobs.get(digest);
      expect(kept?.encoding).toBe('zstd');
      expect(kept?.bytes.length).toBeLessThan(body.length / 4);
      expect(Buffer.from((kept && (await unpackBody(kept))) ?? []).equals(body)).toBe(true);
      await blobs.delete(digest);
    });

    test('a body is there until it is deleted, and deleting it twice does no harm', async () => {
      expect(await blobs.has(digest)).toBe(false);
      expect(await blobs.get(digest)).toBeNull();
      const blob = await packBody(body, { encoding: 'identity', bytes: null });
      await Promise.all(Array.from({ length: 5 }, () => blobs.put(digest, blob)));
      expect(await blobs.has(digest)).toBe(true);
      await blobs.delete(digest);
      await blobs.delete(digest);
      expect(await blobs.has(digest)).toBe(false);
    });

    test('an empty body and one of arbitrary bytes come back whole', async () => {
      for (const bytes of [Buffer.alloc(0), Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 37) % 256))]) {
        await blobs.put(digestOf(bytes), await packBody(bytes, { encoding: 'identity', bytes: null }));
        const kept = await blobs.get(digestOf(bytes));
        expect(Buffer.from((kept && (await unpackBody(kept))) ?? [1]).equals(bytes)).toBe(true);
      }
    });
  });
});
