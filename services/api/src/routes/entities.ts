/** Entities: the persons, organisations and places that documents name. */
import { fold } from '@newsloom/enrich';
import { ENTITY_TYPES, type EntityId } from '@newsloom/model';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { at, documentPage, documentsAnswer, idOf, pageFrom, pageOf, pageQuery, refusals, refusalsAnd404, words } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const entity = z
  .object({
    id: z.string(),
    type: z.string(),
    name: z.string(),
    documents: z.int().describe('Documents that mention it.'),
    firstSeen: at,
    lastSeen: at,
  })
  .meta({ id: 'Entity' });

const wholeEntity = entity.extend({ documentPage }).meta({ id: 'EntityWithDocuments' });

export const entitiesRoutes =
  ({ store }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/entities',
      {
        schema: {
          tags: ['entities'],
          summary: 'Entities, those most mentioned first.',
          querystring: z.strictObject({
            q: words(0, 200).optional().describe('How any word of the name begins, with or without diacritics.'),
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
          summary: 'One entity, with a page of the documents that mention it.',
          params: z.strictObject({ id: idOf('e') }),
          querystring: z.strictObject(pageQuery),
          response: { 200: wholeEntity, ...refusalsAnd404 },
        },
      },
      async ({ params, query: { limit, offset } }) => {
        const found = await store.entities.find(params.id as EntityId);
        if (!found) throw new ApiError(404, 'unknown-entity', `There is no entity ${params.id}.`);
        const { total, items } = await store.documents.list({ entityId: params.id, limit, offset });
        return { ...found, documentPage: documentsAnswer(list, { limit, offset }) };
      },
    );
  };
