/**
 * Scores the extractor on a corpus of pages: `npm run eval:extract -- --corpus DIR [--peers FILE.md [--markdown DOC.md]]
 * [--update]`. `--markdown` writes the table beside the peers between the marks of a document (docs/extraction.md).
 *
 * The models are trained on the development pages, so scores there are higher than on new sites: the floor guards against
 * loss, and packages/extract/train prints what cross-validation by site says of new ones.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readPage } from '@newsloom/extract';
import { besidePeers, readPeers, withScores } from './peers.ts';

type Case = { id: string; source: string; lang: string; gt: string; url: string; html: string };
type Prediction = {
  id: string;
  title: string | null;
  date: string | null;
  authors: string[];
  body: string;
  lang: string | null;
  image: string | null;
  ms: number;
};
type Summary = Record<string, Record<string, number> | number>;
type Scorer = {
  scoreCase: (one: Case, prediction: Prediction | undefined) => unknown;
  summarise: (results: unknown[]) => Summary;
  table: (groups: [string, Summary][]) => string;
};

/** A metric may fall by this much before it counts as lost: below it lies the noise of rounding. */
const TOLERANCE = 0.002;
/** Metrics with a floor: group of the summary and field in it. */
const METRICS: readonly [string, string][] = [
  ['body', 'f1'],
  ['body', 'f1d'],
  ['seg', 'f1'],
  ['start', 'has'],
  ['title', 'exact'],
  ['date', 'acc'],
  ['date', 'prec'],
  ['authors', 'f1'],
  ['image', 'acc'],
  ['lang', 'acc'],
];
/** Relative times on pages count back from the fetch; corpora do not say when that was, so nothing is counted from a guess. */
const FETCHED_AT = '2026-11-01T00:00:00Z';
/** Languages with a table of their own in a file of peers' scores. */
const LANGUAGE_GROUPS = ['vi', 'fr', 'en', 'de'];
const BASELINE = new URL('./baseline-extract.json', import.meta.url);

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

function predict(folder: string, one: Case): Prediction {
  const bytes = gunzipSync(readFileSync(join(folder, one.html)));
  const start = performance.now();
  const { article } = readPage(bytes, { url: one.url, fetchedAt: FETCHED_AT, asArticle: true });
  const ms = performance.now() - start;
  const date = article?.date?.value ?? '';
  return {
    id: one.id,
    title: article?.title ?? null,
    date: date.length >= 10 ? date.slice(0, 10) : null,
    authors: article?.authors ?? [],
    body: article?.body ?? '',
    lang: article?.lang ?? null,
    image: article?.image ?? null,
    ms,
  };
}

function metricsOf(summary: Summary): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [group, field] of METRICS) {
    const values = summary[group];
    const value = typeof values === 'object' ? values[field] : undefined;
    if (value !== undefined) found[`${group}.${field}`] = Math.round(value * 10_000) / 10_000;
  }
  return found;
}

/** Compares scores with the floor and names what fell. */
function fallenBelow(floor: Record<string, number>, now: Record<string, number>): string[] {
  return Object.entries(floor)
    .filter(([name, value]) => (now[name] ?? 0) < value - TOLERANCE)
    .map(([name, value]) => `${name} fell from ${value.toFixed(4)} to ${(now[name] ?? 0).toFixed(4)}`);
}

async function main(): Promise<void> {
  const corpus = option('corpus');
  if (!corpus || !existsSync(join(corpus, 'cases.jsonl'))) {
    process.stderr.write(
      'usage: npm run eval:extract -- --corpus DIR [--peers FILE.md [--markdown DOC.md]] [--update] [--out predictions.jsonl]\nDIR holds cases.jsonl and, beside DIR, score.mjs.\n',
    );
    process.exitCode = 2;
    return;
  }
  const scorer = (await import(pathToFileURL(resolve(corpus, '..', 'score.mjs')).href)) as Scorer;
  const cases = readFileSync(join(corpus, 'cases.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);
  const predictions = cases.map((one) => predict(corpus, one));
  const out = option('out');
  if (out) writeFileSync(out, predictions.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const results = cases.map((one, at) => ({ one, result: scorer.scoreCase(one, predictions[at]) }));
  // Values written by another extractor show agreement with that tool, not truth: kept out of the totals.
  const trusted = results.filter(({ one }) => one.gt !== 'snapshot');
  const groups = (key: 'source' | 'lang'): [string, Summary][] =>
    [...new Set(trusted.map(({ one }) => one[key]))]
      .sort()
      .map((name) => [
        name,
        scorer.summarise(trusted.filter(({ one }) => one[key] === name).map(({ result }) => result)),
      ]);
  const total = scorer.summarise(trusted.map(({ result }) => result));
  process.stdout.write(`${scorer.table([...groups('source'), ...groups('lang'), ['TOTAL', total]])}\n`);
  const peers = option('peers');
  if (peers) {
    const others = new Set(LANGUAGE_GROUPS);
    const beside: [string, Summary][] = [
      ['All', total],
      ...groups('lang').filter(([name]) => others.has(name)),
      [
        'other languages',
        scorer.summarise(trusted.filter(({ one }) => !others.has(one.lang)).map(({ result }) => result)),
      ],
      ...groups('source').map(([name, summary]): [string, Summary] => [`source ${name}`, summary]),
    ];
    const { table, markdown, behind } = besidePeers(beside, readPeers(readFileSync(peers, 'utf8')));
    process.stdout.write(`\n${table}\na peer leads in ${behind} columns\n\n`);
    const document = option('markdown');
    if (document) writeFileSync(document, withScores(readFileSync(document, 'utf8'), markdown));
  }
  const times = predictions.map((one) => one.ms).sort((a, b) => a - b);
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  process.stdout.write(
    `ms a page: median ${times[times.length >> 1]?.toFixed(2)}, mean ${mean.toFixed(2)}, p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(2)}\n`,
  );
  const now = metricsOf(total);
  for (const [name, value] of Object.entries(now)) process.stdout.write(`${name.padEnd(14)} ${value.toFixed(4)}\n`);
  if (process.argv.includes('--update')) {
    writeFileSync(BASELINE, `${JSON.stringify(now, null, 2)}\n`);
    return;
  }
  if (!existsSync(BASELINE)) return;
  const fallen = fallenBelow(JSON.parse(readFileSync(BASELINE, 'utf8')) as Record<string, number>, now);
  for (const sentence of fallen) process.stderr.write(`below the floor: ${sentence}\n`);
  if (fallen.length > 0) process.exitCode = 1;
}

await main();
