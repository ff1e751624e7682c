/** Learns from plain text how often each word is capitalised in mid-sentence, and which words keep the same company. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isCapitalised } from '../src/tagger/kinds.ts';
import { buildLexicon, type Lexicon } from '../src/tagger/lexicon.ts';
import { TokenKind, tokenize } from '../src/text/index.ts';
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

/** Counts words over all plain texts under the corpus folder. */
export function learnLexicon(corpus: string): LexiconData {
  const counts = new Map<number, { lower: number; capital: number }>();
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
  const kept = [...counts].filter(([, { lower, capital }]) => lower + capital >= LEAST).sort((a, b) => a[0] - b[0]);
  const hashes = Int32Array.from(kept, ([hash]) => hash);
  const values = Uint16Array.from(kept, ([, entry]) => capitalBucket(entry) << 12);
  return { hashes, values, lexicon: buildLexicon(hashes, values) };
}

/** 1 (never) to 6 (always capitalised in mid-sentence). */
export function capitalBucket({ lower, capital }: { lower: number; capital: number }): number {
  const share = capital / (lower + capital);
  return share === 0 ? 1 : share < 0.05 ? 2 : share < 0.3 ? 3 : share < 0.7 ? 4 : share < 0.97 ? 5 : 6;
}
