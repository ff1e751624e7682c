/** Sources: what a person set for each, what its days were spent on, and what its scope left out. */
import type { CaptureId, SourceId } from '@newsloom/model';
import type { Database } from '../database.ts';
import { announce } from './offer.ts';

/** Settings as they are kept: plain JSON, whose form the contracts know. */
export type StoredSettings = Record<string, unknown>;

/** What a day's budget is spent on. */
export type Spending = 'request' | 'render';

export type SourceLine = {
  id: SourceId;
  name: string;
  settings: StoredSettings;
  settingsAt: Date | null;
  createdAt: Date;
  seeds: number;
  documents: number;
  lastArticleAt: Date | null;
};

/** Links that were left out for one reason, counted, with the last few of them. */
export type ExcludedLinks = { reason: string; links: number; sample: string[] };

/** Where it is told that somebody changed a source's settings; the payload is its id. */
export const SOURCES_CHANNEL = 'newsloom_sources';
/** Excluded links kept by name, for each reason. */
const SAMPLE_SIZE = 10;
/** Lists read again for links that a wider scope takes in. */
const MOST_READ_AGAIN = 1_000;

const LINE = `s.id, s.name, s.settings, s.settings_at as "settingsAt", s.created_at as "createdAt",
  (select count(*)::int from seeds d where d.source_id = s.id) as seeds,
  (select count(*)::int from documents d where d.source_id = s.id) as documents,
  (select max(created_at) from documents d where d.source_id = s.id) as "lastArticleAt"`;

export function sourcesTable(database: Database) {
  return {
    /** The settings of a source; null where nothing was set. */
    async settings(id: SourceId): Promise<StoredSettings | null> {
      const [row] = await database.query<{ settings: StoredSettings }>(
        'select settings from sources where id = $1 and settings_at is not null',
        [id],
      );
      return row?.settings ?? null;
    },

    async find(id: SourceId): Promise<SourceLine | null> {
      const [row] = await database.query<SourceLine>(`select ${LINE} from sources s where s.id = $1`, [id]);
      return row ?? null;
    },

    /** Sources that have seeds or settings, by name. */
    async list(page: { limit: number; offset: number }): Promise<SourceLine[]> {
      return database.query<SourceLine>(
        `with page as (
           select id from sources s where s.settings_at is not null or exists (select 1 from seeds d where d.source_id = s.id)
           order by id limit $1 offset $2
         ) select ${LINE} from page join sources s on s.id = page.id order by s.id`,
        [page.limit, page.offset],
      );
    },

    /**
     * Sets what a person wishes for a source, known or not. URLs that its scope had kept out are looked at again.
     * @param change `scopeNotes`: notes of URLs to be looked at again, where the scope has changed; `priority` that of its
     *   URLs before and after
     * @returns captures of its lists, which wait to be read again for links that the scope takes in now
     */
    async set(
      id: SourceId,
      settings: StoredSettings,
      change: { scopeNotes: readonly string[]; priority: { from: number; to: number }; now: Date },
    ): Promise<CaptureId[]> {
      const { hosts, captures } = await database.transaction(async (sql) => {
        await sql.query(
          `insert into sources (id, name, created_at, settings, settings_at) values ($1, $1, $2, $3, $2)
           on conflict (id) do update set settings = excluded.settings, settings_at = excluded.settings_at`,
          [id, change.now, JSON.stringify(settings)],
        );
        if (change.priority.from !== change.priority.to) {
          await sql.query(
            `update urls u set priority = $3 where source_id = $1 and priority = $2
               and not exists (select 1 from seeds s where s.url_id = u.id)`,
            [id, change.priority.from, change.priority.to],
          );
        }
        await sql.query('select pg_notify($1, $2)', [SOURCES_CHANNEL, id]);
        if (change.scopeNotes.length === 0) return { hosts: [], captures: [] };
        const again = await sql.query<{ host: string }>(
          `update urls set due_at = $3 where source_id = $1 and verdict = 'excluded' and note = any($2::text[])
             and depth_left is not null returning host`,
          [id, change.scopeNotes, change.now],
        );
        const lists = await sql.query<{ id: CaptureId }>(
          `update captures set parsed = 'pending' where id in (
             select capture_id from urls where source_id = $1 and depth_left > 0 and capture_id is not null
             order by fetched_at desc limit $2) returning id`,
          [id, MOST_READ_AGAIN],
        );
        return { hosts: again.map((row) => row.host), captures: lists.map((row) => row.id) };
      });
      await announce(database, hosts, change.now);
      return captures;
    },

    /** Stops following a source: no seeds, no settings, nothing due. What was read stays. Answers with its former seeds. */
    async unfollow(id: SourceId): Promise<string[]> {
      return database.transaction(async (sql) => {
        const rows = await sql.query<{ id: string }>('delete from seeds where source_id = $1 returning url_id as id', [
          id,
        ]);
        await sql.query(
          'update urls set depth_left = null, due_at = null, every_ms = null where source_id = $1 and depth_left is not null',
          [id],
        );
        await sql.query("update sources set settings = '{}', settings_at = null where id = $1", [id]);
        await sql.query('select pg_notify($1, $2)', [SOURCES_CHANNEL, id]);
        return rows.map((row) => row.id);
      });
    },

    /** Calls back with the id of each source whose settings change, whoever changes them; answers with the way to stop. */
    onChange: (heard: (id: SourceId) => void): Promise<() => Promise<void>> =>
      database.listen(SOURCES_CHANNEL, (id) => heard(id as SourceId)),

    /**
     * Takes one from a day's budget, over all processes together.
     * @returns false where nothing is left of it
     */
    async spend(id: SourceId, what: Spending, limit: number, now: Date): Promise<boolean> {
      if (limit <= 0) return false;
      const rows = await database.query(
        `insert into source_days as d (source_id, day, what, used) values ($1, ($3::timestamptz at time zone 'UTC')::date, $2, 1)
         on conflict (source_id, day, what) do update set used = d.used + 1 where d.used < $4 returning used`,
        [id, what, now, limit],
      );
      return rows.length > 0;
    },

    /** What a source has used today (UTC). */
    async used(id: SourceId, now: Date): Promise<Record<Spending, number>> {
      const rows = await database.query<{ what: Spending; used: number }>(
        `select what, used from source_days where source_id = $1 and day = ($2::timestamptz at time zone 'UTC')::date`,
        [id, now],
      );
      return { request: 0, render: 0, ...Object.fromEntries(rows.map(({ what, used }) => [what, used])) };
    },

    /** Lets all that a source has due wait until `until`, in the order in which it would have come. */
    async postpone(id: SourceId, until: Date): Promise<void> {
      await database.query(
        `update urls u set due_at = $2::timestamptz + interval '1 microsecond' * p.place
         from (select id, row_number() over (order by due_at) as place from urls where source_id = $1 and due_at < $2) p
         where u.id = p.id`,
        [id, until],
      );
    },

    /** Takes back a `postpone`: what waits for `until` is due now, since there is a budget again. */
    async resume(id: SourceId, until: Date, now: Date): Promise<void> {
      const rows = await database.query<{ host: string }>(
        `update urls set due_at = $3::timestamptz + (due_at - $2::timestamptz) where source_id = $1
           and due_at >= $2 and due_at < $2::timestamptz + interval '10 seconds' returning host`,
        [id, until, now],
      );
      await announce(
        database,
        rows.map((row) => row.host),
        now,
      );
    },

    /** Counts links that were left out. The last ones of each reason are kept by name. */
    async noteExcluded(left: readonly ({ sourceId: SourceId } & ExcludedLinks)[], now: Date): Promise<void> {
      if (left.length === 0) return;
      await database.query(
        `insert into source_excluded as x (source_id, reason, links, sample, last_at)
         select e.source_id, e.reason, e.links, e.sample, $2
         from jsonb_to_recordset($1::jsonb) as e(source_id text, reason text, links bigint, sample text[])
         join sources s on s.id = e.source_id order by e.source_id, e.reason
         on conflict (source_id, reason) do update set links = x.links + excluded.links, last_at = excluded.last_at,
           sample = (select array_agg(t order by n) from (
             select t, min(n) as n from unnest(excluded.sample || x.sample) with ordinality as a(t, n)
             group by t order by n limit ${SAMPLE_SIZE}) a)`,
        [JSON.stringify(left.map(({ sourceId, ...it }) => ({ source_id: sourceId, ...it }))), now],
      );
    },
  };
}

export type SourcesTable = ReturnType<typeof sourcesTable>;
