/** Sources as a person asks about them and sets them: what a source is like, how it is doing, what belongs to it. */
import { lintRules } from '@newsloom/extract/rules';
import { canonicalize, SCOPE_REASONS, scopeOf, silenceOf, sourceOf } from '@newsloom/frontier';
import { readSourceSettings, type SourceSettings } from '@newsloom/jobs';
import { type CaptureId, type SourceId, urlIdOf } from '@newsloom/model';
import type { SeedRow, SourceHealth, SourceLine, Store } from '@newsloom/store';
import { sourceSentences } from './source-sentences.ts';

type Stores = Pick<Store, 'sources' | 'seeds' | 'sourceHealth' | 'frontier'>;

/** A source with all that is known of it. */
export type SourceAnswer = Omit<SourceLine, 'seeds' | 'documents'> &
  Omit<SourceHealth, 'articleTimes'> & {
    says: string[];
    seeds: SeedRow[];
    medianGapMs: number | null;
    /** Since when it has been silent, where that is unusual. */
    silentSince: Date | null;
    today: { requests: number; rendered: number; perDay: number | null };
  };

/** Whether an address belongs to a source, and which rule decided. */
export type ScopeTest = {
  url: string;
  source: string;
  in: boolean;
  reason: string | null;
  rule: string;
  known: boolean;
};

/** Stands for a header's value where settings are shown: such values are often secrets. */
export const HIDDEN = '(hidden)';
const MOST_SEEDS = 200;

/** All about a source, or null where nobody has named it. */
export async function describeSource(store: Stores, id: SourceId, now: Date): Promise<SourceAnswer | null> {
  const line = await store.sources.find(id);
  if (!line) return null;
  const [{ articleTimes, ...health }, seeds, used] = await Promise.all([
    store.sourceHealth(id, now),
    store.seeds.list({ limit: MOST_SEEDS, offset: 0, sourceId: id }),
    store.sources.used(id, now),
  ]);
  const { medianGapMs, silentSinceMs } = silenceOf(
    articleTimes.map((at) => at.getTime()),
    health.lastFetchedAt?.getTime() ?? null,
  );
  const settings = settingsIn(line);
  const facts = {
    ...line,
    ...health,
    settings: shown(settings),
    seeds,
    medianGapMs,
    silentSince: silentSinceMs === null ? null : new Date(silentSinceMs),
    today: { requests: used.request, rendered: used.render, perDay: settings.perDay ?? null },
  };
  return { ...facts, says: sourceSentences(facts, now) };
}

/**
 * Sets a source. A header whose value is given as it is shown keeps the value it has.
 * @param change the new settings, made from the ones there are
 * @returns captures to be read again for links that the scope takes in now; or what is wrong, in sentences
 */
export async function setSource(
  store: Stores,
  id: SourceId,
  change: (current: SourceSettings) => unknown,
  now: Date,
): Promise<{ ok: true; readAgain: CaptureId[] } | { ok: false; faults: string[] }> {
  const line = await store.sources.find(id);
  const current = line ? settingsIn(line) : {};
  const read = readSourceSettings(change(current));
  if (!read.ok) return read;
  const faults = lintRules(read.settings.rules ?? {}).map((fault) => fault.replace(/^"/, '"rules.'));
  if (faults.length > 0) return { ok: false, faults };
  const settings = unhidden(read.settings, current);
  const rescoped = JSON.stringify(settings.scope ?? {}) !== JSON.stringify(current.scope ?? {});
  const readAgain = await store.sources.set(id, settings, {
    scopeNotes: rescoped ? SCOPE_REASONS : [],
    priority: { from: current.priority ?? 0, to: settings.priority ?? 0 },
    now,
  });
  const before = current.perDay ?? Number.POSITIVE_INFINITY;
  if ((settings.perDay ?? Number.POSITIVE_INFINITY) > before) await store.sources.resume(id, midnightAfter(now), now);
  return { ok: true, readAgain };
}

/** Tells whether an address belongs to a source by its settings, without asking anybody. Null where it is no address. */
export async function testSource(store: Stores, id: SourceId, given: string): Promise<ScopeTest | null> {
  const url = canonicalize(given);
  if (url === null) return null;
  const [line, seeds, known] = await Promise.all([
    store.sources.find(id),
    store.seeds.list({ limit: MOST_SEEDS, offset: 0, sourceId: id }),
    store.frontier.find(urlIdOf(url)),
  ]);
  const homes = new Set(seeds.map((seed) => sourceOf(seed.url)));
  if (homes.size === 0) homes.add(id);
  const check = scopeOf(line ? (settingsIn(line).scope ?? {}) : {}, [...homes]);
  const isSeed = seeds.some((seed) => seed.url === url);
  const isFeed = known?.kind === 'feed' || known?.kind === 'sitemap';
  const answer = check(url, isSeed ? 'seed' : isFeed ? 'list' : 'link');
  return {
    url,
    source: id,
    in: answer.in,
    reason: answer.in ? null : answer.reason,
    rule: answer.rule,
    known: known !== null,
  };
}

/** When the budgets of a new day begin, in UTC. */
const midnightAfter = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));

/** The settings of a source as kept; those that no longer fit count as none, as they do for the crawler. */
export function settingsIn({ settings }: Pick<SourceLine, 'settings'>): SourceSettings {
  const read = readSourceSettings(settings);
  return read.ok ? read.settings : {};
}

/** Settings as they may be shown: without what a header holds. */
export function shown(settings: SourceSettings): SourceSettings {
  return withHeaders(settings, () => HIDDEN);
}

const unhidden = (settings: SourceSettings, current: SourceSettings): SourceSettings =>
  withHeaders(settings, (name, value) => (value === HIDDEN ? (current.fetch?.headers?.[name] ?? '') : value));

function withHeaders(settings: SourceSettings, told: (name: string, value: string) => string): SourceSettings {
  const { headers } = settings.fetch ?? {};
  if (headers === undefined) return settings;
  const changed = Object.entries(headers).map(([name, value]) => [name, told(name, value)]);
  return { ...settings, fetch: { ...settings.fetch, headers: Object.fromEntries(changed) } };
}
