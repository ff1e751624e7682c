/** When to come back to an article: fast while it is fresh, since that is when it is corrected, and then no more. */
import type { VisitBounds } from './revisit-list.ts';
import { clamp, DAY, HOUR, MINUTE, type Milliseconds } from './time.ts';

/**
 * Ages at which an article is looked at again. Most corrections come within the first day, nearly all within a week;
 * six visits see them, and an article found when it is old costs none.
 */
export const ARTICLE_AGES: readonly Milliseconds[] = [15 * MINUTE, 1 * HOUR, 6 * HOUR, 1 * DAY, 3 * DAY, 7 * DAY];
/** After a change the first look is left out: who has just changed an article has looked at it. */
const AGES_AFTER_CHANGE = ARTICLE_AGES.slice(1);
/** Two visits are not closer than this, whatever the ages say. */
const LEAST_GAP_MS = 10 * MINUTE;
/** The first look after a change waits for this share of the article's age then, within an hour and a day. */
const CHANGE_AGE_SHARE = 0.1;

const SEED_AGAIN_MS = 30 * DAY;

/** An article at the end of a visit; moments are epoch milliseconds. */
export type ArticleHistory = {
  /** When it was published, as near as known. */
  articleAtMs: number;
  /** When its last change was seen; null: never changed. */
  revisedAtMs: number | null;
  nowMs: number;
  /** Somebody asked for this very page: it is looked at once a month at least. */
  isSeed?: boolean;
  bounds?: VisitBounds;
};

/** The wait before the next look at an article, or `never`. */
export function articleWait(it: ArticleHistory): Milliseconds | 'never' {
  const { articleAtMs, revisedAtMs, nowMs, bounds } = it;
  const last = it.isSeed ? SEED_AGAIN_MS : 'never';
  if (bounds?.articles === 'once') return last;
  const least = Math.max(LEAST_GAP_MS, bounds?.floorMs ?? 0);
  const looks = ARTICLE_AGES.map((age) => articleAtMs + age);
  if (revisedAtMs !== null) {
    const light = clamp((revisedAtMs - articleAtMs) * CHANGE_AGE_SHARE, 1 * HOUR, 1 * DAY);
    looks.push(revisedAtMs + light, ...AGES_AFTER_CHANGE.filter((age) => age > light).map((age) => revisedAtMs + age));
  }
  const next = looks.filter((at) => at - nowMs >= least).sort((a, b) => a - b)[0];
  return next === undefined ? last : next - nowMs;
}

/** Length of the period that a partial date names, by how many characters of ISO 8601 it has. */
const PERIODS: readonly [chars: number, end: (year: number, month: number, day: number) => number][] = [
  [4, (year) => Date.UTC(year + 1, 0, 1)],
  [7, (year, month) => Date.UTC(year, month, 1)],
  [10, (year, month, day) => Date.UTC(year, month - 1, day + 1)],
];

/**
 * When an article was published, as near as its date says: the end of the day, month or year where that is all it says,
 * since a page of today must not seem to be as old as this morning; and never after it was found.
 * @param date ISO 8601, as exact as known; null: unknown
 * @param foundAtMs when it was first seen, in epoch milliseconds
 */
export function articleMoment(date: string | null, foundAtMs: number): number {
  if (date === null) return foundAtMs;
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number);
  const period = PERIODS.find(([chars]) => chars === date.length);
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(date) ? date : `${date}Z`;
  const at = period ? period[1](year, month, day) : Date.parse(zoned);
  return Number.isNaN(at) ? foundAtMs : Math.min(at, foundAtMs);
}
