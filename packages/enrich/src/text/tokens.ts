/** Tokens: what a text is cut into, as arrays that every text step shares. */

/** What a token looks like. */
export const TokenKind = {
  symbol: 0,
  /** Digits only. */
  number: 1,
  lower: 2,
  /** First letter upper case, the rest lower. */
  title: 3,
  /** Two or more letters, all upper case. */
  upper: 4,
  /** One upper-case letter. */
  initial: 5,
  /** `iPhone`, `McDonald`. */
  mixed: 6,
  /** Letters and digits: `U23`. */
  alphanumeric: 7,
  /** Letters without case. */
  caseless: 8,
} as const;

/** What stands between a token and the one before it. */
export const Gap = { none: 0, space: 1, line: 2, paragraph: 3 } as const;

/** A text cut into tokens. All arrays have one value per token, valid up to `count`. */
export type Tokens = {
  /** The text as given. */
  text: string;
  /** Its NFC form; the same string where the text is NFC already. */
  nfc: string;
  count: number;
  /** Offsets in `text`, UTF-16 code units, end exclusive. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** The same in `nfc` (the same arrays where the text is NFC). */
  nfcStarts: Uint32Array;
  nfcEnds: Uint32Array;
  /** `TokenKind` of each token. */
  kinds: Uint8Array;
  /** `Gap` before each token. */
  gaps: Uint8Array;
  /** 1 where a sentence starts. */
  sentenceStarts: Uint8Array;
  /** Hashes of the NFC form, of its lower case, and of its folded form (`hashOf` of those strings). */
  words: Int32Array;
  lowers: Int32Array;
  folds: Int32Array;
};
