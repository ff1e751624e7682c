/** Hands the captures of a reparse to the parsers, never more at once than they soon read. */
import { job } from '@newsloom/jobs';
import type { CaptureId } from '@newsloom/model';
import type { ServiceContext } from './context.ts';

/** Captures handed out at once: some seconds of work, so that what was fetched meanwhile does not wait long behind them. */
const AT_ONCE = 500;
const LOOK_EVERY_MS = 200;
/** A hand-out of which nothing is read for this long is handed out again: its jobs may be lost, or no parser runs. */
const STUCK_AFTER_MS = 60_000;

/**
 * Hands out until nothing of the reparse waits, or `stop` ends it. May be called again for the same reparse after a crash.
 * @param onProgress told now and then
 */
export async function pumpReparse(
  { store, queues }: Pick<ServiceContext, 'store' | 'queues'>,
  id: string,
  stop: AbortSignal,
  onProgress: () => Promise<void> | void = () => {},
): Promise<void> {
  while (!stop.aborted) {
    const handed = await store.reparses.pending(id, AT_ONCE);
    if (handed.length === 0) return;
    await queues.add(handed.map((captureId) => job('parse', { captureId })));
    let left = handed.length;
    let movedAt = performance.now();
    // The oldest are handed out first, so that what is still pending of this hand-out stands at the head.
    while (left > 0 && !stop.aborted && performance.now() - movedAt < STUCK_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      await onProgress();
      const now = countOf(handed, await store.reparses.pending(id, AT_ONCE));
      if (now < left) movedAt = performance.now();
      left = now;
    }
  }
}

function countOf(handed: readonly CaptureId[], pending: readonly CaptureId[]): number {
  const waiting = new Set(pending);
  return handed.filter((id) => waiting.has(id)).length;
}
