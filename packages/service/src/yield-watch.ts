/** Watches what sources give, and tells once when one stops giving a field. */
import { breaksOf, type YieldBreak } from '@newsloom/frontier';
import type { SourceId } from '@newsloom/model';
import type { Log } from '@newsloom/runtime';
import type { Reading, Store } from '@newsloom/store';

/** A break with the captures that show it. */
export type SourceBreak = Omit<YieldBreak, 'lastGood' | 'firstBad'> & {
  lastGood: Reading | null;
  firstBad: Reading | null;
};

/** Readings looked at: some days of a busy source, some months of a slow one. */
const READINGS = 300;
const DAY_MS = 24 * 3_600_000;
/** Sources that were silent for longer are not looked at. */
export const YIELD_DAYS = 30;

/** The breaks in a source's latest readings. */
export async function breaksOfSource(store: Pick<Store, 'yields'>, id: SourceId): Promise<SourceBreak[]> {
  const readings = (await store.yields.latest(id, READINGS)).reverse();
  return breaksOf(readings.map((it) => it.fields)).map(({ lastGood, firstBad, ...found }) => ({
    ...found,
    lastGood: readings[lastGood] ?? null,
    firstBad: readings[firstBad] ?? null,
  }));
}

/** All sources with a break, of those that gave captures of late. */
export async function allBreaks(
  store: Pick<Store, 'yields'>,
  now: Date,
): Promise<{ source: SourceId; breaks: SourceBreak[] }[]> {
  const found = [];
  for (const source of await store.yields.sources(new Date(now.getTime() - YIELD_DAYS * DAY_MS))) {
    const breaks = await breaksOfSource(store, source);
    if (breaks.length > 0) found.push({ source, breaks });
  }
  return found;
}

/** Looks now and then, and warns of every break once. @returns what ends the watch */
export function watchYields(
  { store, log, now }: { store: Pick<Store, 'yields'>; log: Log; now: () => Date },
  everyMs: number,
): { close(): void } {
  const told = new Set<string>();
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      for (const { source, breaks } of await allBreaks(store, now())) {
        for (const { field, before, since, lastGood, firstBad } of breaks) {
          const key = `${source} ${field} ${firstBad?.captureId}`;
          if (told.has(key)) continue;
          told.add(key);
          log.warn(
            {
              source,
              field,
              before: percent(before),
              since: percent(since),
              lastGood: lastGood?.url,
              lastGoodCapture: lastGood?.captureId,
              firstBad: firstBad?.url,
              firstBadCapture: firstBad?.captureId,
            },
            field === 'article'
              ? 'pages of a source give no article any more: its layout has changed'
              : 'articles of a source lack a field they used to have: its layout has changed',
          );
        }
      }
    } catch (error) {
      log.debug({ err: error }, 'yields could not be looked at');
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
