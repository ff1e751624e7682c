/** What an export hands out: captures as a web archive, documents as JSON lines. */
import { type ArchivedCapture, writeArchive } from '@newsloom/archive';
import type { DocumentId } from '@newsloom/model';
import { type Blob, type Capture, type Store, unpackBody } from '@newsloom/store';

export { spanOf } from './dates.ts';

/** Which captures or documents; null where it does not matter. Times are those of the fetch. */
export type ExportFilter = { sourceId: string | null; from: Date | null; to: Date | null };

/** Rows read at once. */
const PAGE = 200;

/** One line of the output for a document; null where it is gone. Field order is that of the documentation. */
export async function articleLine(store: Store, id: DocumentId): Promise<object | null> {
  const document = await store.documents.find(id);
  if (!document) return null;
  const mentions = await store.entities.ofDocument(id);
  return {
    id: document.id,
    url: document.url,
    canonicalUrl: document.canonicalUrl,
    source: document.sourceId,
    title: document.title,
    date: document.date,
    datePrecision: document.datePrecision,
    dateModified: document.dateModified,
    authors: document.authors,
    lang: document.lang,
    body: document.body,
    keywords: document.keywords,
    summary: document.summary?.map(({ start, end }) => document.body.slice(start, end)) ?? [],
    image: document.image,
    imageCaption: document.imageCaption,
    entities: mentions.map(({ text, type, start, end, entityId, value }) => ({
      text,
      type,
      start,
      end,
      entityId,
      ...(value !== undefined && { value }),
    })),
    storyId: document.storyId,
    copyOf: document.copyOf,
    provenance: document.provenance,
    directives: document.directives,
    fetchedAt: document.fetchedAt,
  };
}

/** The documents that match, as lines of JSON in the form `newsloom crawl` writes. */
export async function* documentLines(store: Store, filter: ExportFilter): AsyncGenerator<string> {
  let last: DocumentId | null = null;
  for (;;) {
    const ids: DocumentId[] = await store.documents.ids(filter, last, PAGE);
    for (const id of ids) {
      const line = await articleLine(store, id);
      if (line) yield `${JSON.stringify(line)}\n`;
    }
    last = ids.at(-1) ?? null;
    if (ids.length < PAGE) return;
  }
}

/** The captures that match, oldest first, as the bytes of a WARC/1.1 file. A capture whose body is gone is left out. */
export async function* archiveBytes(
  store: Store,
  filter: ExportFilter,
  info: { version: string; at: Date },
): AsyncGenerator<Uint8Array> {
  yield* writeArchive(captures(store, filter), {
    software: `Newsloom/${info.version}`,
    description: describe(filter),
    at: info.at,
  });
}

async function* captures(store: Store, filter: ExportFilter): AsyncGenerator<ArchivedCapture> {
  let last: Capture | null = null;
  for (;;) {
    const page: Capture[] = await store.captures.list(filter, last, PAGE);
    for (const capture of page) {
      const blob = await store.captures.kept(capture);
      if (blob) yield { ...capture, body: await bodyOf(blob, capture.headers['content-encoding']) };
    }
    last = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

/** As it came where it came compressed in a way that readers of archives undo; decoded otherwise. */
async function bodyOf(blob: Blob, said: string | undefined): Promise<ArchivedCapture['body']> {
  const { encoding, bytes } = blob;
  const asItCame = said?.toLowerCase().replace('x-gzip', 'gzip') === encoding;
  if (asItCame && (encoding === 'gzip' || encoding === 'br' || encoding === 'deflate')) return { bytes, encoding };
  return { bytes: await unpackBody(blob), encoding: 'identity' };
}

function describe({ sourceId, from, to }: ExportFilter): string {
  const parts = [
    sourceId === null ? 'captures of all sources' : `captures of ${sourceId}`,
    from && `fetched from ${from.toISOString()}`,
    to && `fetched before ${to.toISOString()}`,
  ];
  return parts.filter(Boolean).join(', ');
}
