/** `npm run bench`: pages per second through the whole line on both backends, and what each part costs alone. */
import { parseArgs } from 'node:util';
import { benchDuplicates, benchSearch } from './archive.ts';
import { benchClaims } from './claims.ts';
import { benchCrawl } from './crawl.ts';
import { benchExtract } from './extract.ts';
import { benchFrontier } from './frontier.ts';
import { benchHostile } from './hostile.ts';
import { benchLine } from './line.ts';
import { benchMemory } from './memory.ts';
import { benchParts } from './parts.ts';
import { benchPoliteness } from './politeness.ts';
import { type BenchRow, type BenchSize, table } from './report.ts';
import { benchTagger } from './tagger.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string' },
    hosts: { type: 'string' },
    bytes: { type: 'string' },
    profile: { type: 'string' },
    corpus: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** The tagger's benchmark needs annotated texts, which are not part of the project. */
async function* benchTaggerOver(): AsyncGenerator<BenchRow[]> {
  if (values.corpus) yield* benchTagger(values.corpus);
  else console.log('not measured: -- tagger --corpus DIR, where DIR holds vi-dev.jsonl.gz and its like');
}

type Bench = { run: (size: BenchSize, profile?: string) => AsyncGenerator<BenchRow[]>; usual: BenchSize };

const BENCHES: Record<string, Bench> = {
  parts: { run: benchParts, usual: { pages: 60, hosts: 1, bytesPerPage: 60_000 } },
  line: { run: benchLine, usual: { pages: 300, hosts: 8, bytesPerPage: 60_000 } },
  claims: { run: benchClaims, usual: { pages: 20_000, hosts: 500, bytesPerPage: 0 } },
  frontier: { run: benchFrontier, usual: { pages: 1_000_000, hosts: 10_000, bytesPerPage: 0 } },
  politeness: { run: benchPoliteness, usual: { pages: 1_000, hosts: 40, bytesPerPage: 0 } },
  crawl: { run: benchCrawl, usual: { pages: 1_600, hosts: 40, bytesPerPage: 173_000 } },
  memory: { run: benchMemory, usual: { pages: 100_000, hosts: 500, bytesPerPage: 0 } },
  extract: {
    run: (size) => benchExtract(size, values.corpus),
    usual: { pages: 120, hosts: 1, bytesPerPage: 160_000 },
  },
  hostile: { run: benchHostile, usual: { pages: 0, hosts: 0, bytesPerPage: 0 } },
  search: { run: benchSearch, usual: { pages: 1_000_000, hosts: 0, bytesPerPage: 0 } },
  duplicates: { run: benchDuplicates, usual: { pages: 1_000_000, hosts: 0, bytesPerPage: 0 } },
  tagger: { run: benchTaggerOver, usual: { pages: 0, hosts: 0, bytesPerPage: 0 } },
};

if (values.help) {
  console.log(`npm run bench [-- ${Object.keys(BENCHES).join('|')}] [--pages N] [--hosts H] [--bytes B] [--profile DIR] [--corpus DIR]

  parts   milliseconds of each step on one generated page, in one process
  line    pages per second from seed to story: embedded, and Redis + Postgres where a server can be had
  claims  milliseconds of a frontier claim with many URLs on many hosts
  frontier    claims of a million URLs on 10,000 hosts while visits are recorded, and what Redis holds (some minutes)
  politeness  gaps between requests as 40 hosts saw them, with 4 crawler processes of which one is killed
  crawl   CPU a page of the crawler service alone, beside Crawlee's CheerioCrawler and got; --profile writes CPU profiles
  memory  whether the crawler's memory stays flat over a long crawl; --pages 100000
  extract milliseconds of reading an article, beside the DOM build alone and Readability, defuddle, extractus, on the pages
          of --corpus (its every n-th, --pages of them; 0 for all) or on generated ones
  hostile     what hostile pages and rules come to, in what time and memory, and whether their neighbours are read
  search      milliseconds of a search over a million documents on Postgres (some minutes)
  duplicates  milliseconds of finding a document's copies among a million fingerprints on Postgres (some minutes)
  tagger  names found a second and how many of them right, beside vntk and compromise, on annotated texts in --corpus`);
} else {
  for (const name of positionals.length > 0 ? positionals : Object.keys(BENCHES)) {
    const bench = BENCHES[name];
    if (!bench) throw new Error(`no such benchmark: ${name}`);
    const given = (value: string | undefined, usual: number) => (value === undefined ? usual : Number(value));
    const size = {
      pages: given(values.pages, bench.usual.pages),
      hosts: given(values.hosts, bench.usual.hosts),
      bytesPerPage: given(values.bytes, bench.usual.bytesPerPage),
    };
    console.log(`\n${name}`);
    for await (const rows of bench.run(size, values.profile)) console.log(table(rows));
  }
  process.exit(0);
}
