/** Seeds: adding them, and what became of those added. */
import { canonicalize } from '@newsloom/frontier';
import { job, readPayload, seedPayload } from '@newsloom/jobs';
import { urlIdOf } from '@newsloom/model';
import { type FastifyPluginAsyncZod, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { at, maybeAt, maybeText, noQuery, pageFrom, pageOf, pageQuery, refusals, words } from '../schemas.ts';
import { acceptLists, checkList, followedOpml, ListBody } from '../seed-lists.ts';
import type { ApiTools } from '../tools.ts';

/** Most seeds of one request. */
const MAX_SEEDS = 1_000;
/** 1,000 seeds with the longest address allowed (2,048 characters) fit. */
const SEEDS_BODY_BYTES = 4_000_000;

const manySeeds = z.strictObject({ seeds: z.array(seedPayload).min(1).max(MAX_SEEDS) });

export const seedRow = z
  .object({
    urlId: z.string(),
    url: z.string(),
    sourceId: z.string(),
    kind: z.string(),
    priority: z.int(),
    depth: z.int(),
    everyMs: z.number().nullable(),
    tags: z.array(z.string()),
    createdAt: at,
    askedAt: at,
    asked: z.int().describe('How often this address was added.'),
    verdict: maybeText.describe('What its last fetch meant; null before the first.'),
    note: maybeText,
    fetchedAt: maybeAt,
    dueAt: maybeAt,
  })
  .meta({ id: 'Seed' });

const accepted = z
  .object({
    accepted: z.int().describe('Seeds added to the queue.'),
    distinct: z.int().describe('Addresses among them that differ once written canonically.'),
    seeds: z.array(z.object({ url: z.string(), canonicalUrl: z.string(), urlId: z.string() })),
    faults: z
      .array(z.object({ line: z.int(), reason: z.string() }))
      .optional()
      .describe('Lines of a list that are no seeds; the others were added.'),
  })
  .meta({ id: 'SeedsAccepted' });

export const seedsRoutes =
  ({ queues, store, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    acceptLists(app);
    app.post(
      '/api/seeds',
      {
        bodyLimit: SEEDS_BODY_BYTES,
        // The body is read by the contract of the queue, whose sentences name the faulty seed.
        validatorCompiler: (part) =>
          part.httpPart === 'body' ? (value: unknown) => ({ value }) : validatorCompiler(part as never),
        schema: {
          tags: ['seeds'],
          summary:
            'Add one seed, or up to 1,000 as {"seeds": [...]}, all of them or none; or a list as text/csv, text/uri-list or text/x-opml, each line for itself.',
          querystring: noQuery,
          body: z.union([seedPayload, manySeeds]),
          response: { 202: accepted, ...refusals },
        },
      },
      async (request, reply) => {
        if (request.body instanceof ListBody) return reply.status(202).send(await addList(request.body));
        const given = seedsIn(request.body);
        const faults: { index: number; reason: string }[] = [];
        const seeds = given.map((data, index) => {
          const read = readPayload('seeds', data);
          const canonicalUrl = read.ok ? canonicalize(read.payload.url) : null;
          if (!read.ok) faults.push({ index, reason: read.reason });
          else if (canonicalUrl === null) faults.push({ index, reason: '"url" is not an address' });
          return { data, canonicalUrl: canonicalUrl ?? '' };
        });
        const [first] = faults;
        if (first) {
          throw new ApiError(
            400,
            'invalid-seed',
            `Nothing was added. Seed ${first.index}${faults.length > 1 ? ` and ${faults.length - 1} more` : ''}: ${first.reason}.`,
            faults.slice(0, MAX_FAULTS),
          );
        }
        return reply.status(202).send(await add(seeds));
      },
    );

    app.get(
      '/api/seeds.opml',
      {
        schema: {
          tags: ['seeds'],
          summary: 'Everything that is followed as OPML 2.0, an outline for each source.',
          querystring: noQuery,
          response: { 200: z.unknown().describe('The OPML document.'), ...refusals },
        },
      },
      async (_request, reply) =>
        reply
          .type('text/x-opml; charset=utf-8')
          .header('content-disposition', 'attachment; filename="newsloom.opml"')
          .send(await followedOpml(store, now())),
    );

    app.get(
      '/api/seeds',
      {
        schema: {
          tags: ['seeds'],
          summary: 'Accepted seeds, newest first.',
          querystring: z.strictObject({
            ...pageQuery,
            source: words(1, 300).optional().describe('Of this source alone.'),
          }),
          response: { 200: pageOf(seedRow), ...refusals },
        },
      },
      async ({ query }) => {
        const rows = await store.seeds.list({ limit: query.limit + 1, offset: query.offset, sourceId: query.source });
        return pageFrom(rows, query);
      },
    );

    async function add(seeds: readonly { data: unknown; canonicalUrl: string }[]) {
      await queues.add(seeds.map(({ data }) => job('seeds', data as z.input<typeof seedPayload>)));
      return {
        accepted: seeds.length,
        distinct: new Set(seeds.map((seed) => seed.canonicalUrl)).size,
        seeds: seeds.map(({ data, canonicalUrl }) => ({
          url: (data as { url: string }).url,
          canonicalUrl,
          urlId: urlIdOf(canonicalUrl),
        })),
      };
    }

    async function addList({ list }: ListBody) {
      const { good, faults } = checkList(list);
      if (good.length > 0) return { ...(await add(good)), faults: faults.slice(0, MAX_LINES) };
      const [first] = faults;
      throw new ApiError(
        400,
        'invalid-seed',
        `Nothing was added. ${first ? `Line ${first.line}: ${first.reason}.` : 'There is no address in the list.'}`,
        faults.slice(0, MAX_FAULTS),
      );
    }
  };

/** Faulty lines of a list named beside those that were added. */
const MAX_LINES = 1_000;
/** Faulty seeds named in one answer. */
const MAX_FAULTS = 20;

/** The seeds of a body: itself, or its list. */
function seedsIn(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null || !('seeds' in body)) return [body];
  const { seeds, ...rest } = body;
  const others = Object.keys(rest);
  if (others.length > 0) throw new ApiError(400, 'invalid-seed', `Beside "seeds" nothing is known: "${others[0]}".`);
  if (!Array.isArray(seeds) || seeds.length === 0 || seeds.length > MAX_SEEDS) {
    throw new ApiError(400, 'invalid-seed', `"seeds" must be a list of 1 to ${MAX_SEEDS} seeds.`);
  }
  return seeds;
}
