/** Stories: documents about one event, found by the keys of their signatures. */
import type { DocumentId, EntityId, EntityType, StoryId } from '@newsloom/model';
import { storyIdOf } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';

export type Story = {
  id: StoryId;
  headline: string;
  documents: number;
  langs: string[];
  sources: string[];
  createdAt: Date;
  updatedAt: Date;
};

/** What is stored of a document for comparing it with others; its shape belongs to the enricher. */
export type StoredSignature = { keys: string[] };

export type StoryCandidate<S> = { documentId: DocumentId; storyId: StoryId; signature: S };

/** What a headline is chosen from. */
export type StoryTitle = { title: string | null; lang: string | null; date: string | null; fetchedAt: Date };

/** The first documents of a story decide its headline. */
const HEADLINE_DOCUMENTS = 50;
/** Serialises story building over all processes: "STRY" in ASCII. */
const LOCK_KEY = 0x53545259;
/** Candidates looked at for one document: those that share most keys. */
const MOST_CANDIDATES = 60;
/** A key that more documents than this carry tells nothing about one event. */
const COMMON_KEY_DOCUMENTS = 5_000;

/** Shares are taken as if the archive had this many documents more: a small one tells little about what is common. */
const STEADY_DOCUMENTS = 2_000;
/** Documents counted one by one; beyond this the planner's estimate does. */
const COUNTED_DOCUMENTS = 20_000;

const SELECT = `select s.id, s.headline, s.created_at as "createdAt", s.updated_at as "updatedAt",
  count(d.id)::int as documents, coalesce(array_agg(distinct d.lang) filter (where d.lang is not null), '{}') as langs,
  coalesce(array_agg(distinct d.source_id) filter (where d.source_id is not null), '{}') as sources
  from stories s join documents d on d.story_id = s.id`;

export function storiesTable(database: Database) {
  return {
    /**
     * Puts a document into the story that `choose` names, or into one of its own. One document at a time, over all
     * processes. Runs twice without harm.
     * @param choose pure decision over the candidates and the share of documents that carry a key
     * @param headlineOf pure decision over the titles of the story's documents
     */
    async place<S extends StoredSignature>(
      document: { id: DocumentId; signature: S },
      choose: (candidates: StoryCandidate<S>[], frequency: (key: string) => number) => StoryId | null,
      headlineOf: (documents: StoryTitle[]) => string | null,
      now: Date,
    ): Promise<StoryId> {
      return database.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
        const { counts, documents } = await countKeys(sql, document.signature.keys);
        const telling = document.signature.keys.filter((key) => (counts.get(key) ?? 0) < COMMON_KEY_DOCUMENTS);
        const candidates = await sql.query<StoryCandidate<S>>(
          `select s.document_id as "documentId", s.story_id as "storyId", s.signature from (
             select k.document_id, count(*) as shared from story_keys k
             where k.key = any($1::text[]) and k.document_id <> $2 group by 1 order by 2 desc, 1 limit ${MOST_CANDIDATES}
           ) c join story_signatures s on s.document_id = c.document_id`,
          [telling, document.id],
        );
        const own = await sql.query<{ storyId: StoryId }>(
          'select story_id as "storyId" from story_signatures where document_id = $1',
          [document.id],
        );
        const chosen = choose(candidates, (key) => (counts.get(key) ?? 0) / (documents + STEADY_DOCUMENTS));
        const storyId = chosen ?? own[0]?.storyId ?? storyIdOf(document.id);
        await sql.query(
          `insert into stories (id, headline, created_at, updated_at) values ($1, $2, $3, $3)
           on conflict (id) do update set updated_at = excluded.updated_at`,
          [storyId, '', now],
        );
        await sql.query(
          `insert into story_signatures (document_id, story_id, signature) values ($1, $2, $3)
           on conflict (document_id) do update set story_id = excluded.story_id, signature = excluded.signature`,
          [document.id, storyId, JSON.stringify(document.signature)],
        );
        await sql.query('delete from story_keys where document_id = $1', [document.id]);
        await sql.query('insert into story_keys (key, document_id) select distinct k, $2 from unnest($1::text[]) k', [
          document.signature.keys,
          document.id,
        ]);
        await sql.query('update documents set story_id = $2, clustered_at = $3, failed = null where id = $1', [
          document.id,
          storyId,
          now,
        ]);
        for (const id of new Set([storyId, own[0]?.storyId ?? storyId])) {
          const titles = await sql.query<StoryTitle>(
            `select title, lang, date, fetched_at as "fetchedAt" from documents where story_id = $1
             order by fetched_at limit ${HEADLINE_DOCUMENTS}`,
            [id],
          );
          await sql.query('update stories set headline = $2 where id = $1', [id, headlineOf(titles) ?? '']);
        }
        return storyId;
      });
    },

    async find(id: StoryId): Promise<Story | null> {
      const [row] = await database.query<Story>(`${SELECT} where s.id = $1 group by s.id`, [id]);
      return row ?? null;
    },

    /** Stories with at least `least` documents, the latest told first. */
    async list(ask: { least: number; limit: number; offset: number }): Promise<Story[]> {
      return database.query<Story>(
        `${SELECT} group by s.id having count(d.id) >= $1 order by s.updated_at desc, s.id limit $2 offset $3`,
        [ask.least, ask.limit, ask.offset],
      );
    },

    /** Entities that a story's documents mention, those in most of its documents first. */
    async entities(
      id: StoryId,
      limit: number,
    ): Promise<{ id: EntityId; type: EntityType; name: string; documents: number }[]> {
      return database.query(
        `select e.id, e.type, e.name, count(distinct m.document_id)::int as documents
         from documents d join mentions m on m.document_id = d.id join entities r on r.id = m.entity_id
         join entities e on e.id = coalesce(r.merged_into, r.id)
         where d.story_id = $1 group by e.id order by documents desc, count(*) desc, e.name limit $2`,
        [id, limit],
      );
    },

    /** How many stories there are, and how many of them two documents or more tell. */
    async counts(): Promise<{ stories: number; shared: number }> {
      const [row] = await database.query<{ stories: number; shared: number }>(
        `select count(*)::int as stories, count(*) filter (where n > 1)::int as shared
         from (select count(*) as n from documents where story_id is not null group by story_id) x`,
      );
      return row ?? { stories: 0, shared: 0 };
    },
  };
}

/** How many documents carry each key, at most as many as make it common, and how many documents there are, about. */
async function countKeys(sql: Sql, keys: string[]): Promise<{ counts: Map<string, number>; documents: number }> {
  const rows = await sql.query<{ key: string; n: number; documents: number }>(
    `select k.key, (select count(*)::int from (select 1 from story_keys s where s.key = k.key limit ${COMMON_KEY_DOCUMENTS}) x) as n,
       t.documents from unnest($1::text[]) as k(key), (
         select greatest((select count(*) from (select 1 from story_signatures limit ${COUNTED_DOCUMENTS}) x),
           (select reltuples from pg_class where oid = 'story_signatures'::regclass))::float8 as documents
       ) t`,
    [keys],
  );
  return { counts: new Map(rows.map((row) => [row.key, row.n])), documents: rows[0]?.documents ?? 0 };
}

export type StoriesTable = ReturnType<typeof storiesTable>;
