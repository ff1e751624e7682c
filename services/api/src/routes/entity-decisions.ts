/** Decisions about entities: merging, splitting, undoing; and their names, taken in and given back. */
import type { EntityId } from '@newsloom/model';
import { DecisionError } from '@newsloom/store';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nameEntity, splitEntity } from '../entity-desk.ts';
import { bringNames, exportNames, MOST_ROWS } from '../entity-names.ts';
import { decision } from '../entity-schemas.ts';
import { ApiError, errorAnswer } from '../errors.ts';
import {
  idOf,
  maybeText,
  pageFrom,
  pageOf,
  pageQuery,
  refusals,
  refusalsAnd404,
  wholeNumber,
  words,
} from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const why = words(0, 1000).optional().describe('For whoever looks at it later.');
const by = words(1, 100).optional().describe('Who decides; default: the user name of the request, else "api".');
const params = z.strictObject({ id: idOf('e') });
const answers = { 200: decision, 409: errorAnswer, ...refusalsAnd404 };
const NAME = z.string().min(1).max(300);

/** The user name a request came with, where it has one. */
function userOf(authorization: string | undefined): string | null {
  const [, value = ''] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
  const user = Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  return user === '' ? null : user.slice(0, 100);
}

/** Decisions that cannot be taken, as the API says them. */
async function decided<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    throw new ApiError(error.code === 'cannot-decide' ? 409 : 404, error.code, error.message);
  }
}

export const entityDecisionsRoutes =
  ({ store, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    const decider = (
      body: { by?: string | undefined; why?: string | undefined },
      authorization: string | undefined,
    ) => ({
      by: body.by ?? userOf(authorization) ?? 'api',
      via: 'api' as const,
      why: body.why || null,
    });

    app.post(
      '/api/entities/:id/merge',
      {
        schema: {
          tags: ['entities'],
          summary: 'Lets another entity stand for this one: documents, names, roles and stories follow.',
          params,
          body: z.strictObject({ into: idOf('e'), why, by }),
          response: answers,
        },
      },
      async ({ params: { id }, body, headers }) =>
        decided(
          store.entityDecisions.merge(
            id as EntityId,
            body.into as EntityId,
            decider(body, headers.authorization),
            now(),
          ),
        ),
    );

    app.post(
      '/api/entities/:id/split',
      {
        schema: {
          tags: ['entities'],
          summary: 'Takes names, or the mentions in some documents, out of an entity into a new one.',
          params,
          body: z
            .strictObject({
              names: z.array(NAME).max(100).default([]).describe('As documents write them.'),
              documents: z.array(idOf('d')).max(1000).default([]),
              name: NAME.optional().describe('Name of the new entity; default: the longest of its names.'),
              why,
              by,
            })
            .refine(({ names, documents }) => names.length + documents.length > 0, {
              error: 'needs names or documents',
            }),
          response: answers,
        },
      },
      async ({ params: { id }, body, headers }) => {
        const { names, documents, name = null } = body;
        const who = decider(body, headers.authorization);
        return decided(splitEntity(store, id as EntityId, { names, documents, name }, who, now()));
      },
    );

    app.post(
      '/api/entities/:id/names',
      {
        schema: {
          tags: ['entities'],
          summary: 'Lets a name mean this entity, in documents enriched from now on.',
          params,
          body: z.strictObject({
            name: NAME,
            lang: words(2, 20).optional().describe('Of texts that write it so; default: any.'),
          }),
          response: { 200: z.object({ id: z.string(), name: z.string() }), ...refusalsAnd404 },
        },
      },
      async ({ params: { id }, body: { name, lang = null } }) => {
        const found = await store.entities.find(id as EntityId);
        if (!found) throw new ApiError(404, 'unknown-entity', `There is no entity ${id}.`);
        const refused = await nameEntity(store, found, { name, lang }, now());
        if (refused !== null) throw new ApiError(400, 'invalid-request', `${refused}.`);
        return { id: found.id, name };
      },
    );

    app.get(
      '/api/entity-decisions',
      {
        schema: {
          tags: ['entities'],
          summary: 'What persons decided about entities, the latest first; what was undone is among them.',
          querystring: z.strictObject({ entity: idOf('e').optional(), ...pageQuery }),
          response: { 200: pageOf(decision), ...refusals },
        },
      },
      async ({ query }) => {
        const ask = {
          entityId: (query.entity ?? null) as EntityId | null,
          limit: query.limit + 1,
          offset: query.offset,
        };
        return pageFrom(await store.entityDecisions.list(ask), query);
      },
    );

    app.post(
      '/api/entity-decisions/:id/undo',
      {
        schema: {
          tags: ['entities'],
          summary: 'Takes a decision back.',
          params: z.strictObject({ id: wholeNumber(1, 2 ** 31) }),
          body: z.strictObject({ why, by }),
          response: answers,
        },
      },
      async ({ params: { id }, body, headers }) =>
        decided(store.entityDecisions.undo(id, decider(body, headers.authorization), now())),
    );

    app.post(
      '/api/entity-names',
      {
        schema: {
          tags: ['entities'],
          summary: 'Takes names of entities in; what cannot be used is told row by row, the rest is kept.',
          body: z.strictObject({
            rows: z
              .array(z.unknown())
              .min(1)
              .max(MOST_ROWS)
              .describe('{name, type, lang?, wikidata?, born?, confidence?, key?, entity?}; see docs/entities.md.'),
          }),
          response: {
            200: z.object({
              added: z.int(),
              known: z.int(),
              refused: z.array(z.object({ row: z.int().describe('From 0.'), reason: z.string() })),
            }),
            ...refusals,
          },
        },
      },
      async ({ body }) => bringNames(store, body.rows, now()),
    );

    app.get(
      '/api/entity-names',
      {
        schema: {
          tags: ['entities'],
          summary: 'All names of entities in the order in which they came.',
          querystring: z.strictObject({
            after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0).describe('`next` of the page before.'),
            limit: wholeNumber(1, MOST_ROWS).default(100),
            shipped: z.enum(['true', 'false']).default('false').describe('With the names that ship with Newsloom.'),
          }),
          response: {
            200: z.object({
              items: z.array(
                z.object({
                  name: z.string(),
                  type: z.string(),
                  lang: maybeText,
                  entity: z.string(),
                  key: z.string(),
                  wikidata: maybeText,
                  born: z.int().nullable(),
                  source: z.string(),
                  confidence: z.number(),
                }),
              ),
              next: z.int().nullable(),
            }),
            ...refusals,
          },
        },
      },
      async ({ query: { after, limit, shipped } }) => exportNames(store, after, limit, shipped === 'true'),
    );
  };
