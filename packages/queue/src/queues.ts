/** The producing side: adds jobs, counts them, and opens the queues for the dashboard. */
import {
  ATTEMPTS,
  BACKOFF_MS,
  type Job,
  QUEUES,
  type QueueName,
  readPayload,
  withoutCredentials,
} from '@newsloom/jobs';
import type { Queue } from 'bullmq';
import type { AnyQueue, Carrier } from './carrier.ts';

export type QueueCounts = { waiting: number; active: number; delayed: number; failed: number };

export type Queues = {
  /** Adds jobs; each payload is checked before it leaves. @throws TypeError for a payload that is not valid */
  add(jobs: readonly Job[]): Promise<void>;
  counts(): Promise<Record<QueueName, QueueCounts>>;
  /** Jobs of one queue that may run now and wait for a worker. */
  waiting(name: QueueName): Promise<number>;
  /** The BullMQ queue itself, for the dashboard. */
  raw(name: QueueName): AnyQueue;
  /** Empties a queue of everything but its failed jobs. Only for what can be rebuilt from the facts. */
  empty(name: QueueName): Promise<void>;
  close(): Promise<void>;
};

/** Finished jobs kept for the dashboard: enough to see what happened, bounded so that Redis does not fill up. */
const KEEP_DONE = { count: 500, age: 24 * 3600 };
const KEEP_FAILED = { count: 5_000, age: 14 * 24 * 3600 };
/** Entries kept in each queue's event stream; BullMQ's own 10,000 would be most of an idle Redis' memory. */
const EVENTS_KEPT = 1_000;

export const JOB_OPTIONS = {
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: BACKOFF_MS, jitter: 0.5 },
  removeOnComplete: KEEP_DONE,
  removeOnFail: KEEP_FAILED,
} as const;

/**
 * What differs between the carriers, measured on PGlite: trimming finished jobs at each finish triples the cost of a job
 * there (2.5 ms instead of 0.8), so that they are swept now and then; and a bulk of one costs as much as twelve jobs
 * added alone (8 ms; one alone 0.7).
 */
const MANNERS = {
  redis: { options: JOB_OPTIONS, bulkFrom: 1, sweepMs: null },
  embedded: { options: { ...JOB_OPTIONS, removeOnComplete: false }, bulkFrom: 12, sweepMs: 30_000 },
} as const;
/** A sweep leaves what finished within this, so that a person can see what happened. */
const SWEEP_OLDER_MS = 2 * 60_000;
const SWEEP_AT_ONCE = 10_000;

/** Opens all queues for producing. */
export function openQueues(carrier: Carrier): Queues {
  const { options, bulkFrom, sweepMs } = MANNERS[carrier.kind];
  const queues = Object.fromEntries(
    QUEUES.map((name) => [
      name,
      carrier.queue(name, { defaultJobOptions: options, streams: { events: { maxLen: EVENTS_KEPT } } }),
    ]),
  ) as Record<QueueName, Queue>;
  const all = Object.entries(queues) as [QueueName, Queue][];
  const sweep = async () => {
    for (const [, queue] of all) await queue.clean(SWEEP_OLDER_MS, SWEEP_AT_ONCE, 'completed');
  };
  // What a sweep leaves out for a lost connection, the next one takes.
  const sweeping = sweepMs === null ? null : setInterval(() => void sweep().catch(() => {}), sweepMs).unref();
  return {
    async add(jobs) {
      for (const { queue, payload } of jobs) {
        const read = readPayload(queue, payload);
        if (!read.ok) throw new TypeError(read.reason);
      }
      for (const [name, queue] of all) {
        const own = jobs.filter((it) => it.queue === name);
        if (own.length === 0) continue;
        const adding = own.map((it) => ({
          name,
          data: it.queue === 'seeds' ? { ...it.payload, url: withoutCredentials(it.payload.url) } : it.payload,
          opts: it.delayMs ? { delay: Math.ceil(it.delayMs) } : {},
        }));
        if (adding.length >= bulkFrom) await queue.addBulk(adding);
        else for (const it of adding) await queue.add(it.name, it.data, it.opts);
        if (own.some((it) => it.delayMs)) await carrier.wake(name);
      }
    },
    async counts() {
      const entries = await Promise.all(
        all.map(async ([name, queue]) => {
          const n = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
          const waiting = (n.waiting ?? 0) + (n.prioritized ?? 0);
          // The next tick of a schedule waits there as a delayed job, and is no work that waits.
          const ticks = name === 'seeds' ? await queue.getJobSchedulersCount() : 0;
          const delayed = Math.max(0, (n.delayed ?? 0) - ticks);
          return [name, { waiting, active: n.active ?? 0, delayed, failed: n.failed ?? 0 }] as const;
        }),
      );
      return Object.fromEntries(entries) as Record<QueueName, QueueCounts>;
    },
    waiting: (name) => queues[name].getJobCountByTypes('waiting', 'prioritized'),
    raw: (name) => queues[name],
    async empty(name) {
      await queues[name].drain(true);
    },
    async close() {
      if (sweeping) clearInterval(sweeping);
      await Promise.allSettled(all.map(([, queue]) => queue.close()));
    },
  };
}
