/** What became of stories: documents moved from one to another, told and taken back. */
import type { DocumentId, StoryId } from '@newsloom/model';
import type { Sql } from '../database.ts';

export type StoryEvent = {
  id: number;
  at: Date;
  kind: 'merge' | 'split';
  /** The story that goes on. */
  storyId: StoryId;
  /** The one merged into it, or split from it. */
  otherId: StoryId;
  /** Documents that changed their story. */
  documents: DocumentId[];
  /** `machine`, or who asked. */
  actor: string;
  reason: string | null;
  undoneAt: Date | null;
};

export const EVENT = `id::float8 as id, at, kind, story_id as "storyId", other_id as "otherId", documents, actor, reason,
  undone_at as "undoneAt"`;

export type Move = {
  kind: StoryEvent['kind'];
  storyId: StoryId;
  otherId: StoryId;
  actor: string;
  reason: string | null;
  now: Date;
};

/** Notes a merge or split. */
export async function noteEvent(sql: Sql, move: Move, documents: readonly DocumentId[]): Promise<number> {
  const [row] = await sql.query<{ id: number }>(
    `insert into story_events (at, kind, story_id, other_id, documents, actor, reason) values ($1, $2, $3, $4, $5, $6, $7)
     returning id::float8 as id`,
    [move.now, move.kind, move.storyId, move.otherId, documents, move.actor, move.reason],
  );
  return row?.id ?? 0;
}

/** Puts documents into a story. @param pinned whether a person placed them, so that no machine moves them again */
export async function moveDocuments(
  sql: Sql,
  documents: readonly DocumentId[],
  to: StoryId,
  pinned: boolean | null,
): Promise<void> {
  await sql.query('update documents set story_id = $2 where id = any($1::text[])', [documents, to]);
  await sql.query(
    'update story_signatures set story_id = $2, pinned = coalesce($3, pinned) where document_id = any($1::text[])',
    [documents, to, pinned],
  );
}

/** Makes sure that a story is there, and is no longer merged into another. */
export async function openStory(sql: Sql, id: StoryId, now: Date): Promise<void> {
  await sql.query(
    `insert into stories (id, headline, created_at, updated_at) values ($1, '', $2, $2)
     on conflict (id) do update set updated_at = excluded.updated_at, merged_into = null`,
    [id, now],
  );
}

/** Closes a story whose documents are in another now; what had been merged into it follows. */
export async function closeStory(sql: Sql, id: StoryId, into: StoryId): Promise<void> {
  await sql.query('update stories set merged_into = $2 where id = $1 or merged_into = $1', [id, into]);
}
