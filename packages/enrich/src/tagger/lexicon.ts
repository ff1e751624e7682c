/** What training learned about words from plain text: their cluster, and how often they are capitalised. */

/** Words by hash with a packed value: 12 bits of cluster (lower bits are coarser), then the capital bucket. */
export type Lexicon = {
  /** The packed value of a word by its lower-case hash; 0 where unknown. */
  of(lowerHash: number): number;
};

/** A lexicon over parallel arrays of word hashes and packed values. */
export function buildLexicon(hashes: Int32Array, values: Uint16Array): Lexicon {
  const bits = Math.max(4, Math.ceil(Math.log2(hashes.length * 2 + 2)));
  const mask = (1 << bits) - 1;
  const keys = new Int32Array(1 << bits);
  const packed = new Uint16Array(1 << bits);
  for (let i = 0; i < hashes.length; i++) {
    let slot = (hashes[i] as number) & mask;
    while (packed[slot] !== 0) slot = (slot + 1) & mask;
    keys[slot] = hashes[i] as number;
    packed[slot] = values[i] as number;
  }
  return {
    of(hash) {
      let slot = hash & mask;
      while (packed[slot] !== 0) {
        if (keys[slot] === hash) return packed[slot] as number;
        slot = (slot + 1) & mask;
      }
      return 0;
    },
  };
}

/** A lexicon that knows no word. */
export const EMPTY_LEXICON: Lexicon = { of: () => 0 };
