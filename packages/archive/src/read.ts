/** Reads a WARC file record by record: the pages in it, and what was left out with the reason. */
import {
  type ContentEncoding,
  DEFAULT_LIMITS,
  decodeBody,
  HttpError,
  type Limits,
  parseEncodings,
} from '@newsloom/http';
import type { BodyEncoding } from '@newsloom/model';
import { AsyncIterReader, WARCParser, type WARCRecord } from 'warcio';

/** A response found in an archive, as if it had just been fetched. */
export type ArchivedPage = {
  kind: 'page';
  url: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** The body as it lay in the archive, where that was one compressed stream. */
  wire: { encoding: BodyEncoding; bytes: Uint8Array | null };
  fetchedAt: Date;
};

/** A record that should hold a page and gave none. */
export type LeftOut = { kind: 'left-out'; url: string; why: string };

/** The file is no WARC file, or is broken from some point on; what came before has been handed out. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
}

/** Record types of WARC/1.1 (ISO 28500:2017) that hold what a publisher served, or a text made of it. */
const PAGES = new Set(['response', 'resource', 'conversion']);
/** A capture that only says "as before": its page stands in an earlier record, maybe of another file. */
const REVISIT = 'revisit';

/**
 * Yields what an archive holds, in its order, one record in memory at a time. Plain and gzipped files alike.
 * @param source the file's bytes
 * @param limits sizes of one body; what passes them is left out
 * @throws ArchiveError where the file is none, or breaks off in a way that nothing more can be found
 */
export async function* readArchive(
  source: AsyncIterable<Uint8Array>,
  limits: Limits = DEFAULT_LIMITS,
): AsyncGenerator<ArchivedPage | LeftOut> {
  const records = new WARCParser(source)[Symbol.asyncIterator]();
  for (let count = 0; ; count++) {
    const record = await nextRecord(records, count);
    if (!record) return;
    const url = record.warcTargetURI ?? '';
    if (!/^https?:/i.test(url)) continue;
    if (record.warcType === REVISIT) yield { kind: 'left-out', url, why: 'revisit' };
    if (PAGES.has(record.warcType)) yield await pageOf(record, url, limits);
  }
}

async function nextRecord(records: AsyncGenerator<WARCRecord>, count: number): Promise<WARCRecord | null> {
  let record: WARCRecord | undefined;
  try {
    record = (await records.next()).value;
  } catch (cause) {
    throw new ArchiveError(`broken after record ${count}: ${(cause as Error).message.slice(0, 200)}`, { cause });
  }
  if (!record) {
    if (count === 0) throw new ArchiveError('empty, or no WARC file');
    return null;
  }
  if (!record.warcHeaders.statusline.startsWith('WARC/')) {
    const isArc = count === 0 && /^filedesc:/.test(record.warcHeaders.statusline);
    throw new ArchiveError(
      isArc
        ? 'an ARC file, the form before WARC; `warcio recompress FILE.arc FILE.warc.gz` converts it'
        : `no WARC record where record ${count + 1} should begin`,
    );
  }
  return record;
}

async function pageOf(record: WARCRecord, url: string, limits: Limits): Promise<ArchivedPage | LeftOut> {
  const headers: Record<string, string> = {};
  for (const [name, value] of record.httpHeaders?.headers ?? []) headers[name.toLowerCase()] ??= value;
  // Without HTTP around it, the record's own type is that of its content.
  if (!record.httpHeaders && record.warcContentType) headers['content-type'] = record.warcContentType;
  const status = record.httpHeaders ? Number(record.httpHeaders.statusCode) : 200;
  const fetchedAt = new Date(record.warcDate ?? Number.NaN);
  if (Number.isNaN(fetchedAt.getTime())) return { kind: 'left-out', url, why: 'no-date' };
  // A record may claim any length; what is beyond a page's cap is not even begun.
  if (record.warcContentLength > limits.wireBytes + limits.headerBytes)
    return { kind: 'left-out', url, why: 'too-large' };
  try {
    const wire = await payloadOf(record, /\bchunked\b/i.test(headers['transfer-encoding'] ?? ''), limits.wireBytes);
    if (!wire) return { kind: 'left-out', url, why: 'too-large' };
    const { body, applied } = await decodeBody(wire, encodingsOf(headers, url, limits), limits, url);
    const [encoding = 'identity'] = applied;
    const asItCame = applied.length === 1 ? wire : null;
    return { kind: 'page', url, status, headers, body, wire: { encoding, bytes: asItCame }, fetchedAt };
  } catch (error) {
    if (error instanceof HttpError) return { kind: 'left-out', url, why: error.code };
    throw new ArchiveError(`broken at ${url}: ${(error as Error).message.slice(0, 200)}`, { cause: error });
  }
}

function encodingsOf(headers: Record<string, string>, url: string, limits: Limits): ContentEncoding[] {
  return parseEncodings(headers['content-encoding'], url, limits.encodings);
}

/** The bytes of a record without transfer framing, or null beyond `most` bytes. */
async function payloadOf(record: WARCRecord, chunked: boolean, most: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  // Archives keep the header of chunked responses, framed or not: the reader finds out.
  for await (const piece of new AsyncIterReader(record.reader, null, chunked)) {
    size += piece.length;
    if (size > most) {
      await record.skipFully();
      return null;
    }
    // The reader hands out views of a buffer that it goes on using.
    pieces.push(piece.slice());
  }
  return Buffer.concat(pieces);
}
