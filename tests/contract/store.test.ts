/** What the store promises as a whole, on either database: migrations, one-shot crawls, traces. */
import { join } from 'node:path';
import { documentIdOf, urlIdOf } from '@newsloom/model';
import { MIGRATIONS, migrate, openEmbeddedStore, openPostgresStore, type Store } from '@newsloom/store';
import { freshDatabase, tempDir } from '@newsloom/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  article,
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
  seed,
  visit,
} from './stores.ts';

const A1 = 'http://a.example/1';
const A2 = 'http://a.example/2';
const B1 = 'http://b.example/1';

describe.each(BACKENDS)('the store on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(() => forget(store));
  afterAll(() => opened[Symbol.asyncDispose]());

  describe('migrations', () => {
    test('each runs once, however often and by however many', async () => {
      const other = await opened.other();
      const ran = await Promise.all([migrate(store.database), migrate(other.database), migrate(store.database)]);
      expect(ran).toEqual([[], [], []]);
      const rows = await store.database.query('select name from newsloom_migrations order by name');
      expect(rows.map(({ name }) => name)).toEqual(MIGRATIONS);
    });

    test('facts of a later Newsloom are left alone', async () => {
      await store.database.query("insert into newsloom_migrations (name) values ('9999-later')");
      await expect(migrate(store.database)).rejects.toMatchObject({ code: 'newer', exitCode: 78 });
      await store.database.query("delete from newsloom_migrations where name = '9999-later'");
    });

    test('what fails in a transaction leaves nothing behind', async () => {
      const failing = store.database.transaction(async (sql) => {
        await sql.query("insert into hosts (host) values ('a.example')");
        throw new Error('in mid-way');
      });
      await expect(failing).rejects.toThrow('in mid-way');
      expect(await store.hosts.find('a.example', START)).toBeNull();
    });

    test('who listens hears what is notified', async () => {
      const heard = Promise.withResolvers<string>();
      const stop = await store.database.listen('tests', heard.resolve);
      await store.database.query("select pg_notify('tests', 'due')");
      expect(await heard.promise).toBe('due');
      await stop();
    });
  });

  describe('one-shot crawls', () => {
    const begin = (id: string, urls: string[], given: { limit?: number; depth?: number; hosts?: string[] } = {}) =>
      store.crawls.begin(
        {
          id,
          scope: { hosts: given.hosts ?? [] },
          limit: given.limit ?? null,
          depth: given.depth ?? 1,
          seeds: urls.map((url) => offer(url, { depthLeft: null })),
        },
        START,
      );
    const mine = { crawlId: 'c1' };

    test('a crawl claims its own URLs alone, and nobody else claims them', async () => {
      await make(store, B1);
      await begin('c1', [A1]);
      await begin('c2', ['http://c.example/']);
      expect(await claim(store, MINUTE)).toMatchObject([{ host: 'b.example' }]);
      expect(await claim(store, MINUTE, mine)).toMatchObject([{ host: 'a.example' }]);
      expect(await claim(store, MINUTE, mine)).toEqual([]);
    });

    test('an address that is followed for good anyway still belongs to the crawl', async () => {
      await make(store, A1);
      await begin('c1', [A1]);
      expect(await store.frontier.reach(urlIdOf(A1))).toEqual({
        depthLeft: 1,
        crawls: [{ crawlId: 'c1', depthLeft: 1, seed: true, tries: 0, scope: { hosts: [] } }],
      });
      expect(await claim(store, MINUTE, mine)).toHaveLength(1);
    });

    test('a URL is pending, then waits to be read, then ends as its article', async () => {
      await begin('c1', [A1]);
      expect(await store.crawls.progress('c1')).toMatchObject({ pending: 1, reading: 0, ended: 0, articles: 0 });
      const captureId = await capture(store, A1, '<p>1</p>');
      await claim(store, 0, mine);
      await store.frontier.record(visit(A1, SECOND, { captureId, crawl: 'captured', dueAt: null }), null);
      expect(await store.crawls.progress('c1')).toMatchObject({ pending: 0, reading: 1, ended: 0 });
      expect(await store.crawls.unread('c1')).toEqual([captureId]);
      await store.documents.upsert(article(A1), START);
      await store.crawls.endRead(urlIdOf(A1), { reason: 'article', documentId: documentIdOf(A1) }, at(2 * SECOND));
      expect(await store.crawls.progress('c1')).toEqual({
        pending: 0,
        reading: 0,
        ended: 1,
        articles: 1,
        enriching: 1,
      });
      expect(await store.crawls.documents('c1', null)).toEqual([documentIdOf(A1)]);
      expect(await store.crawls.failures('c1', [documentIdOf(A1)])).toEqual([]);
    });

    test('a failing URL is tried again when it says, and its tries are counted', async () => {
      await begin('c1', [A1]);
      await claim(store, 0, mine);
      const again = at(10 * SECOND);
      await store.frontier.record(
        visit(A1, SECOND, { verdict: 'failing', note: 'http-500', status: 500, crawl: { again }, dueAt: null }),
        { leaseMs: MINUTE, ...mine },
      );
      expect(await store.frontier.nextDue(at(2 * SECOND), 'c1')).toEqual(again);
      expect(await claim(store, 9 * SECOND, mine)).toEqual([]);
      expect(await claim(store, 10 * SECOND, mine)).toHaveLength(1);
      expect((await store.frontier.reach(urlIdOf(A1))).crawls).toMatchObject([{ tries: 1 }]);
      await store.frontier.record(
        visit(A1, 11 * SECOND, { verdict: 'failing', note: 'http-500', status: 500, crawl: 'ended', dueAt: null }),
        null,
      );
      expect(await store.crawls.failures('c1', [])).toEqual([{ url: A1, reason: 'http-500', status: 500 }]);
    });

    test('what was fetched first is asked for before what was found deeper or failed before', async () => {
      await begin('c1', [A1], { depth: 2 });
      await store.frontier.offer(
        [
          offer(A2, { depthLeft: null, crawls: [{ crawlId: 'c1', depthLeft: 1, seed: false }] }),
          offer('http://a.example/3', { depthLeft: null, crawls: [{ crawlId: 'c1', depthLeft: 0, seed: false }] }),
        ],
        { foundOn: urlIdOf(A1), now: START },
      );
      const taken = [];
      for (let n = 0; n < 3; n++) {
        const [next] = await claim(store, n * MINUTE, mine);
        if (!next) break;
        const { url } = (await store.frontier.find(next.urlId)) ?? { url: '' };
        taken.push(url);
        await store.frontier.record(visit(url, n * MINUTE), null);
      }
      expect(taken).toEqual([A1, A2, 'http://a.example/3']);
    });

    test('a host that a crawl does not wait for ends all that is pending there, and nothing elsewhere', async () => {
      await begin('c1', [A1, A2, B1]);
      await store.crawls.endHost('a.example', { reason: 'http-429', status: 429 }, at(SECOND));
      expect(await store.crawls.progress('c1')).toMatchObject({ pending: 1, ended: 2 });
      expect(await store.crawls.failures('c1', [])).toMatchObject([
        { reason: 'http-429', status: 429 },
        { reason: 'http-429', status: 429 },
        { reason: 'unfinished' },
      ]);
    });

    test('a crawl tries hosts at once that rest because they were away, and leaves those alone that asked for it', async () => {
      await make(store, A1, B1);
      const resting = { until: at(60 * MINUTE), rests: 4 };
      await store.frontier.record(visit(A1, SECOND, { resting, hostFailures: 3 }), null);
      await store.frontier.record(visit(B1, SECOND, { resting, hostFailures: 0 }), null);
      await begin('c1', [A1, B1]);
      expect(await claim(store, MINUTE, mine)).toMatchObject([{ host: 'a.example' }]);
    });

    test('a page that is followed deeper by the same crawl is read again', async () => {
      await begin('c1', [A1]);
      const again = (depthLeft: number) =>
        store.frontier.offer([offer(A1, { depthLeft: null, crawls: [{ crawlId: 'c1', depthLeft, seed: false }] })], {
          foundOn: null,
          now: START,
        });
      const captureId = await capture(store, A1, '<p>1</p>');
      await store.frontier.record(visit(A1, SECOND, { captureId, crawl: 'captured' }), null);
      expect(await again(0)).toEqual([]);
      expect(await again(3)).toEqual([captureId]);
    });

    test('what is over the limit, left out or interrupted is named with its reason', async () => {
      await begin('c1', [A1, A2, B1], { limit: 1 });
      for (const url of [A1, A2]) {
        await store.documents.upsert(article(url), START);
        await store.frontier.record(visit(url, SECOND, { crawl: 'captured' }), null);
        await store.crawls.endRead(urlIdOf(url), { reason: 'article', documentId: documentIdOf(url) }, at(SECOND));
      }
      await store.crawls.endPending('c1', 'limit-reached', at(2 * SECOND));
      const written = await store.crawls.documents('c1', 1);
      expect(written).toHaveLength(1);
      expect(await store.crawls.failures('c1', written)).toMatchObject([
        { reason: 'limit-reached' },
        { url: B1, reason: 'limit-reached' },
      ]);
    });

    test('a page for print of an article that is written out is named as its duplicate', async () => {
      await begin('c1', [A1, A2]);
      const own = article(A1);
      for (const it of [own, { ...article(A2), id: own.id, canonicalUrl: A1 }]) {
        await store.frontier.record(visit(it.url, SECOND, { crawl: 'captured' }), null);
        await store.documents.upsert(it, START);
        await store.crawls.endRead(it.urlId, { reason: 'article', documentId: own.id }, at(SECOND));
      }
      expect(await store.crawls.documents('c1', null)).toEqual([own.id]);
      expect(await store.crawls.failures('c1', [own.id])).toEqual([{ url: A2, reason: 'duplicate', status: 200 }]);
    });

    test('the host a given address redirects to becomes part of the scope, once', async () => {
      await begin('c1', [A1], { hosts: ['a.example'] });
      await store.crawls.widen('c1', 'b.example');
      await store.crawls.widen('c1', 'b.example');
      const { crawls } = await store.frontier.reach(urlIdOf(A1));
      expect(crawls[0]?.scope).toEqual({ hosts: ['a.example', 'b.example'] });
      await begin('c2', [A2]);
      await store.crawls.widen('c2', 'b.example');
      expect((await store.frontier.reach(urlIdOf(A2))).crawls[0]?.scope).toEqual({ hosts: [] });
    });

    test('a crawl that is finished or was left behind takes nothing in any more', async () => {
      await begin('c1', [A1]);
      await begin('c2', [A1]);
      await store.crawls.finish('c1', START);
      expect((await store.frontier.reach(urlIdOf(A1))).crawls.map(({ crawlId }) => crawlId)).toEqual(['c2']);
      await store.crawls.abandonAll(START);
      expect((await store.frontier.reach(urlIdOf(A1))).crawls).toEqual([]);
      await store.frontier.offer(
        [offer(A2, { depthLeft: null, crawls: [{ crawlId: 'c2', depthLeft: 0, seed: false }] })],
        { foundOn: null, now: START },
      );
      expect(await store.crawls.progress('c2')).toMatchObject({ pending: 1, ended: 0 });
    });

    test('a document taken in from a file waits to be read like one that was fetched', async () => {
      await begin('c1', []);
      await store.frontier.offer(
        [offer(A1, { depthLeft: null, crawls: [{ crawlId: 'c1', depthLeft: 0, seed: true }] })],
        { foundOn: null, now: START },
      );
      const captureId = await capture(store, A1, '<p>1</p>');
      await store.crawls.takeIn('c1', urlIdOf(A1), captureId, START);
      expect(await claim(store, MINUTE, mine)).toEqual([]);
      expect(await store.crawls.unread('c1')).toEqual([captureId]);
    });
  });

  test('an address is traced through all facts there are about it', async () => {
    expect(await store.trace(urlIdOf(A1))).toBeNull();
    await store.seeds.accept(seed(A1, { tags: ['huế'] }), START);
    await store.frontier.offer([offer(A2)], { foundOn: urlIdOf(A1), now: START });
    const captureId = await capture(store, A1, '<p>1</p>');
    await store.frontier.record(visit(A1, SECOND, { captureId, movedTo: urlIdOf(A2) }), null);
    await store.documents.upsert(article(A1), START);
    expect(await store.trace(urlIdOf(A1))).toMatchObject({
      url: { url: A1, verdict: 'captured', status: 200, dueAt: at(SECOND + 60 * MINUTE) },
      seed: { asked: 1, tags: ['huế'] },
      host: { host: 'a.example', slotAt: at(2 * SECOND), restingUntil: null },
      fetches: [{ status: 200, verdict: 'captured', wireBytes: 4_321 }],
      captures: [{ id: captureId, parsed: 'pending' }],
      document: { id: documentIdOf(A1), version: 1 },
      crawls: [],
      movedTo: A2,
    });
    expect(await store.trace(urlIdOf(A2))).toMatchObject({ seed: null, foundOn: A1, fetches: [], document: null });
  });

  test('a robots.txt comes back as it was fetched, byte for byte', async () => {
    const record = {
      body: Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0a]),
      status: 200,
      policy: 'rules',
      fetchedAt: START.getTime(),
      version: 'r1',
      askAgainAt: 7,
    };
    expect(await store.hosts.robots('https://a.example')).toBeNull();
    await store.hosts.saveRobots('https://a.example', record);
    const { body, ...rest } = (await store.hosts.robots<typeof record>('https://a.example')) ?? {
      body: Buffer.alloc(0),
    };
    expect(Buffer.from(body).equals(record.body)).toBe(true);
    expect(rest).toEqual({ status: 200, policy: 'rules', fetchedAt: START.getTime(), version: 'r1', askAgainAt: 7 });
    await store.hosts.saveRobots('https://a.example', { ...record, body: null });
    expect(await store.hosts.robots('https://a.example')).toMatchObject({ body: null });
    expect(await store.hosts.robots('http://a.example')).toBeNull();
  });
});

test('processes that start at the same moment on an empty Postgres migrate it once', async () => {
  await using database = await freshDatabase(inject('databaseUrl'));
  const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore(database.url)));
  const [row] = await (stores[0] as Store).database.query('select count(*)::int as n from newsloom_migrations');
  expect(row).toEqual({ n: MIGRATIONS.length });
  await Promise.all(stores.map((store) => store.close()));
});

test('a Postgres that does not answer is named, without its password', async () => {
  const opening = openPostgresStore('postgres://user:geheim@127.0.0.1:1/news');
  await expect(opening).rejects.toMatchObject({ code: 'unreachable', exitCode: 69 });
  await expect(opening).rejects.toThrow('127.0.0.1:1/news');
  await expect(opening).rejects.not.toThrow('geheim');
});

test('a data folder serves one process, and its facts are there at the next opening', async () => {
  await using folder = await tempDir();
  const path = join(folder.path, 'data');
  const first = await openEmbeddedStore(path);
  await make(first, A1);
  const captureId = await capture(first, A1, '<p>1</p>');
  await expect(openEmbeddedStore(path)).rejects.toMatchObject({ code: 'in-use', exitCode: 75 });
  await first.close();
  await using second = await openEmbeddedStore(path);
  expect(await second.captures.find(captureId)).toMatchObject({ url: A1 });
});
