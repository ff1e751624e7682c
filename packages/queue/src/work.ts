/** The consuming side: runs a handler, and turns its outcome into BullMQ's acts. The only place that knows both. */
import {
  ATTEMPTS,
  BACKOFF_MS,
  type Job,
  type Outcome,
  type Payload,
  type QueueName,
  quarantine,
  readPayload,
} from '@newsloom/jobs';
import type { Log } from '@newsloom/runtime';
import { type Job as BullJob, DelayedError, UnrecoverableError, WaitingError } from 'bullmq';
import type { Carrier } from './carrier.ts';

/** A handler decides; it never sees a queue, a job, a retry count or the clock. */
export type Handler<Q extends QueueName> = (payload: Payload<Q>) => Promise<Outcome>;

export type WorkOptions<Q extends QueueName> = {
  carrier: Carrier;
  queue: Q;
  handler: Handler<Q>;
  /** Adds the jobs an outcome names. */
  add: (jobs: readonly Job[]) => Promise<void>;
  concurrency: number;
  log: Log;
  /** Told of every job that ended: its note, and how long it took in milliseconds. */
  onDone?: (note: string, tookMs: number) => void;
  /** Told when a job is given up and left for a person. */
  onFailed?: (payload: unknown, reason: string) => Promise<void> | void;
};

export type Working = {
  /** Stops taking jobs; those that run go back to their queue. */
  close(): Promise<void>;
};

/** A crash may cost every job in flight one stall; only work that never ends may reach this. */
const MAX_STALLS = 50;
/** How long a worker may be silent before its jobs are given to another, and how often that is looked for. */
const LOCK = {
  redis: { lockDuration: 30_000, stalledInterval: 15_000 },
  // The only process there is holds the lock; after a crash its successor need not wait long.
  embedded: { lockDuration: 10_000, stalledInterval: 4_000 },
} as const;
/** Longest failure reason kept in a job. */
const MAX_REASON_CHARS = 600;

/** Begins to work on one queue. */
export function work<Q extends QueueName>(options: WorkOptions<Q>): Working {
  const { carrier, queue, log } = options;
  const worker = carrier.worker(
    queue,
    async (job: BullJob, token?: string, signal?: AbortSignal) => {
      const began = performance.now();
      const running = run(options, job, token, signal);
      const outcome = await (signal ? Promise.race([running, stopOf(signal)]) : running);
      if (outcome === 'stopped') {
        // The handler may still end what it writes; every step can be run twice.
        await job.moveToWait(token);
        throw new WaitingError();
      }
      options.onDone?.(outcome, performance.now() - began);
      return outcome;
    },
    {
      concurrency: options.concurrency,
      maxStalledCount: MAX_STALLS,
      ...LOCK[carrier.kind],
    },
  );
  worker.on('failed', (job, error) => {
    if (!job) return;
    const given = error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1);
    if (!given) return;
    log.error({ queue, jobId: job.id, reason: error.message.slice(0, MAX_REASON_CHARS) }, 'job left for a person');
    void Promise.resolve(options.onFailed?.(job.data, error.message.slice(0, MAX_REASON_CHARS))).catch((err) =>
      log.error({ err, queue }, 'the failure could not be noted'),
    );
  });
  worker.on('stalled', (jobId) => log.warn({ queue, jobId }, 'job taken up again after its worker went away'));
  return {
    async close() {
      const closing = worker.close();
      worker.cancelAllJobs('shutdown');
      await closing;
    },
  };
}

/** Runs one job to its end; answers with its note. */
async function run<Q extends QueueName>(
  options: WorkOptions<Q>,
  job: BullJob,
  token?: string,
  signal?: AbortSignal,
): Promise<string> {
  const read = readPayload(options.queue, job.data);
  let outcome: Outcome;
  try {
    outcome = read.ok ? await options.handler(read.payload) : quarantine(read.reason);
    // The next step is named before this one is acknowledged: a crash in between repeats, and loses nothing.
    if (outcome.kind === 'done' && outcome.next.length > 0) await options.add(outcome.next);
  } catch (error) {
    // The job is back in its queue already; what broke off with us is nobody's fault.
    if (signal?.aborted) throw error;
    return await retried(options, job, error, token);
  }
  switch (outcome.kind) {
    case 'done':
      return outcome.note;
    case 'later':
      return delay(options, job, outcome.delayMs, token);
    case 'quarantine':
      throw new UnrecoverableError(outcome.reason);
  }
}

/** A surprise: jobs of ours retry by BullMQ; a seed added by anyone may come without attempts, and gets them here. */
async function retried<Q extends QueueName>(
  options: WorkOptions<Q>,
  job: BullJob,
  error: unknown,
  token?: string,
): Promise<never> {
  const { log, queue } = options;
  log.warn({ err: error, queue, jobId: job.id, attempt: job.attemptsMade + 1 }, 'job failed, to be tried again');
  const started = job.attemptsStarted ?? 1;
  if ((job.opts.attempts ?? 1) < ATTEMPTS && started < ATTEMPTS) {
    return delay(options, job, BACKOFF_MS * 2 ** started, token);
  }
  throw error instanceof Error ? error : new Error(String(error));
}

/** Puts a running job back, not to run before `delayMs` from now; burns no attempt. */
async function delay<Q extends QueueName>(
  { carrier, queue }: WorkOptions<Q>,
  job: BullJob,
  delayMs: number,
  token?: string,
): Promise<never> {
  await job.moveToDelayed(Date.now() + Math.ceil(delayMs), token);
  await carrier.wake(queue);
  throw new DelayedError();
}

/** Resolves with `stopped` when the signal fires. */
const stopOf = (signal: AbortSignal): Promise<'stopped'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
