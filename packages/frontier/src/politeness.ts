/** When a host may be asked again. */
import { clamp, DAY, HOUR, MINUTE, type Milliseconds, SECOND } from './time.ts';

/** A robots.txt may ask for this long a gap and no longer: some files ask for a day, and the host would never be read. */
export const MAX_CRAWL_DELAY_MS = 120 * SECOND;
/** A host that answers slowly gets a gap of this many times its response time; Heritrix's delay factor is 5, Nutch's none. */
const SLOWNESS_FACTOR = 3;
/** The slow-down never makes a gap longer than this. */
const MAX_SLOWNESS_MS = 30 * SECOND;
/** Below this response time a host is not slow. */
const SLOW_AFTER_MS = 1 * SECOND;
/** Weight of the newest response time in the smoothed one: about the last five count, as in TCP's estimator (1/8) but quicker. */
const SMOOTHING = 0.2;

const FIRST_REST_MS = 1 * MINUTE;
const LONGEST_REST_MS = 6 * HOUR;
/** A host that asks for a second's rest time and again means more than that; up to this. */
const LONGEST_REPEATED_REST_MS = 10 * MINUTE;
/** What a host may ask for with Retry-After; longer is a mistake or a way to be rid of us, and we look again next day. */
const LONGEST_ASKED_REST_MS = 1 * DAY;

/** What decides the gap between two requests to one host. */
export type Pace = {
  /** The operator's delay: general, or set for this host. */
  hostDelayMs: Milliseconds;
  /** What robots.txt asks for, in milliseconds; null where it asks for nothing. */
  crawlDelayMs: Milliseconds | null;
  /** Smoothed response time of the host; null where unknown. */
  responseMs?: Milliseconds | null;
};

/** The least gap between the end of one request and the start of the next one, in milliseconds. */
export function gapMs({ hostDelayMs, crawlDelayMs, responseMs = null }: Pace): Milliseconds {
  const asked = clamp(crawlDelayMs ?? 0, 0, MAX_CRAWL_DELAY_MS);
  const polite = Math.max(asked, hostDelayMs, 0);
  // With delay 0 the operator says the host can take everything, so its slowness is its own affair.
  return hostDelayMs === 0 ? polite : Math.max(polite, slowDownMs(responseMs));
}

/** The earliest start of the next request, in epoch milliseconds, after one that ended at `endedAtMs`. */
export function nextSlot(endedAtMs: number, pace: Pace): number {
  return endedAtMs + gapMs(pace);
}

/** The gap a slow host gets: three times its smoothed response time, at most 30 s; 0 for a host that answers within a second. */
export function slowDownMs(responseMs: Milliseconds | null): Milliseconds {
  if (responseMs === null || responseMs < SLOW_AFTER_MS) return 0;
  return Math.min(responseMs * SLOWNESS_FACTOR, MAX_SLOWNESS_MS);
}

/** The smoothed response time after one more response. */
export function smoothedResponseMs(before: Milliseconds | null, latest: Milliseconds): Milliseconds {
  return before === null ? latest : before + SMOOTHING * (latest - before);
}

/**
 * How long a host rests that asked for it (429, 503) or could not be reached, in milliseconds from now. `askedMs` is its
 * Retry-After; without one the rest grows from a minute, doubling with each rest in a row (`rests`, this one not
 * counted), up to six hours. One that asks for seconds each time gets longer ones, doubling up to ten minutes.
 */
export function restMs(askedMs: Milliseconds | null, rests: number): Milliseconds {
  const growing = Math.min(FIRST_REST_MS * 2 ** clamp(rests, 0, 20), LONGEST_REST_MS);
  if (askedMs === null) return growing;
  const atLeast = Math.min(1 * SECOND * 2 ** clamp(rests, 0, 20), LONGEST_REPEATED_REST_MS);
  return clamp(askedMs, atLeast, LONGEST_ASKED_REST_MS);
}

/** Connect failures in a row after which a host counts as sick, and rests without costing its URLs. */
export const SICK_AFTER_FAILURES = 3;

/** True where a host has failed to be reached so often in a row that it should rest. */
export function isSick(hostFailures: number): boolean {
  return hostFailures >= SICK_AFTER_FAILURES;
}

/**
 * The delay in milliseconds that a Retry-After header asks for, counted from `nowMs` (epoch): seconds, or an HTTP date
 * in any of its three forms (RFC 9110, sections 10.2.3 and 5.6.7). Null where there is none or it cannot be read; a
 * date in the past is 0.
 */
export function retryAfterMs(header: string | null | undefined, nowMs: number): Milliseconds | null {
  const value = header?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * SECOND);
  if (!/^[A-Za-z]{3,9},? /.test(value)) return null;
  // The asctime form has no zone and means UTC.
  const at = Date.parse(/(?:GMT|UTC|[+-]\d{4})$/i.test(value) ? value : `${value} GMT`);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
