/** Mentions and the entities they name; one that was merged into another is found under the other. */
import type { DocumentId, EntityId, EntityRef, EntityType, LinkedMention } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';
import { type LearnedName, learnAliases } from './aliases.ts';
import { keepRoles, type SaidRole } from './roles.ts';

export type Entity = {
  id: EntityId;
  type: EntityType;
  key: string;
  name: string;
  /** Wikidata's number, as Q42, where an import said it. */
  wikidata: string | null;
  documents: number;
  firstSeen: Date;
  lastSeen: Date;
};

/** What linking found in a document. */
export type FoundEntities = {
  mentions: LinkedMention[];
  entities: (EntityRef & { search: string })[];
  /** Entities that it does not mention, but says somebody's role is held in. */
  bodies?: (EntityRef & { search: string })[];
  /** Names the document teaches. */
  aliases?: LearnedName[];
  /** What it says its persons are. */
  roles?: SaidRole[];
};

export function entitiesTable(database: Database) {
  return {
    /**
     * Replaces the mentions of a document with what else it says of entities, and makes these known under the fullest name
     * seen, diacritics preferred. What persons decided holds: names that were split off name their new entity. Runs twice
     * without harm.
     * @param version the enricher's, by which documents are found that an older one read
     */
    async save(documentId: DocumentId, found: FoundEntities, seenAt: Date, now: Date, version = 0): Promise<void> {
      await database.transaction(async (sql) => {
        // One at a time for a document: who deletes its mentions must not wait for who writes them.
        await sql.query('select 1 from documents where id = $1 for no key update', [documentId]);
        const { mentions, entities } = await afterSplits(sql, documentId, found);
        const before = await sql.query<{ entityId: EntityId | null }>(
          'delete from mentions where document_id = $1 returning entity_id as "entityId"',
          [documentId],
        );
        await knowEntities(sql, [...(found.bodies ?? []), ...entities], seenAt);
        const left = [...new Set(before.map((row) => row.entityId).filter((id) => id !== null))];
        await countDocument(sql, entities, left);
        await sql.query(
          `insert into mentions (document_id, start_at, end_at, type, text, value, entity_id)
           select $1, x.start, x."end", x.type, x.text, x.value, x."entityId"
           from jsonb_to_recordset($2::jsonb) as x(start int, "end" int, type text, text text, value text, "entityId" text)
           on conflict do nothing`,
          [documentId, JSON.stringify(mentions)],
        );
        await sql.query('delete from entity_documents where document_id = $1', [documentId]);
        await sql.query(
          `insert into entity_documents (entity_id, document_id, said_at, mentions)
           select m.entity_id, m.document_id, coalesce(d.date_at, d.fetched_at), count(*)::int
           from mentions m join documents d on d.id = m.document_id
           where m.document_id = $1 and m.entity_id is not null group by 1, 2, 3`,
          [documentId],
        );
        await keepRoles(sql, documentId, found.roles ?? []);
        await learnAliases(sql, documentId, found.aliases ?? [], now);
        await sql.query('update documents set enriched_at = $2, enricher_version = $3, failed = null where id = $1', [
          documentId,
          now,
          version,
        ]);
      });
    },

    /** Mentions of a document in reading order. */
    async ofDocument(documentId: DocumentId): Promise<(LinkedMention & { name: string | null })[]> {
      const rows = await database.query<LinkedMention & { name: string | null }>(
        `select m.start_at as start, m.end_at as "end", m.text, m.type, m.value, e.id as "entityId", e.name
         from mentions m left join entities r on r.id = m.entity_id
         left join entities e on e.id = coalesce(r.merged_into, r.id)
         where m.document_id = $1 order by m.start_at`,
        [documentId],
      );
      return rows.map(({ value, ...row }) => (value == null ? row : { ...row, value }));
    },

    /** The entity with this id, or the one it was merged into. */
    async find(id: EntityId): Promise<Entity | null> {
      const [row] = await database.query<Entity>(
        `${SELECT} where e.id = (select coalesce(merged_into, id) from entities where id = $1)`,
        [id],
      );
      return row ?? null;
    },

    /**
     * Entities by how many documents mention them; `prefix` is folded and matches the start of any word of the name, or
     * of another name the entity has.
     */
    async list(ask: {
      prefix?: string | undefined;
      type?: string | undefined;
      limit: number;
      offset: number;
    }): Promise<Entity[]> {
      const escaped = ask.prefix?.replace(/[\\%_]/g, '\\$&');
      const named = `e.search like $1 or e.search like $2 or e.id in (
        select coalesce(r.merged_into, r.id) from aliases a join entities r on r.id = a.entity_id where a.search like $1)`;
      return database.query<Entity>(
        `${SELECT} where e.merged_into is null and e.documents > 0 and ($1::text is null or ${named})
           and ($3::text is null or e.type = $3) order by e.documents desc, e.name limit $4 offset $5`,
        [escaped ? `${escaped}%` : null, escaped ? `% ${escaped}%` : null, ask.type ?? null, ask.limit, ask.offset],
      );
    },

    /** How many entities there are. */
    async count(): Promise<number> {
      const [row] = await database.query<{ n: number }>(
        'select count(*)::int as n from entities where merged_into is null',
      );
      return row?.n ?? 0;
    },

    /**
     * Lets documents wait to be enriched again: those an older enricher than `below` read, or all where it is null, dated
     * or else fetched since `since`.
     * @returns their ids in ascending order, at most `limit`; call again after the last until there are none
     */
    async enrichAgain(ask: { since: Date | null; below: number | null; limit: number; after: DocumentId | null }) {
      return database.query<{ id: DocumentId }>(
        `update documents set enriched_at = null, clustered_at = null, failed = null where id in (
           select id from documents where ($1::timestamptz is null or coalesce(date_at, fetched_at) >= $1)
             and ($2::int is null or enricher_version < $2) and ($4::text is null or id > $4)
             and enriched_at is not null order by id limit $3)
         returning id`,
        [ask.since, ask.below, ask.limit, ask.after],
      );
    },
  };
}

const SELECT = `select e.id, e.type, e.key, e.name, e.wikidata, e.first_seen as "firstSeen", e.last_seen as "lastSeen",
  e.documents from entities e`;

/** Sends mentions whose names or documents were split off to their new entity. */
async function afterSplits(sql: Sql, documentId: DocumentId, found: FoundEntities): Promise<FoundEntities> {
  const ids = [...new Set(found.entities.map((entity) => entity.id))];
  const splits = await sql.query<{ from: EntityId; to: EntityId; names: string[]; documents: string[] }>(
    `select entity_id as "from", other_id as "to", names, documents from entity_decisions
     where what = 'split' and undone_at is null and entity_id = any($1::text[]) order by id`,
    [ids],
  );
  if (splits.length === 0) return found;
  const goesTo = ({ entityId, text }: LinkedMention): EntityId | null =>
    splits.find(
      (split) => split.from === entityId && (split.documents.includes(documentId) || split.names.includes(text)),
    )?.to ?? entityId;
  const mentions = found.mentions.map((mention) => ({ ...mention, entityId: goesTo(mention) }));
  const named = new Set(mentions.map((mention) => mention.entityId));
  const gone = [...named].filter((id) => id !== null && !ids.includes(id));
  const others = await sql.query<EntityRef & { search: string }>(
    'select id, type, name, key, search from entities where id = any($1::text[])',
    [gone],
  );
  const entities = [...found.entities.filter((entity) => named.has(entity.id)), ...others];
  return { ...found, mentions, entities };
}

async function knowEntities(sql: Sql, entities: FoundEntities['entities'], seenAt: Date): Promise<void> {
  const distinct = [...new Map(entities.map((entity) => [entity.id, entity])).values()].sort(byId);
  await sql.query(
    `insert into entities as e (id, type, key, name, search, documents, first_seen, last_seen)
     select x.id, x.type, x.key, x.name, x.search, 0, $2, $2
     from jsonb_to_recordset($1::jsonb) as x(id text, type text, key text, name text, search text)
     on conflict (id) do update set
       name = case when (length(excluded.name), octet_length(excluded.name)) > (length(e.name), octet_length(e.name))
         then excluded.name else e.name end,
       search = case when (length(excluded.name), octet_length(excluded.name)) > (length(e.name), octet_length(e.name))
         then excluded.search else e.search end,
       first_seen = least(e.first_seen, excluded.first_seen), last_seen = greatest(e.last_seen, excluded.last_seen)`,
    [JSON.stringify(distinct), seenAt],
  );
}

/** Counts the document for what it names now, and no longer for what it named before and was merged into nothing of it. */
async function countDocument(sql: Sql, entities: FoundEntities['entities'], before: EntityId[]): Promise<void> {
  const now = [...new Set(entities.map((entity) => entity.id))];
  const rows = await sql.query<{ id: EntityId; stands: EntityId }>(
    'select id, coalesce(merged_into, id) as stands from entities where id = any($1::text[])',
    [[...new Set([...now, ...before])]],
  );
  const standsFor = new Map(rows.map((row) => [row.id, row.stands]));
  const of = (ids: EntityId[]) => new Set(ids.map((id) => standsFor.get(id) ?? id));
  const [named, left] = [of(now), of(before)];
  const change = async (ids: Set<EntityId>, than: Set<EntityId>, by: 1 | -1) => {
    const changed = [...ids].filter((id) => !than.has(id)).sort();
    if (changed.length === 0) return;
    await sql.query('update entities set documents = documents + $2 where id = any($1::text[])', [changed, by]);
  };
  await change(named, left, 1);
  await change(left, named, -1);
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

export type EntitiesTable = ReturnType<typeof entitiesTable>;
