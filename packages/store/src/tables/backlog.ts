/** The backlog: what was fetched and nobody has read yet. */
import type { Database } from '../database.ts';

/** Captures that wait to be read for the first time, counted up to `most`. A reparse is no backlog: it takes its time. */
export async function countUnread(database: Database, most: number): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from (
       select 1 from captures where parsed = 'pending' and reparse_id is null limit $1) unread`,
    [most],
  );
  return row?.n ?? 0;
}
