/** Writes captures as a WARC/1.1 file (ISO 28500:2017), one gzip member a record, so that any reader can seek in it. */
import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { WARC_1_1, WARCRecord, WARCSerializer } from 'warcio';

/** What a capture brings to its record. */
export type ArchivedCapture = {
  /** Names the record: the same capture is the same record in every export. */
  id: string;
  url: string;
  status: number;
  headers: Record<string, string>;
  fetchedAt: Date;
  /** Decoded bytes, or the bytes as they came where `encoding` names how they were compressed. */
  body: { bytes: Uint8Array; encoding: 'identity' | 'gzip' | 'br' | 'deflate' };
};

/** What the first record says of the file. */
export type ArchiveInfo = { software: string; description: string; at: Date };

/** Headers that describe the wire, which the record replaces with what is true of its own bytes. */
const OF_THE_WIRE = new Set(['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']);
/** As most archives write them: SHA-1 in base32, which every reader checks. */
const DIGEST = { algo: 'sha-1', prefix: 'sha1:', base32: true };

/** Yields the bytes of a WARC file with these captures, in their order. */
export async function* writeArchive(
  captures: AsyncIterable<ArchivedCapture>,
  info: ArchiveInfo,
): AsyncGenerator<Uint8Array> {
  yield* bytesOf(
    WARCRecord.createWARCInfo(
      {
        warcVersion: WARC_1_1,
        date: info.at.toISOString(),
        warcHeaders: { 'WARC-Record-ID': recordId(`warcinfo ${info.at.toISOString()} ${info.description}`) },
      },
      {
        software: info.software,
        format: 'WARC File Format 1.1',
        conformsTo: 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
        description: info.description,
      },
    ),
  );
  for await (const capture of captures) yield* bytesOf(recordOf(capture));
}

function recordOf({ id, url, status, headers, fetchedAt, body }: ArchivedCapture): WARCRecord {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_WIRE.has(name.toLowerCase()));
  if (body.encoding !== 'identity') kept.push(['content-encoding', body.encoding]);
  kept.push(['content-length', String(body.bytes.length)]);
  return WARCRecord.create(
    {
      type: 'response',
      url,
      date: fetchedAt.toISOString(),
      warcVersion: WARC_1_1,
      warcHeaders: { 'WARC-Record-ID': recordId(id), 'WARC-Identified-Payload-Type': typeOf(headers) },
      statusline: `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`.trim(),
      // Line breaks in a value would begin a header of their own.
      httpHeaders: Object.fromEntries(kept.map(([name, value]) => [name, value.replace(/[\r\n]+/g, ' ')])),
    },
    [body.bytes],
  );
}

const bytesOf = (record: WARCRecord): AsyncIterable<Uint8Array> =>
  new WARCSerializer(record, { gzip: true, digest: DIGEST });

/** The media type alone, without parameters. */
const typeOf = (headers: Record<string, string>): string =>
  (headers['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim() || 'application/octet-stream';

/** Of this project: the UUID under which names become UUIDs (RFC 9562, version 5). */
const NAMESPACE = Buffer.from('6f1d0c5c5b1d4d6f9a3e0f6d1c2b7a90', 'hex');

/** A UUID that follows from a name, as WARC asks for. */
function recordId(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return `<urn:uuid:${parts.join('-')}>`;
}
