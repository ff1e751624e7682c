/** Revisits: when a URL comes back, once what was read there is known. */
import type { UrlId, Watch } from '@newsloom/model';
import type { Database } from '../database.ts';

export function revisitsTable(database: Database) {
  return {
    /** How many of these URLs the frontier does not know yet. */
    async countUnknown(ids: readonly UrlId[]): Promise<number> {
      const [row] = await database.query<{ n: number }>(
        `select count(*)::int as n from unnest($1::text[]) as i(id)
         where not exists (select 1 from urls u where u.id = i.id)`,
        [[...new Set(ids)]],
      );
      return row?.n ?? 0;
    },

    /**
     * Notes what reading a page taught, and moves its next visit, where one is planned: never sooner than it was.
     * @param fetchedAt the visit that is read; where there was a later one, nothing changes
     * A page that is no list has been there since it was first read, as far as anybody knows.
     * @param next its `dueAt` null: no further visit
     */
    async note(
      id: UrlId,
      fetchedAt: Date,
      watch: Watch,
      next: { dueAt: Date | null; intervalMs: number },
    ): Promise<void> {
      await database.query(
        `update urls set watch = $3, interval_ms = $5, article_at = coalesce(article_at, $2),
           due_at = case when every_ms is not null then due_at when due_at is null or $4::timestamptz is null then null else greatest(due_at, $4) end
         where id = $1 and fetched_at = $2`,
        [id, fetchedAt, JSON.stringify(watch), next.dueAt, Math.round(next.intervalMs)],
      );
    },
  };
}

export type RevisitsTable = ReturnType<typeof revisitsTable>;
