/** The overview in numbers: queues, frontier, documents, stories. */
import { QUEUES } from '@newsloom/jobs';
import { z } from 'zod';
import type { ApiTools } from './tools.ts';

const queueCounts = z.object({ waiting: z.int(), active: z.int(), delayed: z.int(), failed: z.int() });

export const statsAnswer = z
  .object({
    version: z.string(),
    store: z.string().describe('"postgres" or "embedded".'),
    carrier: z.string().describe('"redis" or "embedded".'),
    queues: z.object(Object.fromEntries(QUEUES.map((name) => [name, queueCounts]))),
    urls: z.object({ known: z.int(), due: z.int(), leased: z.int() }),
    seeds: z.int(),
    documents: z.object({
      documents: z.int(),
      waiting: z.int().describe('Not yet enriched and placed in a story.'),
    }),
    entities: z.int(),
    stories: z.object({ stories: z.int(), shared: z.int().describe('Told by two documents or more.') }),
  })
  .meta({ id: 'Stats' });

/** Reads all numbers of the overview. */
export async function readStats({ store, queues, carrier, now, version }: ApiTools) {
  const [queueCounts, urls, seeds, documents, entities, stories] = await Promise.all([
    queues.counts(),
    store.frontier.counts(now()),
    store.seeds.count(),
    store.documents.counts(),
    store.entities.count(),
    store.stories.counts(),
  ]);
  return {
    version,
    store: store.database.kind,
    carrier: carrier.kind,
    queues: queueCounts,
    urls,
    seeds,
    documents,
    entities,
    stories,
  };
}
