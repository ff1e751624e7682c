/** Names known to mean an entity: shipped, read in documents, brought by an import, decided by a person. */
import type { DocumentId, EntityId, EntityType } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';

export type AliasSource = 'shipped' | 'document' | 'import' | 'person';

/** A name with what it was found to mean, as linking reads it. */
export type KnownAlias = {
  type: EntityType;
  /** The key it is looked up under. */
  under: string;
  name: string;
  lang: string | null;
  entityId: EntityId;
  /** The entity's own key. */
  key: string;
  source: AliasSource;
  /** 0 to 1. */
  confidence: number;
  born: number | null;
  private: boolean;
  context: EntityId[];
};

/** A name as a document teaches it. */
export type LearnedName = {
  type: EntityType;
  under: string;
  name: string;
  search: string;
  lang: string | null;
  entityId: EntityId;
  key: string;
  born: number | null;
  private: boolean;
  context: readonly EntityId[];
};

/** A name as an import, the shipped tables or a person bring it. */
export type BroughtName = Omit<LearnedName, 'private' | 'context'> & {
  confidence: number;
  wikidata: string | null;
};

/** A name as it is shown and exported. */
export type Alias = Pick<
  KnownAlias,
  'type' | 'name' | 'lang' | 'entityId' | 'key' | 'source' | 'confidence' | 'born'
> & {
  /** Where the next page of an export goes on. */
  place: number;
  wikidata: string | null;
  addedAt: Date;
};

/** Names read under one key: more spellings and homonyms than this tell nothing more. */
const MOST_UNDER_KEY = 60;
/** Entities remembered around a name. */
const MOST_CONTEXT = 100;
/** How sure a name is that one document taught. */
const TAUGHT_CONFIDENCE = 0.6;

const SHOWN = `a.id::float8 as place, a.type, a.name, nullif(a.lang, '') as lang, a.entity_id as "entityId",
  a.entity_key as key, a.source, a.confidence::float8 as confidence, nullif(a.born, 0) as born, a.wikidata, a.added_at as "addedAt"`;

export function aliasesTable(database: Database) {
  return {
    /** The names known under these types and keys, what persons decided first, then the oldest; shipped ones left out. */
    async lookUp(asked: readonly { type: EntityType; key: string }[]): Promise<KnownAlias[]> {
      if (asked.length === 0) return [];
      return database.query<KnownAlias>(
        `select a.type, a.key as under, a.name, nullif(a.lang, '') as lang, a.entity_id as "entityId", a.entity_key as key,
           a.source, a.confidence::float8 as confidence, nullif(a.born, 0) as born, a.private, a.context
         from unnest($1::text[], $2::text[]) as k(type, key) cross join lateral (
           select * from aliases a where a.type = k.type and a.key = k.key and a.source <> 'shipped'
           order by a.source = 'person' desc, a.id limit ${MOST_UNDER_KEY}
         ) a`,
        [asked.map((it) => it.type), asked.map((it) => it.key)],
      );
    },

    /** Of these names, as written, those that mean one type of entity only, with that type. Names brought from outside, and those that two documents or more name. */
    async known(names: readonly string[]): Promise<{ name: string; type: EntityType }[]> {
      if (names.length === 0) return [];
      return database.query(
        `select a.name, min(a.type) as type from aliases a left join entities e on e.id = a.entity_id
         where a.search = any($1::text[]) and (a.source in ('import', 'person') or e.documents > 1)
         group by a.name having count(distinct a.type) = 1`,
        [names],
      );
    },

    /** Which entities stand for these numbers of Wikidata already, and which numbers have the entities of these keys. */
    async claimed(
      wikidata: readonly string[],
      keys: readonly { type: EntityType; key: string }[],
    ): Promise<{ wikidata: string | null; type: EntityType; under: string; entityId: EntityId; key: string }[]> {
      return database.query(
        `select a.wikidata, a.type, a.key as under, a.entity_id as "entityId", a.entity_key as key
         from unnest($1::text[]) as q(number) cross join lateral (
           select * from aliases a where a.wikidata = q.number order by a.id limit 1) a
         union all select a.wikidata, a.type, a.key, a.entity_id, a.entity_key
         from unnest($2::text[], $3::text[]) as k(type, key) cross join lateral (
           select * from aliases a where a.type = k.type and a.key = k.key and a.entity_key = k.key
             and a.source in ('import', 'person') limit 1) a`,
        [wikidata, keys.map((it) => it.type), keys.map((it) => it.key)],
      );
    },

    /** Adds names from outside; one that is there already gets the higher confidence. Answers with how many were new. */
    async bring(names: readonly BroughtName[], source: Exclude<AliasSource, 'document'>, now: Date): Promise<number> {
      const [row] = await database.query<{ added: number }>(
        `with brought as (
           insert into aliases as a (type, key, name, search, lang, entity_id, entity_key, source, confidence, born, wikidata, added_at)
           select x.type, x.under, x.name, x.search, coalesce(x.lang, ''), x."entityId", x.key, $2, x.confidence,
             coalesce(x.born, 0), x.wikidata, $3
           from jsonb_to_recordset($1::jsonb) as x(type text, under text, name text, search text, lang text, "entityId" text,
             key text, confidence real, born int, wikidata text)
           on conflict (type, key, entity_id, name, lang, born) do update set
             confidence = greatest(a.confidence, excluded.confidence), wikidata = coalesce(excluded.wikidata, a.wikidata),
             source = case when a.source in ('shipped', 'document') then excluded.source else a.source end
           where (a.source in ('shipped', 'document') and excluded.source <> 'shipped') or excluded.confidence > a.confidence
             or (excluded.wikidata is not null and a.wikidata is distinct from excluded.wikidata)
           returning (xmax = 0) as fresh, entity_id, wikidata
         ), numbered as (
           update entities e set wikidata = b.wikidata from brought b
           where e.id = b.entity_id and b.wikidata is not null and e.wikidata is distinct from b.wikidata
         ) select count(*) filter (where fresh)::int as added from brought`,
        [JSON.stringify(distinct(names)), source, now],
      );
      return row?.added ?? 0;
    },

    /** Writes the shipped names once for each set of them; names that are shipped no longer go. */
    async ship(digest: string, names: () => readonly BroughtName[], now: Date): Promise<boolean> {
      const [held] = await database.query('select 1 as held from shipped_names where digest = $1', [digest]);
      if (held) return false;
      const shipped = names();
      await database.transaction(async (sql) => {
        await sql.query("delete from aliases where source = 'shipped'");
        await sql.query('delete from shipped_names');
        await sql.query(
          `insert into aliases (type, key, name, search, lang, entity_id, entity_key, source, confidence, added_at)
           select distinct on (x.type, x.under, x."entityId", x.name, coalesce(x.lang, ''))
             x.type, x.under, x.name, x.search, coalesce(x.lang, ''), x."entityId", x.key, 'shipped', x.confidence, $2
           from jsonb_to_recordset($1::jsonb) as x(type text, under text, name text, search text, lang text, "entityId" text,
             key text, confidence real) on conflict do nothing`,
          [JSON.stringify(shipped), now],
        );
        await sql.query(
          'insert into shipped_names (digest, names, written_at) values ($1, $2, $3) on conflict do nothing',
          [digest, shipped.length, now],
        );
      });
      return true;
    },

    /** The names of an entity and of those merged into it, by how sure they are. */
    async ofEntity(id: EntityId, limit: number): Promise<Alias[]> {
      return database.query<Alias>(
        `select ${SHOWN} from aliases a where a.entity_id in (select $1 union select id from entities where merged_into = $1)
         order by a.confidence desc, length(a.name) desc, a.name, a.id limit $2`,
        [id, limit],
      );
    },

    /** All names in the order in which they came, after a place; `shipped` ones only where asked for. */
    async page(after: number, limit: number, shipped: boolean): Promise<Alias[]> {
      return database.query<Alias>(
        `select ${SHOWN} from aliases a where a.id > $1 and ($3 or a.source <> 'shipped') order by a.id limit $2`,
        [after, limit, shipped],
      );
    },

    /** How many names there are by where they came from. */
    async counts(): Promise<{ source: AliasSource; names: number }[]> {
      return database.query('select source, count(*)::int as names from aliases group by source order by source');
    },
  };
}

/** The names without those that would be one row, in the order in which they came. */
function distinct(names: readonly BroughtName[]): BroughtName[] {
  const rows = new Map<string, BroughtName>();
  for (const it of names) {
    const row = [it.type, it.under, it.entityId, it.name, it.lang ?? '', it.born ?? 0].join('\n');
    const there = rows.get(row);
    if (!there || there.confidence < it.confidence) rows.set(row, it);
  }
  return [...rows.values()];
}

/** Keeps what a document teaches, and forgets what it taught before and does not any more. */
export async function learnAliases(
  sql: Sql,
  documentId: DocumentId,
  learned: readonly LearnedName[],
  now: Date,
): Promise<void> {
  const names = JSON.stringify(learned);
  await sql.query(
    `delete from aliases a where a.document_id = $1 and a.source = 'document' and not exists (
       select 1 from jsonb_to_recordset($2::jsonb) as x(type text, under text, name text, lang text, "entityId" text)
       where x.type = a.type and x.under = a.key and x.name = a.name and coalesce(x.lang, '') = a.lang and x."entityId" = a.entity_id)`,
    [documentId, names],
  );
  if (learned.length === 0) return;
  await sql.query(
    `insert into aliases as a (type, key, name, search, lang, entity_id, entity_key, source, confidence, born, private,
       context, document_id, added_at)
     select distinct on (x.type, x.under, x."entityId", x.name, coalesce(x.lang, ''), coalesce(x.born, 0))
       x.type, x.under, x.name, x.search, coalesce(x.lang, ''), x."entityId", x.key, 'document', ${TAUGHT_CONFIDENCE},
       coalesce(x.born, 0), coalesce(x.private, false), array(select jsonb_array_elements_text(x.context)), $1, $3
     from jsonb_to_recordset($2::jsonb) as x(type text, under text, name text, search text, lang text, "entityId" text,
       key text, born int, private boolean, context jsonb)
     order by x.type, x.under, x."entityId", x.name, coalesce(x.lang, ''), coalesce(x.born, 0)
     on conflict (type, key, entity_id, name, lang, born) do update set
       context = (select array_agg(id) from (
         select distinct id from unnest(a.context || excluded.context) as id order by id limit ${MOST_CONTEXT}) x),
       private = a.private or excluded.private
     where (cardinality(a.context) < ${MOST_CONTEXT} and not excluded.context <@ a.context) or (excluded.private and not a.private)`,
    [documentId, names, now],
  );
}

export type AliasesTable = ReturnType<typeof aliasesTable>;
