/** An entity along time and among others, read by index: days and weeks, partners, stories. */
import type { EntityId, EntityType, StoryId } from '@newsloom/model';
import type { Database } from '../database.ts';

/** Steps of a timeline. */
export const TIMELINE_STEPS = ['day', 'week', 'month'] as const;
export type TimelineStep = (typeof TIMELINE_STEPS)[number];

/** Another entity of the same documents. */
export type Partner = {
  id: EntityId;
  type: EntityType;
  name: string;
  /** Documents read for this that name both. */
  together: number;
  /** Documents that name it at all. */
  documents: number;
  /** Higher where the two are together more than by chance: shared documents by the rarity of the partner. */
  score: number;
  lastTogether: Date;
};

/** Documents of an entity that are read for its partners and stories: the latest. */
const READ_DOCUMENTS = 500;
/** Documents counted on a timeline, the latest: what bounds the cost for what stands in every document. */
const MOST_COUNTED = 200_000;

const GROUP = '(select $1::text union select id from entities where merged_into = $1)';
/** Of each entity of the group the latest by index, and of these the latest: never all that name it. */
const LATEST = `select document_id, max(said_at) as said_at from (
    select o.document_id, o.said_at from ${GROUP} g(id) cross join lateral (
      select document_id, said_at from entity_documents where entity_id = g.id order by said_at desc limit ${READ_DOCUMENTS}
    ) o order by o.said_at desc limit ${READ_DOCUMENTS}
  ) x group by document_id`;

export function entityViewsTable(database: Database) {
  return {
    /** Documents that name an entity per day, week (from Monday) or month, in UTC, the earliest first; empty steps are left out. */
    async timeline(
      id: EntityId,
      ask: { by: TimelineStep; from: Date | null; to: Date | null },
    ): Promise<{ start: string; documents: number }[]> {
      return database.query(
        `select to_char(date_trunc($2, said_at at time zone 'UTC'), 'YYYY-MM-DD') as start, count(distinct document_id)::int as documents
         from (select document_id, said_at from entity_documents where entity_id in ${GROUP}
           and ($3::timestamptz is null or said_at >= $3) and ($4::timestamptz is null or said_at < $4)
           order by said_at desc limit ${MOST_COUNTED}) x group by 1 order by 1`,
        [id, ask.by, ask.from, ask.to],
      );
    },

    /** Entities named in the latest documents of this one, those that tell most about it first. */
    async related(id: EntityId, ask: { type: EntityType | null; limit: number }): Promise<Partner[]> {
      return database.query<Partner>(
        `with latest as (${LATEST}), size as (
           select greatest((select count(*) from latest), (select reltuples from pg_class where oid = 'documents'::regclass), 1)::float8 as n
         ), partners as (
           select coalesce(g.merged_into, g.id) as id, count(distinct l.document_id)::int as together, max(l.said_at) as last
           from latest l join entity_documents o on o.document_id = l.document_id join entities g on g.id = o.entity_id
           where coalesce(g.merged_into, g.id) <> $1 group by 1
         )
         select e.id, e.type, e.name, p.together, e.documents, p.last as "lastTogether",
           round((p.together * ln(1 + (select n from size) / greatest(e.documents, 1)))::numeric, 3)::float8 as score
         from partners p join entities e on e.id = p.id where $2::text is null or e.type = $2
         order by score desc, p.together desc, e.name limit $3`,
        [id, ask.type, ask.limit],
      );
    },

    /** Stories that the latest documents of an entity belong to, the latest first. */
    async stories(
      id: EntityId,
      limit: number,
    ): Promise<{ id: StoryId; headline: string; documents: number; lastSaid: Date }[]> {
      return database.query(
        `select s.id, s.headline, count(*)::int as documents, max(l.said_at) as "lastSaid"
         from (${LATEST}) l join documents d on d.id = l.document_id join stories s on s.id = d.story_id
         group by s.id, s.headline order by "lastSaid" desc, documents desc, s.id limit $2`,
        [id, limit],
      );
    },

    /** The dates of the first and the last document that names an entity. */
    async span(id: EntityId): Promise<{ firstSaid: Date | null; lastSaid: Date | null }> {
      const [row] = await database.query<{ firstSaid: Date | null; lastSaid: Date | null }>(
        `select min(said_at) as "firstSaid", max(said_at) as "lastSaid" from entity_documents where entity_id in ${GROUP}`,
        [id],
      );
      return row ?? { firstSaid: null, lastSaid: null };
    },
  };
}

export type EntityViewsTable = ReturnType<typeof entityViewsTable>;
