/** The best sequence of labels for a document under a model (Viterbi over the tokens the model looks at). */
import { Gap, mix } from '../text/index.ts';
import type { Context } from './context.ts';
import { MAX_TOKEN_FEATURES, MAX_TYPE_FEATURES, tokenFeatures, WINDOW, WINDOW_SIZE, wordFeatures } from './features.ts';
import { CLOSED_LABELS, LABEL_COUNT, OPENING_LABELS, OUTSIDE } from './labels.ts';
import type { Lexicon } from './lexicon.ts';
import { addAll, type Model } from './model.ts';

/** Sums of word features' weights are kept for this many words (a power of two), 238 bytes each: 16 MB, which holds a day's news. */
const CACHE_WORDS = 1 << 16;
const ROW = WINDOW_SIZE * LABEL_COUNT;
const NEVER = -1_000_000_000;

const closed = Int32Array.from(CLOSED_LABELS);
const opening = Int32Array.from(OPENING_LABELS);

/** Labels documents. Holds a cache of words' scores, so one decoder is kept for many documents. */
export type Decoder = { labels(context: Context): Uint8Array; lexicon: Lexicon };

/** A decoder over a model. */
export function openDecoder(model: Model): Decoder {
  const cacheKeys = new Int32Array(CACHE_WORDS);
  const cacheFilled = new Uint8Array(CACHE_WORDS);
  // 60 features of at most 127 each fit 16 bits.
  const cache = new Int16Array(CACHE_WORDS * ROW);
  const wordBuffer = new Int32Array(MAX_TYPE_FEATURES);
  const tokenBuffer = new Int32Array(MAX_TOKEN_FEATURES);
  const lexical = new Int32Array(1);
  const outside = new Int16Array(ROW);

  function fillRow(context: Context, index: number, row: Int16Array, at: number): void {
    row.fill(0, at, at + ROW);
    for (let offset = -WINDOW; offset <= WINDOW; offset++) {
      const n = wordFeatures(context, index, offset, wordBuffer, lexical);
      const target = at + (offset + WINDOW) * LABEL_COUNT;
      addAll(model, wordBuffer, n, row, target);
    }
  }

  function rowOf(context: Context, index: number): number {
    const { tokens, language } = context;
    // The compared form is part of the key: the same word in a text that lost its diacritics scores differently.
    const key = mix((tokens.words[index] as number) + Math.imul(context.lowers[index] as number, 31) + language);
    const slot = key & (CACHE_WORDS - 1);
    if (cacheFilled[slot] === 0 || cacheKeys[slot] !== key) {
      fillRow(context, index, cache, slot * ROW);
      cacheKeys[slot] = key;
      cacheFilled[slot] = 1;
    }
    return slot * ROW;
  }

  let scores = new Int32Array(0);
  let back = new Uint8Array(0);
  let outsideFilled = false;

  /** Adds what words give their neighbours within the line `from`..`to` (exclusive). */
  function scoreWords(context: Context, from: number, to: number): void {
    const { active } = context;
    for (let j = from - WINDOW; j < to + WINDOW; j++) {
      const low = Math.max(from, j - WINDOW);
      const high = Math.min(to - 1, j + WINDOW);
      let needed = false;
      for (let i = low; i <= high && !needed; i++) needed = active[i] === 1;
      if (!needed) continue;
      const real = j >= from && j < to;
      const source = real ? cache : outside;
      const base = real ? rowOf(context, j) : 0;
      for (let i = low; i <= high; i++) {
        if (active[i] === 0) continue;
        const at = base + (j - i + WINDOW) * LABEL_COUNT;
        const target = i * LABEL_COUNT;
        for (let label = 0; label < LABEL_COUNT; label++) {
          scores[target + label] = (scores[target + label] as number) + (source[at + label] as number);
        }
      }
    }
  }

  const previous = new Int32Array(LABEL_COUNT);
  const current = new Int32Array(LABEL_COUNT);

  /** Viterbi over the active tokens `from`..`to` (exclusive); writes their labels. */
  function best(from: number, to: number, labels: Uint8Array): void {
    const { transitions } = model;
    previous.fill(NEVER);
    previous[OUTSIDE] = 0;
    for (let i = from; i < to; i++) {
      const at = i * LABEL_COUNT;
      current.fill(NEVER);
      for (let o = 0; o < opening.length; o++) {
        const label = opening[o] as number;
        let top = NEVER;
        let source = 0;
        for (let c = 0; c < closed.length; c++) {
          const before = closed[c] as number;
          const score = (previous[before] as number) + (transitions[before * LABEL_COUNT + label] as number);
          if (score > top) {
            top = score;
            source = before;
          }
        }
        current[label] = top + (scores[at + label] as number);
        back[at + label] = source;
      }
      for (let first = 1; first < LABEL_COUNT; first += 4) {
        for (let label = first + 1; label <= first + 2; label++) {
          const a = (previous[first] as number) + (transitions[first * LABEL_COUNT + label] as number);
          const b = (previous[first + 1] as number) + (transitions[(first + 1) * LABEL_COUNT + label] as number);
          current[label] = (a >= b ? a : b) + (scores[at + label] as number);
          back[at + label] = a >= b ? first : first + 1;
        }
      }
      previous.set(current);
    }
    let label = OUTSIDE;
    let top = NEVER;
    for (const candidate of CLOSED_LABELS) {
      const score = (previous[candidate] as number) + (transitions[candidate * LABEL_COUNT + OUTSIDE] as number);
      if (score > top) {
        top = score;
        label = candidate;
      }
    }
    for (let i = to - 1; i >= from; i--) {
      labels[i] = label;
      label = back[i * LABEL_COUNT + label] as number;
    }
  }

  return {
    lexicon: model.lexicon,
    labels(context) {
      const { tokens, active } = context;
      const { count, gaps } = tokens;
      if (!outsideFilled) {
        fillRow(context, -1, outside, 0);
        outsideFilled = true;
      }
      if (scores.length < count * LABEL_COUNT) {
        scores = new Int32Array(count * LABEL_COUNT * 2);
        back = new Uint8Array(count * LABEL_COUNT * 2);
      }
      scores.fill(0, 0, count * LABEL_COUNT);
      const labels = new Uint8Array(count);
      let lineStart = 0;
      for (let i = 1; i <= count; i++) {
        if (i < count && (gaps[i] as number) < Gap.line) continue;
        scoreWords(context, lineStart, i);
        lineStart = i;
      }
      for (let i = 0; i < count; i++) {
        if (active[i] === 0) continue;
        const n = tokenFeatures(context, i, tokenBuffer);
        addAll(model, tokenBuffer, n, scores, i * LABEL_COUNT);
      }
      let from = 0;
      while (from < count) {
        if (active[from] === 0) {
          from++;
          continue;
        }
        let to = from + 1;
        while (to < count && active[to] === 1 && (gaps[to] as number) < Gap.line) to++;
        best(from, to, labels);
        from = to;
      }
      return labels;
    },
  };
}
