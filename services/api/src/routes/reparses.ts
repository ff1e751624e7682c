/** Reparses: stored captures read again, and what that changed. */
import { randomUUID } from 'node:crypto';
import { PARSER_VERSION } from '@newsloom/extract/version';
import type { SourceId } from '@newsloom/model';
import { pumpReparse } from '@newsloom/service';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { spanOf } from '../dates.ts';
import { ApiError } from '../errors.ts';
import { at, edge, maybeText, refusals, refusalsAnd404, wholeNumber, words } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const report = z
  .object({
    id: z.string(),
    filter: z.object({ sourceId: maybeText, since: maybeText, belowVersion: z.int().nullable() }),
    askedAt: at,
    parserVersion: z.int().describe('The version that reads now.'),
    total: z.int().describe('Captures to be read again.'),
    done: z.int(),
    same: z.int().describe('Captures that gave the same as before.'),
    changes: z
      .record(z.string(), z.int())
      .describe('How many captures changed in this field; `new`, `lost` and `unreadable` for whole articles.'),
    changed: z
      .array(z.object({ url: z.string(), captureId: z.string(), documentId: maybeText, changes: z.array(z.string()) }))
      .describe('The first captures that gave something else.'),
  })
  .meta({ id: 'Reparse' });

export const reparsesRoutes =
  ({ store, queues, log, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    const closing = new AbortController();
    app.addHook('onClose', async () => closing.abort());

    const answer = async (id: string, limit: number) => {
      const found = await store.reparses.report(id);
      if (!found) throw new ApiError(404, 'unknown-reparse', `There is no reparse ${id}.`);
      return { ...found, parserVersion: PARSER_VERSION, changed: await store.reparses.changed(id, limit) };
    };

    app.post(
      '/api/reparses',
      {
        schema: {
          tags: ['reparses'],
          summary: 'Read stored captures again, of each URL the latest.',
          body: z.strictObject({
            source: words(1, 300).optional().describe('Only of this source.'),
            since: edge.describe('Only fetched from the start of this year, month or day on (UTC).'),
            belowVersion: z.int().min(1).max(1_000_000).optional().describe('Only read by an older parser than this.'),
          }),
          response: { 202: report, ...refusals },
        },
      },
      async ({ body }, reply) => {
        const id = randomUUID();
        const start = body.since && spanOf(body.since)?.start;
        await store.reparses.begin(
          id,
          {
            sourceId: (body.source ?? null) as SourceId | null,
            since: start ? new Date(start) : null,
            belowVersion: body.belowVersion ?? null,
          },
          now(),
        );
        pumpReparse({ store, queues }, id, closing.signal).catch((error: unknown) =>
          log.warn({ err: error, reparse: id }, 'a reparse was broken off; what waits is handed out again by itself'),
        );
        return reply.status(202).send(await answer(id, 0));
      },
    );

    app.get(
      '/api/reparses/:id',
      {
        schema: {
          tags: ['reparses'],
          summary: 'How far a reparse is, and what it changed.',
          params: z.strictObject({ id: z.uuid() }),
          querystring: z.strictObject({ limit: wholeNumber(0, 1_000).default(20) }),
          response: { 200: report, ...refusalsAnd404 },
        },
      },
      ({ params, query }) => answer(params.id, query.limit),
    );
  };
