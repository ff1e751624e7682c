/** Politeness measured at the hosts' own end: several crawlers, many hosts, and one crawler killed on the way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { job } from '@newsloom/jobs';
import { openQueues, redisCarrier } from '@newsloom/queue';
import { openPostgresStore, type Store } from '@newsloom/store';
import { freshDatabase, freshRedis, providePostgres, provideRedis, tempDir, until } from '@newsloom/testkit';
import type { BenchRow, BenchSize } from './report.ts';
import { type Asked, serveSlowHosts } from './slow-hosts.ts';

const CRAWLERS = 4;
const DELAY_MS = 300;
const LEASE_MS = 8_000;
/** Answers take this long, in turn, in milliseconds. */
const TOOK_MS = [5, 20, 60, 150];
/** A gap this much shorter than the delay is a fault. */
const TOLERATED = 0.05;
const PATIENCE_MS = 90_000;
const CRAWLER = fileURLToPath(new URL('../../services/crawler/src/main.ts', import.meta.url));

/**
 * Crawls `pages` over `hosts`, kills one crawler with SIGKILL when a third has been asked for, and measures.
 * @throws Error where a host was asked twice at once, or a gap fell short
 */
export async function* benchPoliteness({ pages, hosts }: BenchSize): AsyncGenerator<BenchRow[]> {
  await using redis = stopping(await provideRedis());
  await using postgres = stopping(await providePostgres());
  await using queues = await freshRedis(redis.url);
  await using facts = await freshDatabase(postgres.url);
  await using site = await serveSlowHosts(hosts, (n) => TOOK_MS[n % TOOK_MS.length] ?? 0);
  await using folder = await tempDir();
  await using store = await openPostgresStore(facts.url);
  const urls = Array.from({ length: pages }, (_, n) => `http://${site.hosts[n % hosts]}/tin/bai-so-${n}.html`);
  await addSeeds(queues.url, urls);

  const began = performance.now();
  const crawlers = Array.from({ length: CRAWLERS }, () =>
    crawler({
      REDIS_URL: queues.url,
      DATABASE_URL: facts.url,
      NEWSLOOM_DATA_DIR: folder.path,
      NEWSLOOM_ALLOW_PRIVATE: '127.0.0.0/8',
      NEWSLOOM_HOST_DELAY_MS: `${DELAY_MS}`,
      NEWSLOOM_LEASE_MS: `${LEASE_MS}`,
      NEWSLOOM_LOG_LEVEL: 'error',
    }),
  );
  try {
    // What the queue gives back of a dead process' seeds is another matter, and takes its 45 seconds.
    await until(async () => (await count(store, 'urls')) === pages, { timeoutMs: PATIENCE_MS, what: 'all seeds' });
    await until(() => site.log.length > pages / 3, { timeoutMs: PATIENCE_MS, what: 'a third of the pages' });
    const [victim, ...others] = crawlers as [ChildProcess, ...ChildProcess[]];
    const inHand = await held(store);
    victim.kill('SIGKILL');
    const killedAt = performance.timeOrigin + performance.now();
    await until(async () => (await verdicts(store)) === urls.length, {
      timeoutMs: PATIENCE_MS,
      everyMs: 200,
      what: 'every page to have a verdict',
    });
    const seconds = (performance.now() - began) / 1000;
    for (const other of others) other.kill('SIGTERM');
    await Promise.all(others.map((other) => once(other, 'exit')));
    const found = measure(site.log);
    const longest = Math.max(...site.log.map((it) => it.at)) - killedAt;
    yield [
      {
        [`${CRAWLERS} crawlers, one killed`]: `${pages} pages, ${hosts} hosts`,
        'delay ms': DELAY_MS,
        'shortest gap ms': found.shortest.toFixed(1),
        'median gap ms': found.median.toFixed(1),
        'gaps short by 5 %': found.short,
        'most at once': found.atOnce,
        'asked twice': found.twice,
        'in hand at the kill': inHand,
        'last request s after it': (longest / 1000).toFixed(1),
        'whole s': seconds.toFixed(1),
      },
    ];
    if (found.short > 0 || found.atOnce > 1) throw new Error('not polite: see the table above');
  } finally {
    for (const it of crawlers) it.kill('SIGKILL');
  }
}

/** The gap is that from the end of one request to the start of the next, robots.txt included. */
function measure(log: readonly Asked[]) {
  const gaps: number[] = [];
  for (const host of new Set(log.map((it) => it.host))) {
    const own = log.filter((it) => it.host === host).sort((a, b) => a.at - b.at);
    for (const [index, it] of own.entries()) {
      const before = own[index - 1];
      if (before) gaps.push(it.at - before.ended);
    }
  }
  gaps.sort((a, b) => a - b);
  const pages = log.filter((it) => it.path !== '/robots.txt').map((it) => it.host + it.path);
  return {
    shortest: gaps[0] ?? Number.NaN,
    median: gaps[Math.floor(gaps.length / 2)] ?? Number.NaN,
    short: gaps.filter((gap) => gap < DELAY_MS * (1 - TOLERATED)).length,
    atOnce: Math.max(...log.map((it) => it.open)),
    twice: pages.length - new Set(pages).size,
  };
}

async function addSeeds(redisUrl: string, urls: readonly string[]): Promise<void> {
  const carrier = await redisCarrier(redisUrl, 'bull');
  const queues = openQueues(carrier);
  await queues.add(urls.map((url) => job('seeds', { url, kind: 'article', depth: 0 })));
  await queues.close();
  await carrier.close();
}

function crawler(env: Record<string, string>): ChildProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NEWSLOOM_')));
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CRAWLER], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const count = async (store: Store, where: string): Promise<number> =>
  ((await store.database.query<{ n: number }>(`select count(*)::int as n from ${where}`))[0] as { n: number }).n;
const verdicts = (store: Store) => count(store, 'urls where verdict is not null');
const held = (store: Store) => count(store, "hosts where busy_by like '%/in-hand'");

const stopping = <T extends { stop(): Promise<void> }>(it: T): T & AsyncDisposable =>
  Object.assign(it, { [Symbol.asyncDispose]: () => it.stop() });
