/** When to come back to a URL, or never. */
import type { UrlKind, Verdict, Watch } from '@newsloom/model';
import { articleWait } from './revisit-article.ts';
import { afterListUnchanged, LIST_BOUNDS, type VisitBounds } from './revisit-list.ts';
import { clamp, DAY, HOUR, MINUTE, type Milliseconds } from './time.ts';

/** What is known of a URL at the end of a visit. Moments are epoch milliseconds. */
export type History = {
  kind: UrlKind;
  nowMs: number;
  /** The interval that led to this visit; 0 before the second one. */
  intervalMs: Milliseconds;
  /** Visits in a row that failed, and 404 answers in a row; this visit counted in. */
  failures: number;
  gone: number;
  /** The note beside the verdict: what robots.txt forbids today it may allow next week. */
  note: string;
  /** Somebody asked for this very URL: it is never given up for good. */
  isSeed: boolean;
  /** The interval a seed's owner asked for; null: adaptive. */
  everyMs: Milliseconds | null;
  /** When the article there was published, as near as known; null where none is known. */
  articleAtMs: number | null;
  watch: Watch;
  /** What its source's settings ask for. */
  bounds?: VisitBounds;
};

/** The wait before the next visit, and what is remembered until then. */
export type Plan = { waitMs: Milliseconds | 'never'; watch: Watch };

const FIRST_RETRY_MS = 5 * MINUTE;
const LAST_RETRY_MS = 2 * DAY;
/** A page that is not there is asked for again after an hour and after a day: the third 404 is believed. */
const MISSING_RETRIES_MS = [1 * HOUR, 1 * DAY];
/** Failures in a row after which a list or seed is a tombstone, knocked at rarely: about five weeks of retries. */
export const TOMBSTONE_AFTER_FAILURES = 25;
/** A tombstone is knocked at after a day, two, four, up to thirty: dead feeds come back, and few of them soon. */
const FIRST_KNOCK_MS = 1 * DAY;
const LAST_KNOCK_MS = 30 * DAY;
/** Knocks a list that failed for weeks is taken to have had: it was asked every other day at last. */
const KNOCKS_BY_FAILING = 2;
/** Rules change; a look at the cached robots.txt costs the host nothing. */
const FORBIDDEN_MS = 7 * DAY;

/**
 * Plans the next visit from what this one meant. What somebody follows (seeds, feeds, sitemaps, sections) comes back even
 * from `gone`; an article that is gone does not. For a page that was captured this is the soonest sensible visit: whoever
 * reads it knows what it is, and plans again (`articleWait`, `afterListRead`).
 */
export function planVisit(verdict: Verdict, it: History): Plan {
  switch (verdict) {
    case 'captured':
      return { waitMs: it.everyMs ?? soonest(it), watch: alive({ ...it.watch, notModified: 0 }) };
    case 'unchanged':
      return unchanged(it);
    case 'failing':
      return failing(it);
    case 'resting':
      return { waitMs: FIRST_RETRY_MS, watch: it.watch };
    case 'gone':
      return isFollowed(it) ? knock(it, 0) : { waitMs: 'never', watch: dead(it) };
    case 'excluded':
      return { waitMs: it.note === 'robots' ? FORBIDDEN_MS : 'never', watch: it.watch };
    case 'moved':
      return { waitMs: 'never', watch: it.watch };
  }
}

/** True for a page that leads to others and is visited for them, by what it was said to be or was found to be. */
export function isList({ kind, watch }: Pick<History, 'kind' | 'watch'>): boolean {
  if (kind === 'article') return false;
  return kind !== 'auto' || watch.listedAt !== undefined;
}

/** What a page of unknown kind was found to be. */
export const listKind = ({ kind, watch }: Pick<History, 'kind' | 'watch'>): UrlKind =>
  kind === 'auto' ? (watch.list ?? kind) : kind;

/** The soonest sensible visit after a capture nobody has read yet. */
function soonest(it: History): Milliseconds {
  const floor = it.bounds?.floorMs ?? LIST_BOUNDS[listKind(it)].floor;
  if (it.articleAtMs !== null && !isList(it)) return Math.max(it.bounds?.floorMs ?? 0, 1 * HOUR);
  return Math.round(Math.max(it.intervalMs / 2, floor));
}

function unchanged(it: History): Plan {
  // The bytes were seen and are the same: the 304 answers before told the truth.
  const seen = it.note !== 'not-modified';
  const watch = alive({ ...it.watch, notModified: seen ? 0 : (it.watch.notModified ?? 0) + 1 });
  if (isList(it)) {
    const plan = afterListUnchanged({ ...it, kind: listKind(it), watch, seen });
    return { ...plan, waitMs: it.everyMs ?? plan.waitMs };
  }
  if (it.everyMs !== null) return { waitMs: it.everyMs, watch };
  const { nowMs, isSeed, articleAtMs } = it;
  const article = { articleAtMs: articleAtMs ?? nowMs, revisedAtMs: watch.revisedAt ?? null, nowMs, isSeed };
  return { waitMs: articleWait({ ...article, ...(it.bounds && { bounds: it.bounds }) }), watch };
}

function failing(it: History): Plan {
  if (it.note === 'http-404') {
    const wait = MISSING_RETRIES_MS[it.gone - 1];
    if (wait !== undefined) return { waitMs: wait, watch: dead(it) };
  }
  if (it.failures >= TOMBSTONE_AFTER_FAILURES) {
    return isFollowed(it) ? knock(it, KNOCKS_BY_FAILING) : { waitMs: 'never', watch: dead(it) };
  }
  const wait = Math.min(FIRST_RETRY_MS * 2 ** clamp(it.failures - 1, 0, 20), LAST_RETRY_MS);
  return { waitMs: wait, watch: dead(it) };
}

function knock(it: History, first: number): Plan {
  const knocks = it.watch.knocks ?? first;
  const waitMs = Math.min(FIRST_KNOCK_MS * 2 ** clamp(knocks, 0, 20), LAST_KNOCK_MS);
  return { waitMs, watch: { ...dead(it), knocks: knocks + 1 } };
}

const dead = ({ watch, nowMs }: History): Watch => ({ ...watch, deadSince: watch.deadSince ?? nowMs });

/** It answers: whatever was wrong before is forgotten. */
function alive({ deadSince: _since, knocks: _knocks, ...watch }: Watch): Watch {
  return watch;
}

const isFollowed = (it: History): boolean => it.isSeed || isList(it);
