/** Runs a one-shot crawl until it is idle. */
import { randomUUID } from 'node:crypto';
import { startAll } from '@newsloom/all';
import { job } from '@newsloom/jobs';
import type { ServiceContext } from '@newsloom/service';
import type { CrawlFailure, CrawlProgress } from '@newsloom/store';
import { handOn, takeInArchives } from './archives.ts';
import { type DocumentFile, ingestDocument } from './document-file.ts';
import type { CrawlSeeds } from './seeds.ts';

export type CrawlPlan = {
  seeds: CrawlSeeds['seeds'];
  documents: DocumentFile[];
  /** WARC files whose pages are taken in. */
  archives: readonly string[];
  depth: number;
  limit: number | null;
  /** Follow links to any host. */
  anyHost: boolean;
  /** Told what went wrong with an archive, a sentence each. */
  complain: (sentence: string) => void;
  onProgress: (progress: CrawlProgress) => void;
  /** Ends the crawl early: what is not fetched yet is left out. */
  stop: AbortSignal;
};

const LOOK_EVERY_MS = 150;
/** Without any progress for this long, and with idle queues, what is pending is offered again. */
const STUCK_AFTER_MS = 5_000;
const MOST_AT_ONCE = 1_000;

/**
 * Crawls. Answers with the crawl's id, under which the store knows what belongs to it, and with the records of archives
 * that gave no page.
 */
export async function runCrawl(
  context: ServiceContext,
  plan: CrawlPlan,
): Promise<{ id: string; leftOut: CrawlFailure[] }> {
  const { store, now } = context;
  const id = randomUUID();
  if (context.alone) await store.crawls.abandonAll(now());
  const hosts = plan.anyHost ? [] : [...new Set(plan.seeds.map((seed) => seed.host))];
  await store.crawls.begin({ id, scope: { hosts }, limit: plan.limit, depth: plan.depth, seeds: plan.seeds }, now());
  for (const file of plan.documents) await ingestDocument(store, id, file, now());
  const service = await startAll(context, { crawlId: id });
  let leftOut: CrawlFailure[] = [];
  try {
    // Alone, the crawler has just offered what waits to be read.
    if (!context.alone) await offerAgain(context, id);
    if (plan.archives.length > 0) leftOut = await readArchives(context, id, plan);
    await untilIdle(context, id, plan);
  } finally {
    await service.close();
    await store.crawls.finish(id, now());
  }
  return { id, leftOut };
}

/** Takes archives in; what they hold of one URL more than once is read in rounds, so that versions keep their order. */
async function readArchives(context: ServiceContext, id: string, plan: CrawlPlan): Promise<CrawlFailure[]> {
  const { later, leftOut } = await takeInArchives(context, id, plan.archives, plan);
  while (later.size > 0 && !plan.stop.aborted) {
    await untilIdle(context, id, plan);
    for (const [urlId, [next, ...rest]] of later) {
      if (next) await handOn(context, id, urlId, next);
      if (rest.length > 0) later.set(urlId, rest);
      else later.delete(urlId);
    }
  }
  return leftOut;
}

async function untilIdle(context: ServiceContext, id: string, plan: CrawlPlan): Promise<void> {
  const { store, queues, now } = context;
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const progress = await store.crawls.progress(id);
    plan.onProgress(progress);
    if (progress.pending + progress.reading + progress.enriching === 0) return;
    const full = plan.limit !== null && progress.articles >= plan.limit;
    // At every look, since pages that are still being read go on offering links.
    if (full || plan.stop.aborted) await store.crawls.endPending(id, full ? 'limit-reached' : 'interrupted', now());
    const state = JSON.stringify(progress);
    if (state !== last) {
      last = state;
      changedAt = performance.now();
    } else if (performance.now() - changedAt > STUCK_AFTER_MS) {
      const counts = Object.values(await queues.counts());
      const idle = counts.every((count) => count.waiting + count.active + count.delayed === 0);
      // Pending URLs may wait for their host; what was fetched waits for nobody.
      if (idle) await offerAgain(context, id);
      changedAt = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Adds jobs for what was fetched and is not finished. */
async function offerAgain({ store, queues, now }: ServiceContext, id: string): Promise<void> {
  const unread = (await store.crawls.unread(id)).map((captureId) => job('parse', { captureId }));
  const waiting = (await store.documents.pending(now(), MOST_AT_ONCE)).map((it) => job(it.step, { documentId: it.id }));
  await queues.add([...unread, ...waiting]);
}
