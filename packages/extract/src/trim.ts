/** Takes off the kept blocks what never belongs to a body: the headline, bylines and datelines at its edges, captions. */
import { findDates } from './date/date-text.ts';
import { BYLINE_LINE, endsInCredit, FURNITURE_LINE, isCredit, RELATED_LINE } from './labels.ts';
import type { Block } from './survey.ts';
import { keyOf } from './words.ts';

/** Shortest block that counts as the body's own prose, in characters. */
const PROSE = 100;
/** Longest byline, dateline or label, in characters. */
const LABEL = 110;
/** Longest caption with its credit, in characters. */
const CAPTION = 260;
/** Letters a dateline may have beside its date: a weekday, a place, "published on". */
const DATE_LETTERS = 26;

/** Whether a short text is a date with little else. */
function isDateline(text: string): boolean {
  if (text.length > 90 || !/\d/.test(text)) return false;
  const dates = findDates(text, { lang: null });
  if (dates.length === 0) return false;
  let rest = text;
  for (const date of dates.reverse()) rest = rest.slice(0, date.start) + rest.slice(date.end);
  return rest.replace(/[^\p{L}]/gu, '').length <= DATE_LETTERS;
}

/**
 * Clears the keep marks of blocks that are no body text wherever they stand in it.
 *
 * @param keep marks by block; changed in place.
 * @param title the page's title, and `authors` its authors' names where they are known.
 */
export function trimEdges(blocks: readonly Block[], keep: boolean[], title: string | null): void {
  const isProse = (block: Block): boolean =>
    keep[block.index] === true && block.text.length >= PROSE && block.linkChars * 2 < block.text.length;
  const first = blocks.findIndex(isProse);
  let last = -1;
  for (const block of blocks) if (isProse(block)) last = block.index;
  if (first < 0) return;
  const titleKey = keyOf(title ?? '');
  for (const block of blocks) {
    const at = block.index;
    if (!keep[at]) continue;
    const { text } = block;
    if (block.box.name === 'figcaption' || block.box.parent?.name === 'figcaption') keep[at] = false;
    else if (at <= first && text.length < 400 && titleKey !== '' && keyOf(text) === titleKey) keep[at] = false;
    else if (
      (at < first || at > last) &&
      text.length <= LABEL &&
      (BYLINE_LINE.test(text) || isDateline(text) || FURNITURE_LINE.test(text))
    )
      keep[at] = false;
    else if (text.length <= LABEL && block.links > 0 && RELATED_LINE.test(text)) keep[at] = false;
    else if (text.length <= CAPTION && (isCredit(text) || endsInCredit(text))) keep[at] = false;
  }
}
