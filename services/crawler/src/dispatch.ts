/** Dispatch, the politeness gate: claims what may be fetched now, host by host, and adds one fetch job for each. */
import type { Job } from '@newsloom/jobs';
import type { Log } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';
import { fetchJob } from './fetch-url.ts';

export type DispatchTools = {
  frontier: Pick<Store['frontier'], 'claim' | 'nextDue' | 'heal'>;
  add: (jobs: readonly Job[]) => Promise<void>;
  /** Fetch jobs that wait for a worker. */
  waiting: () => Promise<number>;
  /** True while nothing more should be fetched, because what comes after cannot keep up. */
  held?: () => boolean;
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
  /** A fetch job has ended: once a quarter of the window has, it is looked at again, should it have been full. */
  ended(): void;
  close(): Promise<void>;
};

/** Longest sleep between two looks, should a notification be lost. */
const LONGEST_SLEEP_MS = 2_000;
/** Shortest sleep after a look that found nothing to do. */
const SHORTEST_SLEEP_MS = 20;
/** Longest sleep while the window is full: jobs may also be taken by crawlers that cannot tell us. */
const FULL_SLEEP_MS = 250;
/** Sleep while what was fetched waits to be read. */
const HELD_SLEEP_MS = 500;
/** Share of the window that must have ended before a full one is looked at again. */
const REFILL_SHARE = 0.25;
const PAUSE_AFTER_ERROR_MS = 2_000;
/** How often URLs are looked for that became due and that nobody announced. */
const HEAL_EVERY_MS = 30_000;

/** One look: claims at most what the window still takes. Answers with how many jobs it added, or that it is full. */
export async function dispatchOnce(tools: DispatchTools): Promise<number | 'full'> {
  const room = tools.window - (await tools.waiting());
  if (room <= 0) return 'full';
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
 * dispatcher starts hosts that become due. While the database or the queues are away it keeps trying, and says so once.
 */
export function startDispatcher(tools: DispatchTools): Dispatcher {
  const { frontier, now, log, crawlId } = tools;
  let closed = false;
  let woken = false;
  let endedSince = 0;
  let failingSince: Date | null = null;
  let healedAt = now().getTime();
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
  /** One look, and how long to sleep after it, in milliseconds; 0: look again at once. */
  const look = async (): Promise<number> => {
    if (tools.held?.()) return HELD_SLEEP_MS;
    const added = await dispatchOnce(tools);
    if (added === 'full') return FULL_SLEEP_MS;
    if (added > 0) return 0;
    if (crawlId === null && now().getTime() - healedAt >= HEAL_EVERY_MS) {
      healedAt = now().getTime();
      if ((await frontier.heal(now())) > 0) return 0;
    }
    const due = await frontier.nextDue(now(), crawlId);
    const wait = due ? due.getTime() - now().getTime() : LONGEST_SLEEP_MS;
    return Math.min(Math.max(wait, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
  };
  const loop = async () => {
    while (!closed) {
      woken = false;
      endedSince = 0;
      try {
        const restMs = await look();
        if (failingSince) {
          log.info({ awayMs: now().getTime() - failingSince.getTime() }, 'dispatching again');
          failingSince = null;
        }
        if (restMs > 0) await sleep(restMs);
      } catch (error) {
        if (closed) return;
        if (!failingSince) {
          log.warn({ err: error }, 'dispatch failed, to be tried again until it works');
          failingSince = now();
        }
        woken = false;
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
    ended() {
      if (++endedSince >= tools.window * REFILL_SHARE) rouse();
    },
    async close() {
      closed = true;
      rouse();
      await running;
    },
  };
}
