/** Yields: what the captures of a source gave when they were read, field by field, over time. */
import type { CaptureId, SourceId } from '@newsloom/model';
import type { Database } from '../database.ts';

/** One day of a source. */
export type DayYield = {
  /** `2026-11-21`, in UTC. */
  day: string;
  /** Captures read that day. */
  pages: number;
  articles: number;
  /** How many of the articles had each field. */
  fields: Record<string, number>;
  /** How many captures gave no article, by note. */
  notes: Record<string, number>;
};

/** What reading one capture gave. */
export type Reading = {
  captureId: CaptureId;
  url: string;
  fetchedAt: Date;
  /** Fields with a value; null where it gave no article. */
  fields: string[] | null;
  note: string;
};

export function yieldsTable(database: Database) {
  return {
    /** A source's days from `from` on, oldest first; days without captures are not there. */
    async days(sourceId: SourceId, from: Date): Promise<DayYield[]> {
      return database.query<DayYield>(
        `with c as (
           select to_char(fetched_at at time zone 'utc', 'YYYY-MM-DD') as day, fields, note from captures
           where source_id = $1 and fetched_at >= $2 and parsed <> 'pending'
         )
         select t.day, t.pages, t.articles,
           coalesce((select jsonb_object_agg(field, n) from (
             select field, count(*)::int as n from c, unnest(c.fields) as field where c.day = t.day group by 1) f), '{}') as fields,
           coalesce((select jsonb_object_agg(note, n) from (
             select coalesce(note, 'unread') as note, count(*)::int as n from c
             where c.day = t.day and c.fields is null group by 1) n), '{}') as notes
         from (select day, count(*)::int as pages, count(fields)::int as articles from c group by 1) t order by t.day`,
        [sourceId, from],
      );
    },

    /** A source's latest readings of pages that are or should be articles, newest first. */
    async latest(sourceId: SourceId, limit: number): Promise<Reading[]> {
      return database.query<Reading>(
        `select id as "captureId", url, fetched_at as "fetchedAt", fields, coalesce(note, '') as note from captures c
         where source_id = $1 and parsed <> 'pending' and (fields is not null or note = any($3)
           or exists (select 1 from urls u where u.id = c.url_id and u.document_id is not null))
         order by fetched_at desc limit $2`,
        [sourceId, limit, SHOULD_BE_ARTICLES],
      );
    },

    /** Sources with captures read since then. */
    async sources(since: Date): Promise<SourceId[]> {
      const rows = await database.query<{ id: SourceId }>(
        `select s.id from sources s where exists (
           select 1 from captures c where c.source_id = s.id and c.fetched_at >= $1) order by s.id`,
        [since],
      );
      return rows.map((row) => row.id);
    },
  };
}

/** Notes of pages that looked like neither a front, a feed nor an error, and yet gave no article. A page that once gave one should too. */
const SHOULD_BE_ARTICLES = [
  'no-article',
  'consent-wall',
  'login-wall',
  'refused',
  'unreadable-deadline',
  'unreadable-memory',
];

export type YieldsTable = ReturnType<typeof yieldsTable>;
