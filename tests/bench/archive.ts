/** A large archive on Postgres: what a search costs over it, and what finding a document's copies costs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bandNumbers, bandsOf, excerptOf, fingerprint, isNearDuplicate } from '@newsloom/enrich';
import type { DocumentId } from '@newsloom/model';
import { openPostgresStore, type Store } from '@newsloom/store';
import { freshDatabase, providePostgres } from '@newsloom/testkit';
import { type BenchRow, type BenchSize, ms, percentile } from './report.ts';

/** Words of the invented language; the n-th is used in proportion to 1/n, as words are (Zipf). */
const VOCABULARY = 50_000;
const WORDS_PER_DOCUMENT = 60;
const SOURCES = 200;
const ROUNDS = 15;
const LOOKUPS = 200;
const PER_STATEMENT = 100_000;

type Filter = Parameters<Store['documents']['list']>[0];

/** Searches over `pages` documents. */
export async function* benchSearch({ pages }: BenchSize): AsyncGenerator<BenchRow[]> {
  await using postgres = stopping(await providePostgres());
  await using facts = await freshDatabase(postgres.url);
  await using store = await openPostgresStore(facts.url);
  const began = performance.now();
  await store.database.script('drop index documents_search');
  await fill(store, pages, true);
  await store.database.script(
    "set maintenance_work_mem = '512MB'; create index documents_search on documents using gin (search); analyze documents",
  );
  console.log(`${pages} documents loaded in ${seconds(began)} s, ${await sizeOf(store)}`);
  const asked: [string, Partial<Filter>][] = [
    ['the latest, nothing asked', {}],
    ['a rare word', { words: 'w40000' }],
    ['a word in one document of a hundred', { words: 'w1300' }],
    ['an everyday word, in every third document', { words: 'w30' }],
    ['two words', { words: 'w900 w350' }],
    ['a phrase', { words: '"w30 w40"' }],
    [
      'an everyday word of one source in one month',
      { words: 'w30', sourceId: 's7.example', from: '2026-03-01', to: '2026-04-01' },
    ],
    ['a word in one language', { words: 'w1300', lang: 'fr' }],
    ['the fiftieth page of an everyday word', { words: 'w30', offset: 980 }],
  ];
  const rows: BenchRow[] = [];
  for (const [question, filter] of asked) {
    const times: number[] = [];
    let found = '';
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const { total, exact, items } = await store.documents.list({ limit: 20, offset: 0, ...filter });
      for (const { text } of items) if (text !== undefined && filter.words) excerptOf(text, filter.words);
      times.push(performance.now() - started);
      found = exact ? String(total) : `over ${total}`;
    }
    rows.push({
      [`${pages} documents`]: question,
      found,
      'median ms': ms(percentile(times, 0.5)),
      'p95 ms': ms(percentile(times, 0.95)),
    });
  }
  yield rows;
}

/** Copies found among `pages` fingerprints. */
export async function* benchDuplicates({ pages }: BenchSize): AsyncGenerator<BenchRow[]> {
  await using postgres = stopping(await providePostgres());
  await using facts = await freshDatabase(postgres.url);
  await using store = await openPostgresStore(facts.url);
  const began = performance.now();
  await store.database.script('drop index fingerprints_bands');
  await fill(store, pages, false);
  await inParts(pages, (from, to) =>
    store.database.script(`insert into fingerprints (document_id, simhash, bands, seen_at)
      select 'd' || n, lpad(to_hex((random() * 1e15)::bigint), 16, '0'),
        array(select (b::bigint << 32) + (random() * 4294967295)::bigint from generate_series(0, 19) b where n > 0),
        now() from generate_series(${from}, ${to}) n`),
  );
  await store.database.script(
    "set maintenance_work_mem = '1GB'; create index fingerprints_bands on fingerprints using gin (bands); analyze",
  );
  console.log(`${pages} fingerprints loaded in ${seconds(began)} s, ${await sizeOf(store)}`);
  const times = { 'a text of its own': [] as number[], 'a copy of an earlier text': [] as number[] };
  let right = 0;
  for (let n = 0; n < LOOKUPS; n++) {
    const copy = n % 2 === 1;
    const document = `d${pages + n + 1}` as DocumentId;
    await addDocument(store, document);
    const text = textOf(copy ? n - 1 : n).concat(copy ? ' with a line of its own at the end' : '');
    const mark = fingerprint(text);
    const started = performance.now();
    const original = await store.duplicates.place(
      { id: document, simhash: mark.simhash, bands: bandNumbers(mark), seenAt: new Date() },
      (candidates) => ({
        copyOf:
          candidates.find((it) => isNearDuplicate(mark, { simhash: it.simhash, bands: bandsOf(it.bands) }))
            ?.documentId ?? null,
        leaving: [],
      }),
    );
    times[copy ? 'a copy of an earlier text' : 'a text of its own'].push(performance.now() - started);
    if (copy === (original !== null)) right++;
  }
  yield Object.entries(times).map(([what, took]) => ({
    [`among ${pages} documents`]: what,
    'median ms': ms(percentile(took, 0.5)),
    'p95 ms': ms(percentile(took, 0.95)),
    right: `${right} of ${LOOKUPS}`,
  }));
}

/** Documents in an invented language, made by the database itself; without words they are as short as can be. */
async function fill(store: Store, pages: number, words: boolean): Promise<void> {
  const text = (count: number, n: string) =>
    `(select string_agg('w' || floor(exp(random() * ln(${VOCABULARY})))::int, ' ') from generate_series(1, ${count}) where ${n} > 0)`;
  await inParts(pages, (from, to) =>
    store.database.script(`insert into documents (id, url_id, source_id, url, canonical_url, title, date_at, lang, body,
        content_digest, parser_version, fetched_at, created_at, updated_at, clustered_at, search)
      select 'd' || n, 'u' || n, 's' || n % ${SOURCES} || '.example', 'https://s.example/' || n, 'https://s.example/' || n, title,
        timestamptz '2024-01-01' + random() * interval '1000 days', (array['vi', 'vi', 'vi', 'fr', 'en'])[1 + n % 5], body,
        'x', 1, now(), now(), now(), now(),
        ${words ? "setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)" : 'null'}
      from (select n, ${words ? text(8, 'n') : "'t'"} as title, ${words ? text(WORDS_PER_DOCUMENT, 'n') : "'b'"} as body
        from generate_series(${from}, ${to}) n) x`),
  );
}

async function addDocument(store: Store, id: DocumentId): Promise<void> {
  await store.database.query(
    `insert into documents (id, url_id, source_id, url, canonical_url, body, content_digest, parser_version, fetched_at,
       created_at, updated_at) values ($1, $1, 's', $1, $1, '', 'x', 1, now(), now(), now())`,
    [id],
  );
}

const textOf = (n: number): string =>
  Array.from({ length: 60 }, (_, word) => `word${hashed(n * 64 + word) % 10_007}`).join(' ');

/** A number that looks random and is always the same (the finaliser of MurmurHash3). */
function hashed(n: number): number {
  let hash = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

async function inParts(pages: number, act: (from: number, to: number) => Promise<unknown>): Promise<void> {
  for (let from = 1; from <= pages; from += PER_STATEMENT) await act(from, Math.min(pages, from + PER_STATEMENT - 1));
}

async function sizeOf(store: Store): Promise<string> {
  const [row] = await store.database.query<{ size: string }>(
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  );
  return row?.size ?? '';
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0);

/** Gives a server a way to be stopped at the end of a block, after those who speak to it have gone. */
function stopping<T extends { stop: () => Promise<unknown> }>(server: T): T & AsyncDisposable {
  return Object.assign(server, {
    async [Symbol.asyncDispose]() {
      await sleep(0);
      await server.stop();
    },
  });
}
