/** Hosts: how politely each is asked, with the ledger that proves it. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { answerHost, hostNamed } from '../host-answer.ts';
import {
  at,
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
import type { ApiTools } from '../tools.ts';

const DAY_MS = 86_400_000;

const hostLine = z
  .object({
    host: z.string(),
    slotAt: maybeAt.describe('No request before this.'),
    busyUntil: maybeAt.describe('End of the lease under which it is asked, or waits for its slot.'),
    restingUntil: maybeAt,
    rests: z.int().describe('Rests in a row.'),
    failures: z.int().describe('Connect failures in a row.'),
    delayMs: z.int().nullable().describe('Gap set for this host alone.'),
    crawlDelayMs: z.int().nullable().describe('Gap that its robots.txt asks for.'),
    responseMs: z.number().nullable().describe('Smoothed response time.'),
  })
  .meta({ id: 'HostLine' });

const hostAnswer = hostLine
  .extend({
    says: z.array(z.string()).describe('How it stands, in sentences; the state first.'),
    lease: z
      .object({ url: z.string(), inHand: z.boolean().describe('False while the job waits.') })
      .nullable()
      .describe('What it is asked for, or will be next.'),
    restedFor: z
      .object({ at, verdict: z.string(), note: z.string(), status: z.int().nullable() })
      .nullable()
      .describe('What began its last rest.'),
    gapMs: z.number().describe('Least gap between the end of one request and the start of the next, as things stand.'),
    robots: z
      .object({ status: z.int().nullable(), policy: z.string(), fetchedAt: at, version: z.string() })
      .nullable()
      .describe('Its robots.txt as last fetched.'),
    urls: z.int(),
    due: z.int(),
    verdicts: z
      .array(z.object({ verdict: maybeText, note: maybeText, urls: z.int() }))
      .describe('Its URLs by what their last fetch meant and its note; both null before the first.'),
    patterns: z
      .array(
        z.object({
          pattern: z
            .string()
            .describe(
              'Digits as 0, the last part as a; "?" and a path: with any query; "*": the host; "!": by its looks.',
            ),
          judged: z.int().describe('Pages read.'),
          articles: z.int(),
          leads: z.int().describe('Pages that led to new addresses of other shapes.'),
          copies: z.int(),
          leftOut: z.int().describe('Links not followed.'),
          exhausted: maybeText,
        }),
      )
      .describe('Shapes of addresses whose links are not followed.'),
    requests: z
      .array(
        z.object({
          url: z.string(),
          what: z.string().describe('"page", "robots", or "part" of a rendered page.'),
          sourceId: maybeText.describe('The source it was asked for.'),
          startedAt: at,
          tookMs: z.int(),
          sincePreviousMs: z
            .number()
            .nullable()
            .describe('From the end of the request before; null for the oldest listed, and where nothing was sent.'),
          status: z.int().nullable(),
          verdict: z.string(),
          note: z.string(),
          wireBytes: z.int().nullable(),
          robotsVersion: maybeText,
        }),
      )
      .describe('A page of its requests, newest first.'),
    limit: z.int(),
    offset: z.int(),
    more: z.boolean(),
  })
  .meta({ id: 'Host' });

const hostParams = z.strictObject({ host: words(1, 300).describe('With its port where it has one.') });
const UNKNOWN = 'No address of this host is known. Name it as in its URLs, with a port.';

export const hostsRoutes =
  ({ store, settings, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    const answer = async (host: string, page: { limit: number; offset: number }) => {
      const found = await answerHost(store, host, { ...page, hostDelayMs: settings.hostDelayMs, now: now() });
      if (!found) throw new ApiError(404, 'unknown-host', UNKNOWN);
      return found;
    };

    app.get(
      '/api/hosts',
      {
        schema: {
          tags: ['hosts'],
          summary: 'Hosts by name; those that rest, are being asked, or have a delay of their own.',
          querystring: z.strictObject({
            ...pageQuery,
            state: z.enum(['resting', 'busy', 'delayed']).optional().describe('Those in this state alone.'),
          }),
          response: { 200: pageOf(hostLine), ...refusals },
        },
      },
      async ({ query }) => {
        const rows = await store.hosts.list({ ...query, limit: query.limit + 1, now: now() });
        return pageFrom(rows, query);
      },
    );

    app.get(
      '/api/hosts/:host',
      {
        schema: {
          tags: ['hosts'],
          summary: 'What is known of a host, and its last requests: the politeness ledger.',
          params: hostParams,
          querystring: z.strictObject(pageQuery),
          response: { 200: hostAnswer, ...refusalsAnd404 },
        },
      },
      async ({ params, query }) => answer(hostNamed(params.host) ?? params.host, query),
    );

    app.patch(
      '/api/hosts/:host',
      {
        schema: {
          tags: ['hosts'],
          summary: 'Set the least gap between two requests to a host, or follow links again that were given up.',
          params: hostParams,
          querystring: noQuery,
          body: z.strictObject({
            delayMs: z
              .int()
              .min(0)
              .max(DAY_MS)
              .nullable()
              .optional()
              .describe('Milliseconds; a longer crawl-delay still wins. Null: the general one.'),
            followAgain: z.literal(true).optional().describe('Forget which shapes of addresses gave nothing.'),
          }),
          response: { 200: hostAnswer, ...refusalsAnd404 },
        },
      },
      async ({ params, body }) => {
        const host = hostNamed(params.host);
        if (host === null) throw new ApiError(400, 'bad-host', 'That is no name of a host, such as news.example:8080.');
        if (body.followAgain) await store.patterns.forgive(host);
        if (body.delayMs !== undefined) await store.hosts.setDelay(host, body.delayMs);
        return answer(host, { limit: 20, offset: 0 });
      },
    );
  };
