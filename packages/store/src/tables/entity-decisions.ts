/** What persons decided about entities: two are one, one is two. Recorded with who and why, and undone without a trace. */
import type { EntityId } from '@newsloom/model';
import { type Database, type Sql, StoreError } from '../database.ts';

/** Who decides, from where, and why. */
export type Decider = { by: string; via: 'api' | 'cli'; why: string | null };

export type EntityDecision = {
  id: number;
  what: 'merge' | 'split';
  /** The one that went, or lost mentions. */
  entity: { id: EntityId; name: string };
  /** The one that stands for it, or got them. */
  other: { id: EntityId; name: string };
  names: string[];
  documents: string[];
  why: string | null;
  via: string;
  by: string;
  at: Date;
  undone: { by: string; why: string | null; at: Date } | null;
};

/** A decision that cannot be taken; `message` says why. */
export class DecisionError extends StoreError {
  override name = 'DecisionError';
  constructor(code: 'unknown-entity' | 'unknown-decision' | 'cannot-decide', message: string) {
    super(code, message, { exitCode: code === 'cannot-decide' ? 65 : 1 });
  }
}

/** Documents that are put into stories again after a decision: the newest; what older stories say stays as it was. */
const MOST_CLUSTERED_AGAIN = 5_000;
/** One decision at a time, over all processes: "DECI" in ASCII. */
const LOCK_KEY = 0x44454349;

const SELECT = `select n.id::float8 as id, n.what, n.names, n.documents, n.why, n.via, n.decided_by as "by", n.decided_at as "at",
  jsonb_build_object('id', n.entity_id, 'name', e.name) as entity, jsonb_build_object('id', n.other_id, 'name', o.name) as other,
  n.undone_by as "undoneBy", n.undone_why as "undoneWhy", n.undone_at as "undoneAt"
  from entity_decisions n left join entities e on e.id = n.entity_id left join entities o on o.id = n.other_id`;

type Row = Omit<EntityDecision, 'undone'> & { undoneBy: string; undoneWhy: string | null; undoneAt: Date | null };
const shown = ({ undoneBy, undoneWhy, undoneAt, ...row }: Row): EntityDecision => ({
  ...row,
  undone: undoneAt && { by: undoneBy, why: undoneWhy, at: undoneAt },
});

export function entityDecisionsTable(database: Database) {
  const inTurn = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
    database.transaction(async (sql) => {
      await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
      return work(sql);
    });
  const find = async (sql: Sql, id: number): Promise<EntityDecision> => {
    const [row] = await sql.query<Row>(`${SELECT} where n.id = $1`, [id]);
    if (!row) throw new DecisionError('unknown-decision', `There is no decision ${id}.`);
    return shown(row);
  };

  return {
    /**
     * Lets `into` stand for `from`: its documents, names, roles and stories follow, and its id keeps answering.
     * @throws DecisionError where one is not known, or both are one already. Types may differ: the tagger may have been wrong
     */
    async merge(from: EntityId, into: EntityId, who: Decider, now: Date): Promise<EntityDecision> {
      return inTurn(async (sql) => {
        const [gone, stands] = [await entityOf(sql, from), await entityOf(sql, into)];
        if (gone.stands === stands.stands)
          throw new DecisionError('cannot-decide', `${from} and ${into} are one entity already (${stands.stands}).`);
        const id = await record(sql, 'merge', gone.stands, stands.stands, who, now);
        await settle(sql, [gone.stands, stands.stands]);
        return find(sql, id);
      });
    },

    /**
     * Takes names, as written, or documents out of an entity into a new one; what is read later goes there too.
     * @param fresh id and key of the new entity for the how-manieth split of its kind
     * @throws DecisionError where the entity is not known, or nothing of it would go over
     */
    async split(
      from: EntityId,
      ask: { names: string[]; documents: string[]; name: string | null; fold: (name: string) => string },
      fresh: (type: string, key: string, turn: number) => { id: EntityId; key: string },
      who: Decider,
      now: Date,
    ): Promise<EntityDecision> {
      return inTurn(async (sql) => {
        const entity = await entityOf(sql, from);
        if (entity.stands !== from)
          throw new DecisionError(
            'cannot-decide',
            `${from} was merged into ${entity.stands}: undo that first, or split that one.`,
          );
        const [{ turn } = { turn: 0 }] = await sql.query<{ turn: number }>(
          "select count(*)::int as turn from entity_decisions where what = 'split' and entity_id = $1",
          [from],
        );
        const { id: to, key } = fresh(entity.type, entity.key, turn + 1);
        const moving = await sql.query<{ text: string }>(
          `select distinct text from mentions where entity_id = $1 and (text = any($2::text[]) or document_id = any($3::text[])) limit 100`,
          [from, ask.names, ask.documents],
        );
        const longest = moving.map((row) => row.text).sort((a, b) => b.length - a.length)[0];
        if (longest === undefined)
          throw new DecisionError(
            'cannot-decide',
            `Nothing of ${entity.name} has these names or stands in these documents.`,
          );
        const name = ask.name ?? longest;
        await sql.query(
          `insert into entities (id, type, key, name, search, documents, first_seen, last_seen)
           select $2, type, $3, $4, $5, 0, first_seen, last_seen from entities where id = $1 on conflict (id) do nothing`,
          [from, to, key, name, ask.fold(name)],
        );
        await sql.query(
          'update mentions set entity_id = $2 where entity_id = $1 and (text = any($3::text[]) or document_id = any($4::text[]))',
          [from, to, ask.names, ask.documents],
        );
        const aliases = await sql.query<{ id: number }>(
          `update aliases set entity_id = $2, entity_key = $5 where entity_id = $1 and source <> 'shipped'
             and (name = any($3::text[]) or document_id = any($4::text[])) returning id::float8 as id`,
          [from, to, ask.names, ask.documents, key],
        );
        const id = await record(sql, 'split', from, to, who, now, { ...ask, aliases: aliases.map((row) => row.id) });
        await moveDocuments(sql, from, to);
        await settle(sql, [from, to]);
        return find(sql, id);
      });
    },

    /**
     * Takes a decision back: everything is as if it had never been taken.
     * @throws DecisionError where it is not known or undone already
     */
    async undo(id: number, who: Omit<Decider, 'via'>, now: Date): Promise<EntityDecision> {
      return inTurn(async (sql) => {
        const decision = await find(sql, id);
        if (decision.undone) throw new DecisionError('cannot-decide', `Decision ${id} is undone already.`);
        const [from, to] = [decision.entity.id, decision.other.id];
        if (decision.what === 'split') {
          const [later] = await sql.query<{ id: number }>(
            'select id::float8 as id from entity_decisions where undone_at is null and id <> $1 and (entity_id = $2 or other_id = $2) limit 1',
            [id, to],
          );
          if (later) throw new DecisionError('cannot-decide', `Decision ${later.id} builds on it: undo that first.`);
          await sql.query('update mentions set entity_id = $1 where entity_id = $2', [from, to]);
          await sql.query(
            `update aliases a set entity_id = $1, entity_key = e.key from entities e where e.id = $1 and a.entity_id = $2
               and not exists (select 1 from aliases o where o.type = a.type and o.key = a.key and o.entity_id = $1
                 and o.name = a.name and o.lang = a.lang and o.born = a.born)`,
            [from, to],
          );
          await sql.query('delete from aliases where entity_id = $1', [to]);
          await moveDocuments(sql, to, from);
        }
        await sql.query('update entity_decisions set undone_by = $2, undone_why = $3, undone_at = $4 where id = $1', [
          id,
          who.by,
          who.why,
          now,
        ]);
        await settle(sql, [from, to]);
        return find(sql, id);
      });
    },

    /** Decisions, the latest first; those about one entity where it is named. */
    async list(ask: { entityId: EntityId | null; limit: number; offset: number }): Promise<EntityDecision[]> {
      const rows = await database.query<Row>(
        `${SELECT} where $1::text is null or n.entity_id = $1 or n.other_id = $1 order by n.id desc limit $2 offset $3`,
        [ask.entityId, ask.limit, ask.offset],
      );
      return rows.map(shown);
    },
  };
}

type Known = { id: EntityId; type: string; key: string; name: string; stands: EntityId };

async function entityOf(sql: Sql, id: EntityId): Promise<Known> {
  const [row] = await sql.query<Known>(
    'select id, type, key, name, coalesce(merged_into, id) as stands from entities where id = $1',
    [id],
  );
  if (!row) throw new DecisionError('unknown-entity', `There is no entity ${id}.`);
  return row;
}

async function record(
  sql: Sql,
  what: EntityDecision['what'],
  from: EntityId,
  to: EntityId,
  { by, via, why }: Decider,
  now: Date,
  moved: { names: string[]; documents: string[]; aliases: number[] } = { names: [], documents: [], aliases: [] },
): Promise<number> {
  const [row] = await sql.query<{ id: number }>(
    `insert into entity_decisions (what, entity_id, other_id, names, documents, aliases, why, via, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id::float8 as id`,
    [what, from, to, moved.names, moved.documents, JSON.stringify(moved.aliases), why, via, by, now],
  );
  return row?.id as number;
}

/** Writes the documents and roles of two entities between which mentions moved. */
async function moveDocuments(sql: Sql, from: EntityId, to: EntityId): Promise<void> {
  await sql.query(
    `update entity_roles r set entity_id = $2 where r.entity_id = $1 and exists (
       select 1 from mentions m where m.document_id = r.document_id and m.entity_id = $2)
       and not exists (select 1 from mentions m where m.document_id = r.document_id and m.entity_id = $1)`,
    [from, to],
  );
  await sql.query('delete from entity_documents where entity_id = any($1::text[])', [[from, to]]);
  await sql.query(
    `insert into entity_documents (entity_id, document_id, said_at, mentions)
     select m.entity_id, m.document_id, coalesce(d.date_at, d.fetched_at), count(*)::int
     from mentions m join documents d on d.id = m.document_id where m.entity_id = any($1::text[]) group by 1, 2, 3`,
    [[from, to]],
  );
}

/** Makes `merged_into` of everything around these entities follow from the decisions that stand, counts their documents, and lets the newest be put into stories again. */
async function settle(sql: Sql, touched: EntityId[]): Promise<void> {
  const around = await sql.query<{ id: EntityId; stands: EntityId }>(
    `with recursive linked as (
       select unnest($1::text[]) as id
       union select case when n.entity_id = l.id then n.other_id else n.entity_id end
       from linked l join entity_decisions n on n.what = 'merge' and (n.entity_id = l.id or n.other_id = l.id)
     ), path as (
       select id, id as stands from linked
       union select p.id, n.other_id from path p join entity_decisions n
         on n.what = 'merge' and n.undone_at is null and n.entity_id = p.stands
     ) select id, stands from path p where not exists (
       select 1 from entity_decisions n where n.what = 'merge' and n.undone_at is null and n.entity_id = p.stands)`,
    [touched],
  );
  await sql.query(
    `update entities e set merged_into = nullif(x.stands, x.id) from jsonb_to_recordset($1::jsonb) as x(id text, stands text)
     where e.id = x.id`,
    [JSON.stringify(around)],
  );
  const ids = around.map((row) => row.id);
  await sql.query(
    `update entities e set documents = (
       select count(distinct d.document_id)::int from entity_documents d
       where d.entity_id in (select e.id union select g.id from entities g where g.merged_into = e.id))
     where e.id = any($1::text[])`,
    [ids],
  );
  await sql.query(
    `update documents set clustered_at = null where clustered_at is not null and id in (
       select document_id from entity_documents where entity_id = any($1::text[]) order by said_at desc limit ${MOST_CLUSTERED_AGAIN})`,
    [touched],
  );
}

export type EntityDecisionsTable = ReturnType<typeof entityDecisionsTable>;
