/** Scores tokens under a model: two labels' weights are added at a time, packed into the halves of 32-bit integers. */
import { Gap, mix } from '../text/index.ts';
import type { Context } from './context.ts';
import { MAX_TOKEN_FEATURES, MAX_TYPE_FEATURES, tokenFeatures, WINDOW, WINDOW_SIZE, wordFeatures } from './features.ts';
import { LABEL_COUNT } from './labels.ts';
import { type Model, PAIRS, SIEVE_SHIFT, WEIGHT_BIAS } from './model.ts';

/** Sums over a word's features are kept for this many words (a power of two), 252 bytes each: 16 MB, which holds a day's news. */
const CACHE_WORDS = 1 << 16;
const ROW = WINDOW_SIZE * PAIRS;
/** Kept sums are cut to ±4095, so that seven of them, made positive, fit 16 bits. */
const ROW_BIAS = 4096;
const LARGEST_SUM = ROW_BIAS - 1;

/** Fills a matrix of scores, `LABEL_COUNT` per token, for the tokens a model looks at. */
export type Scorer = (context: Context, scores: Int32Array) => void;

/** Adds the weights of the first `count` features in `hashes` to `scores` from `at` on; unknown features add nothing. */
export function addAll(model: Model, hashes: Int32Array, count: number, scores: Int32Array, at: number): void {
  const { slots, slotMask, packed, sieve } = model;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  let i = 0;
  let found = 0;
  for (let k = 0; k < count; k++) {
    const hash = hashes[k] as number;
    // Most features of a new text are unknown: one bit in a small table tells so without touching the large one.
    const bit = hash >>> SIEVE_SHIFT;
    if (((sieve[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
    let slot = hash & slotMask;
    let row = slots[2 * slot + 1] as number;
    while (row !== 0 && slots[2 * slot] !== hash) {
      slot = (slot + 1) & slotMask;
      row = slots[2 * slot + 1] as number;
    }
    if (row === 0) continue;
    const p = row - 1;
    found++;
    a = (a + (packed[p] as number)) | 0;
    b = (b + (packed[p + 1] as number)) | 0;
    c = (c + (packed[p + 2] as number)) | 0;
    d = (d + (packed[p + 3] as number)) | 0;
    e = (e + (packed[p + 4] as number)) | 0;
    f = (f + (packed[p + 5] as number)) | 0;
    g = (g + (packed[p + 6] as number)) | 0;
    h = (h + (packed[p + 7] as number)) | 0;
    i = (i + (packed[p + 8] as number)) | 0;
  }
  spread(scores, at, found * WEIGHT_BIAS, a, b, c, d, e, f, g, h, i);
}

/** Adds nine packed pairs, less `bias` per half, to seventeen scores. */
function spread(
  scores: Int32Array,
  at: number,
  bias: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
  i: number,
): void {
  scores[at] = (scores[at] as number) + (a & 0xffff) - bias;
  scores[at + 1] = (scores[at + 1] as number) + (a >>> 16) - bias;
  scores[at + 2] = (scores[at + 2] as number) + (b & 0xffff) - bias;
  scores[at + 3] = (scores[at + 3] as number) + (b >>> 16) - bias;
  scores[at + 4] = (scores[at + 4] as number) + (c & 0xffff) - bias;
  scores[at + 5] = (scores[at + 5] as number) + (c >>> 16) - bias;
  scores[at + 6] = (scores[at + 6] as number) + (d & 0xffff) - bias;
  scores[at + 7] = (scores[at + 7] as number) + (d >>> 16) - bias;
  scores[at + 8] = (scores[at + 8] as number) + (e & 0xffff) - bias;
  scores[at + 9] = (scores[at + 9] as number) + (e >>> 16) - bias;
  scores[at + 10] = (scores[at + 10] as number) + (f & 0xffff) - bias;
  scores[at + 11] = (scores[at + 11] as number) + (f >>> 16) - bias;
  scores[at + 12] = (scores[at + 12] as number) + (g & 0xffff) - bias;
  scores[at + 13] = (scores[at + 13] as number) + (g >>> 16) - bias;
  scores[at + 14] = (scores[at + 14] as number) + (h & 0xffff) - bias;
  scores[at + 15] = (scores[at + 15] as number) + (h >>> 16) - bias;
  scores[at + 16] = (scores[at + 16] as number) + (i & 0xffff) - bias;
}

/** A scorer over a model, with its cache of words' sums. */
export function openScorer(model: Model): Scorer {
  const cacheKeys = new Int32Array(CACHE_WORDS);
  const cacheFilled = new Uint8Array(CACHE_WORDS);
  // The last row stands for the places outside a line.
  const outside = CACHE_WORDS * ROW;
  const cache = new Int32Array((CACHE_WORDS + 1) * ROW);
  const wordBuffer = new Int32Array(MAX_TYPE_FEATURES);
  const tokenBuffer = new Int32Array(MAX_TOKEN_FEATURES);
  const lexical = new Int32Array(1);
  const sums = new Int32Array(2 * PAIRS);
  let outsideFilled = false;
  let rows = new Int32Array(0);

  function fillRow(context: Context, index: number, at: number): void {
    for (let offset = -WINDOW; offset <= WINDOW; offset++) {
      const n = wordFeatures(context, index, offset, wordBuffer, lexical);
      sums.fill(0);
      addAll(model, wordBuffer, n, sums, 0);
      for (let pair = 0; pair < PAIRS; pair++) {
        cache[at + (offset + WINDOW) * PAIRS + pair] =
          biased(sums[2 * pair] as number) | (biased(sums[2 * pair + 1] as number) << 16);
      }
    }
  }

  function rowOf(context: Context, index: number): number {
    const { tokens, language } = context;
    // The compared form is part of the key: the same word in a text that lost its diacritics scores differently.
    const key = mix((tokens.words[index] as number) + Math.imul(context.lowers[index] as number, 31) + language);
    // Two places per key: the second is tried when another word holds the first.
    let slot = key & (CACHE_WORDS - 1);
    if (cacheFilled[slot] === 1 && cacheKeys[slot] === key) return slot * ROW;
    const other = slot ^ 1;
    if (cacheFilled[other] === 1 && cacheKeys[other] === key) return other * ROW;
    if (cacheFilled[slot] === 1 && (cacheFilled[other] === 0 || (key & CACHE_WORDS) !== 0)) slot = other;
    fillRow(context, index, slot * ROW);
    cacheKeys[slot] = key;
    cacheFilled[slot] = 1;
    return slot * ROW;
  }

  /** Adds what the words around give the token at `at`, within the line `from`..`to` (exclusive). */
  function addWords(context: Context, at: number, from: number, to: number, scores: Int32Array): void {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    let i = 0;
    for (let offset = -WINDOW; offset <= WINDOW; offset++) {
      const j = at + offset;
      let row = outside;
      if (j >= from && j < to) {
        row = rows[j] as number;
        if (row < 0) {
          row = rowOf(context, j);
          rows[j] = row;
        }
      }
      const p = row + (offset + WINDOW) * PAIRS;
      a = (a + (cache[p] as number)) | 0;
      b = (b + (cache[p + 1] as number)) | 0;
      c = (c + (cache[p + 2] as number)) | 0;
      d = (d + (cache[p + 3] as number)) | 0;
      e = (e + (cache[p + 4] as number)) | 0;
      f = (f + (cache[p + 5] as number)) | 0;
      g = (g + (cache[p + 6] as number)) | 0;
      h = (h + (cache[p + 7] as number)) | 0;
      i = (i + (cache[p + 8] as number)) | 0;
    }
    spread(scores, at * LABEL_COUNT, WINDOW_SIZE * ROW_BIAS, a, b, c, d, e, f, g, h, i);
  }

  return (context, scores) => {
    const { tokens, active } = context;
    const { count, gaps } = tokens;
    if (!outsideFilled) {
      fillRow(context, -1, outside);
      outsideFilled = true;
    }
    if (rows.length < count) rows = new Int32Array(count * 2);
    rows.fill(-1, 0, count);
    let from = 0;
    for (let to = 1; to <= count; to++) {
      if (to < count && (gaps[to] as number) < Gap.line) continue;
      for (let i = from; i < to; i++) {
        if (active[i] === 0) continue;
        addWords(context, i, from, to, scores);
        const n = tokenFeatures(context, i, tokenBuffer);
        addAll(model, tokenBuffer, n, scores, i * LABEL_COUNT);
      }
      from = to;
    }
  };
}

function biased(sum: number): number {
  return (sum > LARGEST_SUM ? LARGEST_SUM : sum < -LARGEST_SUM ? -LARGEST_SUM : sum) + ROW_BIAS;
}
