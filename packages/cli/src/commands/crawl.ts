/** The `newsloom crawl` command: addresses in, articles out, once. */
import { openLog, readSettings } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { Command, InvalidArgumentError } from 'commander';
import pLimit from 'p-limit';
import type { DocumentFile } from '../crawl/document-file.ts';
import { failuresFile, prepareOutput, writeCrawl } from '../crawl/output.ts';
import { crawlSeeds, readAddresses } from '../crawl/seeds.ts';
import { openProgress } from '../progress.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = {
  urls?: string;
  documents?: string[];
  warc?: string[];
  depth: number;
  limit?: number;
  anyHost?: boolean;
  out: string;
  verbose?: boolean;
};

const MOST_DEPTH = 20;
const INTERRUPTED = 130;
/** A shell may hand in thousands of files; a process may open about a thousand. */
const FILES_AT_ONCE = 32;

/** Builds the command. */
export function crawlCommand(env: Environment): Command {
  return new Command('crawl')
    .description('crawl addresses once, until nothing is left to do, and write their articles as JSON lines')
    .argument('[url...]', 'addresses to begin from')
    .option('--urls <file>', 'a list of addresses: one a line, CSV or OPML')
    .option('--documents <file...>', 'text or HTML files to take in as if they had been fetched')
    .option('--warc <file...>', 'WARC files whose pages are read instead of the network')
    .option(
      '--depth <n>',
      'link hops followed from the addresses; 0: only these and where they redirect',
      wholeNumber(0, MOST_DEPTH),
      1,
    )
    .option('--limit <n>', 'articles written at most; fetching stops soon after', wholeNumber(1, 1e9))
    .option('--any-host', 'follow links to other hosts too')
    .requiredOption('--out <file>', 'file the articles are written to; the rest goes to FILE.failures.jsonl')
    .option('--verbose', 'log what happens')
    .addHelpText(
      'after',
      `
Facts are kept in the data folder (NEWSLOOM_DATA_DIR, default .newsloom), or in DATABASE_URL and REDIS_URL; a second
crawl of the same addresses asks only whether they have changed.
Exit codes: 0 idle, 2 wrong usage, 66 no such file, 69 a server is away, 73 the output cannot be written, 75 the data
folder is in use, 78 wrong settings, 130 interrupted (what was found is written).`,
    )
    .action((urls: string[], options: Options) => crawl(urls, options, env));
}

async function crawl(urls: string[], options: Options, env: Environment): Promise<void> {
  const settings = readSettings({
    ...env,
    ...(!options.verbose && !env.NEWSLOOM_LOG_LEVEL && { NEWSLOOM_LOG_LEVEL: 'error' }),
  });
  const listed =
    options.urls === undefined
      ? { addresses: [], bad: [] }
      : await readAddresses(options.urls, (sentence) => process.stderr.write(`${sentence}\n`));
  const { seeds, bad: unusable } = crawlSeeds([...urls, ...listed.addresses]);
  const bad = [...unusable, ...listed.bad];
  const documents = options.documents ? await readDocuments(options.documents) : [];
  const archives = options.warc ?? [];
  if (archives.length > 0) await (await import('../crawl/archives.ts')).checkArchives(archives);
  if (seeds.length + documents.length + archives.length === 0) {
    const why =
      bad.length > 0
        ? `none of the addresses can be crawled: ${bad.slice(0, 3).join(', ')}`
        : 'give at least one URL, --urls FILE, --documents FILE or --warc FILE';
    throw Object.assign(new Error(why), { exitCode: 2 });
  }
  await prepareOutput(options.out);
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const log = openLog(settings.logLevel, 'crawl');
  const began = performance.now();
  // Opening the stores takes longest; what runs on them loads meanwhile.
  const [context, { runCrawl }] = await Promise.all([openContext(settings, log), import('../crawl/run.ts')]);
  const progress = openProgress(process.stderr);
  try {
    const limit = options.limit ?? null;
    const { id, leftOut } = await runCrawl(context, {
      seeds,
      documents,
      archives,
      complain: (sentence) => process.stderr.write(`newsloom: ${sentence}\n`),
      depth: options.depth,
      limit,
      anyHost: options.anyHost ?? false,
      onProgress: (it) =>
        progress.show(
          `${it.articles} articles, ${it.pending} URLs to fetch, ${it.reading} to read, ${it.enriching} to enrich, ${it.ended} ended`,
        ),
      stop: interrupt.signal,
    });
    progress.end();
    const { articles, others } = await writeCrawl(context.store, { id, out: options.out, limit, bad, leftOut });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(
      `${articles} articles in ${options.out}, ${others.length} other addresses in ${failuresFile(options.out)} (${seconds} s)\n`,
    );
    if (interrupt.signal.aborted) process.exitCode = INTERRUPTED;
  } finally {
    await context.close();
    log.flush();
  }
}

/** Reads document files; what reads them is loaded only where there are any, so that a crawl starts quickly. */
async function readDocuments(paths: string[]): Promise<DocumentFile[]> {
  const { readDocumentFile } = await import('../crawl/documents.ts');
  const limit = pLimit(FILES_AT_ONCE);
  return limit.map(paths, (path) => readDocumentFile(path, new Date()));
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
