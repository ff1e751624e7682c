/** Mentions and the entities they name. */
import type { DocumentId, EntityId, EntityRef, EntityType, LinkedMention } from '@newsloom/model';
import type { Database } from '../database.ts';

export type Entity = {
  id: EntityId;
  type: EntityType;
  name: string;
  documents: number;
  firstSeen: Date;
  lastSeen: Date;
};

export function entitiesTable(database: Database) {
  return {
    /**
     * Replaces the mentions of a document, and makes its entities known under the fullest name seen, diacritics preferred.
     * Runs twice without harm.
     */
    async save(
      documentId: DocumentId,
      found: { mentions: LinkedMention[]; entities: (EntityRef & { search: string })[] },
      seenAt: Date,
      now: Date,
    ): Promise<void> {
      const entities = [...new Map(found.entities.map((entity) => [entity.id, entity])).values()].sort((a, b) =>
        a.id < b.id ? -1 : 1,
      );
      await database.transaction(async (sql) => {
        const before = await sql.query<{ entityId: EntityId | null }>(
          'delete from mentions where document_id = $1 returning entity_id as "entityId"',
          [documentId],
        );
        const left = new Set(before.map((row) => row.entityId).filter((id) => id !== null));
        const counted = entities.map((entity) => ({ ...entity, documents: left.delete(entity.id) ? 0 : 1 }));
        await sql.query(
          `insert into entities as e (id, type, key, name, search, documents, first_seen, last_seen)
           select x.id, x.type, x.key, x.name, x.search, x.documents, $2, $2
           from jsonb_to_recordset($1::jsonb) as x(id text, type text, key text, name text, search text, documents int)
           on conflict (id) do update set
             name = case when (length(excluded.name), octet_length(excluded.name)) > (length(e.name), octet_length(e.name))
               then excluded.name else e.name end,
             documents = e.documents + excluded.documents,
             first_seen = least(e.first_seen, excluded.first_seen), last_seen = greatest(e.last_seen, excluded.last_seen)`,
          [JSON.stringify(counted), seenAt],
        );
        if (left.size > 0) {
          await sql.query('update entities set documents = documents - 1 where id = any($1::text[])', [
            [...left].sort(),
          ]);
        }
        await sql.query(
          `insert into mentions (document_id, start_at, end_at, type, text, value, entity_id)
           select $1, x.start, x."end", x.type, x.text, x.value, x."entityId"
           from jsonb_to_recordset($2::jsonb) as x(start int, "end" int, type text, text text, value text, "entityId" text)
           on conflict do nothing`,
          [documentId, JSON.stringify(found.mentions)],
        );
        await sql.query('update documents set enriched_at = $2, failed = null where id = $1', [documentId, now]);
      });
    },

    /** Mentions of a document in reading order. */
    async ofDocument(documentId: DocumentId): Promise<(LinkedMention & { name: string | null })[]> {
      const rows = await database.query<LinkedMention & { name: string | null }>(
        `select m.start_at as start, m.end_at as "end", m.text, m.type, m.value, m.entity_id as "entityId", e.name
         from mentions m left join entities e on e.id = m.entity_id where m.document_id = $1 order by m.start_at`,
        [documentId],
      );
      return rows.map(({ value, ...row }) => (value == null ? row : { ...row, value }));
    },

    async find(id: EntityId): Promise<Entity | null> {
      const [row] = await database.query<Entity>(`${SELECT} where e.id = $1`, [id]);
      return row ?? null;
    },

    /** Entities by how many documents mention them; `prefix` is folded and matches the start of any word of the name. */
    async list(ask: {
      prefix?: string | undefined;
      type?: string | undefined;
      limit: number;
      offset: number;
    }): Promise<Entity[]> {
      const escaped = ask.prefix?.replace(/[\\%_]/g, '\\$&');
      return database.query<Entity>(
        `select * from (${SELECT}) x where ($1::text is null or x.search like $1 or x.search like $2) and ($3::text is null or x.type = $3)
         order by x.documents desc, x.name limit $4 offset $5`,
        [escaped ? `${escaped}%` : null, escaped ? `% ${escaped}%` : null, ask.type ?? null, ask.limit, ask.offset],
      );
    },

    /** How many entities there are. */
    async count(): Promise<number> {
      const [row] = await database.query<{ n: number }>('select count(*)::int as n from entities');
      return row?.n ?? 0;
    },
  };
}

const SELECT = `select e.id, e.type, e.name, e.search, e.first_seen as "firstSeen", e.last_seen as "lastSeen",
  e.documents from entities e`;

export type EntitiesTable = ReturnType<typeof entitiesTable>;
