/** Sources: what is set for each, how it is doing, and what belongs to it. */
import { job, sourceSettings } from '@newsloom/jobs';
import type { SourceId, UrlId } from '@newsloom/model';
import { type FastifyPluginAsyncZod, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import {
  at,
  idOf,
  maybeAt,
  maybeText,
  noQuery,
  pageFrom,
  pageOf,
  pageQuery,
  refusals,
  refusalsAnd404,
  words,
} from '../schemas.ts';
import { describeSource, setSource, settingsIn, shown, testSource } from '../source-desk.ts';
import type { ApiTools } from '../tools.ts';
import { seedRow } from './seeds.ts';

const settings = z
  .record(z.string(), z.unknown())
  .describe('As set by PUT; durations in milliseconds, and the values of headers hidden.');

const sourceLine = z
  .object({
    id: z.string(),
    name: z.string(),
    settings,
    settingsAt: maybeAt.describe('When they were set; null: never.'),
    createdAt: at,
    seeds: z.int(),
    documents: z.int(),
    lastArticleAt: maybeAt,
  })
  .meta({ id: 'SourceLine' });

const source = sourceLine
  .omit({ seeds: true, documents: true })
  .extend({
    says: z.array(z.string()).describe('How it is doing, in sentences; what to look at first.'),
    seeds: z.array(seedRow),
    urls: z.object({ known: z.int(), due: z.int() }),
    documents: z.object({ total: z.int(), lastDay: z.int(), lastWeek: z.int(), gone: z.int() }),
    lastFetchedAt: maybeAt,
    medianGapMs: z.number().nullable().describe('Median time between two articles.'),
    silentSince: maybeAt.describe('Since when there has been no article, where that is unusually long.'),
    today: z
      .object({ requests: z.int(), rendered: z.int(), perDay: z.int().nullable() })
      .describe('Used since midnight UTC; requests are counted where there is a budget.'),
    dead: z
      .array(z.object({ url: z.string(), since: at, note: maybeText, dueAt: maybeAt }))
      .describe('Seeds and lists given up for dead, and when each is knocked at again.'),
    failures: z.array(z.object({ verdict: z.string(), note: z.string(), urls: z.int() })),
    excluded: z
      .array(z.object({ reason: z.string(), links: z.number(), sample: z.array(z.string()) }))
      .describe('Links its scope left out, by reason, with the last few.'),
  })
  .meta({ id: 'Source' });

const scopeTest = z
  .object({
    url: z.string(),
    source: z.string(),
    in: z.boolean(),
    reason: maybeText,
    rule: z.string().describe('Which rule decided.'),
    known: z.boolean().describe('The address is in the frontier already.'),
  })
  .meta({ id: 'ScopeTest' });

const params = z.strictObject({
  id: words(1, 300).describe('Its name: a registered domain, or as given with its seeds.'),
});
const unknown = (id: string) => new ApiError(404, 'unknown-source', `There is no source ${id}.`);

export const sourcesRoutes =
  ({ store, queues, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/sources',
      {
        schema: {
          tags: ['sources'],
          summary: 'Sources with seeds or settings, by name.',
          querystring: z.strictObject(pageQuery),
          response: { 200: pageOf(sourceLine), ...refusals },
        },
      },
      async ({ query }) => {
        const rows = await store.sources.list({ limit: query.limit + 1, offset: query.offset });
        return pageFrom(
          rows.map((row) => ({ ...row, settings: shown(settingsIn(row)) })),
          query,
        );
      },
    );

    app.get(
      '/api/sources/:id',
      {
        schema: {
          tags: ['sources'],
          summary: 'One source: its settings, seeds, and how it is doing.',
          params,
          querystring: noQuery,
          response: { 200: source, ...refusalsAnd404 },
        },
      },
      async ({ params: { id } }) => {
        const found = await describeSource(store, id as SourceId, now());
        if (!found) throw unknown(id);
        return found;
      },
    );

    app.put(
      '/api/sources/:id',
      {
        // The body is read by the contract, whose sentences name the faulty field.
        validatorCompiler: (part) =>
          part.httpPart === 'body' ? (value: unknown) => ({ value }) : validatorCompiler(part as never),
        schema: {
          tags: ['sources'],
          summary: 'Set a source, known or not: all of its settings at once.',
          params,
          querystring: noQuery,
          body: sourceSettings,
          response: { 200: source, ...refusalsAnd404 },
        },
      },
      async ({ params: { id }, body }) => {
        const set = await setSource(store, id as SourceId, () => body, now());
        if (!set.ok) {
          throw new ApiError(
            400,
            'invalid-settings',
            `Nothing was set. ${set.faults.slice(0, 5).join('; ')}.`,
            set.faults,
          );
        }
        await queues.add(set.readAgain.map((captureId) => job('parse', { captureId })));
        const found = await describeSource(store, id as SourceId, now());
        if (!found) throw unknown(id);
        return found;
      },
    );

    app.delete(
      '/api/sources/:id',
      {
        schema: {
          tags: ['sources'],
          summary: 'Stop following a source: its seeds and settings go, what was read of it stays.',
          params,
          querystring: noQuery,
          response: { 200: z.object({ seeds: z.int().describe('Seeds it had.') }), ...refusalsAnd404 },
        },
      },
      async ({ params: { id } }) => {
        if (!(await store.sources.find(id as SourceId))) throw unknown(id);
        return { seeds: (await store.sources.unfollow(id as SourceId)).length };
      },
    );

    app.get(
      '/api/sources/:id/test',
      {
        schema: {
          tags: ['sources'],
          summary: 'Whether an address belongs to a source, and which rule decides; nothing is fetched.',
          params,
          querystring: z.strictObject({ url: words(1, 8192) }),
          response: { 200: scopeTest, ...refusals },
        },
      },
      async ({ params: { id }, query }) => {
        const tested = await testSource(store, id as SourceId, query.url);
        if (!tested) throw new ApiError(400, 'bad-url', 'Query parameter "url" must be an http or https address.');
        return tested;
      },
    );

    app.delete(
      '/api/seeds/:id',
      {
        schema: {
          tags: ['seeds'],
          summary: 'Stop following a seed; what was found from it stays.',
          params: z.strictObject({ id: idOf('u').describe('The id of its URL.') }),
          querystring: noQuery,
          response: { 200: z.object({ removed: z.boolean() }), ...refusalsAnd404 },
        },
      },
      async ({ params: { id } }) => {
        if (!(await store.seeds.remove(id as UrlId)))
          throw new ApiError(404, 'unknown-seed', `There is no seed ${id}.`);
        return { removed: true };
      },
    );
  };
