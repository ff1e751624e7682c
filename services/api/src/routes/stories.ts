/** Stories: documents about one event, in any language. */
import type { StoryId } from '@newsloom/model';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import {
  at,
  documentPage,
  idOf,
  pageFrom,
  pageOf,
  pageQuery,
  refusals,
  refusalsAnd404,
  wholeNumber,
} from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

/** Entities shown with a story: those that most of its documents name. */
const STORY_ENTITIES = 30;

const story = z
  .object({
    id: z.string(),
    headline: z.string(),
    documents: z.int(),
    langs: z.array(z.string()),
    sources: z.array(z.string()),
    createdAt: at,
    updatedAt: at,
  })
  .meta({ id: 'Story' });

const wholeStory = story
  .extend({
    documentPage,
    entities: z.array(z.object({ id: z.string(), type: z.string(), name: z.string(), documents: z.int() })),
  })
  .meta({ id: 'StoryWithDocuments' });

export const storiesRoutes =
  ({ store }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/stories',
      {
        schema: {
          tags: ['stories'],
          summary: 'Stories, the latest told first.',
          querystring: z.strictObject({
            documents: wholeNumber(1, 1000).default(2).describe('With this many documents at least.'),
            ...pageQuery,
          }),
          response: { 200: pageOf(story), ...refusals },
        },
      },
      async ({ query }) => {
        const ask = { least: query.documents, limit: query.limit + 1, offset: query.offset };
        return pageFrom(await store.stories.list(ask), query);
      },
    );

    app.get(
      '/api/stories/:id',
      {
        schema: {
          tags: ['stories'],
          summary: 'One story with its documents, languages, sources and entities.',
          params: z.strictObject({ id: idOf('s') }),
          querystring: z.strictObject(pageQuery),
          response: { 200: wholeStory, ...refusalsAnd404 },
        },
      },
      async ({ params, query: { limit, offset } }) => {
        const id = params.id as StoryId;
        const found = await store.stories.find(id);
        if (!found)
          throw new ApiError(404, 'unknown-story', `There is no story ${id}, or it has no documents any more.`);
        const [{ total, items }, entities] = await Promise.all([
          store.documents.list({ storyId: id, limit, offset }),
          store.stories.entities(id, STORY_ENTITIES),
        ]);
        return {
          ...found,
          entities,
          documentPage: { items, limit, offset, more: offset + items.length < total, total },
        };
      },
    );
  };
