/** Leases of the URLs in hand: renewed together while their fetches run, and given up where that fails. */
import type { UrlId } from '@newsloom/model';
import type { Log } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';

export type LeaseTools = {
  frontier: Pick<Store['frontier'], 'renew'>;
  /** How long a lease lasts, in milliseconds. */
  leaseMs: number;
  now: () => Date;
  log: Log;
};

export type Leases = {
  /**
   * Does some work on a URL whose lease was begun at `since`, and keeps renewing the lease meanwhile. The signal fires
   * once the lease is lost, or may be before the next renewal: the host is no longer ours to ask. Who calls `ending` is
   * about to free the host itself, together with others: from then on nothing is left that could be broken off.
   */
  during<T>(
    url: { id: UrlId; host: string },
    since: Date,
    work: (signal: AbortSignal, ending: () => void) => Promise<T>,
  ): Promise<T>;
  /** Stops renewing; what is still in hand is free when its lease ends. */
  close(): void;
};

/** Renewals in the length of a lease: three in a row may fail before a fetch is broken off. */
const RENEWALS_A_LEASE = 6;

type Held = { id: UrlId; host: string; until: number; ending: boolean; lost: AbortController };

/** Starts to renew: one statement for all that is in hand, six times in the length of a lease, and none while idle. */
export function startLeases({ frontier, leaseMs, now, log }: LeaseTools): Leases {
  const everyMs = leaseMs / RENEWALS_A_LEASE;
  const inHand = new Set<Held>();
  let renewing = false;

  const giveUp = (held: Held) => {
    inHand.delete(held);
    if (held.ending) return;
    log.warn({ urlId: held.id, host: held.host }, 'lease lost, the fetch is broken off');
    held.lost.abort();
  };
  const renew = async () => {
    const asked = [...inHand];
    const until = now().getTime() + leaseMs;
    const kept = new Set(await frontier.renew(asked, new Date(until)));
    for (const held of asked) {
      if (kept.has(held.id)) held.until = until;
      else if (inHand.has(held)) giveUp(held);
    }
  };
  const timer = setInterval(() => {
    // Also after a pause of the whole process: others may have the host by now.
    const nextTick = now().getTime() + everyMs;
    for (const held of inHand) if (held.until <= nextTick) giveUp(held);
    if (renewing || inHand.size === 0) return;
    renewing = true;
    renew()
      .catch((error: unknown) => log.debug({ err: error }, 'leases not renewed, to be tried again'))
      .finally(() => {
        renewing = false;
      });
  }, everyMs);

  return {
    async during({ id, host }, since, work) {
      const held = { id, host, until: since.getTime() + leaseMs, ending: false, lost: new AbortController() };
      inHand.add(held);
      try {
        return await work(held.lost.signal, () => {
          held.ending = true;
        });
      } finally {
        inHand.delete(held);
      }
    },
    close: () => clearInterval(timer),
  };
}
