/** Versions of documents: how they were before, and when their pages are looked at again. */
import type { CaptureId, DocumentId, UrlId } from '@newsloom/model';
import type { Sql } from '../database.ts';

/** A document as it was until it was replaced. */
export type DocumentVersion = {
  version: number;
  title: string | null;
  date: string | null;
  authors: string[];
  body: string;
  captureId: CaptureId | null;
  replacedAt: Date;
};

/** The next look at an article's page; `dueAt` null: none. */
export type NextVisit = { dueAt: Date | null; intervalMs: number };

/** When an article was published, as near as known, and its next look: as it was read, or changed since. */
export type ArticleVisit = { articleAt: Date; next: Record<'same' | 'changed', NextVisit> };

/** Former versions of a document, newest first. */
export const formerVersions = (sql: Sql, id: DocumentId): Promise<DocumentVersion[]> =>
  sql.query<DocumentVersion>(
    `select version, title, date, authors, body, capture_id as "captureId", replaced_at as "replacedAt"
     from document_versions where document_id = $1 order by version desc`,
    [id],
  );

/** Keeps a document as it is now beside what it is about to become. */
export async function keepVersion(sql: Sql, id: DocumentId, now: Date): Promise<void> {
  await sql.query(
    `insert into document_versions (document_id, version, title, date, authors, body, capture_id, replaced_at)
     select id, version, title, date, authors, body, capture_id, $2 from documents where id = $1
     on conflict do nothing`,
    [id, now],
  );
}

/** Ties a page to its document, and plans its next visit, which is sooner where the article was changed. */
export async function placeDocument(
  sql: Sql,
  it: { id: DocumentId; urlId: UrlId; fetchedAt: Date; visit?: ArticleVisit },
  revised: boolean,
): Promise<void> {
  const next = it.visit?.next[revised ? 'changed' : 'same'];
  if (!it.visit || !next) {
    await sql.query('update urls set document_id = $2 where id = $1', [it.urlId, it.id]);
    return;
  }
  await sql.query(
    `update urls set document_id = $2, article_at = $3,
       watch = case when $4 then coalesce(watch, '{}') || jsonb_build_object('revisedAt', extract(epoch from $5::timestamptz) * 1000) else watch end,
       interval_ms = case when fetched_at = $5 and every_ms is null then $7 else interval_ms end,
       due_at = case when due_at is null or fetched_at <> $5 or every_ms is not null then due_at
         when $6::timestamptz is null then null else greatest(due_at, $6) end
     where id = $1`,
    [it.urlId, it.id, it.visit.articleAt, revised, it.fetchedAt, next.dueAt, Math.round(next.intervalMs)],
  );
}
