/** When to come back to a URL, or never. */
import type { UrlKind, Verdict } from '@newsloom/model';
import { clamp, DAY, HOUR, MINUTE, type Milliseconds } from './time.ts';

/** What a URL's visits have shown so far; the visit being judged is counted in. */
export type History = {
  kind: UrlKind;
  /** The interval that led to this visit; 0 before the second one. */
  intervalMs: Milliseconds;
  /** Visits in a row that failed, this one included. */
  failures: number;
  /** The interval a seed's owner asked for; null: adaptive. */
  everyMs?: Milliseconds | null;
  /** How old the article was at this visit, from its date or the day it was found; null where unknown. */
  ageMs?: Milliseconds | null;
  /** Hint of the publisher: `changefreq`, `ttl`, Cache-Control; never trusted below the floor. */
  hintMs?: Milliseconds | null;
  /** The note beside the verdict: what robots.txt forbids today it may allow next week. */
  note?: string | null;
};

/** Bounds and first guess of the interval. Feeds and fronts change all day; an article is corrected in its first hours. */
const BOUNDS: Record<UrlKind, { first: Milliseconds; floor: Milliseconds; ceiling: Milliseconds }> = {
  feed: { first: 30 * MINUTE, floor: 5 * MINUTE, ceiling: 1 * DAY },
  section: { first: 30 * MINUTE, floor: 10 * MINUTE, ceiling: 1 * DAY },
  sitemap: { first: 2 * HOUR, floor: 30 * MINUTE, ceiling: 7 * DAY },
  article: { first: 2 * HOUR, floor: 1 * HOUR, ceiling: 30 * DAY },
  auto: { first: 1 * HOUR, floor: 10 * MINUTE, ceiling: 7 * DAY },
};

/** A changed page is visited twice as often, an unchanged one half again as late: it settles near its own rhythm. */
const SHRINK = 0.5;
const GROW = 1.5;
/** The next visit to an article waits a fixed share of its age, so visits thin out as corrections do. */
const ARTICLE_AGE_SHARE = 0.5;

const FIRST_RETRY_MS = 5 * MINUTE;
const LAST_RETRY_MS = 2 * DAY;
/** Failures in a row after which a feed or seed is a tombstone, knocked at rarely: about five weeks of retries. */
export const TOMBSTONE_AFTER_FAILURES = 25;
const TOMBSTONE_MS = 30 * DAY;
/** Rules change; a look at the cached robots.txt costs the host nothing. */
const FORBIDDEN_MS = 7 * DAY;

/**
 * The wait before the next visit, in milliseconds, or `never`. What somebody follows (feeds, sitemaps, sections) comes
 * back even from `gone`, since dead feeds return; a gone article does not.
 */
export function revisitAfter(verdict: Verdict, history: History): Milliseconds | 'never' {
  switch (verdict) {
    case 'captured':
    case 'unchanged':
      return history.everyMs ?? adaptive(verdict, history);
    case 'failing':
      if (history.failures >= TOMBSTONE_AFTER_FAILURES) return isFollowed(history.kind) ? TOMBSTONE_MS : 'never';
      return Math.min(FIRST_RETRY_MS * 2 ** clamp(history.failures - 1, 0, 20), LAST_RETRY_MS);
    case 'resting':
      return FIRST_RETRY_MS;
    case 'gone':
      return isFollowed(history.kind) ? TOMBSTONE_MS : 'never';
    case 'excluded':
      return history.note === 'robots' ? FORBIDDEN_MS : 'never';
    case 'moved':
      return 'never';
  }
}

function adaptive(verdict: 'captured' | 'unchanged', history: History): Milliseconds {
  const { first, floor, ceiling } = BOUNDS[history.kind];
  if (history.intervalMs <= 0) return clamp(history.hintMs ?? first, floor, ceiling);
  const next = history.intervalMs * (verdict === 'captured' ? SHRINK : GROW);
  const byAge = history.kind === 'article' ? (history.ageMs ?? 0) * ARTICLE_AGE_SHARE : 0;
  return Math.round(clamp(Math.max(next, byAge), floor, ceiling));
}

function isFollowed(kind: UrlKind): boolean {
  return kind === 'feed' || kind === 'section' || kind === 'sitemap';
}
