/** What becomes of a seed, by its own words and those of its source. */
import type { Payload, SourceSettings } from '@newsloom/jobs';
import type { Seed } from '@newsloom/store';
import { describe, expect, test } from 'vitest';
import { type AcceptTools, acceptSeed } from './accept-seed.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

/** Accepts a seed of a source with these settings; answers with the outcome and what was written. */
async function accept(seed: Payload<'seeds'>, settings: SourceSettings = {}) {
  const written: Seed[] = [];
  const ticks: string[] = [];
  const store = {
    seeds: {
      async accept(it: Seed) {
        written.push(it);
        return { isNew: true, readAgain: [] };
      },
      async tick(id: string) {
        ticks.push(id);
        return 'due' as const;
      },
    },
  } as unknown as AcceptTools['store'];
  const outcome = await acceptSeed(seed, { store, sources: { for: async () => settings }, now: () => NOW });
  return { outcome, written, ticks };
}

const url = 'https://bao.example/';

describe('a seed', () => {
  test.each<[string, Partial<Payload<'seeds'>>, SourceSettings, Partial<Seed>]>([
    ['that says nothing is followed one hop', {}, {}, { depth: 1, priority: 0 }],
    ['takes depth and priority of its source', {}, { scope: { depth: 3 }, priority: 7 }, { depth: 3, priority: 7 }],
    ['may say otherwise', { depth: 2, priority: -1 }, { scope: { depth: 3 }, priority: 7 }, { depth: 2, priority: -1 }],
    ['does not go deeper than its source', { depth: 9 }, { scope: { depth: 3 } }, { depth: 3 }],
    ['keeps its interval', { every: 900_000 }, {}, { everyMs: 900_000 }],
  ])('%s', async (_what, seed, settings, expected) => {
    const { outcome, written } = await accept({ url, ...seed }, settings);
    expect(outcome).toMatchObject({ kind: 'done', note: 'accepted' });
    expect(written).toMatchObject([{ url, sourceId: 'bao.example', ...expected }]);
  });

  test('whose turn has come is visited, and nothing else about it changes', async () => {
    const { outcome, written, ticks } = await accept({ url, again: true });
    expect(outcome).toMatchObject({ kind: 'done', note: 'due' });
    expect(written).toEqual([]);
    expect(ticks).toHaveLength(1);
  });
});
