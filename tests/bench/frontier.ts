/** A frontier of a million URLs: what a claim costs while visits are recorded, and what Redis holds meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openQueues, redisCarrier } from '@newsloom/queue';
import { openLog } from '@newsloom/runtime';
import { type Claim, openPostgresStore, type Store, type Visit } from '@newsloom/store';
import { freshDatabase, freshRedis, providePostgres, provideRedis } from '@newsloom/testkit';
import { startDispatcher } from '../../services/crawler/src/dispatch.ts';
import { type BenchRow, type BenchSize, ms, percentile } from './report.ts';

const CLAIMS = 300;
const PER_CLAIM = 32;
const LEASE_MS = 30_000;
/** Jobs that may wait, as one crawler with the default settings asks for. */
const WINDOW = 128;
/** How long the dispatcher runs against Redis, in milliseconds. */
const DISPATCH_MS = 5_000;

/** Claims timed with nothing beside them: what the statement itself costs. */
const ALONE = 100;

type Times = { alone: number[]; claim: number[]; record: number[] };

/** Loads `pages` URLs over `hosts` into Postgres and times claims in three states of the frontier. */
export async function* benchFrontier({ pages, hosts }: BenchSize): AsyncGenerator<BenchRow[]> {
  await using redis = stopping(await provideRedis());
  await using postgres = stopping(await providePostgres());
  await using facts = await freshDatabase(postgres.url);
  await using store = await openPostgresStore(facts.url);
  const began = performance.now();
  await load(store, pages, hosts);
  console.log(`${pages} URLs over ${hosts} hosts loaded in ${((performance.now() - began) / 1000).toFixed(0)} s`);

  const rows: BenchRow[] = [];
  rows.push(row('every host ready', await claimAndRecord(store, () => 0)));
  await reset(store);
  // A polite crawl that has been running: nine hosts of ten wait for their slot, rest, or are in somebody's hand.
  await store.database.script(`
    update hosts set slot_at = now() + interval '1 hour', ready_at = slot_at where hashtext(host) % 10 in (1, -1, 2, -2, 3, -3);
    update hosts set resting_until = now() + interval '1 hour' where hashtext(host) % 10 in (4, -4, 5, -5, 6, -6);
    update hosts set busy_by = 'somebody', busy_until = now() + interval '1 hour' where hashtext(host) % 10 in (7, -7, 8, -8, 9, -9)`);
  rows.push(row('nine of ten resting, leased or before their slot', await claimAndRecord(store, () => 50)));
  await reset(store);
  await store.database.script("update urls set due_at = now() + interval '1 day' where hashtext(host) % 50 <> 0");
  rows.push(row('one host of fifty has anything due', await claimAndRecord(store, () => 50)));
  yield rows;

  await reset(store);
  await store.database.script('update urls set due_at = now()');
  yield [await dispatched(store, redis.url)];
}

/** Claims as dispatchers do, and records what was claimed as fetches do, with a slot `delayMs` later. */
async function claimAndRecord(store: Store, delayMs: () => number): Promise<Times> {
  await store.database.script('analyze');
  const times: Times = { alone: [], claim: [], record: [] };
  const timed = async <T>(into: number[], act: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await act();
    into.push(performance.now() - started);
    return result;
  };
  for (let i = 0; i < ALONE; i++) {
    const ask = { now: new Date(), limit: PER_CLAIM, leaseMs: LEASE_MS, crawlId: null };
    const claims = await timed(times.alone, () => store.frontier.claim(ask));
    await Promise.all(claims.map((claim) => store.frontier.release(claim.urlId)));
  }
  let inHand: Claim[] = [];
  for (let i = 0; i < CLAIMS; i++) {
    const ask = { now: new Date(), limit: PER_CLAIM, leaseMs: LEASE_MS, crawlId: null };
    // The claim runs beside the visits of the last one, as it does in a crawler.
    const [claims] = await Promise.all([
      timed(times.claim, () => store.frontier.claim(ask)),
      ...inHand.map((claim) => timed(times.record, () => store.frontier.record(visit(claim, delayMs()), null))),
    ]);
    inHand = claims;
  }
  for (const claim of inHand) await store.frontier.release(claim.urlId);
  return times;
}

const row = (state: string, { alone, claim, record }: Times): BenchRow => ({
  [`claim of ${PER_CLAIM}, ${CLAIMS} times`]: state,
  'alone, median ms': ms(percentile(alone, 0.5)),
  'beside 32 visits, median ms': ms(percentile(claim, 0.5)),
  'p95 ms': ms(percentile(claim, 0.95)),
  'p99 ms': ms(percentile(claim, 0.99)),
  'visits recorded': record.length,
  'record median ms': ms(percentile(record, 0.5)),
});

/** Runs the dispatcher against Redis: nobody takes its jobs for a while, then they are taken as fast as they come. */
async function dispatched(store: Store, redisUrl: string): Promise<BenchRow> {
  await using fresh = await freshRedis(redisUrl);
  const carrier = await redisCarrier(fresh.url, 'bull');
  const queues = openQueues(carrier);
  const used = async () => (await carrier.redisFacts())?.usedBytes ?? Number.NaN;
  const before = await used();
  const dispatcher = startDispatcher({
    frontier: store.frontier,
    add: queues.add,
    waiting: () => queues.waiting('fetch'),
    crawlId: null,
    leaseMs: LEASE_MS,
    window: WINDOW,
    now: () => new Date(),
    log: openLog('error', 'bench'),
  });
  await sleep(DISPATCH_MS);
  const stored = await queues.waiting('fetch');
  const idle = await used();
  let taken = 0;
  let most = 0;
  let mostBytes = 0;
  const worker = carrier.worker('fetch', async () => void taken++, { concurrency: 8 });
  const until = performance.now() + DISPATCH_MS;
  while (performance.now() < until) {
    most = Math.max(most, await queues.waiting('fetch'));
    mostBytes = Math.max(mostBytes, await used());
    await sleep(50);
  }
  await dispatcher.close();
  await worker.close();
  await queues.close();
  await carrier.close();
  return {
    'the dispatcher, window 128': 'with Redis',
    'jobs waiting untouched': stored,
    'Redis kB for them': Math.round((idle - before) / 1000),
    'jobs dispatched/s': Math.round((taken / DISPATCH_MS) * 1000),
    'most waiting meanwhile': most,
    'Redis kB at most': Math.round((mostBytes - before) / 1000),
  };
}

/** Fills the tables with rows as offers make them, straight in the database. */
async function load(store: Store, pages: number, hosts: number): Promise<void> {
  await store.database.script(`
    insert into sources (id, name, created_at) select 's' || n, 's' || n, now() from generate_series(0, ${hosts - 1}) n;
    insert into hosts (host, robots) select 'h' || n || '.example', '{"policy": "allow-all", "status": 404, "version": "none", "fetchedAt": 0}'
      from generate_series(0, ${hosts - 1}) n;
    insert into urls (id, url, host, source_id, depth_left, due_at, created_at)
      select 'u' || substr(md5(n::text), 1, 24), 'https://h' || n % ${hosts} || '.example/tin-tuc/2026/11/bai-viet-so-' || n || '.html',
        'h' || n % ${hosts} || '.example', 's' || n % ${hosts}, 0, now() - n * interval '1 ms', now()
      from generate_series(1, ${pages}) n`);
  await store.database.script('vacuum analyze');
}

async function reset(store: Store): Promise<void> {
  await store.database.script(
    "update hosts set slot_at = '-infinity', ready_at = '-infinity', resting_until = '-infinity', busy_until = '-infinity', busy_by = null",
  );
  await store.database.script('vacuum analyze hosts');
}

/** A page that was captured just now. */
function visit({ urlId, host }: Claim, delayMs: number): Visit {
  const endedAt = new Date();
  return {
    urlId,
    host,
    sourceId: 's0' as Visit['sourceId'],
    url: `https://${host}/`,
    startedAt: endedAt,
    endedAt,
    verdict: 'captured',
    note: 'captured',
    status: 200,
    dueAt: new Date(endedAt.getTime() + 3_600_000),
    intervalMs: 3_600_000,
    failures: 0,
    gone: 0,
    etag: null,
    lastModified: null,
    captureId: null,
    changed: true,
    movedTo: null,
    wireBytes: 30_000,
    robotsVersion: 'none',
    slotAt: new Date(endedAt.getTime() + delayMs),
    resting: null,
    hostFailures: 0,
    responseMs: 100,
    crawl: 'ended',
  } as Visit;
}

const stopping = <T extends { stop(): Promise<void> }>(it: T): T & AsyncDisposable =>
  Object.assign(it, { [Symbol.asyncDispose]: () => it.stop() });
