/** A sign of life for health checks of processes that serve no HTTP: a file that is touched while all is well. */
import { writeFile } from 'node:fs/promises';
import type { Closable, Log } from '@newsloom/runtime';

/** Often enough that a check for an age of one minute allows several misses. */
const BEAT_EVERY_MS = 10_000;

/**
 * Writes the time into `file` now and every ten seconds, each time only after `ask` has been answered. Whatever fails or
 * hangs, or blocks this process, lets the file grow old.
 */
export function startHeartbeat(file: string, ask: () => Promise<unknown>, now: () => Date, log: Log): Closable {
  let asking = false;
  let well = true;
  const beat = async () => {
    if (asking) return;
    asking = true;
    try {
      await ask();
      await writeFile(file, now().toISOString());
      if (!well) log.info('store and queues answer again');
      well = true;
    } catch (error) {
      if (well) log.warn({ err: error }, 'no sign of life given: the store or the queues do not answer');
      well = false;
    } finally {
      asking = false;
    }
  };
  void beat();
  const timer = setInterval(beat, BEAT_EVERY_MS);
  return {
    async close() {
      clearInterval(timer);
    },
  };
}
