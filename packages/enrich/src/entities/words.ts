/** A name as words, folded and exact, and whether two spellings of a Vietnamese name can be the same. */
import { fold } from '../text/index.ts';
import { remember } from './memo.ts';

/** One word of a name: without case and diacritics, and in lower-case NFC with them. */
export type Word = { folded: string; exact: string };

/** Dots inside an abbreviation: `U.S.`, `V.I.`. */
const DOTTED_LETTERS = /(?<![\p{L}\p{N}])\p{L}\.(?:\p{L}\.)*\p{L}?(?![\p{L}\p{N}])/gu;
/** The English possessive. */
const POSSESSIVE = /['’]s(?![\p{L}\p{N}])/giu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a name; `U.S.` is one word, `d'Interpol` are two; a possessive `'s` is left out. */
export const wordsOf: (name: string) => readonly Word[] = remember(readWords);

function readWords(name: string): Word[] {
  let plain = name.normalize('NFC');
  if (plain.includes('.')) plain = plain.replace(DOTTED_LETTERS, (letters) => letters.replaceAll('.', ''));
  if (plain.includes("'s") || plain.includes('’s')) plain = plain.replace(POSSESSIVE, '');
  return (plain.match(WORD) ?? []).map((word) => {
    const exact = tonePlace(word.toLowerCase());
    return { folded: fold(exact), exact };
  });
}

/** The folded words of a name. */
export const nameWords: (name: string) => readonly string[] = remember((name) =>
  wordsOf(name).map((word) => word.folded),
);

/** The folded words, joined. */
export function joined(words: readonly Word[], separator: string): string {
  return words.map((word) => word.folded).join(separator);
}

/** Whether a word is written with diacritics. */
export function isMarked({ folded, exact }: Word): boolean {
  return folded !== exact;
}

const TONES = '\u0300\u0301\u0303\u0309\u0323';
const OLD_TONE = new RegExp(`([ou])([${TONES}])([aey])`, 'gu');
const NEEDS_PLACE = /[òóõỏọùúũủụ][aey]/u;

/** One place for a tone mark that two spelling rules put differently: `hòa` and `hoà`, `thúy` and `thuý` become one. */
function tonePlace(word: string): string {
  if (!NEEDS_PLACE.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(OLD_TONE, (_, first: string, tone: string, second: string) => first + second + tone)
    .normalize('NFC');
}

/**
 * Whether two words that fold alike can be one name: each letter pair is equal, or one of the two lacks the diacritics
 * the other has (`Trân` and `Trần`, `Dai` and `Đại`, but never `Hùng` and `Hưng`). `strict` asks for equal words, as
 * between two words of texts that write diacritics: there `Thanh` is not `Thành`.
 */
export function sameSpelling(a: string, b: string, strict: boolean): boolean {
  if (a === b) return true;
  if (strict) return false;
  const left = marksByLetter(a);
  const right = marksByLetter(b);
  if (left.length !== right.length) return false;
  return left.every((marks, i) => {
    const other = right[i] as string;
    return subset(marks, other) || subset(other, marks);
  });
}

function marksByLetter(word: string): string[] {
  const letters =
    word
      .normalize('NFD')
      .replaceAll('đ', 'd\u0335')
      .match(/\P{M}\p{M}*/gu) ?? [];
  return letters.map((letter) => letter.slice(1));
}

function subset(small: string, large: string): boolean {
  for (const mark of small) if (!large.includes(mark)) return false;
  return true;
}
