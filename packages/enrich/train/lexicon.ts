/** Learns from plain text how often each word is capitalised in mid-sentence, and which words keep the same company. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isCapitalised } from '../src/tagger/kinds.ts';
import { buildLexicon, type Lexicon } from '../src/tagger/lexicon.ts';
import { Gap, TokenKind, tokenize } from '../src/text/index.ts';
import { CONTEXT_WORDS, cluster, toVector } from './clusters.ts';
import { readDocuments, readLines } from './corpus.ts';

export type LexiconData = { hashes: Int32Array; values: Uint16Array; lexicon: Lexicon };

/** A word rarer than this has nothing worth remembering. */
const LEAST = 3;

/** The plain texts under the corpus folder; annotations are not looked at. */
export function* plainTexts(corpus: string): Generator<string> {
  for (const file of ['vi-train', 'fr-train', 'en-train']) {
    const path = join(corpus, `${file}.jsonl.gz`);
    if (existsSync(path)) for (const { text } of readDocuments(path)) yield text;
  }
  const unlabelled = join(corpus, 'vi-unlabelled.txt.gz');
  if (existsSync(unlabelled)) yield* readLines(unlabelled);
}

type WordCount = { lower: number; capital: number };

function countWords(corpus: string): Map<number, WordCount> {
  const counts = new Map<number, WordCount>();
  for (const text of plainTexts(corpus)) {
    const { count, kinds, sentenceStarts, lowers } = tokenize(text);
    for (let i = 0; i < count; i++) {
      const kind = kinds[i] as number;
      if (kind === TokenKind.number || sentenceStarts[i] === 1) continue;
      const hash = lowers[i] as number;
      const entry = counts.get(hash) ?? { lower: 0, capital: 0 };
      counts.set(hash, entry);
      if (isCapitalised(kind)) entry.capital++;
      else entry.lower++;
    }
  }
  return counts;
}

/** Learns clusters and capitals over all plain texts under the corpus folder. */
export function learnLexicon(corpus: string): LexiconData {
  const counts = countWords(corpus);
  const kept = [...counts].filter(([, { lower, capital }]) => lower + capital >= LEAST).sort((a, b) => a[0] - b[0]);
  const hashes = Int32Array.from(kept, ([hash]) => hash);
  const clusters = learnClusters(corpus, kept);
  const values = Uint16Array.from(kept, ([, entry], i) => (capitalBucket(entry) << 12) | (clusters[i] as number));
  return { hashes, values, lexicon: buildLexicon(hashes, values) };
}

function learnClusters(corpus: string, kept: readonly [number, WordCount][]): Uint16Array {
  const order = new Map(kept.map(([hash], i) => [hash, i]));
  const frequent = [...kept].sort((a, b) => total(b[1]) - total(a[1])).slice(0, CONTEXT_WORDS);
  const contexts = new Map(frequent.map(([hash], i) => [hash, i]));
  const neighbours: Map<number, number>[] = kept.map(() => new Map());
  const spread = new Float32Array(2 * CONTEXT_WORDS);
  for (const text of plainTexts(corpus)) {
    const { count, lowers, gaps } = tokenize(text);
    for (let i = 0; i < count; i++) {
      const word = order.get(lowers[i] as number);
      if (word === undefined) continue;
      const before = i > 0 && (gaps[i] as number) < Gap.line ? contexts.get(lowers[i - 1] as number) : undefined;
      const after =
        i + 1 < count && (gaps[i + 1] as number) < Gap.line ? contexts.get(lowers[i + 1] as number) : undefined;
      const seen = neighbours[word] as Map<number, number>;
      for (const context of [before, after === undefined ? undefined : after + CONTEXT_WORDS]) {
        if (context === undefined) continue;
        const times = seen.get(context) ?? 0;
        if (times === 0) spread[context] = (spread[context] as number) + 1;
        seen.set(context, times + 1);
      }
    }
  }
  const rarity = spread.map((words) => Math.log(kept.length / (1 + words)));
  return cluster(
    neighbours.map((counted) => toVector(counted, rarity)),
    2 * CONTEXT_WORDS,
    7,
  );
}

const total = ({ lower, capital }: WordCount): number => lower + capital;

/** 1 (never) to 6 (always capitalised in mid-sentence). */
export function capitalBucket({ lower, capital }: WordCount): number {
  const share = capital / (lower + capital);
  return share === 0 ? 1 : share < 0.05 ? 2 : share < 0.3 ? 3 : share < 0.7 ? 4 : share < 0.97 ? 5 : 6;
}
