/** The crawler: seeds become due URLs, due URLs become captures, politely. */
import { parseCidr } from '@newsloom/frontier';
import { limitsOf, openEgress, openRobotsCache, type RobotsRecord } from '@newsloom/http';
import { openSchedules } from '@newsloom/queue';
import { openSourceBook, type Service, type ServiceContext, watchPressure } from '@newsloom/service';
import { acceptSeed } from './accept-seed.ts';
import { startDispatcher } from './dispatch.ts';
import { fetchUrl } from './fetch-url.ts';
import { startLeases } from './leases.ts';
import { reconcile, SETTLE_MS } from './reconcile.ts';
import { keepSchedules } from './schedules.ts';

export type CrawlerOptions = {
  /** Work for this one-shot crawl alone. */
  crawlId?: string;
};

/** How long a stop waits for fetches that run; what is slower is broken off, and made again by the next crawler. */
const FETCHES_END_WITHIN_MS = 8_000;
const RECONCILE_EVERY_MS = 60_000;
const SEEDS_AT_ONCE = 8;
/** Fetch jobs that may wait, as a multiple of the fetches at the same time. */
const WINDOW_FACTOR = 4;

/** Starts accepting seeds, dispatching and fetching. */
export async function startCrawler(context: ServiceContext, options: CrawlerOptions = {}): Promise<Service> {
  const { settings, store, queues, log, now } = context;
  const crawlId = options.crawlId ?? null;
  const { leaseMs } = settings;
  const egress = openEgress({
    userAgent: settings.userAgent,
    allowPrivate: settings.allowPrivate,
    limits: limitsOf(settings),
    ...(settings.proxy && { proxy: settings.proxy }),
  });
  const robots = openRobotsCache({
    egress,
    userAgent: settings.userAgent,
    now: () => now().getTime(),
    async load(origin) {
      const stored = await store.hosts.robots<RobotsRecord>(origin);
      // Who crawls once, now, has mended what was wrong or wants to know that it still is.
      return stored && crawlId !== null && stored.policy === 'hold-off' ? { ...stored, askAgainAt: 0 } : stored;
    },
    save: store.hosts.saveRobots,
  });
  if (context.alone) {
    // Whoever held a lease here is dead, and took its place in the queue along.
    await store.frontier.releaseAll();
    await queues.empty('fetch');
  }
  await reconcile(context, context.alone ? 0 : SETTLE_MS);

  const pressure = await watchPressure(context, log);
  const dispatcher = startDispatcher({
    frontier: store.frontier,
    add: queues.add,
    waiting: () => queues.waiting('fetch'),
    held: () => pressure.now() !== null,
    crawlId,
    leaseMs,
    window: settings.fetchConcurrency * WINDOW_FACTOR,
    now,
    log,
  });
  const sources = await openSourceBook(store.sources, now, log);
  const leases = startLeases({ frontier: store.frontier, leaseMs, now, log });
  let stopped = false;
  const running = new Set<Promise<unknown>>();
  const tracked = <T>(fetching: Promise<T>): Promise<T> => {
    const ended: Promise<unknown> = fetching.then(
      () => running.delete(ended),
      () => running.delete(ended),
    );
    running.add(ended);
    return fetching;
  };
  const tools = {
    store,
    egress,
    robots,
    allowPrivate: settings.allowPrivate.map(parseCidr),
    hostDelayMs: settings.hostDelayMs,
    maxRedirects: settings.maxRedirects,
    hasRenderer: settings.renderer === 'on',
    crawlId,
    leaseMs,
    leases,
    sources,
    held: () => pressure.now() !== null,
    userAgent: settings.userAgent,
    now,
    stopped: () => stopped,
  };
  // A one-shot crawl leaves the seeds of others alone.
  const schedules = crawlId === null ? await keepSchedules(store.seeds, openSchedules(queues), log) : null;
  const seeds = context.work('seeds', (seed) => acceptSeed(seed, { store, sources, now }), {
    concurrency: SEEDS_AT_ONCE,
    onDone: (note) => (note === 'accepted' || note === 'known' || note === 'no-seed') && schedules?.touch(),
  });
  const fetches = context.work('fetch', (payload) => tracked(fetchUrl(payload, tools)), {
    concurrency: settings.fetchConcurrency,
    onDone: () => dispatcher.ended(),
  });
  const stopHearing = await store.frontier.onOffer(dispatcher.wake);
  let reconciles = true;
  const timer = setInterval(() => {
    reconcile(context, SETTLE_MS).then(
      (added) => {
        reconciles = true;
        if (added > 0) log.warn({ added }, 'jobs added again that no queue held');
      },
      (error) => {
        if (reconciles) log.warn({ err: error }, 'reconciling failed, to be tried again until it works');
        reconciles = false;
      },
    );
  }, RECONCILE_EVERY_MS);

  return {
    async close() {
      clearInterval(timer);
      await schedules?.close();
      await stopHearing();
      await dispatcher.close();
      await pressure.close();
      await Promise.all([seeds.close(), fetches.close()]);
      // Their jobs went back, but what they asked for is on its way: once recorded, it need not be asked for again.
      const late = AbortSignal.timeout(FETCHES_END_WITHIN_MS);
      await Promise.race([
        Promise.allSettled(running),
        new Promise((resolve) => late.addEventListener('abort', resolve)),
      ]);
      stopped = true;
      leases.close();
      await sources.close();
      await egress.close();
    },
  };
}
