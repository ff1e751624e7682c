/** Seeds: adding them, and what became of those added. */
import { canonicalize } from '@newsloom/frontier';
import { job, readPayload, seedPayload } from '@newsloom/jobs';
import { urlIdOf } from '@newsloom/model';
import { type FastifyPluginAsyncZod, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { at, maybeAt, maybeText, noQuery, pageFrom, pageOf, pageQuery, refusals, words } from '../schemas.ts';
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
  })
  .meta({ id: 'SeedsAccepted' });

export const seedsRoutes =
  ({ queues, store }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/seeds',
      {
        bodyLimit: SEEDS_BODY_BYTES,
        // The body is read by the contract of the queue, whose sentences name the faulty seed.
        validatorCompiler: (part) =>
          part.httpPart === 'body' ? (value: unknown) => ({ value }) : validatorCompiler(part as never),
        schema: {
          tags: ['seeds'],
          summary: 'Add one seed, or up to 1,000 as {"seeds": [...]}; all of them, or none.',
          querystring: noQuery,
          body: z.union([seedPayload, manySeeds]),
          response: { 202: accepted, ...refusals },
        },
      },
      async (request, reply) => {
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
        await queues.add(seeds.map(({ data }) => job('seeds', data as z.input<typeof seedPayload>)));
        return reply.status(202).send({
          accepted: seeds.length,
          distinct: new Set(seeds.map((seed) => seed.canonicalUrl)).size,
          seeds: seeds.map(({ data, canonicalUrl }) => ({
            url: (data as { url: string }).url,
            canonicalUrl,
            urlId: urlIdOf(canonicalUrl),
          })),
        });
      },
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
  };

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
