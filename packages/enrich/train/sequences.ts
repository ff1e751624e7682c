/** Turns prepared documents into the sequences and the feature numbering training works on. */
import type { Context } from '../src/tagger/context.ts';
import { MAX_TOKEN_FEATURES, MAX_TYPE_FEATURES, tokenFeatures, WINDOW, wordFeatures } from '../src/tagger/features.ts';
import { begin, end, inside, MODEL_TYPES, OUTSIDE, single } from '../src/tagger/labels.ts';
import { Gap } from '../src/text/index.ts';
import type { Sequence } from './crf.ts';

/** Numbers features by their hash. */
export class FeatureIndex {
  #keys: Int32Array;
  #values: Int32Array;
  #mask: number;
  size = 0;

  constructor(bits: number) {
    this.#keys = new Int32Array(1 << bits);
    this.#values = new Int32Array(1 << bits);
    this.#mask = (1 << bits) - 1;
  }

  #slot(hash: number): number {
    let slot = hash & this.#mask;
    while (this.#values[slot] !== 0 && this.#keys[slot] !== hash) slot = (slot + 1) & this.#mask;
    return slot;
  }

  /** Counts one occurrence. */
  count(hash: number): void {
    const slot = this.#slot(hash);
    if (this.#values[slot] === 0) {
      if (++this.size > this.#mask * 0.8) throw new Error('the feature table is full: give it more bits');
    }
    this.#keys[slot] = hash;
    this.#values[slot] = (this.#values[slot] as number) + 1;
  }

  /** The hashes seen at least `least` times, the most frequent first: their weights then lie together in memory. */
  frequent(least: number): Int32Array {
    const found: [number, number][] = [];
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const times = this.#values[slot] as number;
      if (times >= least) found.push([this.#keys[slot] as number, times]);
    }
    return Int32Array.from(
      found.sort((a, b) => b[1] - a[1] || a[0] - b[0]),
      ([hash]) => hash,
    );
  }
}

/** Maps hashes to their row. */
export function rowTable(hashes: Int32Array): (hash: number) => number {
  const bits = Math.ceil(Math.log2(hashes.length * 2 + 2));
  const mask = (1 << bits) - 1;
  const keys = new Int32Array(1 << bits);
  const rows = new Int32Array(1 << bits);
  for (let i = 0; i < hashes.length; i++) {
    let slot = (hashes[i] as number) & mask;
    while (rows[slot] !== 0) slot = (slot + 1) & mask;
    keys[slot] = hashes[i] as number;
    rows[slot] = i + 1;
  }
  return (hash) => {
    let slot = hash & mask;
    while (rows[slot] !== 0) {
      if (keys[slot] === hash) return (rows[slot] as number) - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  };
}

/** The stretches of active tokens on one line, as [from, to). */
export function activeStretches({ tokens, active }: Context): [number, number][] {
  const stretches: [number, number][] = [];
  let from = 0;
  while (from < tokens.count) {
    if (active[from] === 0) {
      from++;
      continue;
    }
    let to = from + 1;
    while (to < tokens.count && active[to] === 1 && (tokens.gaps[to] as number) < Gap.line) to++;
    stretches.push([from, to]);
    from = to;
  }
  return stretches;
}

const wordBuffer = new Int32Array(MAX_TYPE_FEATURES);
const tokenBuffer = new Int32Array(MAX_TOKEN_FEATURES);
const lexical = new Int32Array(1);

/** Calls `visit(hash, lexical)` for every feature of the token; those that name its own word come first. */
export function visitFeatures(context: Context, index: number, visit: (hash: number, lexical: boolean) => void): void {
  const { tokens } = context;
  const { gaps, count } = tokens;
  const own = wordFeatures(context, index, 0, wordBuffer, lexical);
  const named = lexical[0] as number;
  for (let k = 0; k < own; k++) visit(wordBuffer[k] as number, k < named);
  let reachLeft = 0;
  while (reachLeft < WINDOW && index - reachLeft > 0 && (gaps[index - reachLeft] as number) < Gap.line) reachLeft++;
  let reachRight = 0;
  while (reachRight < WINDOW && index + reachRight + 1 < count && (gaps[index + reachRight + 1] as number) < Gap.line)
    reachRight++;
  for (let offset = -WINDOW; offset <= WINDOW; offset++) {
    if (offset === 0) continue;
    const real = offset < 0 ? -offset <= reachLeft : offset <= reachRight;
    const n = wordFeatures(context, real ? index + offset : -1, offset, wordBuffer, lexical);
    for (let k = 0; k < n; k++) visit(wordBuffer[k] as number, false);
  }
  const n = tokenFeatures(context, index, tokenBuffer);
  for (let k = 0; k < n; k++) visit(tokenBuffer[k] as number, false);
}

/** Labels that annotation and the model's gaze leave possible; mentions the model cannot see are dropped. Returns their number. */
export function dropUnseen(context: Context, allowed: Int32Array): number {
  let dropped = 0;
  for (let i = 0; i < allowed.length; i++) {
    if (context.active[i] === 1 || (allowed[i] as number) & (1 << OUTSIDE)) continue;
    dropped++;
    const open = (k: number) => k >= 0 && k < allowed.length && ((allowed[k] as number) & (1 << OUTSIDE)) === 0;
    let from = i;
    while (open(from - 1) && !isOpening(allowed[from] as number)) from--;
    let to = i;
    while (open(to + 1) && !isOpening(allowed[to + 1] as number)) to++;
    for (let k = from; k <= to; k++) allowed[k] = 1 << OUTSIDE;
  }
  return dropped;
}

const ORGANISATION = MODEL_TYPES.indexOf('ORG');
const ORGANISATION_LABELS =
  (1 << begin(ORGANISATION)) | (1 << inside(ORGANISATION)) | (1 << end(ORGANISATION)) | (1 << single(ORGANISATION));

/**
 * Leaves open whether words in reach of an organisation's head belong to its name: for the source that marks few organisations,
 * and names inside organisations as places.
 */
export function freeOrganisations({ tokens, headStart }: Context, allowed: Int32Array): void {
  for (let i = 0; i < tokens.count; i++) {
    const mask = allowed[i] as number;
    const place = ((1 << begin(PLACE)) | (1 << inside(PLACE)) | (1 << end(PLACE)) | (1 << single(PLACE))) & mask;
    if ((headStart[i] as number) >= 0 && (mask & (1 << OUTSIDE) || place !== 0))
      allowed[i] = mask | ORGANISATION_LABELS | (1 << OUTSIDE);
  }
}

const PLACE = MODEL_TYPES.indexOf('LOC');

function isOpening(mask: number): boolean {
  for (let label = 1; label < 17; label += 4) if (mask & ((1 << label) | (1 << (label + 3)))) return true;
  return false;
}

/** The sequences of a document. `row` gives a feature's number or -1. */
export function sequencesOf(
  context: Context,
  allowed: Int32Array,
  row: (hash: number) => number,
  weight: number,
): Sequence[] {
  return activeStretches(context).map(([from, to]) => {
    const features: number[] = [];
    const bounds = new Int32Array(to - from + 1);
    const lexicalEnds = new Int32Array(to - from);
    for (let i = from; i < to; i++) {
      lexicalEnds[i - from] = features.length;
      visitFeatures(context, i, (hash, named) => {
        const number = row(hash);
        if (number < 0) return;
        features.push(number);
        if (named) lexicalEnds[i - from] = features.length;
      });
      bounds[i - from + 1] = features.length;
    }
    return { features: Int32Array.from(features), bounds, lexicalEnds, allowed: allowed.slice(from, to), weight };
  });
}
