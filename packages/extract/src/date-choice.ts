/** Chooses the publication and the modification date among a page's candidates. */
import type { FieldOrigin, PageDate } from '@newsloom/model';
import type { DateCandidate } from './date-candidates.ts';

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
