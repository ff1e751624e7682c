/** Hosts: how politely each is asked, with the ledger that proves it. */
import { gapMs } from '@newsloom/frontier';
import type { FetchRecord } from '@newsloom/store';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { at, maybeAt, maybeText, pageQuery, refusalsAnd404, words } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const hostAnswer = z
  .object({
    host: z.string(),
    slotAt: maybeAt.describe('No request before this.'),
    restingUntil: maybeAt,
    rests: z.int(),
    failures: z.int().describe('Connect failures in a row.'),
    delayMs: z.int().nullable().describe('Gap set for this host alone.'),
    crawlDelayMs: z.int().nullable().describe('Gap that its robots.txt asks for.'),
    gapMs: z.number().describe('Least gap between the end of one request and the start of the next, as things stand.'),
    responseMs: z.number().nullable().describe('Smoothed response time.'),
    robots: z
      .object({ status: z.int().nullable(), policy: z.string(), fetchedAt: at, version: z.string() })
      .nullable()
      .describe('Its robots.txt as last fetched.'),
    urls: z.int(),
    due: z.int(),
    requests: z
      .array(
        z.object({
          url: z.string(),
          what: z.string().describe('"page" or "robots".'),
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
      .describe('The last requests, newest first.'),
  })
  .meta({ id: 'Host' });

export const hostsRoutes =
  ({ store, settings }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/hosts/:host',
      {
        schema: {
          tags: ['hosts'],
          summary: 'What is known of a host, and its last requests: the politeness ledger.',
          params: z.strictObject({ host: words(1, 300).describe('With its port where it has one.') }),
          querystring: z.strictObject({ limit: pageQuery.limit }),
          response: { 200: hostAnswer, ...refusalsAnd404 },
        },
      },
      async ({ params, query }) => {
        const host = params.host.toLowerCase();
        const found = await store.hosts.find(host);
        if (!found) {
          throw new ApiError(
            404,
            'unknown-host',
            'No address of this host is known. Name it as in its URLs, with a port.',
          );
        }
        // One line more than asked for, so that the last one has its gap too.
        const lines = await store.hosts.ledger(host, query.limit + 1);
        const requests = withGaps(lines).slice(0, query.limit);
        const { delayMs, crawlDelayMs, responseMs } = found;
        const pace = { hostDelayMs: delayMs ?? settings.hostDelayMs, crawlDelayMs, responseMs };
        const robots = found.robots && { ...found.robots, fetchedAt: new Date(found.robots.fetchedAt) };
        return { ...found, robots, gapMs: gapMs(pace), requests };
      },
    );
  };

/** Lines of the ledger, newest first, each with its gap to the request before; decisions made without one have none. */
function withGaps(lines: FetchRecord[]): (FetchRecord & { sincePreviousMs: number | null })[] {
  const asked = lines.filter(isRequest);
  return lines.map((line) => {
    const previous = isRequest(line) ? asked[asked.indexOf(line) + 1] : undefined;
    const end = previous && previous.startedAt.getTime() + previous.tookMs;
    return { ...line, sincePreviousMs: end === undefined ? null : line.startedAt.getTime() - end };
  });
}

/** False for a decision made before anything was sent: by robots.txt, by the guard. */
const isRequest = (line: FetchRecord) => line.status !== null || line.tookMs > 0;
