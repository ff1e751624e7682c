/** Rules of a source: tried out on its captures before anybody saves them. */
import { lintRules } from '@newsloom/extract/rules';
import { readSourceSettings } from '@newsloom/jobs';
import type { SourceId } from '@newsloom/model';
import { openReaderPool, type ReaderPool, type TriedCapture, tryRules } from '@newsloom/reader';
import { StoreError } from '@newsloom/store';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { maybeText, refusalsAnd404, words } from '../schemas.ts';
import { settingsIn } from '../source-desk.ts';
import type { ApiTools } from '../tools.ts';

/** Captures tried on unless told otherwise, and at most: each is read twice. */
const CAPTURES = 10;
const MOST_CAPTURES = 50;
/** Directives are read for our own name; no field depends on it. */
const AGENT = 'newsloom';

const trials = z
  .object({
    source: z.string(),
    captures: z.array(
      z.object({
        url: z.string(),
        changes: z
          .array(z.object({ field: z.string(), before: maybeText, after: maybeText }))
          .describe('Fields that would be read otherwise, as they are read now and as the rules would.'),
        missed: z.array(z.string()).describe('Rules that found nothing on this page.'),
        unreadable: maybeText,
      }),
    ),
    idle: z
      .array(z.string())
      .describe('Rules for a field that changed it on none of the pages: the general way does as well.'),
  })
  .meta({ id: 'RuleTrials' });

export const rulesRoutes =
  ({ store, settings }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    // A process of its own, since what is read here is as hostile as anywhere; it starts with the first trial.
    let pool: ReaderPool | null = null;
    app.addHook('onClose', async () => pool?.close());

    app.post(
      '/api/sources/:id/rules/try',
      {
        schema: {
          tags: ['sources'],
          summary: 'What rules would make of the latest captures of a source. Nothing is saved.',
          params: z.strictObject({ id: words(1, 300) }),
          body: z.strictObject({
            rules: z.record(z.string(), z.unknown()).describe('As in the settings of a source.'),
            captures: z.int().min(1).max(MOST_CAPTURES).default(CAPTURES),
          }),
          response: { 200: trials, ...refusalsAnd404 },
        },
      },
      async ({ params, body }) => {
        const read = readSourceSettings({ rules: body.rules });
        const faults = read.ok ? lintRules(read.settings.rules ?? {}) : read.faults;
        if (!read.ok || faults.length > 0) throw new ApiError(400, 'bad-rules', `${faults.join('. ')}.`);
        const id = params.id as SourceId;
        const source = await store.sources.find(id);
        if (!source) throw new ApiError(404, 'unknown-source', `There is no source ${id}.`);
        pool ??= openReaderPool({
          processes: 1,
          deadlineMs: settings.parseDeadlineMs,
          memoryMb: settings.parseMemoryMb,
        });
        const rules = read.settings.rules ?? {};
        const captures = await capturesOf(id, body.captures);
        const tried = await tryRules(captures, settingsIn(source).rules, rules, pool.read);
        const changed = new Set(tried.flatMap((it) => it.changes.map(({ field }) => field)));
        const idle = ['title', 'date', 'authors', 'image', 'section', 'body'].filter(
          (field) => field in rules && !changed.has(field),
        );
        return { source: id, captures: tried, idle: tried.length === 0 ? [] : idle };
      },
    );

    async function capturesOf(id: SourceId, limit: number): Promise<TriedCapture[]> {
      const found: TriedCapture[] = [];
      for (const { captureId } of await store.yields.latest(id, limit)) {
        const capture = await store.captures.find(captureId);
        const bytes = capture && (await store.captures.body(capture).catch(lost));
        if (!capture || !bytes) continue;
        const { url, contentType, xRobotsTag, fetchedAt } = capture;
        const context = { url, contentType, xRobotsTag, agent: AGENT, fetchedAt: fetchedAt.toISOString() };
        found.push({ url, bytes, context });
      }
      return found;
    }
  };

/** A body that is no longer kept is passed over. */
function lost(error: unknown): null {
  if (error instanceof StoreError && error.code === 'body-lost') return null;
  throw error;
}
