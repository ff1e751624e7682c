/** Decides block by block what belongs to the article, and puts the kept blocks together as text. */
import { isInside, weighContainers } from './container.ts';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import type { Block } from './survey.ts';
import { keyOf } from './words.ts';

/** The verdict on every block of a page, in order. */
export type BodyChoice = { keep: boolean[]; scores: number[]; first: number; last: number };

/** Decides by hand-set rules. */
export function chooseByRules(facts: PageFacts, title: string | null): BodyChoice {
  const { blocks } = facts.survey;
  const { top } = weighContainers(facts.survey);
  const titleKey = keyOf(title ?? '');
  const bad =
    HINT.comment |
    HINT.related |
    HINT.share |
    HINT.signup |
    HINT.nav |
    HINT.caption |
    HINT.footer |
    HINT.byline |
    HINT.tag;
  const scores = blocks.map((block) => {
    if (!isInside(block.box, top) || block.linkChars * 2 > block.text.length) return 0;
    if (keyOf(block.text) === titleKey) return 0;
    let hints = 0;
    for (let up: typeof block.box | null = block.box; up && up !== top; up = up.parent) hints |= up.own;
    if ((hints & bad) !== 0 && block.text.length < 200) return 0.2;
    return block.text.length > 60 || /^(?:h[2-6]|li|blockquote|p)$/.test(block.box.name) ? 0.8 : 0.4;
  });
  return spanOf(scores, 0.5);
}

/** Turns scores into a choice. */
export function spanOf(scores: number[], threshold: number): BodyChoice {
  const keep = scores.map((score) => score >= threshold);
  return { keep, scores, first: keep.indexOf(true), last: keep.lastIndexOf(true) };
}

/** The text of the kept blocks: paragraphs apart by a blank line, list items and table cells of one row by less. */
export function renderBody(blocks: readonly Block[], keep: readonly boolean[]): string {
  let text = '';
  let before: Block | null = null;
  const seen = new Set<string>();
  for (const block of blocks) {
    if (!keep[block.index]) continue;
    if (block.text.length > 60) {
      // The same paragraph twice is a copy for another screen size.
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
