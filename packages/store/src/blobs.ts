/** Kept bodies, by digest: one interface, so that they may lie in the database, in a folder, or later in S3. */
import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { BodyEncoding, Digest } from '@newsloom/model';
import type { Database } from './database.ts';
import { GATHERING, gather } from './gather.ts';

/** A body as it is kept. */
export type Blob = { encoding: BodyEncoding; size: number; bytes: Uint8Array };

/** Where bodies lie. The digest is that of the decoded bytes; a digest is written once. */
export interface BlobStore {
  has(digest: Digest): Promise<boolean>;
  put(digest: Digest, blob: Blob): Promise<void>;
  get(digest: Digest): Promise<Blob | null>;
  delete(digest: Digest): Promise<void>;
}

/** Bytes of bodies written in one statement: enough for a hundred pages, little beside what a fetch may hold. */
const MOST_BATCH_BYTES = 4_000_000;

/** Bodies in the table `blobs`: nothing to share between machines but the database. */
export function databaseBlobs(database: Database): BlobStore {
  const put = gather<{ digest: Digest; blob: Blob }, void>({
    ...GATHERING[database.kind],
    keysOf: ({ digest }) => [digest],
    weigh: ({ blob }) => blob.bytes.length,
    mostWeight: MOST_BATCH_BYTES,
    async run(bodies) {
      const starts: number[] = [];
      let at = 1;
      for (const { blob } of bodies) {
        starts.push(at);
        at += blob.bytes.length;
      }
      // All bytes as one value, sent as they are: in an array they would be written as hexadecimal text.
      await database.query(
        `insert into blobs (digest, encoding, size, bytes)
         select d.digest, d.encoding, d.size, substring($2::bytea from d.start for d.length)
         from jsonb_to_recordset($1::jsonb) as d(digest text, encoding text, size int, start int, length int)
         on conflict do nothing`,
        [
          JSON.stringify(
            bodies.map(({ digest, blob: { encoding, size, bytes } }, index) => ({
              digest,
              encoding,
              size,
              start: starts[index],
              length: bytes.length,
            })),
          ),
          Buffer.concat(bodies.map(({ blob }) => blob.bytes)),
        ],
      );
      return bodies.map(() => undefined);
    },
  });
  return {
    async has(digest) {
      return (await database.query('select 1 from blobs where digest = $1', [digest])).length > 0;
    },
    put: (digest, blob) => put({ digest, blob }),
    async get(digest) {
      const [row] = await database.query<Blob>('select encoding, size, bytes from blobs where digest = $1', [digest]);
      return row ?? null;
    },
    async delete(digest) {
      await database.query('delete from blobs where digest = $1', [digest]);
    },
  };
}

/** Bodies as files `ab/abcdef....gzip` under a folder: for the embedded store, whose database stays small so. */
export function folderBlobs(folder: string): BlobStore {
  const encodings: BodyEncoding[] = ['identity', 'gzip', 'br', 'deflate', 'zstd'];
  const pathOf = (digest: Digest, encoding: BodyEncoding) => join(folder, digest.slice(0, 2), `${digest}.${encoding}`);
  const find = async (digest: Digest): Promise<Blob | null> => {
    for (const encoding of encodings) {
      const bytes = await readFile(pathOf(digest, encoding)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (bytes) return { encoding, size: -1, bytes };
    }
    return null;
  };
  const made = new Set<string>();
  return {
    async has(digest) {
      const kept = await Promise.all(
        encodings.map((encoding) =>
          access(pathOf(digest, encoding)).then(
            () => true,
            () => false,
          ),
        ),
      );
      return kept.includes(true);
    },
    async put(digest, { encoding, bytes }) {
      const path = pathOf(digest, encoding);
      const place = dirname(path);
      if (!made.has(place)) await mkdir(place, { recursive: true });
      made.add(place);
      // Written aside and renamed, so that a crash leaves no half of a body under its digest.
      const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
      try {
        await writeFile(aside, bytes);
        await rename(aside, path);
      } catch (error) {
        made.delete(place);
        await unlink(aside).catch(() => {});
        throw error;
      }
    },
    get: find,
    async delete(digest) {
      for (const encoding of encodings) await unlink(pathOf(digest, encoding)).catch(() => {});
    },
  };
}

const ZSTD_LEVEL = 3;
const zstd = promisify(zlib.zstdCompress);
const decoders = {
  gzip: promisify(zlib.gunzip),
  br: promisify(zlib.brotliDecompress),
  deflate: promisify(zlib.inflate),
  zstd: promisify(zlib.zstdDecompress),
};

/** Bytes as they came when they came compressed, else compressed with zstd. */
export async function packBody(
  body: Uint8Array,
  wire: { encoding: BodyEncoding; bytes: Uint8Array | null },
): Promise<Blob> {
  if (wire.encoding !== 'identity' && wire.bytes)
    return { encoding: wire.encoding, size: body.length, bytes: wire.bytes };
  const bytes = await zstd(body, { params: { [zlib.constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } });
  return { encoding: 'zstd', size: body.length, bytes };
}

/** The decoded bytes of a kept body. */
export async function unpackBody(blob: Blob): Promise<Uint8Array> {
  if (blob.encoding === 'identity') return blob.bytes;
  if (blob.encoding === 'deflate') {
    // Some servers send raw deflate under this name.
    return decoders.deflate(blob.bytes).catch(() => promisify(zlib.inflateRaw)(blob.bytes));
  }
  return decoders[blob.encoding](blob.bytes);
}
