import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { DEFAULT_LIMITS } from '@newsloom/http';
import { describe, expect, test } from 'vitest';
import { type ArchivedPage, ArchiveError, type LeftOut, readArchive } from './read.ts';
import { type ArchivedCapture, writeArchive } from './write.ts';

const INFO = {
  software: 'Newsloom/test',
  description: 'captures of all sources',
  at: new Date('2026-11-22T00:00:00Z'),
};
const HTML = '<!doctype html><title>Tin tức</title><p>Hà Nội, Thứ Hai.</p>';

async function written(captures: ArchivedCapture[]): Promise<Buffer> {
  async function* each() {
    yield* captures;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of writeArchive(each(), INFO)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, limits = DEFAULT_LIMITS): Promise<(ArchivedPage | LeftOut)[]> {
  const records: (ArchivedPage | LeftOut)[] = [];
  for await (const record of readArchive(inPieces(bytes, 1000), limits)) records.push(record);
  return records;
}

const capture = (more: Partial<ArchivedCapture> = {}): ArchivedCapture => ({
  id: 'c1',
  url: 'https://example.org/tin/1',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', etag: '"x"' },
  fetchedAt: new Date('2026-11-21T22:44:47.123Z'),
  body: { bytes: Buffer.from(HTML), encoding: 'identity' },
  ...more,
});

/** One record as another program writes it. */
function record(type: string, fields: Record<string, string>, block: string | Buffer): Buffer {
  const bytes = Buffer.from(block);
  const head = Object.entries({
    'WARC-Type': type,
    'WARC-Record-ID': '<urn:uuid:6f1d0c5c-5b1d-4d6f-9a3e-0f6d1c2b7a90>',
    'WARC-Date': '2014-01-03T03:03:21Z',
    'Content-Length': String(bytes.length),
    ...fields,
  });
  const text = `WARC/1.0\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(text), bytes, Buffer.from('\r\n\r\n')]);
}

const response = (headers: string, body: string | Buffer, url = 'http://example.org/a') =>
  record(
    'response',
    { 'WARC-Target-URI': url, 'Content-Type': 'application/http; msgtype=response' },
    Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${headers}\r\n`), Buffer.from(body)]),
  );

describe('what is written', () => {
  test('comes back as it was, headers and instant included', async () => {
    const [page] = await read(await written([capture()]));
    expect(page).toMatchObject({
      kind: 'page',
      url: 'https://example.org/tin/1',
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', etag: '"x"' },
      fetchedAt: new Date('2026-11-21T22:44:47.123Z'),
    });
    expect(Buffer.from((page as ArchivedPage).body).toString()).toBe(HTML);
  });

  test.each([
    ['gzip', gzipSync(HTML)],
    ['br', brotliCompressSync(HTML)],
  ] as const)('keeps a body as it came in %s', async (encoding, bytes) => {
    const [page] = await read(await written([capture({ body: { bytes, encoding } })]));
    expect(page).toMatchObject({ wire: { encoding, bytes: Buffer.from(bytes) } });
    expect(Buffer.from((page as ArchivedPage).body).toString()).toBe(HTML);
  });

  test('is the same bytes for the same captures', async () => {
    expect(await written([capture()])).toEqual(await written([capture()]));
  });

  test('names every record, its length and its digest, each in a gzip member of its own', async () => {
    const text = gunzipSync(await written([capture(), capture({ id: 'c2', url: 'https://example.org/2' })])).toString();
    expect(text.match(/^WARC\/1\.1\r$/gm)).toHaveLength(3);
    expect(new Set(text.match(/<urn:uuid:[0-9a-f-]{36}>/g)).size).toBe(3);
    expect(text.match(/^WARC-Payload-Digest: sha1:[A-Z2-7]{32}\r$/gm)?.length).toBeGreaterThanOrEqual(2);
  });

  test('lets no header of a page begin a line of its own', async () => {
    const headers = { 'content-type': 'text/html', 'x-evil': 'a\r\nWARC-Type: warcinfo\r\n\r\nbody' };
    const [page] = await read(await written([capture({ headers })]));
    expect((page as ArchivedPage).headers['x-evil']).toBe('a WARC-Type: warcinfo body');
    expect(Buffer.from((page as ArchivedPage).body).toString()).toBe(HTML);
  });

  test('replaces what described the wire by what is true of the record', async () => {
    const headers = { 'content-length': '3', 'transfer-encoding': 'chunked', 'content-encoding': 'br' };
    const [page] = await read(await written([capture({ headers })]));
    expect((page as ArchivedPage).headers).toEqual({ 'content-length': String(Buffer.byteLength(HTML)) });
  });
});

describe('an archive of another program', () => {
  test('gives its responses, framed in chunks or only said to be', async () => {
    const chunked = `${Buffer.byteLength(HTML).toString(16)}\r\n${HTML}\r\n0\r\n\r\n`;
    const records = await read(
      Buffer.concat([
        response('Transfer-Encoding: chunked\r\n', chunked),
        response('Transfer-Encoding: chunked\r\n', HTML),
      ]),
    );
    expect(records.map((it) => Buffer.from((it as ArchivedPage).body).toString())).toEqual([HTML, HTML]);
  });

  test('gives resources too, whose type is the record’s own', async () => {
    const [page] = await read(
      record('resource', { 'WARC-Target-URI': '<http://a.example/>', 'Content-Type': 'text/html' }, HTML),
    );
    expect(page).toMatchObject({ url: 'http://a.example/', status: 200, headers: { 'content-type': 'text/html' } });
  });

  test('keeps quiet about requests, and names a capture that only refers to another', async () => {
    const records = await read(
      Buffer.concat([
        record('request', { 'WARC-Target-URI': 'http://example.org/a' }, 'GET / HTTP/1.1\r\n\r\n'),
        record('revisit', { 'WARC-Target-URI': 'http://example.org/a' }, 'HTTP/1.1 200 OK\r\n\r\n'),
        record('response', { 'WARC-Target-URI': 'dns:example.org' }, 'x'),
      ]),
    );
    expect(records).toEqual([{ kind: 'left-out', url: 'http://example.org/a', why: 'revisit' }]);
  });

  test.each([
    [
      'a body beyond the cap',
      response('', 'x'.repeat(2000)),
      { ...DEFAULT_LIMITS, wireBytes: 1000, headerBytes: 100 },
      'too-large',
    ],
    [
      'a body that unpacks without end',
      response('Content-Encoding: gzip\r\n', gzipSync('a'.repeat(5_000_000))),
      DEFAULT_LIMITS,
      'bomb',
    ],
    ['an encoding nobody knows', response('Content-Encoding: rot13\r\n', HTML), DEFAULT_LIMITS, 'bad-encoding'],
    [
      'no date',
      Buffer.from(
        response('', HTML)
          .toString()
          .replace(/WARC-Date: .*\r\n/, ''),
      ),
      DEFAULT_LIMITS,
      'no-date',
    ],
  ])('with %s costs that record alone', async (_what, bad, limits, why) => {
    const records = await read(Buffer.concat([bad, response('', HTML, 'http://example.org/b')]), limits);
    expect(records).toMatchObject([
      { kind: 'left-out', why },
      { kind: 'page', url: 'http://example.org/b' },
    ]);
  });

  test.each([
    ['an empty file', Buffer.alloc(0), /empty/],
    ['a web page', Buffer.from(HTML), /no WARC record/],
    ['an ARC file', Buffer.from('filedesc://a.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 IA\n\n'), /an ARC file/],
  ])('that is %s is refused with a sentence', async (_what, bytes, says) => {
    await expect(read(bytes)).rejects.toThrow(says);
    await expect(read(bytes)).rejects.toBeInstanceOf(ArchiveError);
  });

  test('that breaks off keeps what came before', async () => {
    const records: unknown[] = [];
    const broken = Buffer.concat([gzipSync(response('', HTML)), Buffer.from('no gzip at all, and no WARC\r\n\r\n')]);
    const reading = (async () => {
      for await (const it of readArchive(inPieces(broken, 50))) records.push(it);
    })();
    await expect(reading).rejects.toThrow('record 2');
    expect(records).toHaveLength(1);
  });
});
