/** What a fetched page costs a crawler: Newsloom's, Crawlee's CheerioCrawler and got alone, on the same site in one run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freshDatabase, freshRedis, providePostgres, provideRedis, tempDir } from '@newsloom/testkit';
import type { CrawlOrder, Measured } from './crawlers/meter.ts';
import { type BenchRow, type BenchSize, ms } from './report.ts';
import { serveInOwnProcess } from './site.ts';

const CONCURRENCY = 32;

/** Times each crawler in a process of its own, one after another. What cannot be had is said to be missing. */
export async function* benchCrawl(size: BenchSize, profile?: string): AsyncGenerator<BenchRow[]> {
  const site = await serveInOwnProcess(size);
  const measured: [string, Measured][] = [];
  const measure = async (name: string, program: string, env: Record<string, string> = {}) => {
    measured.push([name, await run(program, { urls: site.urls, concurrency: CONCURRENCY, env }, profile)]);
  };
  try {
    {
      await using redis = stopping(await provideRedis());
      await using postgres = stopping(await providePostgres());
      await using queues = await freshRedis(redis.url);
      await using facts = await freshDatabase(postgres.url);
      await using folder = await tempDir();
      const env = { REDIS_URL: queues.url, DATABASE_URL: facts.url, NEWSLOOM_DATA_DIR: folder.path };
      await measure('Newsloom, Redis + Postgres', 'newsloom', env);
    }
    await measure('got alone, decoded to text', 'got');
    const peers = fileURLToPath(new URL('./peers/', import.meta.url));
    if (existsSync(`${peers}node_modules/@crawlee/cheerio`)) await measure('Crawlee CheerioCrawler', 'crawlee');
    else console.log(`Crawlee: not measured: npm install --ignore-scripts in ${peers} first`);
    const ours = measured[0]?.[1].cpuMsPerPage ?? Number.NaN;
    yield measured.map(([crawler, it]) => ({
      [`crawler (${(size.bytesPerPage / 1000).toFixed(0)} kB pages on ${size.hosts} hosts, warm)`]: crawler,
      pages: it.pages,
      'pages/s': it.pagesPerSecond.toFixed(0),
      'CPU ms a page': ms(it.cpuMsPerPage),
      'beside Newsloom': `${(it.cpuMsPerPage / ours).toFixed(2)} x`,
      'RSS MB, first and last tenth': `${it.rssMb[0]} ${it.rssMb.at(-1)}`,
    }));
  } finally {
    site.stop();
  }
}

/** Runs a crawler to its end. `profile` is a folder for a CPU profile of it. */
async function run(program: string, order: CrawlOrder, profile: string | undefined): Promise<Measured> {
  const path = fileURLToPath(new URL(`./crawlers/${program}.ts`, import.meta.url));
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const child = spawn(process.execPath, [...flags, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Measured;
}

const stopping = <T extends { stop(): Promise<void> }>(it: T): T & AsyncDisposable =>
  Object.assign(it, { [Symbol.asyncDispose]: () => it.stop() });
