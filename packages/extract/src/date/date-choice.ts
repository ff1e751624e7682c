/** Chooses the publication and the modification date among a page's candidates. */
import type { FieldOrigin, PageDate } from '@newsloom/model';
import type { DateCandidate } from './date-candidates.ts';
import type { Landmarks } from './date-rank.ts';

/** A chosen date with where it came from. */
export type ChosenDate = { date: PageDate; origin: FieldOrigin };

/**
 * Chooses dates. A value given by several statements of the same day is as exact as the most exact of them.
 *
 * @param points the candidates' scores, in their order.
 */
export function chooseDates(
  candidates: readonly DateCandidate[],
  points: readonly number[],
  minimum: number,
): { published: ChosenDate | null; modified: ChosenDate | null } {
  const order = candidates.map((_, at) => at).sort((a, b) => (points[b] as number) - (points[a] as number) || a - b);
  const best = order[0];
  const published = best === undefined || (points[best] as number) < minimum ? null : chosen(candidates, order, best);
  const modifiedAt = order.find((at) => candidates[at]?.kind === 'modified');
  const modified =
    modifiedAt === undefined
      ? null
      : chosen(
          candidates,
          order.filter((at) => candidates[at]?.kind === 'modified'),
          modifiedAt,
        );
  return {
    published,
    modified: modified && published && modified.date.value < published.date.value.slice(0, 10) ? null : modified,
  };
}

const exactness = (one: DateCandidate): number => one.value.length + (/(?:Z|[+-]\d\d:\d\d)$/.test(one.value) ? 5 : 0);

function chosen(candidates: readonly DateCandidate[], order: readonly number[], best: number): ChosenDate {
  let pick = candidates[best] as DateCandidate;
  const day = pick.value.slice(0, 10);
  for (const at of order) {
    const other = candidates[at] as DateCandidate;
    if (
      !pick.hasTime &&
      other.hasTime &&
      other.kind === pick.kind &&
      other.value.slice(0, 10) === day &&
      exactness(other) > exactness(pick)
    )
      pick = other;
  }
  const over: { from: string; value: string }[] = [];
  for (const at of order) {
    const other = candidates[at] as DateCandidate;
    if (other.value.slice(0, 10) !== day && !over.some((one) => one.value.slice(0, 10) === other.value.slice(0, 10)))
      over.push({ from: other.from, value: other.value });
    if (over.length === 5) break;
  }
  const origin: FieldOrigin = { from: pick.from === 'state' ? 'text' : pick.from, at: pick.at.slice(0, 200) };
  if (over.length > 0) origin.over = over;
  return { date: { value: pick.value, precision: pick.precision }, origin };
}

/** Above this share of link text a visible date stands beside a linked headline, and is that article's. */
const HEADLINE_LINKS = 0.5;
/** The least probability of a date in a line of its own between title and text. */
const DATELINE_PROBABILITY = 0.3;
/** A headline is longer than this, in characters; less is a dateline that links to the page itself. */
const HEADLINE_CHARS = 25;
/** What such a date's probability is multiplied by. */
const HEADLINE_FACTOR = 0.1;
/** How many blocks below the title a dateline may stand. */
const DATELINE_REACH = 6;
/** Longest dateline, in characters. */
const DATELINE_CHARS = 90;

/** Whether a date stands in a short line between title and text. */
function isBelowTitle(one: DateCandidate, marks: Landmarks): boolean {
  const below = one.block - marks.titleBlock;
  return (
    marks.titleBlock >= 0 &&
    marks.first >= 0 &&
    below > 0 &&
    below <= DATELINE_REACH &&
    one.block <= marks.first + 1 &&
    one.textLength <= DATELINE_CHARS
  );
}

/**
 * What two rules make of a candidate's probability: a date beside a linked headline is that article's, unless it stands
 * between title and text, where authors are linked; and a date line there is never passed over for one in a list.
 *
 * @param p probability of the trees.
 */
export function dateProbability(p: number, one: DateCandidate, marks: Landmarks): number {
  if (one.from !== 'visible') return p;
  const isBelow = isBelowTitle(one, marks);
  if (one.linkShare > HEADLINE_LINKS && !isBelow && one.textLength - one.at.length > HEADLINE_CHARS)
    return p * HEADLINE_FACTOR;
  return isBelow && one.kind !== 'modified' && one.linkShare < HEADLINE_LINKS ? Math.max(p, DATELINE_PROBABILITY) : p;
}
