/** Schedules: seeds that come back at fixed times, as BullMQ's job schedulers on the `seeds` queue. */
import type { PayloadInput } from '@newsloom/jobs';
import { JOB_OPTIONS, type Queues } from './queues.ts';

/** One seed's schedule; the id is that of its URL. */
export type Schedule = { id: string; url: string; everyMs: number };

export type Schedules = {
  /** Sets the schedule of a seed. Its first tick comes at once, and finds a seed that is due already. */
  put(schedule: Schedule): Promise<void>;
  /** Ends a schedule; none is fine. */
  drop(id: string): Promise<void>;
  /**
   * Makes the schedules what the facts say, and leaves those alone that are. The facts are the memory: a Redis that was
   * emptied is filled again by this.
   * @returns how many were set and ended
   */
  align(wanted: readonly Schedule[]): Promise<{ set: number; ended: number }>;
};

/** Schedulers asked for in one call. */
const PAGE = 1_000;
/** Ticks kept once they are done: they say nothing that the facts do not. */
const KEPT_TICKS = { count: 50 };

/** Opens the schedules of a queue. No deduplication id anywhere: it would stop the scheduler. */
export function openSchedules(queues: Pick<Queues, 'raw'>): Schedules {
  const queue = queues.raw('seeds');

  async function put({ id, url, everyMs }: Schedule): Promise<void> {
    const data: PayloadInput<'seeds'> = { url, again: true };
    await queue.upsertJobScheduler(
      id,
      { every: everyMs },
      { name: 'seeds', data, opts: { ...JOB_OPTIONS, removeOnComplete: KEPT_TICKS } },
    );
  }

  async function drop(id: string): Promise<void> {
    await queue.removeJobScheduler(id);
  }

  async function known(): Promise<Map<string, number | undefined>> {
    const found = new Map<string, number | undefined>();
    for (let start = 0; ; start += PAGE) {
      const page = await queue.getJobSchedulers(start, start + PAGE - 1);
      for (const { key, every } of page) found.set(key, every === undefined ? undefined : Number(every));
      if (page.length < PAGE) return found;
    }
  }

  return {
    put,
    drop,
    async align(wanted) {
      const there = await known();
      const missing = wanted.filter(({ id, everyMs }) => there.get(id) !== everyMs);
      for (const schedule of missing) await put(schedule);
      const ids = new Set(wanted.map(({ id }) => id));
      const stray = [...there.keys()].filter((id) => !ids.has(id));
      for (const id of stray) await drop(id);
      return { set: missing.length, ended: stray.length };
    },
  };
}
