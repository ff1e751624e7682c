/** 32-bit hashes of words and of sequences of words (FNV-1a over code units, murmur3 finaliser). */

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** The start value of a word hash. */
export const HASH_SEED = FNV_OFFSET;

/** One FNV-1a step with a code unit. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

/** Spreads the bits of a hash (murmur3's finaliser). */
export function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The hash of a string as `tokenize` computes it for a word. */
export function hashOf(word: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < word.length; i++) hash = hashStep(hash, word.charCodeAt(i));
  return mix(hash);
}

/** Joins two hashes into one; order matters. */
export function join(a: number, b: number): number {
  return mix(Math.imul(a, 0x9e3779b1) + b);
}
