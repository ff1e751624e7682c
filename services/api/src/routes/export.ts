/** Everything at once: captures as a web archive, documents as JSON lines. */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { spanOf } from '../dates.ts';
import { archiveBytes, documentLines } from '../export.ts';
import { edge, refusals, words } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const FORMATS = {
  warc: { type: 'application/warc', name: 'newsloom.warc.gz' },
  jsonl: { type: 'application/x-ndjson; charset=utf-8', name: 'newsloom.jsonl' },
} as const;

export const exportRoutes =
  ({ store, now, version, log }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/export',
      {
        schema: {
          tags: ['export'],
          summary: 'Captures as a gzipped WARC/1.1 file, or documents as JSON lines, streamed.',
          querystring: z.strictObject({
            format: z.enum(['warc', 'jsonl'], { error: 'must be warc or jsonl' }),
            source: words(1, 300).optional(),
            from: edge.describe('Fetched from the start of this year, month or day on (UTC).'),
            to: edge.describe('Fetched up to the end of this year, month or day (UTC).'),
          }),
          response: { 200: z.unknown().describe('The file, as it is made.'), ...refusals },
        },
      },
      async ({ query }, reply) => {
        const filter = {
          sourceId: query.source ?? null,
          from: instant(query.from && spanOf(query.from)?.start),
          to: instant(query.to && spanOf(query.to)?.end),
        };
        const pieces =
          query.format === 'warc' ? archiveBytes(store, filter, { version, at: now() }) : documentLines(store, filter);
        const stream = Readable.from(pieces);
        // Once the answer has begun, a broken connection is all that can tell the reader.
        stream.on('error', (error) => log.error({ err: error }, 'an export broke off'));
        const { type, name } = FORMATS[query.format];
        return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(stream);
      },
    );
  };

const instant = (text: string | undefined): Date | null => (text ? new Date(text) : null);
