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

/** The text of the kept blocks: paragraphs apart by a blank line, items of one list by a line break, cells of a row by a bar. */
export function renderBody(blocks: readonly Block[], keep: readonly boolean[]): string {
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
      const isCell = /^t[dh]$/.test(block.box.name) && /^t[dh]$/.test(before.box.name);
      if (isCell && before.box.parent === block.box.parent) text += ' | ';
      else text += sameList || (isCell && before.box.parent?.parent === block.box.parent?.parent) ? '\n' : '\n\n';
    }
    text += block.text;
    before = block;
  }
  return text;
}
