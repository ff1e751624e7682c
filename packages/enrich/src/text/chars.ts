/** What each UTF-16 code unit is (letter, digit, mark, ...) and what it folds to, as tables filled once. */

/** Classes of code units. `0` in the table means "not looked at yet". */
export const CharClass = {
  space: 1,
  newline: 2,
  lower: 3,
  upper: 4,
  /** Letters without case: Han, Thai, Arabic. */
  letter: 5,
  digit: 6,
  /** Combining marks: part of the word they follow. */
  mark: 7,
  symbol: 8,
  highSurrogate: 9,
} as const;

const CODE_UNITS = 65_536;
const classes = new Uint8Array(CODE_UNITS);
const lowers = new Uint16Array(CODE_UNITS);
const bases = new Uint16Array(CODE_UNITS);

/** Letters whose folded form is longer than one code unit or is not reached by decomposition. */
const SPECIAL_FOLDS: Record<string, string> = {
  đ: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ĳ: 'ij',
  ŀ: 'l',
}; // prettier keeps this on few lines
const expansions = new Map<number, string>();

/** Punctuation that is read as its plain form: typographic quotes, dashes. */
const PLAIN_PUNCTUATION: Record<string, string> = {
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '‐': '-',
  '−': '-',
};

function classify(code: number): number {
  const character = String.fromCharCode(code);
  if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029 || code === 0x85) return CharClass.newline;
  if (/\s|[\u200B\uFEFF\u00AD\u2060\u200E\u200F]/.test(character)) return CharClass.space;
  if (code >= 0xd800 && code <= 0xdbff) return CharClass.highSurrogate;
  if (/\p{M}/u.test(character)) return CharClass.mark;
  if (/\p{Nd}/u.test(character)) return CharClass.digit;
  if (/\p{Lu}|\p{Lt}/u.test(character)) return CharClass.upper;
  if (/\p{Ll}/u.test(character)) return CharClass.lower;
  if (/\p{L}|\p{Nl}/u.test(character) && !/[ʼʹˈ]/.test(character)) return CharClass.letter;
  return CharClass.symbol;
}

function learn(code: number): number {
  const kind = classify(code);
  const character = String.fromCharCode(code);
  let lower = character.toLowerCase();
  if (lower.length !== 1) lower = character;
  lower = PLAIN_PUNCTUATION[lower] ?? lower;
  lowers[code] = lower.charCodeAt(0);
  const special = SPECIAL_FOLDS[lower];
  let base = special ?? lower.normalize('NFD').replace(/\p{M}+/gu, '');
  if (base.length === 1) base = SPECIAL_FOLDS[base] ?? base;
  if (base.length > 1) expansions.set(code, base);
  bases[code] = base.length === 0 ? 0 : base.charCodeAt(0);
  classes[code] = kind;
  return kind;
}

/** The class of a code unit, one of `CharClass`. */
export function classOf(code: number): number {
  return (classes[code] as number) || learn(code);
}

/** The lower-case form of a code unit; typographic punctuation becomes plain. */
export function lowerOf(code: number): number {
  if (classes[code] === 0) learn(code);
  return lowers[code] as number;
}

/** The base letter of a code unit in lower case, without diacritics; 0 for a combining mark. Longer forms: `expansionOf`. */
export function baseOf(code: number): number {
  if (classes[code] === 0) learn(code);
  return bases[code] as number;
}

/** The folded form of a code unit where it is longer than one letter (`œ` -> `oe`). */
export function expansionOf(code: number): string | undefined {
  return expansions.size === 0 ? undefined : expansions.get(code);
}

// The ranges news in Latin script uses are filled at load (under 10 ms); the rest when first seen.
for (let code = 0; code < 0x250; code++) learn(code);
for (let code = 0x300; code < 0x370; code++) learn(code);
for (let code = 0x1e00; code < 0x1f00; code++) learn(code);
for (let code = 0x2000; code < 0x2070; code++) learn(code);
