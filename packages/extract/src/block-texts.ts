/** Measures the texts of a page's blocks once, for the rows of the blocks themselves and of their neighbours. */
import type { Block } from './survey.ts';
import { endsSentence, isWide, SPACES } from './words.ts';

/** Longest text, and most link characters, that a block adds to the window around it. */
const WINDOW_CHARS = 500;

/** Characters of a text's end among which its last mark is looked for. */
const ENDING_CHARS = 6;

/** What neighbours need to know of each block. */
export type BlockTexts = {
  /** Logarithms of the sizes, from two places before the first block (as of an empty text) to two behind the last. */
  logs: Float64Array;
  /** 1 for texts that end as sentences do. */
  ends: Uint8Array;
  /** Sums over the blocks before each of their sizes and link characters, each capped. */
  chars: Int32Array;
  linkChars: Int32Array;
  /** How many other blocks have the very same text. */
  repeats: Int32Array;
};

/** Places before the first block in `BlockTexts.logs`. */
export const LOG_MARGIN = 2;

/** Measures all blocks of a page. */
export function measureTexts(blocks: readonly Block[]): BlockTexts {
  const count = blocks.length;
  const texts: BlockTexts = {
    logs: new Float64Array(count + 2 * LOG_MARGIN),
    ends: new Uint8Array(count),
    chars: new Int32Array(count + 1),
    linkChars: new Int32Array(count + 1),
    repeats: countRepeats(blocks),
  };
  const { logs, ends, chars, linkChars } = texts;
  for (let at = 0; at < count; at++) {
    const block = blocks[at] as Block;
    const size = block.text.length;
    logs[at + LOG_MARGIN] = Math.log2(size + 1);
    ends[at] = endsSentence(block.text, ENDING_CHARS) ? 1 : 0;
    chars[at + 1] = (chars[at] as number) + Math.min(size, WINDOW_CHARS);
    linkChars[at + 1] = (linkChars[at] as number) + Math.min(block.linkChars, WINDOW_CHARS);
  }
  return texts;
}

/** Slots looked at for one text before it goes to a map: texts made alike would fill the table in one row. */
const MOST_PROBES = 32;

/** Counts blocks with the same text; only texts of one size with the same characters at three places are compared. */
function countRepeats(blocks: readonly Block[]): Int32Array {
  const count = blocks.length;
  let size = 16;
  while (size < count * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const firsts = new Int32Array(count);
  const found = new Int32Array(count);
  const crowded = new Map<string, number>();
  for (let at = 0; at < count; at++) {
    const { text } = blocks[at] as Block;
    const { length } = text;
    let hash = Math.imul(length ^ (text.charCodeAt(0) << 8) ^ (text.charCodeAt(length - 1) << 16), 0x9e3779b1);
    hash ^= Math.imul(text.charCodeAt(length >> 1), 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & (size - 1);
    let first = slots[slot] as number;
    let probes = 0;
    while (first >= 0 && probes < MOST_PROBES && (blocks[first] as Block).text !== text) {
      slot = (slot + 1) & (size - 1);
      first = slots[slot] as number;
      probes++;
    }
    if (probes === MOST_PROBES) {
      first = crowded.get(text) ?? -1;
      if (first < 0) crowded.set(text, at);
    } else if (first < 0) slots[slot] = at;
    if (first < 0) first = at;
    firsts[at] = first;
    found[first] = (found[first] as number) + 1;
  }
  return firsts.map((first) => (found[first] as number) - 1);
}

/** Characters of a text that are counted by kind. */
const COUNTED = 400;
/** Three counts in one number, ten bits each: digits, capitals, punctuation. */
const UPPER = 1 << 10;
const PUNCTUATION = 1 << 20;
const COUNTS = Int32Array.from({ length: 256 }, (_, code) =>
  code >= 48 && code <= 57
    ? 1
    : code >= 65 && code <= 90
      ? UPPER
      : code === 44 || code === 46 || code === 59
        ? PUNCTUATION
        : 0,
);
const isWidePunctuation = (code: number): boolean => code === 0x3002 || code === 0x3001 || code === 0xff0c;

/** What a text is made of: its words as `countWords` counts them, and kinds of characters among its first `counted`. */
export type TextCounts = { words: number; counted: number; digits: number; upper: number; punctuation: number };

/** Counts words and kinds of characters in one pass; the result holds until the next call. */
export function countText(text: string): TextCounts {
  const { length } = text;
  const counted = Math.min(length, COUNTED);
  let counts = 0;
  let words = 0;
  let wide = 0;
  let before = 1;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    let space = 0;
    if (unit < 256) {
      space = SPACES[unit] as number;
      if (at < counted) counts += COUNTS[unit] as number;
    } else if (unit >= 0x0e00) {
      if (isWide(unit)) wide++;
      if (at < counted && isWidePunctuation(unit)) counts += PUNCTUATION;
    }
    words += before & (space ^ 1);
    before = space;
  }
  COUNT.words = words + (wide >> 1);
  COUNT.counted = counted;
  COUNT.digits = counts & 1023;
  COUNT.upper = (counts >> 10) & 1023;
  COUNT.punctuation = counts >> 20;
  return COUNT;
}
const COUNT: TextCounts = { words: 0, counted: 0, digits: 0, upper: 0, punctuation: 0 };

/** The cases of the units met so far. */
const CASES = new Int8Array(65_536).fill(2);

/** 1 for an upper-case unit, -1 for a lower-case one, 0 for others. */
export function caseOf(unit: number): number {
  const known = CASES[unit] as number;
  if (known !== 2) return known;
  const text = String.fromCharCode(unit);
  const made = text !== text.toLowerCase() ? 1 : /\p{Ll}/u.test(text) ? -1 : 0;
  CASES[unit] = made;
  return made;
}
