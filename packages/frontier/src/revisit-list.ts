/** When to come back to a page that leads to others: by the rate at which it has brought new links. */
import type { UrlKind, Watch } from '@newsloom/model';
import { clamp, DAY, HOUR, MINUTE, type Milliseconds } from './time.ts';

/** What a source's settings ask of its visits. */
export type VisitBounds = {
  floorMs?: Milliseconds | undefined;
  ceilingMs?: Milliseconds | undefined;
  /** `once`: fresh articles are not watched for corrections. */
  articles?: 'watch' | 'once' | undefined;
};

/** Bounds and first guess of the interval. Feeds and fronts change all day, sitemaps are written at night. */
export const LIST_BOUNDS: Record<UrlKind, { first: Milliseconds; floor: Milliseconds; ceiling: Milliseconds }> = {
  feed: { first: 30 * MINUTE, floor: 5 * MINUTE, ceiling: 1 * DAY },
  section: { first: 30 * MINUTE, floor: 10 * MINUTE, ceiling: 1 * DAY },
  sitemap: { first: 2 * HOUR, floor: 30 * MINUTE, ceiling: 7 * DAY },
  article: { first: 2 * HOUR, floor: 10 * MINUTE, ceiling: 30 * DAY },
  auto: { first: 1 * HOUR, floor: 10 * MINUTE, ceiling: 7 * DAY },
};

/** A list with news is visited twice as often, one without half again as late: it settles near its own rhythm ... */
const SHRINK = 0.5;
const GROW = 1.5;
/** ... but within these many of its mean gaps between new links, so that a night does not make a lively list a dull one. */
const FEWEST_GAPS = 0.5;
const MOST_GAPS = 6;
/** The rate follows what is seen with this time constant: two days forget a burst, and remember the last week's days. */
const MEMORY_MS = 2 * DAY;

/** A list as known at the end of a visit. */
export type ListHistory = {
  kind: UrlKind;
  nowMs: number;
  intervalMs: Milliseconds;
  watch: Watch;
  bounds?: VisitBounds;
};

export type ListPlan = { waitMs: Milliseconds; watch: Watch };

/**
 * Plans the next visit of a list that has been read.
 * @param found its links that were not known before
 * @param dated dates (epoch milliseconds) that a feed gives its items: at the first reading the rate of the last two days
 */
export function afterListRead(it: ListHistory, found: number, dated: readonly number[] = []): ListPlan {
  const { linksPerHour, listedAt } = it.watch;
  const bounds = boundsOf(it);
  if (listedAt === undefined || linksPerHour === undefined) {
    const recent = dated.filter((at) => at > it.nowMs - MEMORY_MS && at <= it.nowMs).length;
    const rate = recent > 0 ? recent / (MEMORY_MS / HOUR) : HOUR / bounds.first;
    const waitMs = Math.round(clamp(HOUR / rate, bounds.floor, bounds.ceiling));
    return { waitMs, watch: { ...it.watch, linksPerHour: rounded(rate), listedAt: it.nowMs } };
  }
  const rate = smoothed(linksPerHour, found, it.nowMs - listedAt);
  const wait = found > 0 ? shrunk(it.intervalMs, rate) : grown(it.intervalMs, rate);
  return {
    waitMs: Math.round(clamp(wait, bounds.floor, bounds.ceiling)),
    watch: { ...it.watch, linksPerHour: rounded(rate), listedAt: it.nowMs },
  };
}

/**
 * Plans the next visit of a list that brought nothing new.
 * @param it `seen`: its bytes came and are the same; a 304 alone does not change what is believed of its rate
 */
export function afterListUnchanged(it: ListHistory & { seen: boolean }): ListPlan {
  if (it.seen) return afterListRead(it, 0);
  const bounds = boundsOf(it);
  const rate = it.watch.linksPerHour ?? HOUR / bounds.first;
  const wait = grown(it.intervalMs || bounds.first, rate);
  return { waitMs: Math.round(clamp(wait, bounds.floor, bounds.ceiling)), watch: it.watch };
}

function boundsOf({ kind, bounds }: ListHistory) {
  const { first, floor, ceiling } = LIST_BOUNDS[kind];
  const low = bounds?.floorMs ?? Math.min(floor, bounds?.ceilingMs ?? floor);
  return { first, floor: low, ceiling: Math.max(low, bounds?.ceilingMs ?? ceiling) };
}

const shrunk = (interval: Milliseconds, rate: number) => Math.max(interval * SHRINK, gap(rate) * FEWEST_GAPS);
const grown = (interval: Milliseconds, rate: number) => Math.min(interval * GROW, gap(rate) * MOST_GAPS);
/** Mean time between two new links; a list that never brought one waits for its ceiling. */
const gap = (rate: number): Milliseconds => (rate > 0 ? HOUR / rate : Number.MAX_SAFE_INTEGER);

/** The rate after `found` links in `elapsedMs`: an exponential mean over time, so that visits at any distance weigh alike. */
function smoothed(rate: number, found: number, elapsedMs: number): number {
  if (elapsedMs <= 0) return rate;
  const weight = 1 - Math.exp(-elapsedMs / MEMORY_MS);
  return rate + weight * (found / (elapsedMs / HOUR) - rate);
}

const rounded = (rate: number) => Math.round(rate * 1e4) / 1e4;
