/** How long a claim takes when the frontier is large. */
import type { SourceId } from '@newsloom/model';
import { urlIdOf } from '@newsloom/model';
import { openEmbeddedStore, openPostgresStore, type Store } from '@newsloom/store';
import { freshDatabase, providePostgres, tempDir } from '@newsloom/testkit';
import { type BenchRow, type BenchSize, ms, percentile } from './report.ts';

const HOSTS = 500;
const URLS_PER_HOST = 40;
const CLAIMS = 60;
const PER_CLAIM = 32;
const BATCH = 2_000;

/** Times claims on both backends. */
export async function* benchClaims(_: BenchSize): AsyncGenerator<BenchRow[]> {
  const rows: BenchRow[] = [];
  {
    await using folder = await tempDir();
    await using store = await openEmbeddedStore(folder.path);
    rows.push(await claims('embedded', store));
  }
  try {
    const postgres = await providePostgres();
    try {
      await using database = await freshDatabase(postgres.url);
      await using store = await openPostgresStore(database.url);
      rows.push(await claims('Postgres', store));
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    console.log(`Postgres: not measured: ${(error as Error).message}`);
  }
  yield rows;
}

async function claims(backend: string, store: Store): Promise<BenchRow> {
  const now = new Date();
  const urls = Array.from({ length: HOSTS * URLS_PER_HOST }, (_, i) => `https://h${i % HOSTS}.example/${i}`);
  const began = performance.now();
  for (let at = 0; at < urls.length; at += BATCH) {
    const offers = urls.slice(at, at + BATCH).map((url) => ({
      id: urlIdOf(url),
      url,
      host: new URL(url).host,
      sourceId: 'example' as SourceId,
      kind: 'auto' as const,
      priority: 0,
      depthLeft: 0,
      redirects: 0,
      facts: null,
      crawls: [],
    }));
    await store.frontier.offer(offers, { foundOn: null, now });
  }
  const offered = performance.now() - began;
  await store.database.script('analyze');
  const times: number[] = [];
  for (let i = 0; i < CLAIMS; i++) {
    const started = performance.now();
    const claimed = await store.frontier.claim({ now: new Date(), limit: PER_CLAIM, leaseMs: 60_000, crawlId: null });
    times.push(performance.now() - started);
    for (const { urlId } of claimed) await store.frontier.release(urlId);
  }
  return {
    [`frontier of ${urls.length} URLs, ${HOSTS} hosts`]: backend,
    'URLs offered/s': Math.round(urls.length / (offered / 1000)),
    [`claim of ${PER_CLAIM}, median ms`]: ms(percentile(times, 0.5)),
    'p95 ms': ms(percentile(times, 0.95)),
  };
}
