/** Captures: stored responses, and how reading each went. */
import type { CaptureId, Digest, SourceId, UrlId } from '@newsloom/model';
import { type Blob, type BlobStore, unpackBody } from '../blobs.ts';
import { type Database, StoreError } from '../database.ts';
import { GATHERING, gather } from '../gather.ts';

export type Capture = {
  id: CaptureId;
  urlId: UrlId;
  url: string;
  status: number;
  contentType: string | null;
  xRobotsTag: string | null;
  headers: Record<string, string>;
  digest: Digest;
  fetchedAt: Date;
  /** What the publisher says about the use of the page: `noarchive`, `noai`, `ai-train=no`. */
  directives: string[];
  /** False where the bytes were let go after reading, as the publisher wants. */
  kept: boolean;
  /** True where a browser made the bytes out of what was fetched. */
  rendered: boolean;
  parsed: 'pending' | 'done' | 'failed';
  parserVersion: number | null;
  note: string | null;
  /** The reparse that reads it again, if one does. */
  reparseId: string | null;
};

const COLUMNS = `id, url_id as "urlId", url, status, content_type as "contentType", x_robots_tag as "xRobotsTag", headers,
  digest, fetched_at as "fetchedAt", directives, kept, rendered, parsed, parser_version as "parserVersion", note, reparse_id as "reparseId"`;

/** How reading a capture ended. */
export type ReadingEnd = {
  parsed: 'done' | 'failed';
  note: string;
  parserVersion: number;
  at: Date;
  sourceId?: SourceId;
  /** Fields of the article that had a value; absent where there was no article. */
  fields?: string[];
  /** What reading it again changed: fields, `new`, `lost`, `unreadable`. */
  changes?: string[];
  /** All directives of the page, those found in itself included. */
  directives?: readonly string[];
};

/** A response to be kept; what is left out is as for any page fetched as it is. */
export type NewCapture = Omit<
  Capture,
  'parsed' | 'parserVersion' | 'note' | 'reparseId' | 'directives' | 'kept' | 'rendered'
> & {
  directives?: readonly string[];
  rendered?: boolean;
};

export function capturesTable(database: Database, blobs: BlobStore) {
  const enter = gather<NewCapture, void>({
    ...GATHERING[database.kind],
    keysOf: ({ id }) => [id],
    async run(captures) {
      await database.query(ENTER, [JSON.stringify(captures)]);
      return captures.map(() => undefined);
    },
  });
  return {
    /** Keeps a response: body first, then the fact. The same body of the same URL is the same capture. */
    async save(capture: NewCapture, blob: Blob): Promise<void> {
      await blobs.put(capture.digest, blob);
      await enter(capture);
    },

    async find(id: CaptureId): Promise<Capture | null> {
      const [row] = await database.query<Capture>(`select ${COLUMNS} from captures where id = $1`, [id]);
      return row ?? null;
    },

    /** Captures of a URL, newest first. */
    async ofUrl(urlId: UrlId): Promise<Capture[]> {
      return database.query<Capture>(`select ${COLUMNS} from captures where url_id = $1 order by fetched_at desc`, [
        urlId,
      ]);
    },

    /** A page of the captures that match, oldest first; `after` is the last one of the page before. */
    async list(
      filter: { sourceId: string | null; from: Date | null; to: Date | null },
      after: Pick<Capture, 'id' | 'fetchedAt'> | null,
      limit: number,
    ): Promise<Capture[]> {
      return database.query<Capture>(
        `select ${COLUMNS} from captures c
         where ($1::timestamptz is null or (fetched_at, id) > ($1, $2))
           and ($3::timestamptz is null or fetched_at >= $3) and ($4::timestamptz is null or fetched_at < $4)
           and ($5::text is null or exists (select 1 from urls u where u.id = c.url_id and u.source_id = $5))
         order by fetched_at, id limit $6`,
        [after?.fetchedAt ?? null, after?.id ?? '', filter.from, filter.to, filter.sourceId, limit],
      );
    },

    /** A capture's body as it is kept, or null where it is no longer. */
    async kept(capture: Pick<Capture, 'digest'>): Promise<Blob | null> {
      return blobs.get(capture.digest);
    },

    /**
     * Decoded bytes of a capture.
     * @throws StoreError `body-lost` when the bytes are no longer kept
     */
    async body(capture: Pick<Capture, 'digest' | 'url'>): Promise<Uint8Array> {
      const blob = await blobs.get(capture.digest);
      if (!blob) throw new StoreError('body-lost', `The body of ${capture.url} (${capture.digest}) is no longer kept.`);
      return unpackBody(blob);
    },

    /** Notes that the publisher said a capture is still what it serves. */
    async touch(id: CaptureId, at: Date): Promise<void> {
      await database.query('update captures set checked_at = $2 where id = $1', [id, at]);
    },

    /** Notes how reading a capture ended, and what it gave. */
    async markParsed(id: CaptureId, end: ReadingEnd): Promise<void> {
      await database.query(
        `update captures set parsed = $2, note = $3, parser_version = $4, parsed_at = $5, source_id = $6, fields = $7,
           changes = case when reparse_id is null then null else $8::text[] end,
           directives = coalesce($9, directives) where id = $1`,
        [
          id,
          end.parsed,
          end.note,
          end.parserVersion,
          end.at,
          end.sourceId ?? null,
          end.fields ?? null,
          end.changes ?? [],
          end.directives ?? null,
        ],
      );
    },

    /** Lets the bytes of a capture go, unless another capture needs them; the fact stays. */
    async forget({ id, digest }: Pick<Capture, 'id' | 'digest'>): Promise<void> {
      await database.query('update captures set kept = false where id = $1', [id]);
      const others = await database.query('select 1 from captures where digest = $1 and kept limit 1', [digest]);
      if (others.length === 0) await blobs.delete(digest);
    },

    /** Captures nobody has read yet, fetched before `before`, oldest first. */
    async pending(before: Date, limit: number): Promise<CaptureId[]> {
      const rows = await database.query<{ id: CaptureId }>(
        "select id from captures where parsed = 'pending' and fetched_at <= $1 order by fetched_at limit $2",
        [before, limit],
      );
      return rows.map((row) => row.id);
    },
  };
}

/** $1 the captures as JSON. */
const ENTER = `
  insert into captures (id, url_id, url, status, content_type, x_robots_tag, headers, digest, fetched_at, checked_at,
    directives, rendered)
  select c.id, c."urlId", c.url, c.status, c."contentType", c."xRobotsTag", c.headers, c.digest, c."fetchedAt",
    c."fetchedAt", array(select jsonb_array_elements_text(coalesce(c.directives, '[]'))), coalesce(c.rendered, false)
  from jsonb_to_recordset($1::jsonb) as c(id text, "urlId" text, url text, status int, "contentType" text,
    "xRobotsTag" text, headers jsonb, digest text, "fetchedAt" timestamptz, directives jsonb, rendered boolean)
  on conflict (id) do update set checked_at = excluded.checked_at, fetched_at = excluded.fetched_at,
    directives = excluded.directives, kept = true, parsed = 'pending'`;

export type CapturesTable = ReturnType<typeof capturesTable>;
