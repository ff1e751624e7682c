/** How well and how fast names are found, beside peers on the same annotated texts; and what all text steps of an article cost. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fingerprint, openTagger, tokenize } from '@newsloom/enrich';
import { detectLanguage } from '@newsloom/extract';
import { type BenchRow, ms } from './report.ts';
import { type BenchTagger, findTaggers } from './taggers.ts';

type Document = { id: string; lang: string; text: string };
type Scores = { ner: Record<string, { f1: number }> };

/** Each set is tagged for about this long to warm up, and as often again for the figure; peers take longer for one round. */
const ROUND_MS = 1_500;
const MOST_ROUNDS = 40;
const SET = (lang: string) => `${lang}-dev.jsonl.gz`;
/** What the text steps are measured on: an article of the usual length. */
const ARTICLE_TOKENS = 1_250;
const ARTICLE_ROUNDS = 400;

/** Compares taggers on the development sets in `corpus`, then times the text steps of one article. */
export async function* benchTagger(corpus: string): AsyncGenerator<BenchRow[]> {
  const scorer = [join(corpus, '..', 'ner-score.mjs'), join(corpus, 'ner-score.mjs')].find(existsSync);
  const articles: Document[] = [];
  const rows: BenchRow[] = [];
  for (const tagger of findTaggers()) {
    if ('missing' in tagger) {
      console.log(tagger.missing);
      continue;
    }
    for (const lang of tagger.languages.filter((it) => existsSync(join(corpus, SET(it))))) {
      const gold = join(corpus, SET(lang));
      const documents = readDocuments(gold);
      if (tagger.name === 'Newsloom') articles.push(...documents);
      rows.push(measure(tagger, lang, documents, gold, scorer));
    }
  }
  if (rows.length === 0) console.log(`no development sets under ${corpus}`);
  else yield rows;
  for (const lang of new Set(articles.map((it) => it.lang))) {
    yield textSteps(
      lang,
      articles.filter((it) => it.lang === lang),
    );
  }
}

function readDocuments(file: string): Document[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Document);
}

function measure(tagger: BenchTagger, lang: string, documents: Document[], gold: string, scorer?: string): BenchRow {
  const tag = () => documents.map(({ id, text }) => ({ id, entities: tagger.tag(text, lang) }));
  const predictions = tag();
  const rounds = Math.min(MOST_ROUNDS, Math.max(1, Math.round(ROUND_MS / cpuMs(tag))));
  for (let round = 1; round < rounds; round++) tag();
  const usedMs = cpuMs(() => {
    for (let round = 0; round < rounds; round++) tag();
  });
  const tokens = documents.reduce((sum, { text }) => sum + tokenize(text).count, 0);
  const row: BenchRow = {
    'F1, exact span and type': tagger.name,
    lang,
    tokens,
    'tokens/s': Math.round((1000 * tokens * rounds) / usedMs),
  };
  if (!scorer) return row;
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-bench-'));
  const file = join(folder, 'predictions.jsonl');
  writeFileSync(file, predictions.map((line) => JSON.stringify(line)).join('\n'));
  // MISC is something other taggers do not have.
  const options = ['--gold', gold, '--pred', file, '--types', 'PER,ORG,LOC', '--json'];
  const { ner } = JSON.parse(execFileSync(process.execPath, [scorer, ...options], { encoding: 'utf8' })) as Scores;
  rmSync(folder, { recursive: true });
  for (const type of ['*', 'PER', 'ORG', 'LOC']) {
    row[type === '*' ? 'PER+ORG+LOC' : type] = (100 * (ner[`${lang}|all|${type}`]?.f1 ?? 0)).toFixed(1);
  }
  return row;
}

/** The documents of a language joined up to the length of an article, and what each step over it costs. */
function textSteps(lang: string, documents: readonly Document[]): BenchRow[] {
  const parts: string[] = [];
  let tokens = 0;
  for (const { text } of documents) {
    if (tokens >= ARTICLE_TOKENS) break;
    parts.push(text);
    tokens += tokenize(text).count;
  }
  const text = parts.join('\n\n').slice(0, Math.round((parts.join('\n\n').length * ARTICLE_TOKENS) / tokens));
  const tagger = openTagger();
  const cut = tokenize(text);
  const steps: Record<string, () => unknown> = {
    language: () => detectLanguage(text),
    tokens: () => tokenize(text),
    tags: () => tagger.tagTokens(cut, { lang }),
    fingerprint: () => fingerprint(cut),
  };
  const costs = Object.entries(steps).map(([step, run]): [string, number] => [step, processorMs(run)]);
  const together = costs.reduce((sum, [, cost]) => sum + cost, 0);
  return [...costs, ['together', together] as const].map(([step, cost]) => ({
    [`text steps of an article of ${cut.count} tokens (${lang})`]: step,
    'processor ms': ms(cost),
  }));
}

/** Processor time of one run in milliseconds, the mean of many. */
function processorMs(run: () => unknown): number {
  const runOften = () => {
    for (let round = 0; round < ARTICLE_ROUNDS; round++) run();
  };
  runOften();
  return cpuMs(runOften) / ARTICLE_ROUNDS;
}

/** Processor time in milliseconds: it says the same on a busy machine. */
function cpuMs(run: () => unknown): number {
  const began = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
