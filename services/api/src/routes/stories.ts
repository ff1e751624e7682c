/** Stories: documents about one event, in any language; how they grew, and how a person puts them right. */
import { storyHeadline } from '@newsloom/enrich';
import type { DocumentId, StoryId } from '@newsloom/model';
import type { StoryTitle } from '@newsloom/store';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import {
  at,
  documentPage,
  documentsAnswer,
  idOf,
  maybeAt,
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

/** Entities shown with a story: those that most of its documents name. */
const STORY_ENTITIES = 30;
/** Moments of a story's timeline, from the first on. */
const STORY_MOMENTS = 200;
const STORY_EVENTS = 50;

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

const storyEvent = z
  .object({
    id: z.int(),
    at,
    kind: z.enum(['merge', 'split']),
    storyId: z.string().describe('The story that goes on.'),
    otherId: z.string().describe('The one merged into it, or split from it.'),
    documents: z.array(z.string()).describe('Documents that changed their story.'),
    actor: z.string().describe('`machine`, or who asked.'),
    reason: maybeText,
    undoneAt: maybeAt,
  })
  .meta({ id: 'StoryEvent' });

const wholeStory = story
  .extend({
    documentPage,
    entities: z.array(z.object({ id: z.string(), type: z.string(), name: z.string(), documents: z.int() })),
    timeline: z
      .array(
        z.object({
          day: z.string(),
          documents: z.array(
            z.object({
              id: z.string(),
              title: maybeText,
              lang: maybeText,
              sourceId: z.string(),
              at,
              copy: z.boolean(),
            }),
          ),
        }),
      )
      .describe(`Its documents by day of publication (UTC), the first ${STORY_MOMENTS}.`),
    events: z.array(storyEvent).describe('Merges and splits, newest first.'),
  })
  .meta({ id: 'StoryWithDocuments' });

const asked = {
  actor: words(1, 100).default('api').describe('Who asks.'),
  reason: words(1, 500).optional(),
};

export const storiesRoutes =
  ({ store, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    const ask = (body: { actor: string; reason?: string | undefined }) => ({
      actor: body.actor,
      reason: body.reason ?? null,
      headlineOf,
      now: now(),
    });

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
        const list = { least: query.documents, limit: query.limit + 1, offset: query.offset };
        return pageFrom(await store.stories.list(list), query);
      },
    );

    app.get(
      '/api/stories/:id',
      {
        schema: {
          tags: ['stories'],
          summary:
            'One story with its documents, timeline, entities, merges and splits. A merged one is the one it is in now.',
          params: z.strictObject({ id: idOf('s') }),
          querystring: z.strictObject(pageQuery),
          response: { 200: wholeStory, ...refusalsAnd404 },
        },
      },
      async ({ params, query: { limit, offset } }) => {
        const id = await store.stories.resolve(params.id as StoryId);
        const found = id && (await store.stories.find(id));
        if (!found)
          throw new ApiError(404, 'unknown-story', `There is no story ${params.id}, or it has no documents any more.`);
        const [list, entities, moments, events] = await Promise.all([
          store.documents.list({ storyId: found.id, limit, offset }),
          store.stories.entities(found.id, STORY_ENTITIES),
          store.stories.timeline(found.id, STORY_MOMENTS),
          store.stories.events({ storyId: found.id, limit: STORY_EVENTS, offset: 0 }),
        ]);
        const days = Map.groupBy(moments, (it) => it.day);
        const timeline = [...days].map(([day, documents]) => ({ day, documents }));
        return { ...found, entities, timeline, events, documentPage: documentsAnswer(list, { limit, offset }) };
      },
    );

    app.get(
      '/api/story-events',
      {
        schema: {
          tags: ['stories'],
          summary: 'Merges and splits of stories, newest first.',
          querystring: z.strictObject(pageQuery),
          response: { 200: pageOf(storyEvent), ...refusals },
        },
      },
      async ({ query }) => {
        const events = await store.stories.events({ storyId: null, limit: query.limit + 1, offset: query.offset });
        return pageFrom(events, query);
      },
    );

    app.post(
      '/api/stories/:id/merge',
      {
        schema: {
          tags: ['stories'],
          summary: 'Make one story of two: the other one’s documents come into this one, and stay.',
          params: z.strictObject({ id: idOf('s') }),
          body: z.strictObject({ other: idOf('s'), ...asked }),
          response: { 200: storyEvent, ...refusalsAnd404 },
        },
      },
      async ({ params, body }) =>
        event(
          await store.stories.merge({ ...ask(body), storyId: params.id as StoryId, otherId: body.other as StoryId }),
          'cannot-merge',
          `${params.id} and ${body.other} must be two stories that are not merged already.`,
        ),
    );

    app.post(
      '/api/stories/:id/split',
      {
        schema: {
          tags: ['stories'],
          summary: 'Take documents out of a story into one of their own, where they stay.',
          params: z.strictObject({ id: idOf('s') }),
          body: z.strictObject({ documents: z.array(idOf('d')).min(1).max(1_000), ...asked }),
          response: { 200: storyEvent, ...refusalsAnd404 },
        },
      },
      async ({ params, body }) =>
        event(
          await store.stories.split({
            ...ask(body),
            storyId: params.id as StoryId,
            documents: body.documents as DocumentId[],
          }),
          'cannot-split',
          `All documents must be in ${params.id}, and at least one must be left in it.`,
        ),
    );

    app.post(
      '/api/story-events/:id/undo',
      {
        schema: {
          tags: ['stories'],
          summary: 'Take a merge or split back.',
          params: z.strictObject({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER) }),
          response: { 200: storyEvent, ...refusalsAnd404 },
        },
      },
      async ({ params }) =>
        event(
          await store.stories.undo(params.id, { headlineOf, now: now() }),
          'cannot-undo',
          `There is no merge or split ${params.id}, or it was taken back already.`,
        ),
    );
  };

/** The headline of a story, by its documents' titles. */
const headlineOf = (titles: StoryTitle[]): string | null =>
  storyHeadline(titles.map((it) => ({ ...it, fetchedAt: it.fetchedAt.toISOString() })));

function event<T>(found: T | null, code: string, says: string): T {
  if (found === null) throw new ApiError(404, code, says);
  return found;
}
