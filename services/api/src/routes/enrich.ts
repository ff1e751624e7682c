/** Enriching documents again. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { spanOf } from '../dates.ts';
import { enrichAgain } from '../enrich-again.ts';
import { refusals } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

export const enrichRoutes =
  (tools: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/enrich',
      {
        schema: {
          tags: ['documents'],
          summary: 'Lets documents be enriched again, those an older enricher read, or all.',
          body: z.strictObject({
            since: z
              .string()
              .refine((text) => spanOf(text) !== null, {
                error: 'must be a year, a month, a day, or an instant with its zone',
              })
              .optional()
              .describe('Dated, or else fetched, from the start of this year, month or day on (UTC).'),
            all: z.boolean().default(false).describe('Also those that this enricher has read.'),
          }),
          response: { 200: z.object({ documents: z.int().describe('How many wait now.') }), ...refusals },
        },
      },
      async ({ body: { since, all } }) => {
        const start = since === undefined ? null : new Date(spanOf(since)?.start as string);
        return { documents: await enrichAgain(tools, { since: start, all }) };
      },
    );
  };
