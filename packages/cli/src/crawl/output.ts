/** Writes what a one-shot crawl found: one article a line, and beside it every address that ended otherwise. */
import { createWriteStream } from 'node:fs';
import { access, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { articleLine } from '@newsloom/api/export';
import type { CrawlFailure, Store } from '@newsloom/store';

/** Name of the file of failures beside an output file. */
export const failuresFile = (out: string): string => `${out.replace(/\.jsonl$/, '')}.failures.jsonl`;

/**
 * Where an output is written until it is whole. A device or a pipe, such as `/dev/null`, is written to itself: a file
 * renamed to its name would take its place.
 */
export async function partOf(path: string): Promise<string> {
  const there = await stat(path).catch(() => null);
  return there && !there.isFile() && !there.isDirectory() ? path : `${path}.part`;
}

/**
 * Makes sure that a file can be written, before anything is done for it.
 * @throws Error with `exitCode` 73 where it cannot be
 */
export async function prepareOutput(path: string): Promise<void> {
  try {
    await makeFolder(dirname(resolve(path)));
    await (await open(await partOf(path), 'w')).close();
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Makes a folder and those above it, one by one: Node's own way round never ends where the system refuses with ENOENT. */
async function makeFolder(path: string): Promise<void> {
  if (await isThere(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The error of an output that cannot be written. */
export const unwritable = (path: string, cause: unknown): Error =>
  Object.assign(new Error(`cannot write ${path}: ${(cause as Error).message}`, { cause }), { exitCode: 73 });

/** Writes lines to a file that appears only when it is whole. @throws Error with `exitCode` 73 where it cannot be written */
export async function writeLines(path: string, lines: AsyncIterable<object> | Iterable<object>): Promise<number> {
  let written = 0;
  const part = await partOf(path);
  async function* texts() {
    for await (const line of lines) {
      written++;
      yield `${JSON.stringify(line)}\n`;
    }
  }
  try {
    await pipeline(Readable.from(texts()), createWriteStream(part));
    if (part !== path) await rename(part, path);
  } catch (cause) {
    throw unwritable(path, cause);
  }
  return written;
}

/** Writes both files of a crawl. */
export async function writeCrawl(
  store: Store,
  crawl: { id: string; out: string; limit: number | null; bad: string[]; leftOut?: CrawlFailure[] },
): Promise<{ articles: number; others: CrawlFailure[] }> {
  const ids = await store.crawls.documents(crawl.id, crawl.limit);
  async function* articles() {
    for (const id of ids) {
      const line = await articleLine(store, id);
      if (line) yield line;
    }
  }
  const count = await writeLines(crawl.out, articles());
  const others = [
    ...crawl.bad.map((url) => ({ url, reason: 'bad-url', status: null })),
    ...(crawl.leftOut ?? []),
    ...(await store.crawls.failures(crawl.id, ids)),
  ];
  await writeLines(
    failuresFile(crawl.out),
    others.map(({ url, reason, status }) => ({ url, reason, ...(status !== null && { status }) })),
  );
  return { articles: count, others };
}
