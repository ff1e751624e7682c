/** The features of the tagger as 32-bit hashes: those of a word by itself, and those of a token in its document. */
import { Gap, hashOf, join, mix, TokenKind, tokenText } from '../text/index.ts';
import type { Context } from './context.ts';
import { maskOf } from './gazetteer.ts';
import { isCapitalised } from './kinds.ts';

/** How many tokens to each side a word's own features reach. */
export const WINDOW = 3;
export const WINDOW_SIZE = 2 * WINDOW + 1;
/** At most this many features of each sort. */
export const MAX_TYPE_FEATURES = 96;
export const MAX_TOKEN_FEATURES = 160;

/** The feature number `template` with value `value`. */
function feature(template: number, value: number): number {
  return mix(Math.imul(template, 0x9e3779b1) ^ value);
}

const PLACEHOLDER_OUTSIDE_TEXT = hashOf('\0');
/** Affix lengths in letters. */
const MAX_AFFIX = 4;

/** Collapses a word to its pattern: `Xxx`, `XX-`, `dd`. Runs longer than two are cut to two. */
function shapeHash(word: string): number {
  let shape = '';
  for (const character of word.normalize('NFD')) {
    const next = /\p{M}/u.test(character)
      ? ''
      : /\p{Lu}/u.test(character)
        ? 'X'
        : /\p{Ll}/u.test(character)
          ? 'x'
          : /\p{N}/u.test(character)
            ? 'd'
            : 'o';
    if (!shape.endsWith(next + next)) shape += next;
  }
  return hashOf(shape);
}

/**
 * Fills `out` with the features the word at `index` gives the token `offset` places to its left (offset 0: to itself), and
 * returns how many; the first `lexical` of them (stored in `lexicalCount[0]`) name the word itself. They depend on the word,
 * its case and the language only, so the model adds their weights up once per word and keeps the sum.
 */
export function wordFeatures(
  context: Context,
  index: number,
  offset: number,
  out: Int32Array,
  lexicalCount: Int32Array,
): number {
  const { tokens, language } = context;
  const base = 100 * (offset + WINDOW + 1);
  let n = 0;
  if (index < 0) {
    out[n++] = feature(base, PLACEHOLDER_OUTSIDE_TEXT);
    lexicalCount[0] = 0;
    return n;
  }
  const kind = tokens.kinds[index] as number;
  const lower = context.lowers[index] as number;
  const folded = tokens.folds[index] as number;
  const near = offset >= -1 && offset <= 1;
  const languageSalt = Math.imul(language + 1, 0x85ebca6b);
  out[n++] = feature(base + 1, lower);
  out[n++] = feature(base + 2, folded);
  if (near) {
    out[n++] = feature(base + 3, join(lower, kind));
    out[n++] = feature(base + 4, join(lower, languageSalt));
  }
  lexicalCount[0] = n;
  const known = context.known[index] as number;
  if (known !== 0) {
    out[n++] = feature(base + 5, known & 0xfff);
    out[n++] = feature(base + 6, join(known & 0xfff, kind));
    out[n++] = feature(base + 7, join(known & 0xff, languageSalt));
    out[n++] = feature(base + 8, join(known & 0x1f, kind));
    if (near) out[n++] = feature(base + 9, join(known >>> 12, kind));
  } else if (kind !== TokenKind.symbol && kind !== TokenKind.number) out[n++] = feature(base + 10, kind);
  out[n++] = feature(base + 11, kind);
  out[n++] = feature(base + 12, join(kind, languageSalt));
  if (kind === TokenKind.symbol) return n;
  const text = tokenText(tokens, index);
  if (near) {
    out[n++] = feature(base + 13, shapeHash(text));
    const word = (kind === TokenKind.number ? text.replace(/\d/g, '0') : text).toLowerCase();
    for (let length = 1; length <= MAX_AFFIX && length < word.length; length++) {
      out[n++] = feature(base + 20 + length, hashOf(word.slice(0, length)));
      out[n++] = feature(base + 30 + length, hashOf(word.slice(-length)));
      if (offset === 0 && length >= 2) {
        out[n++] = feature(base + 40 + length, join(hashOf(word.slice(-length)), kind + languageSalt));
      }
    }
    if (offset === 0) {
      out[n++] = feature(base + 50, join(Math.min(word.length, 12), kind));
      if (word.length > 4) out[n++] = feature(base + 51, hashOf(word.slice(-5)));
    }
  } else if (text.length > 3) out[n++] = feature(base + 33, hashOf(text.slice(-3).toLowerCase()));
  return n;
}

const PLACE_NAMES = maskOf('country', 'place', 'place-vn', 'district-vn', 'region');
const ORG_NAMES = maskOf('org', 'company', 'media', 'team', 'party', 'band');
const SURNAME_VN = maskOf('surname-vn');
const GIVEN = maskOf('given');
const CLASS_COUNT = 26;

function bucket(n: number): number {
  return n < 6 ? n : n < 9 ? 6 : n < 13 ? 7 : 8;
}

/** Fills `out` with the features of the token at `index` that depend on its neighbours and document; returns how many. */
export function tokenFeatures(context: Context, index: number, out: Int32Array): number {
  const { tokens, matches, runStart, runEnd, headStart, language, lowers, known } = context;
  const { kinds, gaps, sentenceStarts, count } = tokens;
  const { begins, insides, ends, singles } = matches;
  const kind = kinds[index] as number;
  const languageSalt = Math.imul(language + 1, 0x85ebca6b);
  const left = index > 0 && (gaps[index] as number) < Gap.line;
  const right = index + 1 < count && (gaps[index + 1] as number) < Gap.line;
  const l0 = lowers[index] as number;
  const l1 = left ? (lowers[index - 1] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const r1 = right ? (lowers[index + 1] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const l2 = left && index > 1 ? (lowers[index - 2] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const r2 = right && index + 2 < count ? (lowers[index + 2] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const kindLeft = left ? (kinds[index - 1] as number) : 15;
  const kindRight = right ? (kinds[index + 1] as number) : 15;
  const kindLeft2 = left && index > 1 ? (kinds[index - 2] as number) : 15;
  const kindRight2 = right && index + 2 < count ? (kinds[index + 2] as number) : 15;
  const kinds3 = kind | (kindLeft << 4) | (kindRight << 8);
  const starts = sentenceStarts[index] as number;
  let n = 0;
  out[n++] = feature(1, join(l1, l0));
  out[n++] = feature(2, join(l0, r1));
  out[n++] = feature(3, (kinds3 << 1) | starts);
  out[n++] = feature(4, kinds3 | (kindLeft2 << 12) | (kindRight2 << 16));
  out[n++] = feature(5, join(l1, kind));
  out[n++] = feature(6, join(join(l2, l1), kind));
  out[n++] = feature(7, join(r1, kind));
  out[n++] = feature(8, join(join(r1, r2), kind));
  out[n++] = feature(9, join(kinds3, languageSalt));
  const c0 = (known[index] as number) & 0xff;
  const cl = left ? (known[index - 1] as number) & 0xff : 0;
  const cr = right ? (known[index + 1] as number) & 0xff : 0;
  out[n++] = feature(10, (c0 << 8) | cl | (kind << 20));
  out[n++] = feature(11, (c0 << 8) | cr | (kind << 20));
  out[n++] = feature(12, (cl << 8) | cr | (kind << 20));
  if (starts === 1) {
    out[n++] = feature(13, join(kind, (known[index] as number) >>> 12));
  }
  const enclosure = context.enclosure[index] as number;
  if (enclosure !== 0) {
    out[n++] = feature(15, enclosure | (kind << 4));
  }
  if (context.shouted[index] === 1) out[n++] = feature(17, 1);
  const begin = begins[index] as number;
  const inside = insides[index] as number;
  const end = ends[index] as number;
  const alone = singles[index] as number;
  const any = begin | inside | end | alone;
  if (any !== 0) {
    for (let c = 0; c < CLASS_COUNT; c++) {
      const bit = 1 << c;
      if ((any & bit) === 0) continue;
      const place = (begin & bit ? 1 : 0) | (inside & bit ? 2 : 0) | (end & bit ? 4 : 0) | (alone & bit ? 8 : 0);
      out[n++] = feature(21, (c << 12) | (place << 4) | kind);
      out[n++] = feature(22, join((c << 8) | place, l1));
    }
    out[n++] = feature(24, join(any, kind));
  }
  if (right) {
    const next = (begins[index + 1] as number) | (singles[index + 1] as number);
    const tail = (insides[index + 1] as number) | (ends[index + 1] as number);
    if ((next | tail) !== 0) out[n++] = feature(25, join(next, tail) + kind);
  }
  if (left) {
    const before = (ends[index - 1] as number) | (singles[index - 1] as number);
    if (before !== 0) {
      out[n++] = feature(26, join(before, kind));
    }
  }
  const head = headStart[index] as number;
  if (head >= 0) {
    const distance = bucket(index - head);
    const first = lowers[head] as number;
    const second = head + 1 < count ? (lowers[head + 1] as number) : 0;
    out[n++] = feature(30, join(first, (distance << 4) | kind));
    out[n++] = feature(31, join(join(first, l0), kind));
    out[n++] = feature(32, join(join(first, second), (distance << 4) | kind));
    out[n++] = feature(34, join(first, kinds3));
    if (alone & SURNAME_VN) out[n++] = feature(35, join(first, distance));
  }
  const start = runStart[index] as number;
  if (start < 0) {
    // A lower-case word between two runs may join them: `Bộ Giáo dục và Đào tạo`, `Bank of America`.
    if (left && right && isCapitalised(kindLeft) && isCapitalised(kindRight)) {
      out[n++] = feature(40, join(l0, join(l1, r1)));
      out[n++] = feature(41, join(l0, languageSalt));
      out[n++] = feature(42, join(l0, lowers[runStart[index - 1] as number] as number));
    }
    return n;
  }
  const stop = runEnd[index] as number;
  const length = Math.min(stop - start + 1, 7);
  const position = Math.min(index - start, 6);
  const beforeRun =
    start > 0 && (gaps[start] as number) < Gap.line ? (lowers[start - 1] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const afterRun =
    stop + 1 < count && (gaps[stop + 1] as number) < Gap.line ? (lowers[stop + 1] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const beforeRun2 =
    start > 1 && (gaps[start] as number) < Gap.line ? (lowers[start - 2] as number) : PLACEHOLDER_OUTSIDE_TEXT;
  const place = (length << 8) | (position << 4) | (index === stop ? 1 : 0);
  out[n++] = feature(50, place);
  out[n++] = feature(51, join(place, kinds3));
  out[n++] = feature(52, join(place, languageSalt + (sentenceStarts[start] as number)));
  out[n++] = feature(53, join(beforeRun, position));
  out[n++] = feature(55, join(afterRun, stop - index));
  out[n++] = feature(57, join(join(beforeRun2, beforeRun), position));
  out[n++] = feature(58, join(lowers[start] as number, place));
  out[n++] = feature(59, join(lowers[stop] as number, place));
  out[n++] = feature(60, join(join(beforeRun, afterRun), length));
  const knownBefore = beforeRun === PLACEHOLDER_OUTSIDE_TEXT ? 0 : (known[start - 1] as number) & 0xff;
  const knownAfter = afterRun === PLACEHOLDER_OUTSIDE_TEXT ? 0 : (known[stop + 1] as number) & 0xff;
  out[n++] = feature(61, (knownBefore << 12) | place);
  out[n++] = feature(63, (knownBefore << 20) | (knownAfter << 8) | length);
  const beforeMask = start > 0 ? (ends[start - 1] as number) | (singles[start - 1] as number) : 0;
  if (beforeMask !== 0) {
    out[n++] = feature(65, join(beforeMask, position));
  }
  // The nearest Vietnamese surname to the left in the run tells where a person's name starts.
  for (let j = index; j >= start && j > index - 5; j--) {
    if (((singles[j] as number) & SURNAME_VN) === 0) continue;
    out[n++] = feature(66, ((index - j) << 8) | ((j - start) << 4) | Math.min(stop - index, 4));
    out[n++] = feature(67, join(lowers[j] as number, index - j));
    break;
  }
  const first = (singles[start] as number) | (begins[start] as number);
  const last = (singles[stop] as number) | (ends[stop] as number);
  out[n++] = feature(68, join(first & (GIVEN | SURNAME_VN | PLACE_NAMES | ORG_NAMES), place));
  out[n++] = feature(69, join(last & (GIVEN | SURNAME_VN | PLACE_NAMES | ORG_NAMES), place));
  const memory = context.memory[index] as number;
  out[n++] = feature(70, join(memory, starts));
  for (let bit = 1; bit < 256; bit <<= 1) if (memory & bit) out[n++] = feature(71, (bit << 8) | length);
  if (memory & 1) out[n++] = feature(72, (starts << 8) | (length << 4) | kind);
  return n;
}
