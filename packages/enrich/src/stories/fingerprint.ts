/** A document's near-duplicate signature: finds the same wire text on other sites, with small edits. */
import { join, mix, TokenKind, type Tokens, tokenize } from '../text/index.ts';

/** A near-duplicate signature, JSON-serialisable. */
export type Fingerprint = {
  /** 64 bits in hexadecimal (Charikar 2002): differs in few bits between like texts. */
  simhash: string;
  /** Index keys: texts that share one are candidates (Broder 1997, MinHash with banding). */
  bands: string[];
};

/** Words in a row that make one shingle: three keep word order and survive edits better than five. */
const SHINGLE_WORDS = 3;
/**
 * 20 bands of 3 minima: two texts that share a fraction J of their shingles share a band with probability
 * 1 - (1 - J^3)^20, which is 0.94 at J = 0.5, 0.42 at 0.3 and 0.02 at 0.1.
 */
const BANDS = 20;
const ROWS = 3;
const BITS = 64;
/** What makes the second 32 bits of a shingle's hash out of the first. */
const SECOND_WORD = 0x5bd1e995;
/** Least words a text must have to be compared: shorter ones (`Photo: AFP`) repeat by chance. */
const MIN_WORDS = 12;
/**
 * Most differing bits of near-duplicates: a pair with half of its shingles in common has an angle of 48 degrees, 17 bits
 * of 64; unrelated texts differ in 32 with a standard deviation of 4.
 */
const MAX_DISTANCE = 17;
/** Least shared bands: one is often shared by texts out of one template (results of two contests), two need J near 0.5. */
const MIN_SHARED_BANDS = 2;

/** The fingerprint of a text; a text under 12 words has no bands and is nobody's near-duplicate. Takes tokens to share them. */
export function fingerprint(text: string | Tokens): Fingerprint {
  const shingles = shinglesOf(typeof text === 'string' ? tokenize(text) : text);
  return { simhash: simhash(shingles), bands: bands(shingles) };
}

/** Whether two texts are near-duplicates: they share two bands or more, and their simhashes differ in few bits. */
export function isNearDuplicate(a: Fingerprint, b: Fingerprint): boolean {
  let shared = 0;
  for (const band of a.bands) if (b.bands.includes(band)) shared++;
  return shared >= MIN_SHARED_BANDS && distance(a.simhash, b.simhash) <= MAX_DISTANCE;
}

/** In how many of 64 bits two simhashes differ. */
export function distance(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count;
}

/** Hashes of every three words in a row, folded; none for a text that is too short. */
function shinglesOf({ count, folds, kinds }: Tokens): Int32Array {
  const words = new Int32Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) if (kinds[i] !== TokenKind.symbol) words[length++] = folds[i] as number;
  if (length < MIN_WORDS) return new Int32Array(0);
  const shingles = new Int32Array(length - SHINGLE_WORDS + 1);
  for (let i = 0; i < shingles.length; i++) {
    let hash = words[i] as number;
    for (let k = 1; k < SHINGLE_WORDS; k++) hash = join(hash, words[i + k] as number);
    shingles[i] = hash;
  }
  return shingles;
}

/**
 * The majority of each bit over all shingles. Bits are counted by way of how often each value of each byte occurs, which
 * takes eight steps a shingle and not sixty-four.
 */
function simhash(shingles: Int32Array): string {
  const bytes = BITS / 8;
  const counts = new Int32Array(bytes * 256);
  for (const shingle of shingles) {
    const more = mix(shingle ^ SECOND_WORD);
    for (let byte = 0; byte < bytes; byte++) {
      const bits = byte < 4 ? shingle >>> (byte * 8) : more >>> ((byte - 4) * 8);
      const at = byte * 256 + (bits & 255);
      counts[at] = (counts[at] as number) + 1;
    }
  }
  const half = shingles.length / 2;
  let hex = '';
  for (let byte = 0; byte < bytes; byte++) {
    let value = 0;
    for (let bit = 0; bit < 8; bit++) {
      let set = 0;
      for (let code = 1 << bit; code < 256; code++) if ((code >> bit) & 1) set += counts[byte * 256 + code] as number;
      if (set > half) value |= 1 << bit;
    }
    hex += value.toString(16).padStart(2, '0');
  }
  return hex;
}

/** One hash function per minimum: the shingle's hash under another odd multiplier and offset. */
const MULTIPLIERS = Int32Array.from({ length: BANDS * ROWS }, (_, i) => mix(i * 2 + 1) | 1);
const OFFSETS = Int32Array.from({ length: BANDS * ROWS }, (_, i) => mix(i + 0x10001));

function bands(shingles: Int32Array): string[] {
  if (shingles.length === 0) return [];
  const minima = new Uint32Array(BANDS * ROWS).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let i = 0; i < minima.length; i++) {
      let hash = Math.imul(shingle, MULTIPLIERS[i] as number) + (OFFSETS[i] as number);
      hash = (hash ^ (hash >>> 15)) >>> 0;
      if (hash < (minima[i] as number)) minima[i] = hash;
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    let hash = band;
    for (let row = 0; row < ROWS; row++) hash = join(hash, (minima[band * ROWS + row] as number) | 0);
    return band.toString(36) + (hash >>> 0).toString(36).padStart(7, '0');
  });
}
