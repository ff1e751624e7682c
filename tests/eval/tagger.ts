/** `npm run eval:tagger -- --corpus DIR [--update]`: scores the tagger on the development sets and holds it to the committed floor. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { openTagger, tokenize } from '@newsloom/enrich';
import { readAnnotatedLines } from './annotated-lines.ts';

/** The texts are tagged this often for the figure of speed, after once to warm up; it counts processor time. */
const ROUNDS = 10;
/** A fall of more than this many points of F1 is one. */
const TOLERANCE = 0.3;
const BASELINE = new URL('baseline-tagger.json', import.meta.url);
const DEVELOPMENT_SETS = ['vi-dev.jsonl.gz', 'fr-dev.jsonl.gz', 'en-dev.jsonl.gz'];

/** Scored apart from the corpus, under a name of its own. */
const DOMESTIC = 'vi-domestic';

type Score = { precision: number; recall: number; f1: number };
type Document = { id: string; lang: string; text: string };

const { values: options } = parseArgs({ options: { corpus: { type: 'string' }, update: { type: 'boolean' } } });
if (!options.corpus) {
  console.error('usage: npm run eval:tagger -- --corpus DIR [--update]   (DIR holds vi-dev.jsonl.gz and its like)');
  process.exit(2);
}
const corpus = options.corpus;
const scorer = [join(corpus, '..', 'ner-score.mjs'), join(corpus, 'ner-score.mjs')].find(existsSync);
const sets = DEVELOPMENT_SETS.map((file) => join(corpus, file)).filter(existsSync);
if (!scorer || sets.length === 0) {
  console.error(`no ner-score.mjs or no development sets under ${corpus}`);
  process.exit(66);
}

const domestic = readAnnotatedLines(new URL('domestic-vi.txt', import.meta.url), DOMESTIC);
const fromCorpus = sets.flatMap((file) =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Document),
);
const documents: Document[] = [...fromCorpus, ...domestic];
const opened = performance.now();
const tagger = openTagger();
const loadMs = performance.now() - opened;
const tag = () =>
  documents.map(({ id, lang, text }) => ({ id, entities: tagger.tag(text, { lang: lang.slice(0, 2) }) }));
tag();
const began = process.cpuUsage();
for (let round = 1; round < ROUNDS; round++) tag();
const predictions = tag();
const used = process.cpuUsage(began);
const seconds = (used.user + used.system) / 1e6 / ROUNDS;
const tokens = documents.reduce((sum, { text }) => sum + tokenize(text).count, 0);

const folder = mkdtempSync(join(tmpdir(), 'newsloom-eval-'));
const predicted = join(folder, 'predictions.jsonl');
writeFileSync(predicted, predictions.map((line) => JSON.stringify(line)).join('\n'));
const gold = join(folder, 'domestic.jsonl');
writeFileSync(gold, domestic.map((line) => JSON.stringify(line)).join('\n'));
const report = JSON.parse(
  execFileSync(
    process.execPath,
    [scorer, ...[...sets, gold].flatMap((file) => ['--gold', file]), '--pred', predicted, '--json'],
    {
      encoding: 'utf8',
    },
  ),
) as { ner: Record<string, Score> };
rmSync(folder, { recursive: true });

const scores: Record<string, number> = {};
console.log('language    source       type       P      R     F1');
for (const [key, { precision, recall, f1 }] of Object.entries(report.ner)) {
  const [language = '', source = '', type = ''] = key.split('|');
  if (language === 'all') continue;
  const percent = (share: number) => (100 * share).toFixed(1).padStart(6);
  console.log(
    `${language.padEnd(11)} ${source.padEnd(12)} ${type.padEnd(5)} ${percent(precision)} ${percent(recall)} ${percent(f1)}`,
  );
  if (source === 'all') scores[`${language} ${type}`] = Math.round(f1 * 1000) / 10;
}
console.log(
  `${documents.length} documents, ${tokens} tokens, ${Math.round(tokens / seconds)} tokens/s, opened in ${Math.round(loadMs)} ms`,
);

if (options.update) {
  writeFileSync(BASELINE, `${JSON.stringify(scores, null, 2)}\n`);
  console.log(`wrote the floor to ${BASELINE.pathname}`);
} else {
  const floor = JSON.parse(readFileSync(BASELINE, 'utf8')) as Record<string, number>;
  const fallen = Object.entries(floor).filter(([key, least]) => (scores[key] ?? 0) < least - TOLERANCE);
  for (const [key, least] of fallen) console.error(`${key}: ${scores[key] ?? 0} is below the floor of ${least}`);
  if (fallen.length > 0) process.exit(1);
}
