/** Kept bodies, by digest: one interface, so that they may lie in the database, in a folder, or later in S3. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { BodyEncoding, Digest } from '@newsloom/model';
import type { Database } from './database.ts';

/** A body as it is kept. */
export type Blob = { encoding: BodyEncoding; size: number; bytes: Uint8Array };

/** Where bodies lie. The digest is that of the decoded bytes; a digest is written once. */
export interface BlobStore {
  has(digest: Digest): Promise<boolean>;
  put(digest: Digest, blob: Blob): Promise<void>;
  get(digest: Digest): Promise<Blob | null>;
  delete(digest: Digest): Promise<void>;
}

/** Bodies in the table `blobs`: nothing to share between machines but the database. */
export const databaseBlobs = (database: Database): BlobStore => ({
  async has(digest) {
    return (await database.query('select 1 from blobs where digest = $1', [digest])).length > 0;
  },
  async put(digest, { encoding, size, bytes }) {
    await database.query(
      'insert into blobs (digest, encoding, size, bytes) values ($1, $2, $3, $4) on conflict do nothing',
      [digest, encoding, size, bytes],
    );
  },
  async get(digest) {
    const [row] = await database.query<Blob>('select encoding, size, bytes from blobs where digest = $1', [digest]);
    return row ?? null;
  },
  async delete(digest) {
    await database.query('delete from blobs where digest = $1', [digest]);
  },
});

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
  return {
    has: async (digest) => (await find(digest)) !== null,
    async put(digest, { encoding, bytes }) {
      const path = pathOf(digest, encoding);
      await mkdir(dirname(path), { recursive: true });
      // Written aside and renamed, so that a crash leaves no half of a body under its digest.
      const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
      try {
        await writeFile(aside, bytes);
        await rename(aside, path);
      } catch (error) {
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
