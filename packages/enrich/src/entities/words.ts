/** A name as folded words, and whether two spellings of a Vietnamese name can be the same. */
import { fold } from '../text/index.ts';

/** Dots inside an abbreviation: `U.S.`, `V.I.`. */
const DOTTED_LETTERS = /(?<![\p{L}\p{N}])\p{L}\.(?:\p{L}\.)*(?:\p{L}(?![\p{L}\p{N}]))?/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a name, folded: no case, diacritics or punctuation; `U.S.` is one word, `d'Interpol` are two. */
export function nameWords(name: string): string[] {
  return exactWords(name).map((word) => fold(word));
}

/** The words of a name in lower-case NFC with their diacritics, in step with `nameWords`. */
export function exactWords(name: string): string[] {
  const plain = name.normalize('NFC').replace(DOTTED_LETTERS, (letters) => letters.replaceAll('.', ''));
  return (plain.match(WORD) ?? []).map((word) => tonePlace(word.toLowerCase()));
}

const TONES = '\u0300\u0301\u0303\u0309\u0323';
const OLD_TONE = new RegExp(`([ou])([${TONES}])([aey])`, 'gu');

/** One place for a tone mark that two spelling rules put differently: `hòa` and `hoà`, `thúy` and `thuý` become one. */
function tonePlace(word: string): string {
  return word
    .normalize('NFD')
    .replace(OLD_TONE, (_, first: string, tone: string, second: string) => first + second + tone)
    .normalize('NFC');
}

/**
 * Whether two words that fold alike can be one name: each letter pair is equal, or one of the two lacks the diacritics
 * the other has (`Trân` and `Trần`, `Dai` and `Đại`; not `Thanh` and `Thành` where `strict`, nor ever `Hùng` and `Hưng`).
 * `strict` asks for equal words, as between two words of texts that write diacritics.
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
  return (
    word
      .normalize('NFD')
      .replaceAll('đ', 'd\u0335')
      .match(/\P{M}\p{M}*/gu)
      ?.map((letter) => letter.slice(1)) ?? []
  );
}

function subset(small: string, large: string): boolean {
  for (const mark of small) if (!large.includes(mark)) return false;
  return true;
}
