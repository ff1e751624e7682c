/** The parser: captures become documents. */
import { PARSER_VERSION } from '@newsloom/extract';
import { productTokenOf } from '@newsloom/frontier';
import type { CaptureId } from '@newsloom/model';
import { openReaderPool } from '@newsloom/reader';
import { openSourceBook, type Service, type ServiceContext, watchYields } from '@newsloom/service';
import { openExcludedTally } from './excluded-tally.ts';
import { parseCapture } from './parse-capture.ts';
import { openTrapBook } from './trap-book.ts';

/** A layout changes once in months; hours of articles go by before it shows. */
const LOOK_AT_YIELDS_EVERY_MS = 10 * 60_000;

/** Starts reading captures, in as many processes as the settings allow. */
export async function startParser(context: ServiceContext): Promise<Service> {
  const { settings, store, now, log } = context;
  const sources = await openSourceBook(store.sources, now, log);
  const excluded = openExcludedTally(store.sources, now, log);
  const traps = await openTrapBook(store.patterns, now, log);
  const pool = openReaderPool({
    processes: settings.parseProcesses,
    deadlineMs: settings.parseDeadlineMs,
    memoryMb: settings.parseMemoryMb,
  });
  const agent = productTokenOf(settings.userAgent);
  const { rendersPerDay } = settings;
  const browser = settings.renderer === 'on' ? { store, now, rendersPerDay } : null;
  const tools = { store, sources, excluded, traps, read: pool.read, now, agent, noindex: settings.noindex, browser };
  // Twice the processes, so that the database is asked for the next page while the last one is read.
  const working = context.work('parse', (payload) => parseCapture(payload, tools), {
    concurrency: settings.parseProcesses * 2,
    onFailed: ({ captureId }, reason) => giveUp(captureId as CaptureId, reason),
  });

  /** A capture nobody can read is noted as such, so that it is not offered again until a person retries the job. */
  async function giveUp(id: CaptureId | undefined, reason: string): Promise<void> {
    const capture = id && (await context.store.captures.find(id));
    if (!capture) return;
    const at = context.now();
    await context.store.captures.markParsed(id, { parsed: 'failed', note: reason, parserVersion: PARSER_VERSION, at });
    await context.store.crawls.endRead(capture.urlId, { reason: 'parse-failed', documentId: null }, at);
  }

  const watching = watchYields(context, LOOK_AT_YIELDS_EVERY_MS);

  return {
    async close() {
      watching.close();
      await working.close();
      await pool.close();
      await excluded.close();
      await traps.close();
      await sources.close();
    },
  };
}
