/** The overview in numbers, once, or as a stream. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { openLive } from '../live.ts';
import { noQuery, refusals } from '../schemas.ts';
import { readStats, statsAnswer } from '../stats.ts';
import type { ApiTools } from '../tools.ts';

export const statsRoutes =
  (tools: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/stats',
      {
        schema: {
          tags: ['stats'],
          summary: 'Queues, frontier, documents and stories in numbers.',
          querystring: noQuery,
          response: { 200: statsAnswer, ...refusals },
        },
      },
      () => readStats(tools),
    );

    const live = openLive(() => readStats(tools), tools.log);
    // Before the server closes: it would wait for open streams.
    app.addHook('preClose', async () => live.close());
    app.get(
      '/api/live',
      {
        // A HEAD would hold a stream open in which nothing is sent.
        exposeHeadRoute: false,
        schema: {
          tags: ['stats'],
          summary: 'The same numbers as server-sent events named "stats", whenever they have changed.',
          querystring: noQuery,
        },
      },
      async (_request, reply) => {
        const headers = reply.getHeaders();
        reply.hijack();
        live.add(reply.raw, headers as Record<string, string>);
      },
    );
  };
