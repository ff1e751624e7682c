/**
 * Runs the conformance suites below a folder and compares with the floors in baseline.json:
 * `node bin/node.mjs tests/suites/main.ts --suites DIR [--only NAME] [--verbose] [--peers]`. Exits 1 below a floor, 2 on wrong usage.
 * `--peers` asks feedsmith too, where the benchmarks' peers are installed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodingHtml5lib, encodingVietnamese } from './encoding.ts';
import { feedparserSuite, feedsFeedparser, feedsMiniflux } from './feeds.ts';
import { minifluxSuite } from './feeds-miniflux.ts';
import { loadFeedsmith } from './feedsmith.ts';
import { robotsCrawlerCommons, robotsGoogle, robotsGooglePaths, robotsReppy } from './robots.ts';
import { sitemapsCrawlerCommons } from './sitemaps.ts';
import { ssrf } from './ssrf.ts';
import type { Suite, SuiteResult } from './suite.ts';
import { urlCrawlerCommons, urlTracking, urlWpt } from './url.ts';

const SUITES: readonly Suite[] = [
  robotsGoogle,
  robotsGooglePaths,
  robotsReppy,
  robotsCrawlerCommons,
  urlWpt,
  urlCrawlerCommons,
  urlTracking,
  feedsFeedparser,
  feedsMiniflux,
  sitemapsCrawlerCommons,
  encodingHtml5lib,
  encodingVietnamese,
  ssrf,
];

/** Failures shown of a suite unless all are asked for. */
const FAILURES_SHOWN = 10;

const { values } = parseArgs({
  options: {
    suites: { type: 'string' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
  },
});
if (values.suites === undefined) {
  console.error('usage: tests/suites/main.ts --suites DIR [--only NAME] [--verbose]');
  process.exit(2);
}

const floors = JSON.parse(readFileSync(new URL('./baseline.json', import.meta.url), 'utf8')) as Record<string, number>;
let below = 0;
console.log(`${'suite'.padEnd(26)}${'passed'.padStart(8)}${'total'.padStart(8)}${'left'.padStart(6)}  floor`);
const peer = values.peers ? await loadFeedsmith() : null;
const peers = peer
  ? [feedparserSuite('feeds-feedparser feedsmith', peer), minifluxSuite('feeds-miniflux feedsmith', peer)]
  : [];
for (const suite of [...SUITES, ...peers]) {
  if (values.only !== undefined && !suite.name.startsWith(values.only)) continue;
  const folder = join(values.suites, suite.folder ?? suite.name);
  if (!existsSync(folder)) {
    console.log(`${suite.name.padEnd(26)} is not there`);
    below++;
    continue;
  }
  const result = await suite.run(folder);
  const floor = floors[suite.name] ?? 0;
  if (result.passed < floor) below++;
  report(suite.name, result, floor);
}
process.exitCode = below > 0 ? 1 : 0;

function report(name: string, { passed, total, failures, left }: SuiteResult, floor: number): void {
  const mark = passed < floor ? `${floor}  BELOW` : `${floor}`;
  console.log(
    `${name.padEnd(26)}${String(passed).padStart(8)}${String(total).padStart(8)}${String(left.length).padStart(6)}  ${mark}`,
  );
  const shown = values.verbose ? failures : failures.slice(0, FAILURES_SHOWN);
  for (const failure of shown) console.log(`    ${failure}`);
  if (values.verbose) for (const reason of left) console.log(`    left: ${reason}`);
}
