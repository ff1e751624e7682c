/** Entities: the persons, organisations and places that documents name, along time and among others. */
import { fold } from '@newsloom/enrich';
import { ENTITY_TYPES, type EntityId } from '@newsloom/model';
import { TIMELINE_STEPS } from '@newsloom/store';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { spanOf } from '../dates.ts';
import { describeEntity } from '../entity-desk.ts';
import { entity, mergedAway, partner, timelineStep, wholeEntity } from '../entity-schemas.ts';
import { ApiError } from '../errors.ts';
import {
  documentsAnswer,
  idOf,
  pageFrom,
  pageOf,
  pageQuery,
  refusals,
  refusalsAnd404,
  wholeNumber,
  words,
} from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const params = z.strictObject({ id: idOf('e') });
const edge = z
  .string()
  .refine((text) => spanOf(text) !== null, { error: 'must be a year, a month, a day, or an instant with its zone' })
  .optional();
const unknown = (id: string) => new ApiError(404, 'unknown-entity', `There is no entity ${id}.`);

export const entitiesRoutes =
  ({ store }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    const known = async (id: string) => {
      const found = await store.entities.find(id as EntityId);
      if (!found) throw unknown(id);
      return found;
    };

    app.get(
      '/api/entities',
      {
        schema: {
          tags: ['entities'],
          summary: 'Entities, those most mentioned first.',
          querystring: z.strictObject({
            q: words(0, 200)
              .optional()
              .describe('How any word of the name, or another name it has, begins; with or without diacritics.'),
            type: z.enum(ENTITY_TYPES).optional(),
            ...pageQuery,
          }),
          response: { 200: pageOf(entity), ...refusals },
        },
      },
      async ({ query }) => {
        const prefix = query.q === undefined ? undefined : fold(query.q);
        const ask = { prefix, type: query.type, limit: query.limit + 1, offset: query.offset };
        return pageFrom(await store.entities.list(ask), query);
      },
    );

    app.get(
      '/api/entities/:id',
      {
        schema: {
          tags: ['entities'],
          summary:
            'One entity: its names, roles, stories and decisions, with a page of its documents. One that was merged into another leads there.',
          params,
          querystring: z.strictObject(pageQuery),
          response: { 200: wholeEntity, 307: mergedAway, ...refusalsAnd404 },
        },
      },
      async ({ params: { id }, query: { limit, offset } }, reply) => {
        const found = await describeEntity(store, id as EntityId);
        if (!found) throw unknown(id);
        // Not for good: what a person merged, a person may undo.
        if (found.id !== id) {
          const query = new URLSearchParams({ limit: `${limit}`, offset: `${offset}` });
          return reply
            .status(307)
            .header('location', `/api/entities/${found.id}?${query}`)
            .send({ id, mergedInto: found.id });
        }
        const list = await store.documents.list({ entityId: id, limit, offset });
        return { ...found, documentPage: documentsAnswer(list, { limit, offset }) };
      },
    );

    app.get(
      '/api/entities/:id/timeline',
      {
        schema: {
          tags: ['entities'],
          summary: 'Documents that name an entity per day, week or month, by the date they bear.',
          params,
          querystring: z.strictObject({
            by: z.enum(TIMELINE_STEPS).default('day').describe('Weeks begin on Monday; all in UTC.'),
            from: edge.describe('From the start of this year, month or day on (UTC).'),
            to: edge.describe('Up to the end of this year, month or day (UTC).'),
          }),
          response: {
            200: z.object({ id: z.string(), by: z.string(), items: z.array(timelineStep) }),
            ...refusalsAnd404,
          },
        },
      },
      async ({ params: { id }, query: { by, from, to } }) => {
        const found = await known(id);
        const start = from === undefined ? null : new Date(spanOf(from)?.start as string);
        const end = to === undefined ? null : new Date(spanOf(to)?.end as string);
        return { id: found.id, by, items: await store.entityViews.timeline(found.id, { by, from: start, to: end }) };
      },
    );

    app.get(
      '/api/entities/:id/related',
      {
        schema: {
          tags: ['entities'],
          summary: 'Entities named in the latest 500 documents of this one, those that tell most about it first.',
          params,
          querystring: z.strictObject({
            type: z.enum(ENTITY_TYPES).optional(),
            limit: wholeNumber(1, 100).default(20).describe('Entities at most.'),
          }),
          response: { 200: z.object({ id: z.string(), items: z.array(partner) }), ...refusalsAnd404 },
        },
      },
      async ({ params: { id }, query: { type, limit } }) => {
        const found = await known(id);
        return { id: found.id, items: await store.entityViews.related(found.id, { type: type ?? null, limit }) };
      },
    );
  };
