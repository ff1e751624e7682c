/** A short extractive summary: sentences of the document itself, in their order. */
import { termWeights } from '../stories/terms.ts';
import { TokenKind, type Tokens, tokenize } from '../text/index.ts';

/** A sentence of the text: offsets in UTF-16 code units, end exclusive. */
export type SummarySentence = { start: number; end: number };

const SENTENCES = 2;
/** Shorter ones are captions and bylines, longer ones lists. */
const LEAST_WORDS = 7;
const MOST_WORDS = 70;
/** How much a sentence's place tells: news says first what it is about. Halves every this many sentences. */
const LEAD_HALF = 4;
const LEAD_SHARE = 0.5;
/** A sentence that repeats a chosen one loses this much of its score. */
const REPEAT_COST = 0.7;

type Sentence = SummarySentence & { words: number; terms: Set<number>; index: number };

/**
 * The sentences that hold most of the document's telling words, near its beginning, that do not repeat each other (maximal
 * marginal relevance, Carbonell and Goldstein 1998). None for a text without a whole sentence.
 */
export function summaryOf(text: string, lang: string | null, sentences: number = SENTENCES): SummarySentence[] {
  const tokens = tokenize(text);
  const weights = termWeights(tokens, lang);
  const all = sentencesOf(tokens, text, weights);
  const base = new Map(all.map((it) => [it, baseScore(it, weights)]));
  const most = Math.max(1e-9, ...base.values());
  const chosen: Sentence[] = [];
  while (chosen.length < sentences) {
    let best: Sentence | null = null;
    let bestScore = 0;
    for (const it of all) {
      if (chosen.includes(it)) continue;
      const lead = 2 ** (-it.index / LEAD_HALF);
      const telling = (base.get(it) ?? 0) / most;
      const repeats = Math.max(0, ...chosen.map((other) => likeness(it, other)));
      const score = (LEAD_SHARE * lead + (1 - LEAD_SHARE) * telling) * (1 - REPEAT_COST * repeats);
      if (score > bestScore) {
        bestScore = score;
        best = it;
      }
    }
    if (!best) break;
    chosen.push(best);
  }
  return chosen.sort((a, b) => a.start - b.start).map(({ start, end }) => ({ start, end }));
}

/** Sentences with a whole sentence's length and an end, numbered as they stand. */
function sentencesOf(tokens: Tokens, text: string, weights: ReadonlyMap<number, number>): Sentence[] {
  const found: Sentence[] = [];
  let index = 0;
  for (let first = 0; first < tokens.count; ) {
    let last = first;
    while (last + 1 < tokens.count && tokens.sentenceStarts[last + 1] !== 1) last++;
    const sentence: Sentence = {
      start: tokens.starts[first] as number,
      end: tokens.ends[last] as number,
      words: 0,
      terms: new Set(),
      index,
    };
    for (let at = first; at <= last; at++) {
      if (tokens.kinds[at] === TokenKind.symbol) continue;
      sentence.words++;
      const term = tokens.folds[at] as number;
      if (weights.has(term)) sentence.terms.add(term);
    }
    const whole = /[.!?…。”"»)]\s*$/.test(text.slice(sentence.start, sentence.end));
    if (sentence.words >= LEAST_WORDS && sentence.words <= MOST_WORDS && whole) {
      found.push(sentence);
      index++;
    }
    first = last + 1;
  }
  return found;
}

/** Weight of the telling words, against the square root of the length, so that neither short nor long ones win by it. */
function baseScore({ terms, words }: Sentence, weights: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const term of terms) sum += weights.get(term) ?? 0;
  return sum / Math.sqrt(words);
}

function likeness(a: Sentence, b: Sentence): number {
  let shared = 0;
  for (const term of a.terms) if (b.terms.has(term)) shared++;
  return shared / Math.max(1, Math.min(a.terms.size, b.terms.size));
}
