/** Dispatch, the politeness gate: claims what may be fetched now, host by host, and adds one fetch job for each. */
import type { Job } from '@newsloom/jobs';
import type { Log } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';
import { fetchJob } from './fetch-url.ts';

export type DispatchTools = {
  frontier: Pick<Store['frontier'], 'claim' | 'nextDue'>;
  add: (jobs: readonly Job[]) => Promise<void>;
  /** Fetch jobs that wait for a worker. */
  waiting: () => Promise<number>;
  crawlId: string | null;
  /** How long a claimed URL is its job's, in milliseconds. */
  leaseMs: number;
  /** Most fetch jobs that may wait at once: what Redis holds is bounded by it. */
  window: number;
  now: () => Date;
  log: Log;
};

export type Dispatcher = {
  /** Looks again now: something has become due. */
  wake(): void;
  close(): Promise<void>;
};

/** Longest sleep between two looks, should a notification be lost. */
const LONGEST_SLEEP_MS = 2_000;
/** Shortest sleep after a look that found nothing to do. */
const SHORTEST_SLEEP_MS = 20;
const PAUSE_AFTER_ERROR_MS = 2_000;

/** One look: claims at most what the window still takes. Answers with how many jobs it added. */
export async function dispatchOnce(tools: DispatchTools): Promise<number> {
  const room = tools.window - (await tools.waiting());
  if (room <= 0) return 0;
  const claims = await tools.frontier.claim({
    now: tools.now(),
    limit: room,
    leaseMs: tools.leaseMs,
    crawlId: tools.crawlId,
  });
  if (claims.length > 0) await tools.add(claims.map(fetchJob));
  return claims.length;
}

/**
 * Dispatches until closed. A host that has been started keeps itself going, each fetch claiming the next; the
 * dispatcher starts hosts that become due.
 */
export function startDispatcher(tools: DispatchTools): Dispatcher {
  let closed = false;
  let woken = false;
  let rouse: () => void = () => {};
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || closed) rouse();
    });
  const loop = async () => {
    while (!closed) {
      woken = false;
      try {
        const added = await dispatchOnce(tools);
        if (added > 0) continue;
        const due = await tools.frontier.nextDue(tools.now(), tools.crawlId);
        const wait = due ? due.getTime() - tools.now().getTime() : LONGEST_SLEEP_MS;
        await sleep(Math.min(Math.max(wait, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS));
      } catch (error) {
        if (closed) return;
        tools.log.warn({ err: error }, 'dispatch failed, to be tried again');
        await sleep(PAUSE_AFTER_ERROR_MS);
      }
    }
  };
  const running = loop();
  return {
    wake() {
      woken = true;
      rouse();
    },
    async close() {
      closed = true;
      rouse();
      await running;
    },
  };
}
