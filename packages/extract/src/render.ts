/** Puts the kept blocks of a page together as text. */
import type { Block } from './survey.ts';

/** The verdict on every block of a page, in order; -1 where no block is kept. */
export type BodyChoice = { keep: boolean[]; scores: number[]; first: number; last: number };

/** Turns scores into a choice. */
export function spanOf(scores: number[], threshold: number): BodyChoice {
  const keep = scores.map((score) => score >= threshold);
  return { keep, scores, first: keep.indexOf(true), last: keep.lastIndexOf(true) };
}

/** Longer texts than this that appear twice are one paragraph and its copy for another screen size, in characters. */
const COPY_CHARS = 60;

/** A kept block with where its text stands in the body. */
export type PlacedBlock = { block: Block; start: number; end: number };

const isCell = (block: Block): boolean => block.box.name === 'td' || block.box.name === 'th';

/** The text of the kept blocks: paragraphs apart by a blank line, items of one list by a line break, cells of a row by a bar. */
export function renderBody(blocks: readonly Block[], keep: readonly boolean[]): string {
  return placeBody(blocks, keep).text;
}

/**
 * The same text, and where each block stands in it.
 *
 * @param texts what stands in for the text of some blocks, by their index
 */
export function placeBody(
  blocks: readonly Block[],
  keep: readonly boolean[],
  texts?: ReadonlyMap<number, string>,
): { text: string; placed: PlacedBlock[] } {
  const placed: PlacedBlock[] = [];
  let text = '';
  let before: Block | null = null;
  const seen = new Set<string>();
  for (const block of blocks) {
    if (!keep[block.index]) continue;
    if (block.text.length > COPY_CHARS) {
      if (seen.has(block.text)) continue;
      seen.add(block.text);
    }
    if (before) {
      const sameList = before.box.name === 'li' && block.box.name === 'li' && before.box.parent === block.box.parent;
      const areCells = isCell(block) && isCell(before);
      if (areCells && before.box.parent === block.box.parent) text += ' | ';
      else text += sameList || (areCells && before.box.parent?.parent === block.box.parent?.parent) ? '\n' : '\n\n';
    }
    const start = text.length;
    text += texts?.get(block.index) ?? block.text;
    placed.push({ block, start, end: text.length });
    before = block;
  }
  return { text, placed };
}
