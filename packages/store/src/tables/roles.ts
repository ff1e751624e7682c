/** What documents say persons are: offices with the body they are held in, and when that was said. */
import type { DocumentId, EntityId } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';

/** A role as one document says it. */
export type SaidRole = {
  entityId: EntityId;
  /** Offset of the role's words in the body. */
  start: number;
  /** The same word in every language. */
  office: string;
  role: string;
  field: string;
  bodyId: EntityId | null;
  lang: string | null;
};

/** One role over all documents that say it. */
export type Role = {
  office: string;
  /** As the documents write it most often. */
  role: string;
  body: { id: EntityId; name: string } | null;
  documents: number;
  firstSaid: Date;
  lastSaid: Date;
  /** The latest document that says it, and the offset in its body. */
  evidence: { documentId: DocumentId; start: number; title: string | null };
};

/** Documents read for the roles of one entity: those that said one last. */
const MOST_SAYINGS = 5_000;

/** Replaces the roles that a document says; its entities are known already. */
export async function keepRoles(sql: Sql, documentId: DocumentId, roles: SaidRole[]): Promise<void> {
  await sql.query('delete from entity_roles where document_id = $1', [documentId]);
  if (roles.length === 0) return;
  await sql.query(
    `insert into entity_roles (entity_id, document_id, start_at, office, role, field, body_id, lang, said_at)
     select x."entityId", $1, x.start, x.office, x.role, x.field, x."bodyId", x.lang, coalesce(d.date_at, d.fetched_at)
     from jsonb_to_recordset($2::jsonb) as x("entityId" text, start int, office text, role text, field text, "bodyId" text, lang text)
     join documents d on d.id = $1 on conflict do nothing`,
    [documentId, JSON.stringify(roles)],
  );
}

export function rolesTable(database: Database) {
  return {
    /** The roles of an entity, the one said last first. Roles are one where office and body are. */
    async ofEntity(id: EntityId, limit: number): Promise<Role[]> {
      const rows = await database.query<Role & { field: string }>(
        `with said as (
           select r.office, r.role, r.document_id, r.start_at, r.said_at, b.id as body_id, b.name as body_name,
             case when b.id is null then lower(r.field) else '' end as field
           from entity_roles r left join entities g on g.id = r.body_id
           left join entities b on b.id = coalesce(g.merged_into, g.id)
           where r.entity_id in (select id from entities where id = $1 or merged_into = $1)
           order by r.said_at desc limit ${MOST_SAYINGS}
         ), roles as (
           select office, body_id, body_name, field, mode() within group (order by role) as role,
             count(distinct document_id)::int as documents, min(said_at) as "firstSaid", max(said_at) as "lastSaid",
             (array_agg(document_id order by said_at desc))[1] as document_id,
             (array_agg(start_at order by said_at desc))[1] as start_at
           from said group by office, body_id, body_name, field
         )
         select r.office, r.role, r.field, r.documents, r."firstSaid", r."lastSaid",
           case when r.body_id is not null then jsonb_build_object('id', r.body_id, 'name', r.body_name) end as body,
           jsonb_build_object('documentId', r.document_id, 'start', r.start_at, 'title', d.title) as evidence
         from roles r join documents d on d.id = r.document_id
         order by r."lastSaid" desc, r.documents desc, r.role limit $2`,
        [id, limit],
      );
      // `ông Bộ trưởng` says nothing beside `Bộ trưởng Bộ Công an`.
      const told = new Set(rows.flatMap((row) => (row.body || row.field !== '' ? [row.office] : [])));
      return rows
        .filter((row) => row.body || row.field !== '' || !told.has(row.office))
        .map(({ field: _, ...role }) => role);
    },

    /** Who held an office in a body, the one named last first. */
    async ofBody(
      id: EntityId,
      limit: number,
    ): Promise<
      { id: EntityId; name: string; office: string; role: string; documents: number; firstSaid: Date; lastSaid: Date }[]
    > {
      return database.query(
        `select e.id, e.name, r.office, mode() within group (order by r.role) as role,
           count(distinct r.document_id)::int as documents, min(r.said_at) as "firstSaid", max(r.said_at) as "lastSaid"
         from (select * from entity_roles where body_id in (select id from entities where id = $1 or merged_into = $1)
           order by said_at desc limit ${MOST_SAYINGS}) r
         join entities g on g.id = r.entity_id join entities e on e.id = coalesce(g.merged_into, g.id)
         group by e.id, e.name, r.office order by "lastSaid" desc, documents desc, e.name limit $2`,
        [id, limit],
      );
    },
  };
}

export type RolesTable = ReturnType<typeof rolesTable>;
