/** What every UTF-16 unit is (letter, digit, stable under NFKC) and its lower case, looked up in tables that fill as scripts are met. */

/** A letter or a combining mark, a letter, a decimal or other number, changed or composed by NFKC. */
export const IS = { word: 1, letter: 2, number: 4, unstable: 8, digit: 16, upper: 32, known: 128 } as const;

const KINDS = new Uint8Array(65_536);
const LOWER = new Uint16Array(65_536);
/** Units worked out at once: a script's neighbours will be met too. */
const CHUNK = 256;

function fill(unit: number): void {
  const start = unit - (unit % CHUNK);
  for (let code = start; code < start + CHUNK; code++) {
    const text = String.fromCharCode(code);
    let kind: number = IS.known;
    if (/\p{L}/u.test(text)) kind |= IS.letter | IS.word;
    else if (/\p{M}/u.test(text)) kind |= IS.word | IS.unstable;
    else if (/\p{N}/u.test(text)) kind |= IS.number;
    if (code >= 48 && code <= 57) kind |= IS.digit;
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    const lower = text.toLowerCase();
    if (isSurrogate || text.normalize('NFKC') !== text || lower.length !== 1 || lower.normalize('NFKC') !== lower)
      kind |= IS.unstable;
    if (lower !== text) kind |= IS.upper;
    KINDS[code] = kind;
    LOWER[code] = lower.length === 1 ? lower.charCodeAt(0) : code;
  }
}
fill(0);

/** The kind of a unit, as bits of `IS`. Halves of surrogate pairs are no letters, and unstable. */
export function kindOf(unit: number): number {
  const kind = KINDS[unit] as number;
  if (kind !== 0) return kind;
  fill(unit);
  return KINDS[unit] as number;
}

/** The lower case of a unit whose kind was asked for before. */
export function lowerOf(unit: number): number {
  return LOWER[unit] as number;
}

/** The lower case of a unit in the low 16 bits, its kind above them: one look for what hashes words. */
const FOLDS = new Int32Array(65_536);

/** A unit's lower case with its kind, `IS` bits, above the 16 bits that it takes. */
export function foldOf(unit: number): number {
  const fold = FOLDS[unit] as number;
  if (fold !== 0) return fold;
  const made = (kindOf(unit) << 16) | lowerOf(unit);
  FOLDS[unit] = made;
  return made;
}

/** Start value and factor of the hash of words (FNV-1a over UTF-16 units). */
export const HASH_START = 0x811c9dc5 | 0;
export const HASH_FACTOR = 16777619;

/** The hash of a word. */
export function hashOf(word: string): number {
  let hash = HASH_START;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), HASH_FACTOR);
  return hash;
}
