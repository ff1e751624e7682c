/** Adds again what the facts say is pending and no queue holds: after a crash, or when Redis was emptied. */
import { job, type QueueName } from '@newsloom/jobs';
import type { QueueCounts, Queues } from '@newsloom/queue';
import type { Store } from '@newsloom/store';

export type ReconcileTools = {
  store: Pick<Store, 'captures' | 'documents'>;
  queues: Pick<Queues, 'add' | 'counts'>;
  now: () => Date;
};

/** What is pending for less than this is most likely about to be added by the step that wrote it. */
export const SETTLE_MS = 60_000;
const MOST_AT_ONCE = 1_000;

/**
 * Looks once. A queue that holds anything is left alone: what is pending may well be what it holds.
 * @param olderThanMs only what is pending for longer; 0 right after a start, when nobody else is at work
 * @returns how many jobs were added
 */
export async function reconcile({ store, queues, now }: ReconcileTools, olderThanMs: number): Promise<number> {
  const counts = await queues.counts();
  const idle = (...names: QueueName[]) => names.every((name) => isIdle(counts[name]));
  const before = new Date(now().getTime() - olderThanMs);
  const jobs = [];
  if (idle('parse')) {
    for (const captureId of await store.captures.pending(before, MOST_AT_ONCE)) jobs.push(job('parse', { captureId }));
  }
  if (idle('enrich', 'cluster')) {
    for (const { id, step } of await store.documents.pending(before, MOST_AT_ONCE))
      jobs.push(job(step, { documentId: id }));
  }
  await queues.add(jobs);
  return jobs.length;
}

const isIdle = ({ waiting, active, delayed }: QueueCounts): boolean => waiting + active + delayed === 0;
