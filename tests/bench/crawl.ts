/** What a fetched page costs a crawler: Newsloom's, Crawlee's CheerioCrawler and got alone, on the same site in one run. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Measured } from './crawlers/meter.ts';
import { type BenchRow, type BenchSize, ms } from './report.ts';
import { runCrawler, runNewsloom } from './run-crawler.ts';
import { serveInOwnProcess } from './site.ts';

const CONCURRENCY = 32;
/** The first pages warm up compilers and sockets. */
const WARM_UP_SHARE = 0.25;

/** Times each crawler in a process of its own, one after another. What cannot be had is said to be missing. `profile` is a folder. */
export async function* benchCrawl(size: BenchSize, profile?: string): AsyncGenerator<BenchRow[]> {
  const site = await serveInOwnProcess(size);
  const measured: [string, Measured][] = [];
  const order = { urls: site.urls, concurrency: CONCURRENCY, warmUpShare: WARM_UP_SHARE, env: {} };
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const measure = async (name: string, program: string) => {
    measured.push([name, await runCrawler(program, order, flags)]);
  };
  try {
    measured.push(['Newsloom, Redis + Postgres', await runNewsloom(order, flags)]);
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
      'RSS MB at the end': it.memory.at(-1)?.rssMb.toFixed(0) ?? '',
    }));
  } finally {
    site.stop();
  }
}
