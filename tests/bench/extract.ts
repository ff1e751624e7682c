/** How long an article takes to read, DOM included, beside the DOM build alone and the peers, on the same pages in one run. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { serveGeneratedSite } from '@newsloom/samplesite';
import { type BenchExtractor, findExtractors } from './extractors.ts';
import { type BenchRow, type BenchSize, ms, percentile } from './report.ts';

type Page = { url: string; html: string; bytes: number };

/** Upper ends of the classes of page size, in kB. */
const SIZES = [50, 100, 200, 400, Number.POSITIVE_INFINITY];
/** Processor time an extractor gets before the clock runs, in milliseconds: compilers need some hundreds of pages. */
const WARM_UP_MS = 4_000;
/** Readings of each page, of which the fastest counts: another process's turn is no cost of ours or of a peer's. */
const READINGS = 3;

/** Times every extractor over the pages of a corpus (a folder with cases.jsonl), or over generated ones; `size.pages` of them. */
export async function* benchExtract(size: BenchSize, corpus: string | undefined): AsyncGenerator<BenchRow[]> {
  const pages = corpus ? readCorpus(corpus, size.pages) : await generate(size);
  const bytes = pages.reduce((sum, page) => sum + page.bytes, 0) / pages.length;
  console.log(`${pages.length} pages, ${(bytes / 1000).toFixed(0)} kB on average, one process, warm`);
  const times = new Map<string, number[]>();
  const extractors: BenchExtractor[] = [];
  for (const one of await findExtractors())
    if ('missing' in one) console.log(one.missing);
    else extractors.push(one);
  for (const one of extractors) times.set(one.name, await timeAll(one, pages));
  yield extractors.map(({ name }) => {
    const samples = times.get(name) ?? [];
    return {
      extractor: name,
      'median ms': ms(percentile(samples, 0.5)),
      'mean ms': ms(meanOf(samples)),
      'p95 ms': ms(percentile(samples, 0.95)),
      'p99 ms': ms(percentile(samples, 0.99)),
    };
  });
  yield SIZES.flatMap((end, at) => {
    const start = at === 0 ? 0 : (SIZES[at - 1] as number);
    const inside = pages.flatMap((page, index) =>
      page.bytes >= start * 1000 && page.bytes < end * 1000 ? [index] : [],
    );
    if (inside.length === 0) return [];
    const row: BenchRow = {
      'median ms by kB': end === Number.POSITIVE_INFINITY ? `${start} and more` : `${start}-${end}`,
    };
    row.pages = inside.length;
    for (const [name, samples] of times)
      row[name] = ms(
        percentile(
          inside.map((index) => samples[index] as number),
          0.5,
        ),
      );
    return [row];
  });
  const ours = times.get(extractors[0]?.name ?? '') ?? [];
  const peers = extractors.filter((one) => one.isPeer).map(({ name }) => times.get(name) ?? []);
  if (peers.length > 0)
    yield [
      {
        'times as fast as the fastest peer': 'each by its own median and mean',
        median: (Math.min(...peers.map((one) => percentile(one, 0.5))) / percentile(ours, 0.5)).toFixed(1),
        mean: (Math.min(...peers.map(meanOf)) / meanOf(ours)).toFixed(1),
      },
    ];
}

const meanOf = (samples: readonly number[]): number => samples.reduce((sum, one) => sum + one, 0) / samples.length;

/** Milliseconds of one extractor on each page. A page it throws on counts with the time until it threw. */
async function timeAll({ read }: BenchExtractor, pages: readonly Page[]): Promise<number[]> {
  // What extractors say of pages they cannot read is theirs, and not part of the measurement.
  const { log, warn, error } = console;
  Object.assign(console, { log() {}, warn() {}, error() {} });
  try {
    const start = process.cpuUsage();
    for (let at = 0; process.cpuUsage(start).user < WARM_UP_MS * 1000; at++) {
      const { html, url } = pages[at % pages.length] as Page;
      await attempt(read, html, url);
    }
    const samples: number[] = new Array(pages.length).fill(Number.POSITIVE_INFINITY);
    for (let reading = 0; reading < READINGS; reading++)
      for (const [at, { html, url }] of pages.entries()) {
        const began = performance.now();
        await attempt(read, html, url);
        samples[at] = Math.min(samples[at] as number, performance.now() - began);
      }
    return samples;
  } finally {
    Object.assign(console, { log, warn, error });
  }
}

async function attempt(read: BenchExtractor['read'], html: string, url: string): Promise<void> {
  try {
    await read(html, url);
  } catch {
    // Counted by its time.
  }
}

/** Every n-th page of a corpus, so that `most` are read; 0 reads all. */
function readCorpus(folder: string, most: number): Page[] {
  const list = join(folder, 'cases.jsonl');
  if (!existsSync(list)) throw new Error(`no ${list}`);
  const cases = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { url: string; html: string });
  const step = most > 0 ? Math.max(1, Math.floor(cases.length / most)) : 1;
  return cases
    .filter((_, at) => at % step === 0)
    .map(({ url, html }) => {
      const bytes = gunzipSync(readFileSync(join(folder, html)));
      return { url, html: bytes.toString('utf8').normalize('NFC'), bytes: bytes.length };
    });
}

async function generate({ pages, hosts, bytesPerPage }: BenchSize): Promise<Page[]> {
  await using site = await serveGeneratedSite({ pages, hosts, bytesPerPage });
  const made: Page[] = [];
  for (const url of site.urls) {
    const html = await (await fetch(url)).text();
    made.push({ url, html, bytes: Buffer.byteLength(html) });
  }
  return made;
}
