/** The settings of sources as a running service sees them: read once, and again when somebody changes them. */
import { readSourceSettings, type SourceSettings } from '@newsloom/jobs';
import type { Closable, Log } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';

export type SourceBook = Closable & {
  /** The settings of a source; empty where nothing was set. */
  for(id: SourceId): Promise<SourceSettings>;
};
type SourceId = Parameters<Store['sources']['settings']>[0];

/** Read again after this, in milliseconds, should the word of a change have been lost. */
const FRESH_MS = 60_000;
/** Sources kept at once; a crawl of the whole web has more than fit. */
const MOST_KEPT = 20_000;

/** Opens the book. Settings that no longer fit their schema count as none, and are logged. */
export async function openSourceBook(
  sources: Pick<Store['sources'], 'settings' | 'onChange'>,
  now: () => Date,
  log: Log,
): Promise<SourceBook> {
  const kept = new Map<SourceId, { settings: Promise<SourceSettings>; until: number }>();
  const stop = await sources.onChange((id) => kept.delete(id));

  async function read(id: SourceId): Promise<SourceSettings> {
    const stored = await sources.settings(id);
    if (stored === null) return {};
    const found = readSourceSettings(stored);
    if (found.ok) return found.settings;
    log.warn({ source: id, faults: found.faults }, 'the settings of a source no longer fit, and are not used');
    return {};
  }

  return {
    async for(id) {
      const time = now().getTime();
      const known = kept.get(id);
      if (known && known.until > time) return known.settings;
      if (kept.size >= MOST_KEPT) kept.clear();
      const settings = read(id);
      kept.set(id, { settings, until: time + FRESH_MS });
      // What could not be read is asked for again.
      settings.catch(() => kept.delete(id));
      return settings;
    },
    close: stop,
  };
}
