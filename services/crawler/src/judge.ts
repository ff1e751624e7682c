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
  TOMBSTONE_AFTER_FAILURES,
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
  const { resting, rests, hostFailures, isHosts } = judgeHost(url, fetched, verdict, headers['retry-after']);
  // What is the host's trouble costs the URL nothing, until the host has been away for as long as makes a tombstone.
  const isDead = isHosts && hostFailures >= TOMBSTONE_AFTER_FAILURES;
  const failures = verdict === 'failing' ? url.failures + (isHosts ? 0 : 1) : verdict === 'resting' ? url.failures : 0;
  const gone = note === 'http-404' ? url.gone + 1 : 0;
  const { waitMs: wait, watch } = planVisit(verdict, {
    kind: url.kind,
    nowMs: endMs,
    intervalMs: url.intervalMs,
    failures: isDead ? hostFailures : Math.max(failures, 1),
    gone,
    note,
    isSeed: url.isSeed,
    everyMs: url.everyMs,
    articleAtMs: url.articleAt?.getTime() ?? null,
    watch: url.watch,
    bounds,
  });
  const givesUp = isPastWaiting(fetched, resting);
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
    // A host that rests does not cost its URL anything: it is due when the rest is over.
    dueAt: resting && !isDead ? resting.until : nextMs === null ? null : new Date(nextMs),
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
    rests,
    hostFailures,
    responseMs,
    watch: verdict === 'captured' ? believed(url, fetched, { etag, lastModified }, watch) : watch,
    crawl: givesUp ? 'ended' : crawlStep(verdict, note, reach, endMs, resting?.until ?? null),
    givesUpHost: givesUp,
  };
}

/** True where no one-shot crawl waits for a host that rests: for too long, or until its robots.txt can be had. */
const isPastWaiting = ({ endedAt, heldOffUntil }: Fetched, resting: Visit['resting']): boolean =>
  resting !== null &&
  (heldOffUntil !== undefined || resting.until.getTime() - endedAt.getTime() > CRAWL_LONGEST_REST_MS);

/** What an attempt means for the host: how long it rests, and whether the failure is its and not the URL's. */
function judgeHost(
  url: HostState,
  fetched: Fetched,
  verdict: Visit['verdict'],
  retryAfter: string | undefined,
): { resting: Visit['resting']; rests: number; hostFailures: number; isHosts: boolean } {
  const endMs = fetched.endedAt.getTime();
  const unreachable = isHostTrouble(fetched.attempt);
  const hostFailures = unreachable ? url.hostFailures + 1 : fetched.asked ? 0 : url.hostFailures;
  if (fetched.heldOffUntil) {
    const rests = Math.max(1, url.rests);
    return { resting: { until: fetched.heldOffUntil, rests }, rests, hostFailures, isHosts: true };
  }
  if (verdict === 'resting' || (unreachable && isSick(hostFailures))) {
    const asked = verdict === 'resting' ? retryAfterMs(retryAfter, endMs) : null;
    const rests = url.rests + 1;
    return {
      resting: { until: new Date(endMs + restMs(asked, url.rests)), rests },
      rests,
      hostFailures,
      isHosts: unreachable,
    };
  }
  // Where nothing was asked, nothing is known of how the host is.
  return { resting: null, rests: fetched.asked && !unreachable ? 0 : url.rests, hostFailures, isHosts: unreachable };
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
