/** Back-pressure: whether the rest of the line, or the disk, is so far behind that nothing more should be fetched. */
import { statfs } from 'node:fs/promises';
import type { Queues } from '@newsloom/queue';
import type { Closable, Log, Settings } from '@newsloom/runtime';
import { countUnread, type Store } from '@newsloom/store';

/** Why fetching pauses, as a word and as a sentence for a person. */
export type Pressure = { reason: 'unread' | 'disk'; says: string };

export type PressureTools = {
  settings: Pick<Settings, 'unreadLimit' | 'minFreeMb' | 'dataDir'>;
  store: Pick<Store, 'database'>;
  queues: Pick<Queues, 'waiting'>;
  /** Free bytes where a folder lies; the file system's own answer unless given. */
  freeBytes?: (folder: string) => Promise<number>;
};

/** Fetching goes on once the backlog is down to this share of its limit, so that it does not start and stop by the page. */
const RELEASE_SHARE = 0.8;
const MB = 1_000_000;

/** What was measured; `freeMb` null where the disk is not looked at. */
export type Measured = { unread: number; freeMb: number | null };

/** Decides whether fetching pauses, given whether it did before. */
export function pressureOf(
  { unread, freeMb }: Measured,
  { unreadLimit, minFreeMb }: Pick<Settings, 'unreadLimit' | 'minFreeMb'>,
  before: Pressure | null,
): Pressure | null {
  if (freeMb !== null && freeMb < minFreeMb) {
    return {
      reason: 'disk',
      says: `fetching pauses: ${Math.floor(freeMb)} MB are free where the data lies, fewer than the ${minFreeMb} of NEWSLOOM_MIN_FREE_MB`,
    };
  }
  const limit = before?.reason === 'unread' ? unreadLimit * RELEASE_SHARE : unreadLimit;
  if (unread < limit) return null;
  return {
    reason: 'unread',
    says: `fetching pauses: ${unread >= unreadLimit ? `${unreadLimit} pages or more` : `${unread} pages`} wait to be read (NEWSLOOM_UNREAD_LIMIT)`,
  };
}

/** Measures what `pressureOf` decides by. */
export async function measurePressure(tools: PressureTools): Promise<Measured> {
  const { settings, store, queues, freeBytes = freeBytesOf } = tools;
  const [queued, unread] = await Promise.all([
    queues.waiting('parse'),
    countUnread(store.database, settings.unreadLimit),
  ]);
  // With a database server elsewhere, what is free here says nothing.
  const looksAtDisk = store.database.kind === 'embedded' && settings.minFreeMb > 0;
  return {
    unread: Math.max(queued, unread),
    freeMb: looksAtDisk ? (await freeBytes(settings.dataDir)) / MB : null,
  };
}

/** Why fetching pauses at this moment, or null. */
export const pressureNow = async (tools: PressureTools): Promise<Pressure | null> =>
  pressureOf(await measurePressure(tools), tools.settings, null);

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export type PressureWatch = Closable & {
  /** Why fetching pauses now, or null. */
  now(): Pressure | null;
};

/** Often enough that little is fetched beyond the limit, at a few ms a look. */
const LOOK_EVERY_MS = 2_000;

/** Looks now and every two seconds, and says so when it begins or ends. The first look is done when it resolves. */
export async function watchPressure(tools: PressureTools, log: Log): Promise<PressureWatch> {
  let pressure: Pressure | null = null;
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      const found = pressureOf(await measurePressure(tools), tools.settings, pressure);
      if (found && !pressure) log.warn({ reason: found.reason }, found.says);
      if (!found && pressure) log.info({ reason: pressure.reason }, 'fetching goes on');
      pressure = found;
    } catch {
      // Without an answer it stays as it was; that the store or the queues are away is told by those who need them.
    } finally {
      looking = false;
    }
  };
  await look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    now: () => pressure,
    async close() {
      clearInterval(timer);
    },
  };
}
