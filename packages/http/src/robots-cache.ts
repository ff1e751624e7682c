/** robots.txt of every scheme and authority we ask (RFC 9309, section 2.3), fetched once and kept for a day at most. */
import { createHash } from 'node:crypto';
import {
  crawlDelaySeconds,
  EMPTY_ROBOTS,
  isAllowed,
  parseRobots,
  productTokenOf,
  ROBOTS_MAX_AGE_MS,
  ROBOTS_MAX_BYTES,
  type Robots,
  type RobotsPolicy,
  retryAfterMs,
  robotsPolicy,
} from '@newsloom/frontier';
import type { Egress } from './egress.ts';
import { HttpError } from './errors.ts';

/** What is kept of a host's robots.txt, as plain values to be stored. Times are epoch milliseconds. */
export type RobotsRecord = {
  /** Where the file lies, after redirects. */
  url: string;
  /** Status of the last answer; null where there was none. */
  status: number | null;
  policy: RobotsPolicy;
  /** The file, at most 500 KiB; of an older fetch where the last one failed. */
  body: Uint8Array | null;
  etag: string | null;
  /** When it was asked for last. */
  fetchedAt: number;
  /** When to ask again. */
  askAgainAt: number;
  /** Since when the file has been unreachable; null where it is not. */
  unreachableSince: number | null;
  failures: number;
  /** Code of the error the last fetch ended with; null where there was an answer. */
  error: string | null;
  /** Names the rules in force: a hash of the file, `none` without rules, `unknown` while holding off. */
  version: string;
};

/** The rules of a host, ready to be asked. */
export type HostRobots = {
  robots: Robots;
  policy: RobotsPolicy;
  fetchedAt: number;
  askAgainAt: number;
  crawlDelayMs: number | null;
  sitemaps: string[];
  version: string;
  status: number | null;
  /** Code of the error that kept us from the file; null where there was an answer. */
  error: string | null;
  /** True where this answer came from a request made just now, which counts for politeness; its length is `tookMs`. */
  fetched: boolean;
  tookMs: number;
  /** Whether the address may be fetched by us. False for all while holding off. */
  allows(url: string): boolean;
};

export type RobotsCacheOptions = {
  egress: Egress;
  /** The User-Agent header, whose product token the rules are read for. */
  userAgent: string;
  /** The clock, in epoch milliseconds. */
  now: () => number;
  /** Finds and keeps records by origin: `https://news.example:8443`. */
  load?: (origin: string) => Promise<RobotsRecord | null>;
  save?: (origin: string, record: RobotsRecord) => Promise<void>;
  /** Origins kept in memory. */
  capacity?: number;
};

export type RobotsCache = {
  /** The rules for an address: from memory, from `load`, or fetched. One request at a time per origin. Never throws for what a site does. */
  for(url: string, signal?: AbortSignal): Promise<HostRobots>;
};

/** RFC 9309, section 2.3.1.2: five redirects at least. */
const MAX_REDIRECTS = 5;
/** Parsed rules of an ordinary host take a few kB. */
const DEFAULT_CAPACITY = 5000;
const TOTAL_MS = 20_000;

/** Opens a cache; it holds no resources. */
export function openRobotsCache(options: RobotsCacheOptions): RobotsCache {
  const { egress, now, load, save, capacity = DEFAULT_CAPACITY } = options;
  const agent = productTokenOf(options.userAgent);
  const kept = new Map<string, HostRobots>();
  const running = new Map<string, Promise<HostRobots>>();

  const keep = (origin: string, rules: HostRobots) => {
    kept.delete(origin);
    kept.set(origin, rules);
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
  };

  const find = async (origin: string, url: string, signal: AbortSignal | undefined): Promise<HostRobots> => {
    const stored = (await load?.(origin)) ?? null;
    if (stored !== null && isFresh(stored, now())) {
      const rules = rulesOf(stored, agent, null);
      keep(origin, rules);
      return rules;
    }
    const started = performance.now();
    const record = await fetchRobots(egress, url, stored, now, signal);
    const rules = rulesOf(record, agent, performance.now() - started);
    await save?.(origin, record);
    keep(origin, { ...rules, fetched: false, tookMs: 0 });
    return rules;
  };

  return {
    async for(url, signal) {
      const { origin } = new URL(url);
      const known = kept.get(origin);
      if (known !== undefined && isFresh(known, now())) return known;
      const waiting = running.get(origin);
      // Who waits for another's request has not made one.
      if (waiting !== undefined) return { ...(await waiting), fetched: false, tookMs: 0 };
      const finding = find(origin, url, signal).finally(() => running.delete(origin));
      running.set(origin, finding);
      return finding;
    },
  };
}

function isFresh({ fetchedAt, askAgainAt }: { fetchedAt: number; askAgainAt: number }, nowMs: number): boolean {
  return nowMs < askAgainAt && nowMs < fetchedAt + ROBOTS_MAX_AGE_MS;
}

/** Asks for the file and says what the answer means. Throws HttpError only for `aborted`, which is our doing. */
async function fetchRobots(
  egress: Egress,
  pageUrl: string,
  before: RobotsRecord | null,
  now: () => number,
  signal: AbortSignal | undefined,
): Promise<RobotsRecord> {
  const url = new URL('/robots.txt', pageUrl).href;
  const hasRules = before?.body != null;
  const failures = before?.failures ?? 0;
  const outcome = await egress
    .get(url, {
      as: 'robots',
      truncate: true,
      limits: { redirects: MAX_REDIRECTS, wireBytes: ROBOTS_MAX_BYTES + 1, totalMs: TOTAL_MS },
      ...(before?.body != null && before.etag !== null ? { etag: before.etag } : {}),
      ...(signal === undefined ? {} : { signal }),
    })
    .catch((error: unknown) => {
      if (error instanceof HttpError && error.code !== 'aborted') return error;
      throw error;
    });
  const at = now();
  const unreachableSince = before?.unreachableSince ?? at;
  const history = { failures, unreachableMs: at - unreachableSince, hasRules };
  const failed = outcome instanceof HttpError;
  const decision = robotsPolicy(
    failed
      ? { error: outcome.code }
      : { status: outcome.status, retryAfterMs: retryAfterMs(outcome.headers['retry-after'], at) },
    history,
  );
  const reachable = decision.policy !== 'hold-off' && !(decision.useOldRules && (failed || outcome.status !== 304));
  const fresh = !failed && decision.policy === 'rules' && !decision.useOldRules;
  const body = fresh
    ? outcome.body.slice(0, ROBOTS_MAX_BYTES + 1)
    : decision.policy === 'allow-all'
      ? null
      : (before?.body ?? null);
  return {
    url: failed ? (before?.url ?? url) : outcome.url,
    status: failed ? null : outcome.status,
    policy: decision.policy,
    body,
    etag: fresh ? (outcome.headers.etag ?? null) : (before?.etag ?? null),
    fetchedAt: at,
    askAgainAt: at + decision.askAgainMs,
    unreachableSince: reachable ? null : unreachableSince,
    failures: reachable ? 0 : failures + 1,
    error: failed ? outcome.code : null,
    version: decision.policy === 'rules' ? versionOf(body) : decision.policy === 'allow-all' ? 'none' : 'unknown',
  };
}

function rulesOf(record: RobotsRecord, agent: string, tookMs: number | null): HostRobots {
  const { policy, body, fetchedAt, askAgainAt, version, status, url, error } = record;
  const robots = body === null ? EMPTY_ROBOTS : parseRobots(body, url);
  const delay = crawlDelaySeconds(robots, agent);
  return {
    robots,
    policy,
    fetchedAt,
    askAgainAt,
    crawlDelayMs: delay === null ? null : delay * 1000,
    sitemaps: robots.sitemaps,
    version,
    status,
    error,
    fetched: tookMs !== null,
    tookMs: tookMs ?? 0,
    allows: (page) => policy !== 'hold-off' && (policy === 'allow-all' || isAllowed(robots, agent, page)),
  };
}

/** 64 bits of SHA-256 of the file: enough to tell the versions of one host apart. */
function versionOf(body: Uint8Array | null): string {
  if (body === null) return 'none';
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}
