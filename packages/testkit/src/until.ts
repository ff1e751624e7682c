/** Waits for a condition instead of for time to pass. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks at the condition: short beside any wait worth having, long beside a busy loop. */
const LOOK_EVERY_MS = 10;

export type UntilOptions = {
  /** Gives up after this long; 10 seconds unless told otherwise. */
  timeoutMs?: number;
  /** Between two looks, milliseconds. */
  everyMs?: number;
  /** What is waited for, for the error: `the queue to be empty`. */
  what?: string;
};

/**
 * Resolves with the first truthy value the predicate gives.
 * Rejects after `timeoutMs`, naming what was waited for and, as the cause, what the predicate last threw.
 */
export async function until<T>(
  predicate: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = LOOK_EVERY_MS, what = 'the condition' }: UntilOptions = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await predicate();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause: last });
    await sleep(everyMs);
  }
}
