/** What the answer to a request for robots.txt means for the host's pages: RFC 9309, section 2.3.1. */
import type { Milliseconds } from './time.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

/** `rules`: as the file says. `allow-all`: there is no file. `hold-off`: we cannot know, so nothing is fetched yet. */
export type RobotsPolicy = 'rules' | 'allow-all' | 'hold-off';

/** How one request for robots.txt ended: a status after redirects, or an error's code. */
export type RobotsFetch = { status: number; retryAfterMs?: Milliseconds | null } | { error: string };

/** What came before on this host. */
export type RobotsHistory = {
  /** Attempts in a row that ended in hold-off, this one not counted. */
  failures: number;
  /** How long the file has been unreachable, this attempt included. */
  unreachableMs: Milliseconds;
  /** True where an older copy of the rules is at hand. */
  hasRules: boolean;
};

/** No copy may be used longer than this: RFC 9309, section 2.4. */
export const ROBOTS_MAX_AGE_MS = 24 * HOUR;
/** An unreachable file counts as absent after this long: RFC 9309, section 2.3.1.4. */
const ABSENT_AFTER_MS = 30 * DAY;
/** For this long an unreachable file stops us; then the older copy is used, which section 2.4 allows. */
const STALE_AFTER_MS = 12 * HOUR;
const FIRST_RETRY_MS = 5 * MINUTE;
const LAST_RETRY_MS = 6 * HOUR;
/** Redirects more than five, in circles or to nowhere make a file unavailable, which allows: section 2.3.1.2. */
const UNAVAILABLE_ERRORS = new Set(['redirect-loop', 'too-many-redirects', 'bad-redirect']);

/**
 * Decides what to do with a host after asking for its robots.txt, and when to ask again (`askAgainMs` from now).
 * 2xx: the rules. Other 4xx and endless redirects: no file, all allowed. 429, 5xx, timeouts, DNS and TLS trouble and
 * whatever else: hold off, ask again in five minutes, then twice as late each time up to six hours, or as Retry-After
 * says; `useOldRules` tells to go by the older copy.
 */
export function robotsPolicy(
  fetched: RobotsFetch,
  history: RobotsHistory = { failures: 0, unreachableMs: 0, hasRules: false },
): { policy: RobotsPolicy; askAgainMs: Milliseconds; useOldRules: boolean } {
  if ('status' in fetched) {
    const { status } = fetched;
    if (status >= 200 && status < 300) return { policy: 'rules', askAgainMs: ROBOTS_MAX_AGE_MS, useOldRules: false };
    if (status === 304 && history.hasRules)
      return { policy: 'rules', askAgainMs: ROBOTS_MAX_AGE_MS, useOldRules: true };
    if (status >= 300 && status < 500 && status !== 429) {
      return { policy: 'allow-all', askAgainMs: ROBOTS_MAX_AGE_MS, useOldRules: false };
    }
  } else if (UNAVAILABLE_ERRORS.has(fetched.error)) {
    return { policy: 'allow-all', askAgainMs: ROBOTS_MAX_AGE_MS, useOldRules: false };
  }
  const growing = Math.min(FIRST_RETRY_MS * 2 ** Math.min(history.failures, 20), LAST_RETRY_MS);
  const asked = 'status' in fetched ? (fetched.retryAfterMs ?? 0) : 0;
  const askAgainMs = Math.min(Math.max(growing, asked), ROBOTS_MAX_AGE_MS);
  if (history.hasRules && history.unreachableMs >= STALE_AFTER_MS) {
    return { policy: 'rules', askAgainMs, useOldRules: true };
  }
  if (history.unreachableMs >= ABSENT_AFTER_MS) return { policy: 'allow-all', askAgainMs, useOldRules: false };
  return { policy: 'hold-off', askAgainMs, useOldRules: false };
}
