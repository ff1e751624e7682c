/** Yields: what a source's pages give, field by field and day by day, and where that broke. */
import type { SourceId } from '@newsloom/model';
import { allBreaks, breaksOfSource, type SourceBreak, YIELD_DAYS } from '@newsloom/service';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { at, noQuery, refusals, wholeNumber, words } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const DAY_MS = 24 * 3_600_000;

const reading = z.object({ captureId: z.string(), url: z.string(), fetchedAt: at }).nullable();
const yieldBreak = z
  .object({
    field: z.string().describe('`article` for the article as a whole.'),
    before: z.number().describe('Share of the readings that had it before, from 0 to 1.'),
    since: z.number(),
    lastGood: reading.describe('The last capture that gave it.'),
    firstBad: reading.describe('The first capture without it.'),
  })
  .meta({ id: 'YieldBreak' });

const counts = z.record(z.string(), z.int());
const sourceYield = z
  .object({
    source: z.string(),
    days: z.array(
      z.object({
        day: z.string(),
        pages: z.int().describe('Captures read.'),
        articles: z.int(),
        fields: counts.describe('How many of the articles had each field.'),
        notes: counts.describe('How many captures gave no article, by note.'),
      }),
    ),
    breaks: z.array(yieldBreak),
  })
  .meta({ id: 'SourceYield' });

export const yieldsRoutes =
  ({ store, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/yields',
      {
        schema: {
          tags: ['sources'],
          summary: `Sources whose pages stopped giving a field, of those fetched within ${YIELD_DAYS} days.`,
          querystring: noQuery,
          response: {
            200: z.object({ items: z.array(z.object({ source: z.string(), breaks: z.array(yieldBreak) })) }),
            ...refusals,
          },
        },
      },
      async () => ({
        items: (await allBreaks(store, now())).map(({ source, breaks }) => ({ source, breaks: breaks.map(plain) })),
      }),
    );

    app.get(
      '/api/sources/:source/yield',
      {
        schema: {
          tags: ['sources'],
          summary: 'What a source gave, day by day and field by field.',
          params: z.strictObject({ source: words(1, 300) }),
          querystring: z.strictObject({ days: wholeNumber(1, 366).default(YIELD_DAYS) }),
          response: { 200: sourceYield, ...refusals },
        },
      },
      async ({ params, query }) => {
        const source = params.source as SourceId;
        const from = new Date(now().getTime() - query.days * DAY_MS);
        const [days, breaks] = await Promise.all([store.yields.days(source, from), breaksOfSource(store, source)]);
        return { source, days, breaks: breaks.map(plain) };
      },
    );
  };

const plain = ({ lastGood, firstBad, ...found }: SourceBreak) => ({
  ...found,
  lastGood: lastGood && { captureId: lastGood.captureId, url: lastGood.url, fetchedAt: lastGood.fetchedAt },
  firstBad: firstBad && { captureId: firstBad.captureId, url: firstBad.url, fetchedAt: firstBad.fetchedAt },
});
