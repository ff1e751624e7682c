/** What aliases, roles, decisions about entities and views of them promise, on either database. */
import { documentIdOf, type EntityId, type EntityType, type LinkedMention, urlIdOf } from '@newsloom/model';
import type { FoundEntities, LearnedName, Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { article, at, BACKENDS, folded, forget, MINUTE, make, START } from './stores.ts';

const DAY = 24 * 60 * MINUTE;
const URLS = [1, 2, 3, 4].map((n) => `http://a.example/${n}`);
const [A1, A2, A3, A4] = URLS as [string, string, string, string];
const who = { by: 'lan', via: 'cli' as const, why: 'one person' };
const id = (key: string): EntityId => `e${Buffer.from(key).toString('hex').padEnd(24, '0').slice(0, 24)}` as EntityId;

/** What linking finds in a document that names these, as `name=key` or `name=key:TYPE`. */
function found(...names: string[]): FoundEntities {
  const mentions: LinkedMention[] = [];
  const entities = new Map<string, FoundEntities['entities'][number]>();
  let start = 0;
  for (const it of names) {
    const [, name, key, type = 'PER'] = /^(.+)=([^:]+)(?::(\w+))?$/.exec(it) as unknown as [
      string,
      string,
      string,
      EntityType,
    ];
    mentions.push({ start, end: start + name.length, text: name, type, entityId: id(key) });
    entities.set(key, { id: id(key), type, name, key, search: folded(name) });
    start += name.length + 1;
  }
  return { mentions, entities: [...entities.values()] };
}

const learned = (name: string, key: string, given: Partial<LearnedName> = {}): LearnedName => ({
  type: 'PER',
  under: folded(name),
  name,
  search: folded(name),
  lang: 'vi',
  entityId: id(key),
  key,
  born: null,
  private: false,
  context: [],
  ...given,
});

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
    for (const [n, url] of URLS.entries()) {
      const date = new Date(START.getTime() + n * DAY).toISOString();
      await store.documents.upsert(
        { ...article(url, { date: { value: date, precision: 'minute' } }), urlId: urlIdOf(url) },
        START,
      );
    }
  });
  afterAll(() => opened[Symbol.asyncDispose]());
  const save = (url: string, it: FoundEntities, version = 2) =>
    store.entities.save(documentIdOf(url), it, START, at(1), version);
  const namesOf = async (url: string) => (await store.entities.ofDocument(documentIdOf(url))).map((it) => it.entityId);
  const documentsOf = async (key: string) => (await store.entities.find(id(key)))?.documents;

  describe('aliases', () => {
    test('what a document teaches is found under its key, once, with the surroundings of all documents', async () => {
      await save(A1, { ...found('Lê Văn Tám=tam'), aliases: [learned('Lê Văn Tám', 'tam', { context: [id('x')] })] });
      await save(A2, {
        ...found('Lê Văn Tám=tam'),
        aliases: [learned('Lê Văn Tám', 'tam', { context: [id('y')], private: true })],
      });
      const aliases = await store.aliases.lookUp([{ type: 'PER', key: 'le van tam' }]);
      expect(aliases).toMatchObject([
        {
          name: 'Lê Văn Tám',
          lang: 'vi',
          entityId: id('tam'),
          key: 'tam',
          source: 'document',
          private: true,
          born: null,
        },
      ]);
      expect([...(aliases[0]?.context ?? [])].sort()).toEqual([id('x'), id('y')].sort());
      expect(await store.aliases.lookUp([{ type: 'ORG', key: 'le van tam' }])).toEqual([]);
      expect(await store.aliases.lookUp([])).toEqual([]);
    });

    test('a document that is read again forgets what it does not teach any more', async () => {
      await save(A1, { ...found('Ly=ly'), aliases: [learned('Ly', 'ly'), learned('Ly Ly', 'ly')] });
      await save(A1, { ...found('Ly=ly'), aliases: [learned('Ly', 'ly')] });
      expect((await store.aliases.ofEntity(id('ly'), 9)).map((it) => it.name)).toEqual(['Ly']);
    });

    test('names brought from outside are added once, keep the higher confidence, and come in pages', async () => {
      const brought = { ...learned('Messi', 'messi'), confidence: 0.9, wikidata: 'Q615' };
      expect(await store.aliases.bring([brought, { ...brought, name: 'Leo' }], 'import', START)).toBe(2);
      expect(await store.aliases.bring([{ ...brought, confidence: 0.5 }], 'import', START)).toBe(0);
      const [first] = await store.aliases.page(0, 1, false);
      expect(first).toMatchObject({
        name: 'Messi',
        confidence: expect.closeTo(0.9),
        wikidata: 'Q615',
        source: 'import',
      });
      expect((await store.aliases.page(first?.place ?? 0, 9, false)).map((it) => it.name)).toEqual(['Leo']);
      expect(await store.aliases.claimed(['Q615'], [])).toMatchObject([{ wikidata: 'Q615', entityId: id('messi') }]);
    });

    test('shipped names are written once for each set of them, and never looked up', async () => {
      const names = [{ ...learned('Hà Nội', 'hanoi', { type: 'LOC', lang: null }), confidence: 1, wikidata: null }];
      expect(await store.aliases.ship('one', () => names, START)).toBe(true);
      expect(await store.aliases.ship('one', () => expect.fail('not asked for'), START)).toBe(false);
      expect(await store.aliases.ship('two', () => names, START)).toBe(true);
      expect(await store.aliases.counts()).toEqual([{ source: 'shipped', names: 1 }]);
      expect(await store.aliases.lookUp([{ type: 'LOC', key: 'ha noi' }])).toEqual([]);
    });

    test('a name is known to others once two documents name it, or somebody brought it', async () => {
      await save(A1, { ...found('Vừ A Lềnh=lenh'), aliases: [learned('Vừ A Lềnh', 'lenh')] });
      expect(await store.aliases.known(['vu a lenh'])).toEqual([]);
      await save(A2, found('Vừ A Lềnh=lenh'));
      expect(await store.aliases.known(['vu a lenh', 'ai do'])).toEqual([{ name: 'Vừ A Lềnh', type: 'PER' }]);
    });
  });

  describe('decisions', () => {
    beforeEach(async () => {
      await save(A1, found('Quang=a', 'Huế=hue:LOC'));
      await save(A2, found('Quang=b', 'Huế=hue:LOC'));
      await save(A3, found('Quang=a', 'Quang Hải=b'));
    });

    test('documents follow a merge, are counted once, and come back when it is undone', async () => {
      const decision = await store.entityDecisions.merge(id('a'), id('b'), who, at(5));
      expect(decision).toMatchObject({ what: 'merge', by: 'lan', via: 'cli', why: 'one person', undone: null });
      expect(await documentsOf('a')).toBe(3);
      expect((await store.entities.find(id('a')))?.id).toBe(id('b'));
      expect(await namesOf(A1)).toEqual([id('b'), id('hue')]);
      expect((await store.documents.list({ entityId: id('b'), limit: 9, offset: 0 })).total).toBe(3);
      expect((await store.entities.list({ type: 'PER', limit: 9, offset: 0 })).map((it) => it.id)).toEqual([id('b')]);
      await save(A4, found('Quang=a'));
      expect(await documentsOf('b')).toBe(4);
      await save(A4, found('Quang=b'));
      expect(await documentsOf('b')).toBe(4);

      const undone = await store.entityDecisions.undo(decision.id, { by: 'mai', why: 'two people' }, at(6));
      expect(undone.undone).toMatchObject({ by: 'mai', why: 'two people' });
      expect([await documentsOf('a'), await documentsOf('b')]).toEqual([2, 3]);
      expect(await namesOf(A1)).toEqual([id('a'), id('hue')]);
      await expect(store.entityDecisions.undo(decision.id, who, at(7))).rejects.toThrow('undone already');
    });

    test('merges in a row lead to the last one, in whatever order they are undone', async () => {
      const first = await store.entityDecisions.merge(id('a'), id('b'), who, at(5));
      await store.entityDecisions.merge(id('b'), id('hue'), who, at(6));
      expect((await store.entities.find(id('a')))?.id).toBe(id('hue'));
      await store.entityDecisions.undo(first.id, who, at(7));
      expect((await store.entities.find(id('a')))?.id).toBe(id('a'));
      expect((await store.entities.find(id('b')))?.id).toBe(id('hue'));
      expect(await store.entityDecisions.list({ entityId: id('a'), limit: 9, offset: 0 })).toHaveLength(1);
      expect(await store.entityDecisions.list({ entityId: null, limit: 9, offset: 0 })).toHaveLength(2);
    });

    test('documents around a merge are put into stories again', async () => {
      await store.database.query('update documents set clustered_at = $1', [at(1)]);
      await store.entityDecisions.merge(id('a'), id('b'), who, at(5));
      const waiting = await store.documents.pending(at(MINUTE), 9);
      expect(waiting.map((it) => it.step)).toEqual(['cluster', 'cluster', 'cluster']);
    });

    test.each([
      ['an entity with itself', 'a', 'a', 'are one entity already'],
      ['an entity that is not known', 'a', 'nobody', 'There is no entity'],
    ])('a merge of %s is refused', async (_, from, into, says) => {
      await expect(store.entityDecisions.merge(id(from), id(into), who, at(5))).rejects.toThrow(says);
    });

    const fresh = (_type: string, key: string, turn: number) => ({ id: id(`${key}${turn}`), key: `${key}#${turn}` });
    const split = (ask: { names?: string[]; documents?: string[]; name?: string }) =>
      store.entityDecisions.split(
        id('b'),
        { names: ask.names ?? [], documents: ask.documents ?? [], name: ask.name ?? null, fold: folded },
        fresh,
        who,
        at(5),
      );

    test('a name that is split off is an entity of its own, also in what is read later, until it is undone', async () => {
      const decision = await split({ names: ['Quang Hải'] });
      expect(decision).toMatchObject({
        what: 'split',
        entity: { id: id('b') },
        other: { id: id('b1'), name: 'Quang Hải' },
      });
      expect(await namesOf(A3)).toEqual([id('a'), id('b1')]);
      expect([await documentsOf('b'), await documentsOf('b1')]).toEqual([1, 1]);
      await save(A4, found('Quang Hải=b'));
      expect(await namesOf(A4)).toEqual([id('b1')]);
      expect(await documentsOf('b1')).toBe(2);
      await store.entityDecisions.undo(decision.id, who, at(6));
      expect([await namesOf(A3), await namesOf(A4)]).toEqual([[id('a'), id('b')], [id('b')]]);
      expect(await documentsOf('b')).toBe(3);
    });

    test('a document that is split off takes along what it taught', async () => {
      await save(A2, { ...found('Quang=b'), aliases: [learned('Quang', 'b')] });
      await split({ documents: [documentIdOf(A2)], name: 'Quang the singer' });
      expect(await namesOf(A2)).toEqual([id('b1')]);
      expect((await store.entities.find(id('b1')))?.name).toBe('Quang the singer');
      expect((await store.aliases.lookUp([{ type: 'PER', key: 'quang' }])).map((it) => it.entityId)).toEqual([
        id('b1'),
      ]);
      await save(A2, found('Quang=b'));
      expect(await namesOf(A2)).toEqual([id('b1')]);
    });

    test('a split of nothing is refused, and changes nothing', async () => {
      await expect(split({ names: ['nobody'] })).rejects.toThrow('Nothing of');
      expect(await store.entities.find(id('b1'))).toBeNull();
    });

    test('a split that another decision builds on is not undone before that', async () => {
      const decision = await split({ names: ['Quang Hải'] });
      await store.entityDecisions.merge(id('b1'), id('a'), who, at(6));
      await expect(store.entityDecisions.undo(decision.id, who, at(7))).rejects.toThrow('builds on it');
    });
  });

  describe('views', () => {
    test('a timeline counts documents by their own day, week or month, over everything merged', async () => {
      await save(A1, found('Huế=hue:LOC'));
      await save(A2, found('Huế=hue:LOC', 'Hue=hue2:LOC'));
      await save(A4, found('Hue=hue2:LOC'));
      await store.entityDecisions.merge(id('hue2'), id('hue'), who, at(5));
      const ask = { from: null, to: null };
      expect(await store.entityViews.timeline(id('hue'), { by: 'day', ...ask })).toEqual([
        { start: '2026-03-01', documents: 1 },
        { start: '2026-03-02', documents: 1 },
        { start: '2026-03-04', documents: 1 },
      ]);
      expect(await store.entityViews.timeline(id('hue'), { by: 'month', ...ask })).toEqual([
        { start: '2026-03-01', documents: 3 },
      ]);
      expect(await store.entityViews.timeline(id('hue'), { by: 'week', from: at(2 * DAY), to: null })).toEqual([
        { start: '2026-03-02', documents: 1 },
      ]);
      expect(await store.entityViews.span(id('hue'))).toEqual({ firstSaid: at(0), lastSaid: at(3 * DAY) });
    });

    test('partners that are named seldom elsewhere tell more than those that are named everywhere', async () => {
      await save(A1, found('Huế=hue:LOC', 'Tám=tam', 'Việt Nam=vn:LOC'));
      await save(A2, found('Huế=hue:LOC', 'Tám=tam', 'Việt Nam=vn:LOC'));
      await save(A3, found('Việt Nam=vn:LOC'));
      await save(A4, found('Việt Nam=vn:LOC'));
      const related = await store.entityViews.related(id('hue'), { type: null, limit: 9 });
      expect(related).toMatchObject([
        { id: id('tam'), together: 2, documents: 2 },
        { id: id('vn'), together: 2, documents: 4 },
      ]);
      expect(await store.entityViews.related(id('hue'), { type: 'LOC', limit: 9 })).toHaveLength(1);
      expect(await store.entityViews.stories(id('hue'), 9)).toEqual([]);
    });

    test('a role is told with its body, its documents and the days between which it was said', async () => {
      const role = {
        entityId: id('tam'),
        start: 0,
        office: 'minister',
        role: 'Bộ trưởng Công an',
        field: 'Công an',
        bodyId: id('mps'),
        lang: 'vi',
      };
      const bodies = [{ id: id('mps'), type: 'ORG' as const, name: 'Bộ Công an', key: 'mps', search: 'bo cong an' }];
      await save(A1, { ...found('Tám=tam'), bodies, roles: [role] });
      await save(A3, {
        ...found('Tam=tam'),
        bodies,
        roles: [
          { ...role, role: 'Bộ trưởng Bộ Công an' },
          { ...role, start: 9 },
        ],
      });
      await save(A4, {
        ...found('Tam=tam'),
        roles: [{ ...role, office: 'deputy', role: 'ĐBQH', field: '', bodyId: null }],
      });
      expect(await store.roles.ofEntity(id('tam'), 9)).toMatchObject([
        { office: 'deputy', body: null, documents: 1 },
        {
          office: 'minister',
          role: 'Bộ trưởng Công an',
          body: { id: id('mps'), name: 'Bộ Công an' },
          documents: 2,
          firstSaid: at(0),
          lastSaid: at(2 * DAY),
          evidence: { documentId: documentIdOf(A3) },
        },
      ]);
      expect(await store.roles.ofBody(id('mps'), 9)).toMatchObject([
        { id: id('tam'), office: 'minister', documents: 2 },
      ]);
      expect(await documentsOf('mps')).toBe(0);
      await save(A2, { ...found('Tam=tam'), roles: [{ ...role, role: 'Bộ trưởng', field: '', bodyId: null }] });
      expect((await store.roles.ofEntity(id('tam'), 9)).map((it) => it.role)).toEqual(['ĐBQH', 'Bộ trưởng Công an']);
      await save(A1, found('Tám=tam'));
      expect((await store.roles.ofEntity(id('tam'), 9)).find((it) => it.office === 'minister')?.documents).toBe(1);
    });
  });

  test('documents that an older enricher read wait to be read again', async () => {
    await save(A1, found('Huế=hue:LOC'), 1);
    await save(A2, found('Huế=hue:LOC'), 2);
    const again = (below: number | null, since: Date | null = null) =>
      store.entities.enrichAgain({ since, below, limit: 9, after: null });
    expect(await again(2)).toEqual([{ id: documentIdOf(A1) }]);
    expect(await again(2)).toEqual([]);
    expect(await again(null, at(DAY))).toEqual([{ id: documentIdOf(A2) }]);
  });
});
