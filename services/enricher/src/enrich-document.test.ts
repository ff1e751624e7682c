/** What the enricher makes of a document with the names it knows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entityId, fold, openTagger } from '@newsloom/enrich';
import { captureIdOf, type DocumentId, digestOf, documentIdOf, type SourceId, urlIdOf } from '@newsloom/model';
import { openEmbeddedStore, type Store } from '@newsloom/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrichDocument } from './enrich-document.ts';
import { shipNames } from './ship-names.ts';

const NOW = new Date('2026-03-01T08:00:00Z');
let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsloom-enricher-'));
  store = await openEmbeddedStore(folder);
}, 60_000);
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** Stores and enriches a text; answers with its id. */
async function enrich(name: string, body: string, lang = 'vi'): Promise<DocumentId> {
  const url = `https://bao.example/${name}`;
  const [id, urlId, sourceId] = [documentIdOf(url), urlIdOf(url), 'bao.example' as SourceId];
  const digest = digestOf(Buffer.from(body));
  const article = {
    title: name,
    date: { value: '2026-02-03', precision: 'day' as const },
    dateModified: null,
    authors: [],
    agencies: [],
    lang,
    body,
    image: null,
    description: null,
    section: null,
    tags: [],
    provenance: {},
  };
  const search = { title: fold(name), body: fold(body) };
  await store.documents.upsert(
    {
      id,
      urlId,
      sourceId,
      captureId: captureIdOf(urlId, digest),
      url,
      canonicalUrl: url,
      article,
      parserVersion: 1,
      fetchedAt: NOW,
      contentDigest: digest,
      search,
    },
    NOW,
  );
  const outcome = await enrichDocument({ documentId: id }, { store, tagger: openTagger(), now: () => NOW });
  expect(outcome).toMatchObject({ kind: 'done', note: 'enriched' });
  return id;
}

test('a name that an import brought is found, and means what the import says', async () => {
  const q = { entityId: entityId('PER', 'vu a lenh~q7'), key: 'vu a lenh~q7' };
  const alias = {
    ...q,
    type: 'PER' as const,
    under: 'vu a lenh',
    name: 'Vừ A Lềnh',
    search: 'vu a lenh',
    lang: 'vi',
    born: null,
  };
  await store.aliases.bring([{ ...alias, confidence: 0.9, wikidata: 'Q7' }], 'import', NOW);
  const id = await enrich('ban-xa', 'Sáng nay Vừ A Lềnh đến bản. Dân bản đón Vừ A Lềnh từ sớm.');
  const named = (await store.entities.ofDocument(id)).filter((it) => it.text === 'Vừ A Lềnh');
  expect(named.map((it) => it.entityId)).toEqual([q.entityId, q.entityId]);
});

test('what a document says of a person is kept with the document, and what it teaches is known to the next', async () => {
  const one = await enrich('mot', 'Bộ trưởng Công an Lò Văn Thưởng thăm Hà Nội. Ông Thưởng gặp Thủ tướng.');
  const two = await enrich('hai', 'Ông Lò Văn Thưởng, Bộ trưởng Bộ Công an, phát biểu tại Huế.');
  const [person] = await store.entities.list({ prefix: 'lo van thuong', limit: 1, offset: 0 });
  expect(person).toMatchObject({ name: 'Lò Văn Thưởng', documents: 2 });
  const [role] = await store.roles.ofEntity(person?.id as never, 9);
  expect(role).toMatchObject({
    office: 'minister',
    documents: 2,
    body: { name: 'Bộ Công an Việt Nam' },
    firstSaid: new Date('2026-02-03'),
  });
  expect([one, two]).toContain(role?.evidence.documentId);
  expect((await store.aliases.ofEntity(person?.id as never, 9)).map((it) => it.name)).toEqual(['Lò Văn Thưởng']);
});

test('a document that is gone is nothing to do', async () => {
  const outcome = await enrichDocument(
    { documentId: documentIdOf('https://bao.example/none') },
    { store, tagger: openTagger(), now: () => NOW },
  );
  expect(outcome).toMatchObject({ note: 'document-expired' });
});

test('the shipped names are searched with the others', async () => {
  await enrich('paris', 'Đoàn đã đến Mát-xcơ-va hôm qua.');
  await shipNames(store, NOW);
  const found = await store.entities.list({ prefix: 'moscou', limit: 5, offset: 0 });
  expect(found.map((it) => it.key)).toEqual(['moscow']);
});
