/** The store on both databases, and plain facts to fill it with. */
import { join } from 'node:path';
import {
  type Article,
  captureIdOf,
  digestOf,
  documentIdOf,
  type SourceId,
  storyIdOf,
  type UrlId,
  urlIdOf,
} from '@newsloom/model';
import {
  type Claim,
  type NewDocument,
  type Offer,
  openEmbeddedStore,
  openPostgresStore,
  packBody,
  type Seed,
  type Store,
  type Visit,
} from '@newsloom/store';
import { freshDatabase, tempDir } from '@newsloom/testkit';
import { inject } from 'vitest';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** When the facts of these tests begin. */
export const START = new Date('2026-03-01T08:00:00Z');
/** A moment `ms` after the start. */
export const at = (ms: number): Date => new Date(START.getTime() + ms);

/** A store of its own, on a database of its own; a second one on the same facts where the database can be shared. */
export type TestStore = AsyncDisposable & { store: Store; other: () => Promise<Store> };

/** The databases a store can lie on. */
export const BACKENDS: { name: string; open: () => Promise<TestStore> }[] = [
  {
    name: 'embedded',
    async open() {
      const folder = await tempDir();
      const store = await openEmbeddedStore(join(folder.path, 'data'));
      return {
        store,
        // One process, one session: who shares the facts shares the store.
        other: async () => store,
        async [Symbol.asyncDispose]() {
          await store.close();
          await folder[Symbol.asyncDispose]();
        },
      };
    },
  },
  {
    name: 'Postgres',
    async open() {
      const database = await freshDatabase(inject('databaseUrl'));
      const opened = [await openPostgresStore(database.url)];
      return {
        store: opened[0] as Store,
        async other() {
          const store = await openPostgresStore(database.url);
          opened.push(store);
          return store;
        },
        async [Symbol.asyncDispose]() {
          await Promise.all(opened.map((store) => store.close()));
          await database.drop();
        },
      };
    },
  },
];

/** Empties the facts between two tests: a new database each would cost seconds. */
export async function forget({ database }: Store): Promise<void> {
  // Not `truncate`, which makes new files for every table; those that others refer to go last.
  const tables =
    'mentions story_events story_keys story_signatures document_versions crawl_urls crawls documents entities aliases entity_decisions shipped_names stories blobs captures fetches seeds urls hosts sources';
  await database.script(
    tables
      .split(' ')
      .map((table) => `delete from ${table}`)
      .join('; '),
  );
}

/** An offer of an address, followed one hop unless told otherwise. */
export function offer(url: string, given: Partial<Offer> = {}): Offer {
  return {
    id: urlIdOf(url),
    url,
    host: new URL(url).host,
    sourceId: 'tin-nhanh' as SourceId,
    kind: 'auto',
    priority: 0,
    depthLeft: 1,
    redirects: 0,
    facts: null,
    crawls: [],
    ...given,
  };
}

/** A seed as `acceptSeed` writes it. */
export function seed(url: string, given: Partial<Seed> = {}): Seed {
  return {
    urlId: urlIdOf(url),
    sourceId: 'tin-nhanh' as SourceId,
    url,
    host: new URL(url).host,
    kind: 'auto',
    priority: 0,
    depth: 1,
    everyMs: null,
    tags: [],
    ...given,
  };
}

/** Makes addresses known and due. */
export async function make({ frontier }: Store, ...urls: string[]): Promise<UrlId[]> {
  await frontier.offer(
    urls.map((url) => offer(url)),
    { foundOn: null, now: START },
  );
  return urls.map(urlIdOf);
}

/** What a fetch that took 0.2 s and ended at `endMs` after the start leaves behind. */
export function visit(url: string, endMs: number, given: Partial<Visit> = {}): Visit {
  return {
    urlId: urlIdOf(url),
    host: new URL(url).host,
    sourceId: 'tin-nhanh' as SourceId,
    url,
    startedAt: at(endMs - 200),
    endedAt: at(endMs),
    verdict: 'captured',
    note: 'captured',
    status: 200,
    dueAt: at(endMs + 60 * MINUTE),
    intervalMs: 60 * MINUTE,
    failures: 0,
    gone: 0,
    etag: null,
    lastModified: null,
    captureId: null,
    changed: true,
    movedTo: null,
    wireBytes: 4_321,
    robotsVersion: 'r1',
    slotAt: at(endMs + SECOND),
    resting: null,
    hostFailures: 0,
    responseMs: 200,
    crawl: 'ended',
    ...given,
  };
}

/** Claims as a dispatcher does. */
export const claim = (
  { frontier }: Store,
  ms: number,
  given: { limit?: number; leaseMs?: number; crawlId?: string | null } = {},
): Promise<Claim[]> => frontier.claim({ now: at(ms), limit: 10, leaseMs: MINUTE, crawlId: null, ...given });

/** Keeps a page of a known address; answers with the id of the capture. */
export async function capture({ captures }: Store, url: string, html: string, ms = 0) {
  const body = Buffer.from(html);
  const digest = digestOf(body);
  const id = captureIdOf(urlIdOf(url), digest);
  await captures.save(
    {
      id,
      urlId: urlIdOf(url),
      url,
      status: 200,
      contentType: 'text/html; charset=utf-8',
      xRobotsTag: null,
      headers: { etag: '"1"' },
      digest,
      fetchedAt: at(ms),
    },
    await packBody(body, { encoding: 'identity', bytes: null }),
  );
  return id;
}

/** Removes marks as search does, for the little these tests write. */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();

/** A document as the parser writes it; its address must be known. */
export function article(url: string, given: Partial<Article> = {}, fetchedMs = 0): NewDocument {
  const it: Article = {
    title: 'Thủ tướng thăm Huế',
    date: { value: '2026-03-01T07:30:00+07:00', precision: 'minute' },
    dateModified: null,
    authors: ['Lê Thị Hoa'],
    agencies: [],
    lang: 'vi',
    body: 'Sáng 1/3, đoàn công tác đến Huế.\n\nNgười dân đón từ sớm.',
    image: 'http://a.example/hue.jpg',
    imageCaption: 'Người dân Huế đón đoàn.',
    description: null,
    section: null,
    tags: ['thời sự'],
    provenance: { title: { from: 'json-ld', at: 'headline' } },
    ...given,
  };
  return {
    id: documentIdOf(url),
    urlId: urlIdOf(url),
    sourceId: 'tin-nhanh' as SourceId,
    captureId: captureIdOf(urlIdOf(url), digestOf(Buffer.from(JSON.stringify(it)))),
    url,
    canonicalUrl: url,
    article: it,
    parserVersion: 1,
    fetchedAt: at(fetchedMs),
    contentDigest: digestOf(Buffer.from(JSON.stringify([it.title, it.date, it.authors, it.body]))),
    search: { title: folded(it.title ?? ''), body: folded(it.body) },
  };
}

/** Id of the story that the document of an address begins. */
export const storyOf = (url: string) => storyIdOf(documentIdOf(url));
