/** Keeps the queue's schedules as the seeds ask for them: the facts are the memory, the schedules follow. */
import type { Schedules } from '@newsloom/queue';
import type { Closable, Log } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';

export type KeptSchedules = Closable & {
  /** A seed has changed: looked at soon, many at once. */
  touch(): void;
};

/** Seeds come in hundreds; one look is enough for those of this long, in milliseconds. */
const SETTLE_MS = 500;
/** Looked at again after this, in milliseconds, should Redis have been emptied or a seed have gone. */
const LOOK_EVERY_MS = 60_000;

/** Aligns now, and keeps aligned until closed. */
export async function keepSchedules(
  seeds: Pick<Store['seeds'], 'scheduled'>,
  schedules: Pick<Schedules, 'align'>,
  log: Log,
): Promise<KeptSchedules> {
  let running: Promise<void> = Promise.resolve();
  let soon: NodeJS.Timeout | null = null;
  const align = () => {
    running = running
      .then(async () => {
        const { set, ended } = await schedules.align(await seeds.scheduled());
        if (set + ended > 0) log.info({ set, ended }, 'schedules of seeds aligned');
      })
      .catch((error) => log.warn({ err: error }, 'schedules of seeds were not aligned, to be tried again'));
    return running;
  };
  await align();
  const timer = setInterval(align, LOOK_EVERY_MS);
  return {
    touch() {
      soon ??= setTimeout(() => {
        soon = null;
        void align();
      }, SETTLE_MS);
    },
    async close() {
      clearInterval(timer);
      if (soon) clearTimeout(soon);
      await running;
    },
  };
}
