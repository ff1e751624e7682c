/** Whether the crawler's memory stays flat over a long crawl of tiny pages. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchRow, BenchSize } from './report.ts';
import { runNewsloom } from './run-crawler.ts';

const CONCURRENCY = 64;
/** By then every module is loaded and every host has its socket. */
const WARM_UP_SHARE = 0.05;

/** Crawls once; one row for the start and each tenth of the crawl. */
export async function* benchMemory({ pages, hosts }: BenchSize): AsyncGenerator<BenchRow[]> {
  const program = fileURLToPath(new URL('./crawlers/tiny-site.ts', import.meta.url));
  const site = spawn(process.execPath, [program, `${hosts}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(createInterface({ input: site.stdout }), 'line')) as [string];
    const origins = JSON.parse(line) as string[];
    const urls = Array.from({ length: pages }, (_, i) => `${origins[i % origins.length]}/p/${i}`);
    // Nobody reads here, so that nothing but the crawler's own memory grows.
    const env = { NEWSLOOM_UNREAD_LIMIT: '1000000000' };
    const order = { urls, concurrency: CONCURRENCY, warmUpShare: WARM_UP_SHARE, env };
    const { memory, pagesPerSecond, cpuMsPerPage } = await runNewsloom(order, ['--expose-gc']);
    const startMb = memory[0]?.heapMb ?? Number.NaN;
    yield memory.map((it, index) => ({
      [`crawl of ${pages} tiny pages on ${hosts} hosts`]: `${index * 10} %`,
      seconds: it.seconds.toFixed(0),
      'heap and buffers after GC, MB': it.heapMb.toFixed(1),
      'beside the start': `${(it.heapMb / startMb).toFixed(2)} x`,
      'RSS, MB': it.rssMb.toFixed(0),
    }));
    console.log(`${pagesPerSecond.toFixed(0)} pages/s, ${cpuMsPerPage.toFixed(2)} ms of CPU a page`);
  } finally {
    site.stdin.end();
  }
}
