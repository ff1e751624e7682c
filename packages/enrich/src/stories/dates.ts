/** Days a text speaks of, and how far apart documents lie in time. */
import type { LinkedMention } from '@newsloom/model';

const DAY_MS = 86_400_000;

/** A span of days since 1970-01-01, both ends inclusive; -Infinity where only the end is known. */
export type Days = { first: number; last: number };

/** The days an ISO 8601 date covers (`2024-04` is all of April), or null where it is no date. */
export function daysOf(iso: string | null | undefined): Days | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso ?? '');
  if (!parts) return null;
  const year = Number(parts[1]);
  const month = parts[2] === undefined ? null : Number(parts[2]) - 1;
  const day = parts[3] === undefined ? null : Number(parts[3]);
  const first = Date.UTC(year, month ?? 0, day ?? 1) / DAY_MS;
  const last =
    day !== null ? first : Date.UTC(month === null ? year + 1 : year, month === null ? 0 : month + 1, 0) / DAY_MS;
  return Number.isNaN(first) ? null : { first, last };
}

/** Days between two spans; 0 where they overlap. */
export function gapDays(a: Days, b: Days): number {
  return Math.max(0, a.first - b.last, b.first - a.last);
}

/** Keys of the days named in a text: `d:2015-04-13`, or `d:04-13` where the year is not known. */
export function dayKeys(mentions: readonly LinkedMention[]): string[] {
  const keys = new Set<string>();
  for (const { type, value } of mentions) {
    if (type !== 'DATE' || value === undefined) continue;
    for (const [, year, monthDay] of value.matchAll(/(\d{4}|-)-(\d{2}-\d{2})(?!\d)/g)) {
      keys.add(year === '-' ? `d:${monthDay}` : `d:${year}-${monthDay}`);
    }
  }
  return [...keys];
}

/** Whether two day keys can be the same day: equal month and day, and equal years where both are known. */
export function sameDay(a: string, b: string): boolean {
  return a.slice(-5) === b.slice(-5) && (a.length < 12 || b.length < 12 || a === b);
}

/** Days of a year without leap day; the distance between two days of unknown years goes around its end. */
const YEAR_DAYS = 365;

/**
 * Fewest days between any day of `a` and any of `b`, both day keys or ISO dates; by month and day where a year is not
 * known; null where one side names no day.
 */
export function nearestDays(a: readonly string[], b: readonly string[]): number | null {
  let nearest: number | null = null;
  for (const left of a) {
    for (const right of b) {
      const distance = dayDistance(left, right);
      if (distance !== null && (nearest === null || distance < nearest)) nearest = distance;
    }
  }
  return nearest;
}

function dayDistance(a: string, b: string): number | null {
  const left = /(?:(\d{4})-)?(\d{2}-\d{2})$/.exec(a.slice(0, 12));
  const right = /(?:(\d{4})-)?(\d{2}-\d{2})$/.exec(b.slice(0, 12));
  if (!left || !right) return null;
  const yearsKnown = left[1] !== undefined && right[1] !== undefined;
  // Any year without a leap day does where one is unknown.
  const first = daysOf(`${yearsKnown ? left[1] : 2023}-${left[2]}`);
  const second = daysOf(`${yearsKnown ? right[1] : 2023}-${right[2]}`);
  if (!first || !second) return null;
  const apart = gapDays(first, second);
  return yearsKnown ? apart : Math.min(apart, YEAR_DAYS - apart);
}
