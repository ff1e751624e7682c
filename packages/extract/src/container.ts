/** Finds the box that holds most of a page's prose, by the weight its paragraphs hand up to parent and grandparent. */

import { HINT } from './hints.ts';
import type { Block, Box, Survey } from './survey.ts';

/** Shortest block that hands weight upwards, in characters (Readability's measure). */
const MIN_PARAGRAPH = 25;
/** More commas than this add no weight. */
const MAX_COMMAS = 6;
const BAD = HINT.comment | HINT.footer | HINT.nav | HINT.related | HINT.sidebar | HINT.consent | HINT.signup | HINT.ad;

/** The share of a box's characters that are link text. */
export function linkDensity(box: Box): number {
  return box.chars === 0 ? 0 : box.linkChars / box.chars;
}

/** Commas and their like in a text, at most `MAX_COMMAS`. */
function commasIn(text: string): number {
  let commas = 0;
  for (let at = 0; at < text.length && commas < MAX_COMMAS; at++) {
    const unit = text.charCodeAt(at);
    if (
      unit === 44 ||
      unit === 59 ||
      (unit > 0x600 && (unit === 0xff0c || unit === 0x3001 || unit === 0x3002 || unit === 0x60c))
    )
      commas++;
  }
  return commas;
}

/** What a block weighs as a paragraph. */
export function paragraphWeight(block: Block): number {
  if (block.text.length < MIN_PARAGRAPH) return 0;
  const own = block.text.length - 2 * block.linkChars;
  if (own <= 0) return 0;
  return 1 + commasIn(block.text) + Math.min(own / 100, 5);
}

/** Weights of all boxes by their index, and the heaviest. */
export type Containers = { weights: Float64Array; top: Box | null };

const WEIGHED = new WeakMap<Survey, Containers>();

/** Weighs the boxes of a page, once. */
export function weighContainers(survey: Survey): Containers {
  const known = WEIGHED.get(survey);
  if (known) return known;
  const made = weigh(survey);
  WEIGHED.set(survey, made);
  return made;
}

function weigh(survey: Survey): Containers {
  const weights = new Float64Array(survey.boxes.length);
  /** The boxes that have a weight, in the order in which they got it: of equal ones the first is the heaviest. */
  const weighed: Box[] = [];
  for (const block of survey.blocks) {
    let weight = paragraphWeight(block);
    if (weight === 0) continue;
    const { box } = block;
    if (box.hidden) weight *= 0.3;
    const direct = box.name !== 'div' && box.name !== 'section' && box.name !== 'td' && box.name !== 'article';
    let holder: Box | null = direct ? box.parent : box;
    let share = 1;
    for (let level = 0; holder && level < 4; level++) {
      const before = weights[holder.index] as number;
      if (before === 0) weighed.push(holder);
      weights[holder.index] = before + weight * share;
      share = level === 0 ? 0.5 : share / 2;
      holder = holder.parent;
    }
  }
  let top: Box | null = null;
  let most = 0;
  for (const box of weighed) {
    let weight = (weights[box.index] as number) * (1 - linkDensity(box));
    if ((box.own & BAD) !== 0 && (box.own & (HINT.content | HINT.main)) === 0) weight *= 0.5;
    else if ((box.hints & BAD) !== 0 && (box.hints & (HINT.content | HINT.main)) === 0) weight *= 0.7;
    if ((box.own & (HINT.content | HINT.main)) !== 0) weight *= 1.2;
    weights[box.index] = weight;
    if (weight > most) {
      most = weight;
      top = box;
    }
  }
  return { weights, top };
}

/** Whether a box stands inside another, or is it. */
export function isInside(box: Box, ancestor: Box | null): boolean {
  if (!ancestor) return false;
  for (let up: Box | null = box; up && up.depth >= ancestor.depth; up = up.parent) if (up === ancestor) return true;
  return false;
}
