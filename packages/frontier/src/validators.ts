/** Whether a publisher's word that nothing has changed is to be taken. */
import type { Watch } from '@newsloom/model';
import { DAY, HOUR } from './time.ts';

/**
 * After this many 304 answers in a row the bytes are asked for: at most one unconditional GET in 21 for a list, and one
 * in 5 for an article, which is visited six times in all.
 */
export const MOST_304S = { list: 20, page: 4 } as const;
/** Three 304 answers, and more new links missing than this by the list's own rate: by Poisson a chance of 1 in 150. */
const MISSING_LINKS = 5;
const SUSPICIOUS_304S = 3;
/** Validators that have lied are not sent for this long; servers are mended. */
const DISTRUST_MS = 30 * DAY;

/**
 * True where the next GET may be conditional. Now and then it is not: some servers answer 304 for ever, by a validator
 * that does not change or by a cache that does not look.
 * @param nowMs epoch milliseconds
 */
export function mayBeConditional(watch: Watch, list: boolean, nowMs: number): boolean {
  if (watch.liedAt !== undefined && nowMs - watch.liedAt < DISTRUST_MS) return false;
  const run = watch.notModified ?? 0;
  if (run >= (list ? MOST_304S.list : MOST_304S.page)) return false;
  const { linksPerHour = 0, listedAt } = watch;
  if (!list || listedAt === undefined || run < SUSPICIOUS_304S) return true;
  return linksPerHour * ((nowMs - listedAt) / HOUR) <= MISSING_LINKS;
}

/** Validators of an answer; null where it had none. */
export type Validators = { etag: string | null; lastModified: string | null };

/**
 * True where bytes that changed prove that 304 would have been, or was, a lie: the validator is still the one of the old
 * bytes; or they were last modified before the last 304 that denied it.
 * @param deniedAtMs when the last 304 came, in epoch milliseconds; null: the visit before was none
 */
export function validatorsLied(old: Validators, fresh: Validators, deniedAtMs: number | null): boolean {
  if (old.etag !== null && fresh.etag !== null) return old.etag === fresh.etag;
  if (old.lastModified === null || fresh.lastModified === null) return false;
  if (old.etag === null && fresh.etag === null && old.lastModified === fresh.lastModified) return true;
  const modified = Date.parse(fresh.lastModified);
  // A second of slack, since the header has whole seconds.
  return deniedAtMs !== null && old.lastModified !== fresh.lastModified && modified < deniedAtMs - 1_000;
}
