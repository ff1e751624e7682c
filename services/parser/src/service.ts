/** The parser: captures become documents. */
import { PARSER_VERSION } from '@newsloom/extract';
import type { CaptureId } from '@newsloom/model';
import type { Service, ServiceContext } from '@newsloom/service';
import { parseCapture } from './parse-capture.ts';
import { openReaderPool } from './reader-pool.ts';

/** Starts reading captures, in as many processes as the settings allow. */
export function startParser(context: ServiceContext): Service {
  const { settings } = context;
  const pool = openReaderPool({
    processes: settings.parseProcesses,
    deadlineMs: settings.parseDeadlineMs,
    memoryMb: settings.parseMemoryMb,
  });
  const tools = { store: context.store, read: pool.read, now: context.now };
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

  return {
    async close() {
      await working.close();
      await pool.close();
    },
  };
}
