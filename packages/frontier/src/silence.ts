/** Whether a source has fallen silent: no new article for much longer than it used to take. */
import { DAY, HOUR, type Milliseconds } from './time.ts';

/** Fewer articles than this say nothing about a rhythm. */
const LEAST_ARTICLES = 5;
/** Ten median gaps: nights and weekends make gaps of several medians, and are no silence ... */
const GAPS = 10;
/** ... and a day and a half is none for anybody. */
const LEAST_SILENCE_MS = 36 * HOUR;
/** A source that publishes once a month is not waited for longer than this. */
const LONGEST_WAIT_MS = 120 * DAY;

export type Silence = {
  /** Median time between two articles; null where there are too few. */
  medianGapMs: Milliseconds | null;
  /** Since when there has been nothing, where that is unusual; epoch milliseconds. */
  silentSinceMs: number | null;
};

/**
 * Judges the silence of a source.
 * @param times of its last articles, in epoch milliseconds, in any order
 * @param lookedAtMs when it was last looked at: what nobody looks for is not missing
 */
export function silenceOf(times: readonly number[], lookedAtMs: number | null): Silence {
  const sorted = [...times].sort((a, b) => a - b);
  const last = sorted.at(-1);
  if (sorted.length < LEAST_ARTICLES || last === undefined) return { medianGapMs: null, silentSinceMs: null };
  const gaps = sorted
    .slice(1)
    .map((at, i) => at - (sorted[i] ?? at))
    .sort((a, b) => a - b);
  const medianGapMs = gaps[Math.floor(gaps.length / 2)] ?? 0;
  const allowed = Math.min(Math.max(medianGapMs * GAPS, LEAST_SILENCE_MS), LONGEST_WAIT_MS);
  const silent = lookedAtMs !== null && lookedAtMs - last > allowed;
  return { medianGapMs, silentSinceMs: silent ? last : null };
}
