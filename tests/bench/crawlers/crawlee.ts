/** Crawlee's CheerioCrawler on its in-memory storage, reading the title and the text of each page. */
import { createRequire } from 'node:module';
import { openMeter, readOrder } from './meter.ts';

/** The part of Crawlee that is used here; it is installed beside the benchmark only. */
type Crawlee = {
  CheerioCrawler: new (
    options: Record<string, unknown>,
    configuration: unknown,
  ) => { run(urls: string[]): Promise<unknown> };
  Configuration: new (options: Record<string, unknown>) => unknown;
  log: { setLevel(level: number): void };
};
type Page = { $: (selector: string) => { text(): string } };

const order = await readOrder();
const { urls, concurrency } = order;
const require = createRequire(new URL('../peers/package.json', import.meta.url));
const { CheerioCrawler, Configuration, log } = require('@crawlee/cheerio') as Crawlee;
log.setLevel(0);
const meter = openMeter(order);
let done = 0;
let characters = 0;
const crawler = new CheerioCrawler(
  {
    minConcurrency: concurrency,
    maxConcurrency: concurrency,
    requestHandler({ $ }: Page) {
      characters += $('title').text().length + $('body').text().length;
      meter.count(++done);
    },
  },
  new Configuration({ persistStorage: false, purgeOnStart: false, availableMemoryRatio: 0.8 }),
);
await crawler.run(urls);
if (characters === 0) throw new Error('nothing was read');
meter.report();
process.exit(0);
