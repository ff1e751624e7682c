/** Takes the pages of WARC files in as if they had just been fetched. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type ArchivedPage, ArchiveError, readArchive } from '@newsloom/archive';
import { canonicalize, hostOf, sourceOf, verdictOf } from '@newsloom/frontier';
import { job } from '@newsloom/jobs';
import { type CaptureId, captureIdOf, digestOf, type SourceId, type UrlId, urlIdOf } from '@newsloom/model';
import type { ServiceContext } from '@newsloom/service';
import { type CrawlFailure, packBody } from '@newsloom/store';

/** What came of taking archives in. */
export type TakenIn = {
  /** Pages that wait to be read, each URL once. */
  pages: number;
  /** Further captures of a URL, in the order of the files: read one round after the other, as they happened. */
  later: Map<UrlId, CaptureId[]>;
  /** Records that gave no page, with the reason. */
  leftOut: CrawlFailure[];
};

/** As many pages wait to be read before the next is taken in: what is read frees its place. */
const MOST_WAITING = 200;
const LOOK_EVERY_MS = 50;
/** First bytes that tell what a body without a type is. */
const HEAD_BYTES = 1_024;

/**
 * Makes sure that archives are there, before anything is begun.
 * @throws Error with `exitCode` 66 where one is not
 */
export async function checkArchives(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const found = await stat(path).catch((cause: Error) => {
      throw unreadable(path, cause.message, cause);
    });
    if (found.isDirectory()) throw unreadable(path, 'it is a folder');
  }
}

/**
 * Reads archives into a crawl, page by page; nothing is asked of the network. Each page is handed on to be read at once.
 * A file that breaks off keeps what came before, and its end is told.
 */
export async function takeInArchives(
  context: ServiceContext,
  crawlId: string,
  paths: readonly string[],
  { stop, complain }: { stop: AbortSignal; complain: (sentence: string) => void },
): Promise<TakenIn> {
  const taken: TakenIn = { pages: 0, later: new Map(), leftOut: [] };
  const seen = new Map<UrlId, CaptureId>();
  for (const path of paths) {
    try {
      for await (const record of readArchive(createReadStream(path))) {
        if (stop.aborted) return taken;
        if (record.kind === 'left-out') taken.leftOut.push({ url: record.url, reason: record.why, status: null });
        else await takeIn(context, crawlId, record, seen, taken);
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      complain(`${path}: ${error.message}; what came before it is kept`);
      taken.leftOut.push({ url: path, reason: 'broken-archive', status: null });
    }
  }
  return taken;
}

async function takeIn(
  context: ServiceContext,
  crawlId: string,
  page: ArchivedPage,
  seen: Map<UrlId, CaptureId>,
  taken: TakenIn,
): Promise<void> {
  const { store, queues } = context;
  const { status, headers, body, fetchedAt } = page;
  const url = canonicalize(page.url);
  const contentType = headers['content-type'] ?? null;
  const { verdict, note } = url
    ? verdictOf({ kind: 'response', status, contentType, head: body.subarray(0, HEAD_BYTES), bodyBytes: body.length })
    : { verdict: 'excluded', note: 'bad-url' };
  if (!url || verdict !== 'captured') {
    taken.leftOut.push({ url: page.url, reason: note, status });
    return;
  }
  const id = urlIdOf(url);
  const digest = digestOf(body);
  const captureId = captureIdOf(id, digest);
  const before = seen.get(id);
  if (before === captureId) return;
  const now = context.now();
  if (before === undefined) {
    const offer = {
      id,
      url,
      host: hostOf(url),
      sourceId: sourceOf(url) as SourceId,
      kind: 'auto' as const,
      priority: 0,
      depthLeft: null,
      redirects: 0,
      facts: null,
      crawls: [{ crawlId, depthLeft: 0, seed: true }],
    };
    await store.frontier.offer([offer], { foundOn: null, now });
  }
  await store.captures.save(
    {
      id: captureId,
      urlId: id,
      url,
      status,
      contentType,
      xRobotsTag: headers['x-robots-tag'] ?? null,
      headers,
      digest,
      fetchedAt,
    },
    await packBody(body, page.wire),
  );
  seen.set(id, captureId);
  if (before !== undefined) {
    taken.later.set(id, [...(taken.later.get(id) ?? []), captureId]);
    return;
  }
  taken.pages++;
  await handOn(context, crawlId, id, captureId);
  while ((await queues.waiting('parse')) > MOST_WAITING) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Gives a URL's capture to be read within the crawl. */
export async function handOn(
  { store, queues, now }: ServiceContext,
  crawlId: string,
  urlId: UrlId,
  captureId: CaptureId,
): Promise<void> {
  await store.crawls.takeIn(crawlId, urlId, captureId, now());
  await queues.add([job('parse', { captureId })]);
}

const unreadable = (path: string, why: string, cause?: unknown): Error =>
  Object.assign(new Error(`cannot read the archive ${path}: ${why}`, { cause }), { exitCode: 66 });
