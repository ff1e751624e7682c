/** Gathers a page's possible titles by their text, and picks the form in which a chosen one is given. */

import { keyOf } from '../words.ts';
import type { TitleCandidate } from './title.ts';

/** One text that may be the title, with all candidates that have it. */
export type TitleText = { text: string; key: string; members: TitleCandidate[] };

/** The candidates of a page by their text, in the order in which the texts came. */
export function titleTexts(all: readonly TitleCandidate[]): TitleText[] {
  const texts = new Map<string, TitleText>();
  for (const one of all) {
    const known = texts.get(one.text);
    if (known) known.members.push(one);
    else texts.set(one.text, { text: one.text, key: keyOf(one.text), members: [one] });
  }
  return [...texts.values()];
}

/** A text with straight apostrophes, and full stops for an ellipsis. */
const asTyped = (text: string): string => text.replace(/(?<=\p{L})’(?=\p{L})/gu, "'").replaceAll('…', '...');

/** How many kinds of places other than headings have a text. */
const originsBehind = (one: TitleText): number =>
  new Set(one.members.filter((member) => member.from !== 'heading').map((member) => member.from)).size;

/** At least so many origins must agree in a form that no heading has. */
const AGREEING = 2;

/**
 * The form in which a chosen title is given where a page has its letters in several: as a heading shows it, unless that
 * shouts. Templates curl the apostrophes of headings; where a heading alone has them curled, and two other origins have
 * them straight, that is what was written.
 *
 * @returns the index of the text to give.
 */
export function writtenForm(texts: readonly TitleText[], best: number): number {
  const pick = texts[best];
  if (!pick) return best;
  const others = texts.filter((one) => one !== pick && one.key === pick.key);
  if (others.length === 0) return best;
  if (pick.members.some((one) => one.from === 'heading')) {
    if (originsBehind(pick) > 0) return best;
    const typed = asTyped(pick.text);
    const written = others.find((one) => one.text === typed && originsBehind(one) >= AGREEING);
    return written ? texts.indexOf(written) : best;
  }
  const shown = others.find(
    (one) => one.members.some((member) => member.from === 'heading') && one.text !== one.text.toUpperCase(),
  );
  if (!shown || (asTyped(shown.text) === pick.text && originsBehind(pick) >= AGREEING)) return best;
  return texts.indexOf(shown);
}
