/** Whether the process lives, and whether it can work. */

import { pressureNow } from '@newsloom/service';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { noQuery, refusals } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

/** The store and the queues have this long to answer. */
const ANSWER_WITHIN_MS = 3_000;

export const healthRoutes =
  ({ store, carrier, queues, settings }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/health',
      {
        schema: {
          tags: ['health'],
          summary: 'The process answers. Needs no secret.',
          response: { 200: z.object({ status: z.literal('ok') }) },
          security: [],
        },
      },
      async () => ({ status: 'ok' as const }),
    );

    app.get(
      '/ready',
      {
        schema: {
          tags: ['health'],
          summary: 'The store and the queues answer; a note says why fetching pauses, where it does.',
          querystring: noQuery,
          response: { 200: z.object({ status: z.literal('ready'), note: z.string().optional() }), ...refusals },
        },
      },
      async () => {
        const troubles = (
          await Promise.all([troubleOf('store', store.database.query('select 1')), troubleOf('queues', carrier.ping())])
        ).filter((trouble) => trouble !== null);
        if (troubles.length > 0) {
          const names = troubles.map(({ name, kind }) => `${name} (${kind})`).join(' and ');
          throw new ApiError(503, 'not-ready', `No answer from: ${names}. Check that they run.`, troubles);
        }
        const pressure = await pressureNow({ settings, store, queues });
        return { status: 'ready' as const, ...(pressure && { note: pressure.says }) };
      },
    );

    const kinds = { store: store.database.kind, queues: carrier.kind };
    async function troubleOf(name: 'store' | 'queues', answer: Promise<unknown>) {
      const { promise: late, resolve } = Promise.withResolvers<string>();
      const timer = setTimeout(() => resolve(`no answer within ${ANSWER_WITHIN_MS / 1000} s`), ANSWER_WITHIN_MS);
      const failed = answer.then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200),
      );
      const reason = await Promise.race([failed, late]);
      clearTimeout(timer);
      return reason === null ? null : { name, kind: kinds[name], reason };
    }
  };
