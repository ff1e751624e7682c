/** The trained model: features' weights as bytes, transition scores, the lexicon; reading and writing its file. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { LABEL_COUNT } from './labels.ts';
import { buildLexicon, type Lexicon } from './lexicon.ts';

/** First bytes of a model file, before the gzip stream: the format and its version. */
const MAGIC = 'NLTAG001';

/** A model as stored: parallel arrays, the most frequent feature first. */
export type StoredModel = {
  /** What one unit of a weight is worth, for people who read the scores. */
  scale: number;
  features: Int32Array;
  /** `LABEL_COUNT` bytes per feature. */
  weights: Int8Array;
  /** Scores of label pairs in units of `scale`: `[before * LABEL_COUNT + label]`. */
  transitions: Int16Array;
  lexiconHashes: Int32Array;
  lexiconValues: Uint16Array;
};

/** The bytes of a model file. */
export function encodeModel(model: StoredModel): Buffer {
  const header = Buffer.alloc(20);
  header.writeFloatLE(model.scale, 0);
  header.writeUInt32LE(model.features.length, 4);
  header.writeUInt32LE(LABEL_COUNT, 8);
  header.writeUInt32LE(model.lexiconHashes.length, 12);
  // Columns compress better than rows: each label's weights together.
  const count = model.features.length;
  const columns = new Int8Array(model.weights.length);
  for (let i = 0; i < count; i++) {
    for (let label = 0; label < LABEL_COUNT; label++) {
      columns[label * count + i] = model.weights[i * LABEL_COUNT + label] as number;
    }
  }
  const parts = [model.features, columns, model.transitions, model.lexiconHashes, model.lexiconValues];
  const body = Buffer.concat([
    header,
    ...parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  ]);
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), gzipSync(body, { level: 9 })]);
}

/** Reads the bytes of a model file; throws where they are not one of this version. */
export function decodeModel(bytes: Buffer): StoredModel {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Error('not a tagger model of this version');
  const body = gunzipSync(bytes.subarray(MAGIC.length));
  const count = body.readUInt32LE(4);
  const words = body.readUInt32LE(12);
  if (body.readUInt32LE(8) !== LABEL_COUNT) throw new Error('the tagger model has other labels');
  let at = 20;
  const take = (size: number): ArrayBuffer => {
    const part = body.buffer.slice(body.byteOffset + at, body.byteOffset + at + size) as ArrayBuffer;
    at += size;
    return part;
  };
  const features = new Int32Array(take(count * 4));
  // A view, not a copy: bytes need no alignment, and these are most of the file.
  const columns = new Int8Array(body.buffer, body.byteOffset + at, count * LABEL_COUNT);
  at += columns.length;
  const weights = new Int8Array(columns.length);
  for (let label = 0; label < LABEL_COUNT; label++) {
    const from = label * count;
    for (let i = 0; i < count; i++) weights[i * LABEL_COUNT + label] = columns[from + i] as number;
  }
  return {
    scale: body.readFloatLE(0),
    features,
    weights,
    transitions: new Int16Array(take(LABEL_COUNT * LABEL_COUNT * 2)),
    lexiconHashes: new Int32Array(take(words * 4)),
    lexiconValues: new Uint16Array(take(words * 2)),
  };
}

/** Two labels' weights to an integer. */
export const PAIRS = (LABEL_COUNT + 1) >> 1;
/** Added to every packed weight, so that sums of up to 257 of them stay within their half. */
export const WEIGHT_BIAS = 128;

/** The sieve has 2^(32 - shift) bits: 256 KiB, which stays in the second-level cache. */
export const SIEVE_SHIFT = 11;

/** A model ready for look-ups. */
export type Model = {
  /** `PAIRS` integers per feature: the weights of two labels each, plus `WEIGHT_BIAS`, in the low and the high half. */
  packed: Int32Array;
  transitions: Int32Array;
  lexicon: Lexicon;
  /** Slots of [hash, row offset + 1]. */
  slots: Int32Array;
  slotMask: number;
  /** One bit per hash prefix that occurs. */
  sieve: Int32Array;
};

/** Builds the look-up table over a stored model. */
export function prepareModel(stored: StoredModel): Model {
  const count = stored.features.length;
  // At most half full, so that the many features that are absent are known after one or two probes.
  const bits = Math.max(4, Math.ceil(Math.log2(count * 2 + 2)));
  const slotMask = (1 << bits) - 1;
  const slots = new Int32Array(2 << bits);
  const sieve = new Int32Array(1 << (32 - SIEVE_SHIFT - 5));
  for (let i = 0; i < count; i++) {
    const hash = stored.features[i] as number;
    const bit = hash >>> SIEVE_SHIFT;
    sieve[bit >>> 5] = (sieve[bit >>> 5] as number) | (1 << (bit & 31));
    let slot = hash & slotMask;
    while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & slotMask;
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = i * PAIRS + 1;
  }
  return {
    packed: pack(stored.weights),
    transitions: Int32Array.from(stored.transitions),
    lexicon: buildLexicon(stored.lexiconHashes, stored.lexiconValues),
    slots,
    slotMask,
    sieve,
  };
}

function pack(weights: Int8Array): Int32Array {
  const count = weights.length / LABEL_COUNT;
  const packed = new Int32Array(count * PAIRS);
  for (let i = 0; i < count; i++) {
    for (let pair = 0; pair < PAIRS; pair++) {
      const at = i * LABEL_COUNT + 2 * pair;
      const high = 2 * pair + 1 < LABEL_COUNT ? (weights[at + 1] as number) : 0;
      packed[i * PAIRS + pair] = ((weights[at] as number) + WEIGHT_BIAS) | ((high + WEIGHT_BIAS) << 16);
    }
  }
  return packed;
}
