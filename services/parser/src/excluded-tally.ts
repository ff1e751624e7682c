/** Counts the links that scopes leave out, and writes the counts down now and then: a page has dozens of them. */
import type { SourceId } from '@newsloom/model';
import type { Service, ServiceContext } from '@newsloom/service';
import type { Store } from '@newsloom/store';
import type { LeftLink } from './select-links.ts';

export type ExcludedTally = Service & {
  /** Counts links of a source that were left out. */
  add(sourceId: SourceId, left: readonly LeftLink[]): void;
  /** Writes what has been counted so far. */
  flush(): Promise<void>;
};

/** A crash loses the counts of this long at most, in milliseconds; they are for people, and nothing depends on them. */
const FLUSH_EVERY_MS = 5_000;
/** Addresses kept by name for each reason until they are written. */
const SAMPLE_SIZE = 10;

/** Begins to count. */
export function openExcludedTally(
  sources: Pick<Store['sources'], 'noteExcluded'>,
  now: () => Date,
  log: ServiceContext['log'],
): ExcludedTally {
  let counts = new Map<string, { sourceId: SourceId; reason: string; links: number; sample: string[] }>();
  const flush = async () => {
    const written = counts;
    counts = new Map();
    await sources.noteExcluded([...written.values()], now());
  };
  const timer = setInterval(() => {
    flush().catch((error) => log.warn({ err: error }, 'counts of links out of scope were not written'));
  }, FLUSH_EVERY_MS);
  return {
    add(sourceId, left) {
      for (const { url, reason } of left) {
        const key = `${reason} ${sourceId}`;
        const count = counts.get(key) ?? { sourceId, reason, links: 0, sample: [] };
        count.links += 1;
        if (count.sample.length < SAMPLE_SIZE) count.sample.push(url);
        counts.set(key, count);
      }
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
