/** Describes boxes in numbers: hint levels, class-word scores, what they stand in. */
import { hashOf } from './characters.ts';
import { HINT_NAMES } from './hints.ts';
import type { Lexicon } from './lexicon.ts';
import type { Box } from './survey.ts';
import { TAG_NAMES, tagNumber } from './tags.ts';

/** What stands for "no ancestor has this hint" in the level features. */
const FAR = 40;
/** Brings each of four bytes that is above `FAR` to 128 or more. */
const OVER_FAR = (127 - FAR) * 0x01010101;
/** Hint levels kept for each box; a multiple of four. */
export const LEVELS = HINT_NAMES.length;

/** Word scores of class names and tags, ready for lookup. */
export type ClassLexicon = ReadonlyMap<number, number>;

/** Prepares a stored lexicon of class names. */
export function prepareClasses(lexicon: Lexicon): ClassLexicon {
  return new Map(Object.entries(lexicon).map(([word, score]) => [hashOf(word), score]));
}

/** The numbers of all boxes of a page, by their index. */
export type BoxNumbers = {
  /** `LEVELS` numbers a box: levels up to the nearest ancestor with each hint. */
  levels: Uint8Array;
  own: Float64Array;
  least: Float64Array;
  most: Float64Array;
  sum: Float64Array;
  /** What a box stands in: bits of `INSIDE`. */
  inside: Uint8Array;
  /** Levels up to the first box that holds the heaviest one. */
  climb: Uint16Array;
};

/** What a box stands in. */
export const INSIDE = { li: 1, table: 2, figure: 4, article: 8, top: 16 } as const;
const INSIDE_OF = new Uint8Array(TAG_NAMES.length);
for (const name of ['li', 'table', 'figure', 'article'] as const) INSIDE_OF[tagNumber(name)] = INSIDE[name];

/** Computes the numbers of all boxes in one pass: parents come before their children. `top` is the heaviest box. */
export function readBoxes(boxes: readonly Box[], lexicon: ClassLexicon, top: Box | null): BoxNumbers {
  const count = boxes.length;
  const numbers: BoxNumbers = {
    levels: new Uint8Array(count * LEVELS),
    own: new Float64Array(count),
    least: new Float64Array(count),
    most: new Float64Array(count),
    sum: new Float64Array(count),
    inside: new Uint8Array(count),
    climb: new Uint16Array(count),
  };
  const { levels, own, least, most, sum, inside, climb } = numbers;
  const fours = new Int32Array(levels.buffer);
  const aboveTop = new Uint8Array(count);
  for (let up = top?.parent ?? null; up; up = up.parent) aboveTop[up.index] = 1;
  /** Sums of word scores and how many words are known, by the number of the class words; scores of tags by theirs. */
  const sums: number[] = [];
  const knowns: number[] = [];
  const tags: (number | null)[] = [];
  for (let at = 0; at < count; at++) {
    const box = boxes[at] as Box;
    const above = box.parent ? box.parent.index : -1;
    const offset = at * LEVELS;
    const from = above * LEVELS;
    if (above < 0) levels.fill(FAR, offset, offset + LEVELS);
    else
      for (let word = 0; word < LEVELS / 4; word++) {
        // Four levels at once: one more each, and those beyond the cap back to it.
        const next = (fours[from / 4 + word] as number) + 0x01010101;
        fours[offset / 4 + word] = next - (((next + OVER_FAR) & 0x80808080) >>> 7);
      }
    for (let bits = box.own; bits !== 0; bits &= bits - 1) levels[offset + 31 - Math.clz32(bits & -bits)] = 0;
    let score = 0;
    if (above >= 0) {
      const { wordsAt, tag } = box;
      if (knowns[wordsAt] === undefined) {
        let all = 0;
        let some = 0;
        for (const word of box.words) {
          const one = lexicon.get(word);
          if (one === undefined) continue;
          all += one;
          some++;
        }
        sums[wordsAt] = all;
        knowns[wordsAt] = some;
      }
      let tagScore = tags[tag];
      if (tagScore === undefined) {
        tagScore = lexicon.get(hashOf(`<${box.name}>`)) ?? null;
        tags[tag] = tagScore;
      }
      const known = (knowns[wordsAt] as number) + (tagScore === null ? 0 : 1);
      score = (tagScore ?? 0) + (sums[wordsAt] as number);
      if (known > 1) score /= Math.sqrt(known);
    }
    own[at] = score;
    least[at] = Math.min(score, above < 0 ? 0 : (least[above] as number));
    most[at] = Math.max(score, above < 0 ? 0 : (most[above] as number));
    sum[at] = score + 0.8 * (above < 0 ? 0 : (sum[above] as number));
    inside[at] =
      (above < 0 ? 0 : (inside[above] as number)) |
      (box.tag < 0 ? 0 : (INSIDE_OF[box.tag] ?? 0)) |
      (box === top ? INSIDE.top : 0);
    climb[at] = !top || above < 0 || aboveTop[at] === 1 || box === top ? 0 : (climb[above] as number) + 1;
  }
  return numbers;
}
