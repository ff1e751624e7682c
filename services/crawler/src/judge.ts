/** What one attempt means for its URL, its host and its crawls: pure, from plain values to a row of the frontier. */
import {
  isHostTrouble,
  isSick,
  nextSlot,
  type Pace,
  planVisit,
  restMs,
  retryAfterMs,
  smoothedResponseMs,
  type VisitBounds,
  validatorsLied,
  verdictOf,
} from '@newsloom/frontier';
import type { Watch } from '@newsloom/model';
import type { FrontierUrl, HostState, Reach, Visit } from '@newsloom/store';
import type { Fetched } from './attempt.ts';

/** Waits before the second and third try of a failing URL in a one-shot crawl, in milliseconds. */
const CRAWL_RETRIES_MS = [2_000, 8_000];
/** A one-shot crawl waits this long at most for a host that rests, and this often. */
const CRAWL_LONGEST_REST_MS = 120_000;
const CRAWL_MOST_RESTS = 5;
/** Answers that another try in the same crawl would get again. */
const FINAL_NOTE = /^(?:http-4\d\d|empty|redirect-loop|bad-redirect|robots-unreachable)$/;

/**
 * Judges an attempt. `reach` says who waits for the URL; `pace` is that of its host, `bounds` are those of its source.
 */
export function judge(
  url: FrontierUrl & HostState,
  reach: Reach,
  fetched: Fetched,
  pace: Pace,
  bounds: VisitBounds = {},
): Visit {
  const headers = fetched.response?.headers ?? {};
  const etag = headers.etag ?? null;
  const lastModified = headers['last-modified'] ?? null;
  const { verdict, note } = verdictOf(fetched.attempt);
  const endMs = fetched.endedAt.getTime();
  const hostTrouble = isHostTrouble(fetched.attempt);
  const hostFailures = hostTrouble ? url.hostFailures + 1 : fetched.asked ? 0 : url.hostFailures;
  const failures = verdict === 'failing' ? url.failures + 1 : verdict === 'resting' ? url.failures : 0;
  const restAsked = verdict === 'resting' ? retryAfterMs(headers['retry-after'], endMs) : null;
  const rests = verdict === 'resting' || (hostTrouble && isSick(hostFailures)) ? url.rests + 1 : 0;
  const resting = rests > 0 ? { until: new Date(endMs + restMs(restAsked, url.rests)), rests } : null;
  const gone = note === 'http-404' ? url.gone + 1 : 0;
  const { waitMs: wait, watch } = planVisit(verdict, {
    kind: url.kind,
    nowMs: endMs,
    intervalMs: url.intervalMs,
    failures,
    gone,
    note,
    isSeed: url.isSeed,
    everyMs: url.everyMs,
    articleAtMs: url.articleAt?.getTime() ?? null,
    watch: url.watch,
    bounds,
  });
  const interval = verdict === 'captured' || verdict === 'unchanged' ? wait : url.intervalMs;
  const nextMs = wait === 'never' ? null : Math.max(endMs + wait, resting?.until.getTime() ?? 0);
  const responseMs = fetched.response ? smoothedResponseMs(url.responseMs, fetched.response.tookMs) : url.responseMs;
  return {
    urlId: url.id,
    host: url.host,
    sourceId: url.sourceId,
    url: url.url,
    startedAt: fetched.startedAt,
    endedAt: fetched.endedAt,
    verdict,
    note,
    status: fetched.response?.status ?? null,
    // A host that asked for a rest does not cost its URL anything: it is due when the rest is over.
    dueAt: verdict === 'resting' && resting ? resting.until : nextMs === null ? null : new Date(nextMs),
    intervalMs: interval === 'never' ? 0 : interval,
    failures,
    gone,
    etag: verdict === 'captured' ? etag : (etag ?? url.etag),
    lastModified: verdict === 'captured' ? lastModified : (lastModified ?? url.lastModified),
    captureId: verdict === 'captured' ? fetched.captureId : null,
    changed: verdict === 'captured',
    movedTo: null,
    wireBytes: fetched.response?.wireBytes ?? null,
    robotsVersion: fetched.robotsVersion,
    slotAt: fetched.asked ? new Date(nextSlot(endMs, { ...pace, responseMs })) : fetched.endedAt,
    resting,
    hostFailures,
    responseMs,
    watch: verdict === 'captured' ? believed(url, fetched, { etag, lastModified }, watch) : watch,
    crawl: crawlStep(verdict, note, reach, endMs, resting?.until ?? null),
  };
}

/** Marks the validators of a URL as liars where new bytes that nobody would have been given by them prove it. */
function believed(
  url: FrontierUrl,
  fetched: Fetched,
  fresh: { etag: string | null; lastModified: string | null },
  watch: Watch,
): Watch {
  if (fetched.conditional || !url.captureId) return watch;
  const denied = (url.watch.notModified ?? 0) > 0 ? (url.fetchedAt?.getTime() ?? null) : null;
  const lied = validatorsLied({ etag: url.etag, lastModified: url.lastModified }, fresh, denied);
  return lied ? { ...watch, liedAt: fetched.endedAt.getTime() } : watch;
}

/**
 * What becomes of a URL in the one-shot crawls that wait for it. An unchanged page is read again from its capture, since
 * its links belong to the new crawl too.
 */
function crawlStep(
  verdict: Visit['verdict'],
  note: string,
  reach: Reach,
  endMs: number,
  restUntil: Date | null,
): Visit['crawl'] {
  const triesBefore = Math.max(0, ...reach.crawls.map((crawl) => crawl.tries));
  if (verdict === 'captured' || (verdict === 'unchanged' && reach.crawls.length > 0)) return 'captured';
  if (verdict === 'resting' && restUntil) {
    const bearable = restUntil.getTime() - endMs <= CRAWL_LONGEST_REST_MS && triesBefore < CRAWL_MOST_RESTS;
    return bearable ? { again: restUntil } : 'ended';
  }
  const retry = CRAWL_RETRIES_MS[triesBefore];
  if (verdict === 'failing' && retry !== undefined && !FINAL_NOTE.test(note)) return { again: new Date(endMs + retry) };
  return 'ended';
}
