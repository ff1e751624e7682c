/** Stories: documents about one event, found by the keys of their signatures. */
import type { DocumentId, EntityId, EntityType, StoryId } from '@newsloom/model';
import { storyIdOf } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';
import { closeStory, EVENT, moveDocuments, noteEvent, openStory, type StoryEvent } from './story-events.ts';

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

/** What is decided about a document: the story it joins (null: none), and those that are the same event. */
export type StoryDecision = { storyId: StoryId | null; merge: StoryId[] };

/** The pure decisions behind placing a document. */
export type StoryPolicy<S> = {
  /** Over the candidates, and the share of documents that carry a key. */
  choose: (candidates: StoryCandidate<S>[], frequency: (key: string) => number) => StoryDecision;
  /** Whether a document still belongs to the other documents of its story. */
  stays: (members: StoryCandidate<S>[], frequency: (key: string) => number) => boolean;
  headlineOf: (documents: StoryTitle[]) => string | null;
};

/** What a headline is chosen from. */
export type StoryTitle = { title: string | null; lang: string | null; date: string | null; fetchedAt: Date };

/** Who asks for a merge or split, and why. */
export type StoryAsk = {
  actor: string;
  reason: string | null;
  headlineOf: (documents: StoryTitle[]) => string | null;
  now: Date;
};

/** A document as a moment of its story. */
export type StoryMoment = {
  /** `2026-11-21`, in UTC; of the fetch where the publication is unknown. */
  day: string;
  id: DocumentId;
  title: string | null;
  lang: string | null;
  sourceId: string;
  at: Date;
  /** True for a copy of another document's text. */
  copy: boolean;
};

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
     * Puts a document into the story that the policy names, or into one of its own; stories that turn out to be one are
     * merged, and a document that no longer fits leaves. What a person placed stays. One document at a time, over all
     * processes. Runs twice without harm.
     */
    async place<S extends StoredSignature>(
      document: { id: DocumentId; signature: S },
      policy: StoryPolicy<S>,
      now: Date,
    ): Promise<StoryId> {
      return database.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
        const { counts, documents } = await countKeys(sql, document.signature.keys);
        const telling = document.signature.keys.filter((key) => (counts.get(key) ?? 0) < COMMON_KEY_DOCUMENTS);
        const frequency = (key: string) => (counts.get(key) ?? 0) / (documents + STEADY_DOCUMENTS);
        const [own] = await sql.query<{ storyId: StoryId; pinned: boolean }>(
          'select story_id as "storyId", pinned from story_signatures where document_id = $1',
          [document.id],
        );
        const { storyId, merge, left } = own?.pinned
          ? { storyId: own.storyId, merge: [], left: null }
          : await decide(sql, document, own?.storyId ?? null, telling, frequency, policy);
        const goesOn = merge.length === 0 ? storyId : await oldest(sql, [storyId, ...merge]);
        await openStory(sql, goesOn, now);
        await sql.query(
          `insert into story_signatures (document_id, story_id, signature) values ($1, $2, $3)
           on conflict (document_id) do update set story_id = excluded.story_id, signature = excluded.signature`,
          [document.id, goesOn, JSON.stringify(document.signature)],
        );
        await sql.query('delete from story_keys where document_id = $1', [document.id]);
        await sql.query('insert into story_keys (key, document_id) select distinct k, $2 from unnest($1::text[]) k', [
          document.signature.keys,
          document.id,
        ]);
        await sql.query('update documents set story_id = $2, clustered_at = $3, failed = null where id = $1', [
          document.id,
          goesOn,
          now,
        ]);
        const machine = { actor: 'machine', now };
        for (const other of [storyId, ...merge].filter((id) => id !== goesOn)) {
          await mergeIn(sql, other, goesOn, { ...machine, reason: `${document.id} tells both` }, null);
        }
        if (left) {
          const move = { kind: 'split' as const, storyId: left, otherId: goesOn, ...machine };
          await noteEvent(sql, { ...move, reason: 'its text has changed' }, [document.id]);
        }
        await headlines(sql, [goesOn, own?.storyId ?? goesOn], policy.headlineOf);
        return goesOn;
      });
    },

    /**
     * Makes one story of two, as a person wishes; its documents stay there.
     * @returns the event, or null where one of them is not there or both are the same
     */
    async merge(ask: StoryAsk & { storyId: StoryId; otherId: StoryId }): Promise<StoryEvent | null> {
      return database.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
        const open = await sql.query<{ id: StoryId }>(
          'select id from stories where id = any($1::text[]) and merged_into is null',
          [[ask.storyId, ask.otherId]],
        );
        if (open.length !== 2) return null;
        const id = await mergeIn(sql, ask.otherId, ask.storyId, ask, true);
        await headlines(sql, [ask.storyId], ask.headlineOf);
        return findEvent(sql, id);
      });
    },

    /**
     * Takes documents out of a story into one of their own, as a person wishes.
     * @returns the event, or null where they are not all in that story, or nothing would be left in it
     */
    async split(ask: StoryAsk & { storyId: StoryId; documents: DocumentId[] }): Promise<StoryEvent | null> {
      return database.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
        const [n] = await sql.query<{ inside: number; all: number }>(
          `select count(*) filter (where id = any($2::text[]))::int as inside, count(*)::int as all
           from documents where story_id = $1`,
          [ask.storyId, ask.documents],
        );
        const wanted = new Set(ask.documents).size;
        if (!n || wanted === 0 || n.inside !== wanted || n.all === wanted) return null;
        const apart = await newId(sql, ask.documents[0] as DocumentId, ask.storyId);
        await openStory(sql, apart, ask.now);
        await moveDocuments(sql, ask.documents, apart, true);
        const move = { ...ask, kind: 'split' as const, otherId: apart };
        const id = await noteEvent(sql, move, ask.documents);
        await headlines(sql, [ask.storyId, apart], ask.headlineOf);
        return findEvent(sql, id);
      });
    },

    /**
     * Takes a merge or split back: the documents that were moved return, as far as they are still where it put them.
     * @returns the event, or null where there is none, or it was taken back already
     */
    async undo(eventId: number, ask: Omit<StoryAsk, 'actor' | 'reason'>): Promise<StoryEvent | null> {
      return database.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
        const event = await findEvent(sql, eventId);
        if (!event || event.undoneAt) return null;
        const [from, to] = event.kind === 'merge' ? [event.storyId, event.otherId] : [event.otherId, event.storyId];
        const there = await sql.query<{ id: DocumentId }>(
          'select id from documents where story_id = $1 and id = any($2::text[])',
          [from, event.documents],
        );
        await openStory(sql, to, ask.now);
        await moveDocuments(
          sql,
          there.map((it) => it.id),
          to,
          true,
        );
        const [left] = await sql.query('select 1 from documents where story_id = $1 limit 1', [from]);
        if (!left) await closeStory(sql, from, to);
        await sql.query('update story_events set undone_at = $2 where id = $1', [eventId, ask.now]);
        await headlines(sql, [from, to], ask.headlineOf);
        return findEvent(sql, eventId);
      });
    },

    /** Merges and splits, of one story or of all, newest first. */
    async events(ask: { storyId: StoryId | null; limit: number; offset: number }): Promise<StoryEvent[]> {
      return database.query<StoryEvent>(
        `select ${EVENT} from story_events where $1::text is null or story_id = $1 or other_id = $1
         order by story_events.id desc limit $2 offset $3`,
        [ask.storyId, ask.limit, ask.offset],
      );
    },

    /** The story that an id stands for now: itself, or the one it was merged into; null where it is not known. */
    async resolve(id: StoryId): Promise<StoryId | null> {
      const [row] = await database.query<{ id: StoryId }>(
        'select coalesce(merged_into, id) as id from stories where id = $1',
        [id],
      );
      return row?.id ?? null;
    },

    /** A story's days, each with its documents in the order of their publication. */
    async timeline(id: StoryId, limit: number): Promise<StoryMoment[]> {
      return database.query<StoryMoment>(
        `select to_char(coalesce(date_at, fetched_at) at time zone 'utc', 'YYYY-MM-DD') as day, id, title, lang,
           source_id as "sourceId", coalesce(date_at, fetched_at) as at, copy_of is not null as copy
         from documents where story_id = $1 order by coalesce(date_at, fetched_at), id limit $2`,
        [id, limit],
      );
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

/** What becomes of a document: its story, the stories that are one with it, and the story that it leaves. */
async function decide<S extends StoredSignature>(
  sql: Sql,
  document: { id: DocumentId; signature: S },
  own: StoryId | null,
  telling: string[],
  frequency: (key: string) => number,
  policy: StoryPolicy<S>,
): Promise<{ storyId: StoryId; merge: StoryId[]; left: StoryId | null }> {
  const candidates = await sql.query<StoryCandidate<S> & { pinned: boolean }>(
    `select s.document_id as "documentId", s.story_id as "storyId", s.signature, s.pinned from (
       select k.document_id, count(*) as shared from story_keys k
       where k.key = any($1::text[]) and k.document_id <> $2 group by 1 order by 2 desc, 1 limit ${MOST_CANDIDATES}
     ) c join story_signatures s on s.document_id = c.document_id`,
    [telling, document.id],
  );
  const { storyId: chosen, merge } = policy.choose(candidates, frequency);
  // What a person put together or apart is no machine's business.
  const pinned = new Set(candidates.filter((it) => it.pinned).map((it) => it.storyId));
  const merged = chosen !== null && pinned.has(chosen) ? [] : merge.filter((id) => !pinned.has(id));
  if (chosen !== null) return { storyId: chosen, merge: merged, left: null };
  if (own === null) return { storyId: storyIdOf(document.id), merge: [], left: null };
  const members = await sql.query<StoryCandidate<S>>(
    `select document_id as "documentId", story_id as "storyId", signature from story_signatures
     where story_id = $1 and document_id <> $2 order by document_id limit ${MOST_CANDIDATES}`,
    [own, document.id],
  );
  if (policy.stays(members, frequency)) return { storyId: own, merge: [], left: null };
  return { storyId: await newId(sql, document.id, own), merge: [], left: own };
}

/** An id for a story that a document begins, which is not the story it leaves nor one that others are in. */
async function newId(sql: Sql, document: DocumentId, leaves: StoryId): Promise<StoryId> {
  for (let n = 0; ; n++) {
    const id = storyIdOf((n === 0 ? document : `${document}/${n}`) as DocumentId);
    if (id === leaves) continue;
    const [taken] = await sql.query('select 1 from documents where story_id = $1 limit 1', [id]);
    if (!taken) return id;
  }
}

/** Of stories that become one, the one that was told first goes on. */
async function oldest(sql: Sql, ids: StoryId[]): Promise<StoryId> {
  const [row] = await sql.query<{ id: StoryId }>(
    'select id from stories where id = any($1::text[]) order by created_at, id limit 1',
    [ids],
  );
  return row?.id ?? (ids[0] as StoryId);
}

async function mergeIn(
  sql: Sql,
  other: StoryId,
  into: StoryId,
  ask: { actor: string; reason: string | null; now: Date },
  pinned: boolean | null,
): Promise<number> {
  const moved = await sql.query<{ id: DocumentId }>('select id from documents where story_id = $1 order by id', [
    other,
  ]);
  const documents = moved.map((it) => it.id);
  await moveDocuments(sql, documents, into, pinned);
  await closeStory(sql, other, into);
  return noteEvent(sql, { kind: 'merge', storyId: into, otherId: other, ...ask }, documents);
}

async function findEvent(sql: Sql, id: number): Promise<StoryEvent | null> {
  const [row] = await sql.query<StoryEvent>(`select ${EVENT} from story_events where story_events.id = $1`, [id]);
  return row ?? null;
}

async function headlines(
  sql: Sql,
  ids: StoryId[],
  headlineOf: (documents: StoryTitle[]) => string | null,
): Promise<void> {
  for (const id of new Set(ids)) {
    const titles = await sql.query<StoryTitle>(
      `select title, lang, date, fetched_at as "fetchedAt" from documents where story_id = $1
       order by fetched_at, id limit ${HEADLINE_DOCUMENTS}`,
      [id],
    );
    await sql.query('update stories set headline = $2 where id = $1', [id, headlineOf(titles) ?? '']);
  }
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
