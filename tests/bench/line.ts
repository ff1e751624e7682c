/** Pages per second through the whole line, from seed to story, with the host delay at 0. */
import { startAll } from '@newsloom/all';
import { openLog, readSettings } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { freshDatabase, freshRedis, providePostgres, provideRedis, tempDir } from '@newsloom/testkit';
import { crawlSeeds } from '../../packages/cli/src/crawl/seeds.ts';
import { type BenchRow, type BenchSize, ms } from './report.ts';
import { type Served, serveInOwnProcess } from './site.ts';

const LOOK_EVERY_MS = 50;

/** Times one crawl a backend. A backend that cannot be had is said to be missing. */
export async function* benchLine(size: BenchSize): AsyncGenerator<BenchRow[]> {
  const site = await serveInOwnProcess(size);
  try {
    const rows = [await crawl('embedded', {}, site, size)];
    try {
      await using redis = stopping(await provideRedis());
      await using postgres = stopping(await providePostgres());
      await using queues = await freshRedis(redis.url);
      await using facts = await freshDatabase(postgres.url);
      rows.push(await crawl('Redis + Postgres', { REDIS_URL: queues.url, DATABASE_URL: facts.url }, site, size));
    } catch (error) {
      console.log(`Redis + Postgres: not measured: ${(error as Error).message}`);
    }
    yield rows;
  } finally {
    site.stop();
  }
}

async function crawl(name: string, env: Record<string, string>, site: Served, size: BenchSize): Promise<BenchRow> {
  await using folder = await tempDir();
  const settings = readSettings({
    NEWSLOOM_DATA_DIR: folder.path,
    NEWSLOOM_ALLOW_PRIVATE: '127.0.0.0/8',
    NEWSLOOM_HOST_DELAY_MS: '0',
    NEWSLOOM_LOG_LEVEL: 'error',
    ...env,
  });
  const context = await openContext(settings, openLog('error', 'bench'));
  const id = `bench-${name}`;
  const { seeds } = crawlSeeds(site.urls);
  await context.store.crawls.begin({ id, scope: { hosts: [] }, limit: null, depth: 0, seeds }, context.now());
  const cpu = process.cpuUsage();
  const began = performance.now();
  const all = await startAll(context, { crawlId: id });
  let fetchedAt = 0;
  for (;;) {
    const progress = await context.store.crawls.progress(id);
    if (progress.pending === 0 && fetchedAt === 0) fetchedAt = performance.now();
    if (progress.pending + progress.reading + progress.enriching === 0) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const { articles } = await context.store.crawls.progress(id);
  await all.close();
  await context.close();
  return {
    backend: name,
    pages: articles,
    'kB a page': (size.bytesPerPage / 1000).toFixed(0),
    'fetched/s': (site.urls.length / ((fetchedAt - began) / 1000)).toFixed(1),
    'pages/s to story': (articles / seconds).toFixed(1),
    // Without the page-reading processes and the database server.
    'CPU ms a page, main process': ms((used.user + used.system) / 1000 / articles),
  };
}

const stopping = <T extends { stop(): Promise<void> }>(it: T): T & AsyncDisposable =>
  Object.assign(it, { [Symbol.asyncDispose]: () => it.stop() });
