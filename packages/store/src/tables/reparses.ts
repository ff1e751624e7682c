/** Reparses: captures read again by a newer parser or other rules, and what that changed. */
import type { CaptureId, SourceId } from '@newsloom/model';
import type { Database } from '../database.ts';

/** Which captures are read again; null where it does not matter. */
export type ReparseFilter = {
  sourceId: SourceId | null;
  /** Fetched since then. */
  since: Date | null;
  /** Read by a parser older than this. */
  belowVersion: number | null;
};

export type ReparseReport = {
  id: string;
  filter: { sourceId: string | null; since: string | null; belowVersion: number | null };
  askedAt: Date;
  total: number;
  done: number;
  /** Captures that gave the same as before. */
  same: number;
  /** How many captures each change was seen at: a field's name, `new`, `lost`, `unreadable`. */
  changes: Record<string, number>;
};

/** A capture that gave something else than before. */
export type ReparseChange = { url: string; captureId: CaptureId; documentId: string | null; changes: string[] };

export function reparsesTable(database: Database) {
  return {
    /**
     * Begins a reparse: of each URL that matches, its latest capture waits to be read again.
     * @returns how many wait
     */
    async begin(id: string, filter: ReparseFilter, now: Date): Promise<number> {
      return database.transaction(async (sql) => {
        const stored = { ...filter, since: filter.since?.toISOString() ?? null };
        await sql.query('insert into reparses (id, filter, asked_at) values ($1, $2, $3)', [
          id,
          JSON.stringify(stored),
          now,
        ]);
        const rows = await sql.query<{ n: number }>(
          `with chosen as (
             update captures c set parsed = 'pending', reparse_id = $1, changes = null, source_id = u.source_id
             from urls u where u.capture_id = c.id and c.parsed <> 'pending'
               and ($2::text is null or u.source_id = $2) and ($3::timestamptz is null or c.fetched_at >= $3)
               and ($4::int is null or coalesce(c.parser_version, 0) < $4)
             returning 1
           ) select count(*)::int as n from chosen`,
          [id, filter.sourceId, filter.since, filter.belowVersion],
        );
        return rows[0]?.n ?? 0;
      });
    },

    /** Captures of a reparse that still wait, oldest first. */
    async pending(id: string, limit: number): Promise<CaptureId[]> {
      const rows = await database.query<{ id: CaptureId }>(
        `select id from captures where reparse_id = $1 and parsed = 'pending' order by fetched_at, id limit $2`,
        [id, limit],
      );
      return rows.map((row) => row.id);
    },

    /** How far a reparse is, and what it changed so far; null where there is none of this id. */
    async report(id: string): Promise<ReparseReport | null> {
      const [row] = await database.query<ReparseReport>(
        `select r.id, r.filter, r.asked_at as "askedAt", c.total, c.done, c.same,
           coalesce((select jsonb_object_agg(x.change, x.n) from (
             select change, count(*)::int as n from captures, unnest(changes) as change where reparse_id = $1 group by 1
           ) x), '{}') as changes
         from reparses r, lateral (
           select count(*)::int as total, count(*) filter (where parsed <> 'pending')::int as done,
             count(*) filter (where parsed <> 'pending' and cardinality(changes) = 0)::int as same
           from captures where reparse_id = r.id
         ) c where r.id = $1`,
        [id],
      );
      return row ?? null;
    },

    /** Captures of a reparse that gave something else than before, oldest first. */
    async changed(id: string, limit: number): Promise<ReparseChange[]> {
      return database.query<ReparseChange>(
        `select c.url, c.id as "captureId", u.document_id as "documentId", c.changes
         from captures c join urls u on u.id = c.url_id
         where c.reparse_id = $1 and cardinality(c.changes) > 0 order by c.fetched_at, c.id limit $2`,
        [id, limit],
      );
    },
  };
}

export type ReparsesTable = ReturnType<typeof reparsesTable>;
