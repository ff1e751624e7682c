/** Chooses the publication and the modification date among a page's candidates. */
import type { FieldOrigin, PageDate } from '@newsloom/model';
import type { DateCandidate } from './date-candidates.ts';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';

/** A chosen date with where it came from. */
export type ChosenDate = { date: PageDate; origin: FieldOrigin };

const FROM_POINTS: Record<string, number> = {
  'json-ld': 10,
  opengraph: 9.5,
  microdata: 8.5,
  meta: 8,
  time: 6.5,
  visible: 4,
  url: 6,
  feed: 7,
  state: 3,
};

/** Points by hand-set rules of one candidate, given where title and body stand. */
export function datePoints(
  one: DateCandidate,
  titleBlock: number,
  bodyBlocks: { first: number; last: number },
): number {
  let points = FROM_POINTS[one.from] ?? 3;
  if (one.kind === 'published') points += 1.5;
  if (one.kind === 'modified') points -= 4;
  if (one.block >= 0) {
    if (titleBlock >= 0) {
      const distance = one.block - titleBlock;
      if (distance >= -3 && distance <= 8) points += 1.5;
      else if (distance < 0) points -= 0.5;
    }
    if (bodyBlocks.last >= 0) {
      if (one.block > bodyBlocks.last + 6) points -= 2.5;
      if (one.block > bodyBlocks.first + 2 && one.block < bodyBlocks.last) points -= 2;
    }
    if ((one.hints & HINT.date) !== 0 && one.from === 'visible') points += 1;
    if ((one.hints & (HINT.related | HINT.sidebar | HINT.comment | HINT.footer | HINT.card)) !== 0) points -= 2;
    if (one.from === 'visible') points -= Math.min(2, one.textLength / 150);
  }
  if (one.at.includes(' of ')) points -= 3;
  if (one.relative) points -= 1;
  if (one.hasTime && one.from === 'visible') points += 0.5;
  if (/©|copyright/iu.test(one.label)) points -= 5;
  return points;
}

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

/** Where a page's title and body stand, for judging other candidates by distance. */
export type Landmarks = { titleBlock: number; body: { first: number; last: number } };

export type { PageFacts };
