/** Seeds: addresses somebody asked us to follow. */
import type { CaptureId, SourceId, UrlId, UrlKind } from '@newsloom/model';
import type { Database } from '../database.ts';
import { announce, offerIn } from './offer.ts';

export type Seed = {
  urlId: UrlId;
  sourceId: SourceId;
  url: string;
  host: string;
  kind: UrlKind;
  priority: number;
  depth: number;
  everyMs: number | null;
  tags: string[];
};

export type SeedRow = Omit<Seed, 'host'> & {
  createdAt: Date;
  askedAt: Date;
  asked: number;
  verdict: string | null;
  note: string | null;
  fetchedAt: Date | null;
  dueAt: Date | null;
};

/** A seed asked for again is fetched again only when its last fetch is older than this. */
const FRESH_MS = 10 * 60_000;
/** Redirects that a schedule follows from a seed to its page. */
const MOST_MOVES = 8;

export function seedsTable(database: Database) {
  return {
    /**
     * Accepts a seed: the same address again is the same seed, with the newest wishes.
     * @returns whether it is new, and captures to read again because its links are followed further now
     */
    async accept(seed: Seed, now: Date): Promise<{ isNew: boolean; readAgain: CaptureId[] }> {
      const accepted = await database.transaction(async (sql) => {
        const readAgain = await offerIn(
          sql,
          [
            {
              id: seed.urlId,
              url: seed.url,
              host: seed.host,
              sourceId: seed.sourceId,
              kind: seed.kind,
              priority: seed.priority,
              depthLeft: seed.depth,
              redirects: 0,
              facts: null,
              crawls: [],
            },
          ],
          { foundOn: null, now },
        );
        await sql.query(
          `update urls set source_id = $2, every_ms = $3, priority = $6, kind = case when $7 = 'auto' then kind else $7 end,
             due_at = case when fetched_at is null or fetched_at < $4 then least(due_at, $5::timestamptz) else due_at end
           where id = $1`,
          [seed.urlId, seed.sourceId, seed.everyMs, new Date(now.getTime() - FRESH_MS), now, seed.priority, seed.kind],
        );
        const rows = await sql.query<{ asked: number }>(
          `insert into seeds (url_id, source_id, url, kind, priority, depth, every_ms, tags, created_at, asked_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
           on conflict (url_id) do update set source_id = excluded.source_id, kind = excluded.kind,
             priority = excluded.priority, depth = excluded.depth, every_ms = excluded.every_ms,
             tags = coalesce((select array_agg(distinct t order by t) from unnest(seeds.tags || excluded.tags) t), '{}'),
             asked_at = excluded.asked_at, asked = seeds.asked + 1
           returning asked`,
          [seed.urlId, seed.sourceId, seed.url, seed.kind, seed.priority, seed.depth, seed.everyMs, seed.tags, now],
        );
        return { isNew: rows[0]?.asked === 1, readAgain };
      });
      await announce(database, [seed.host], now);
      return accepted;
    },

    /** Seeds, newest first. */
    async list(page: { limit: number; offset: number; sourceId?: string | undefined }): Promise<SeedRow[]> {
      return database.query<SeedRow>(
        `select s.url_id as "urlId", s.source_id as "sourceId", s.url, s.kind, s.priority, s.depth,
           s.every_ms::float8 as "everyMs", coalesce(s.tags, '{}') as tags, s.created_at as "createdAt",
           s.asked_at as "askedAt", s.asked, u.verdict, u.note, u.fetched_at as "fetchedAt", u.due_at as "dueAt"
         from seeds s join urls u on u.id = s.url_id
         where $3::text is null or s.source_id = $3
         order by s.created_at desc, s.url_id limit $1 offset $2`,
        [page.limit, page.offset, page.sourceId ?? null],
      );
    },

    /** Every seed with its source, and whether its address turned out to be a feed; by source and address. */
    async followed(): Promise<(Omit<Seed, 'host' | 'urlId'> & { isFeed: boolean })[]> {
      return database.query(
        `select s.source_id as "sourceId", s.url, s.kind, s.priority, s.depth, s.every_ms::float8 as "everyMs",
           coalesce(s.tags, '{}') as tags, coalesce(s.kind = 'feed' or c.note = 'feed', false) as "isFeed"
         from seeds s join urls u on u.id = s.url_id left join captures c on c.id = u.capture_id
         order by s.source_id, s.url`,
      );
    },

    /** Seeds that come back at fixed times. */
    async scheduled(): Promise<{ id: UrlId; url: string; everyMs: number }[]> {
      return database.query(
        'select url_id as id, url, every_ms::float8 as "everyMs" from seeds where every_ms is not null order by url_id',
      );
    },

    /**
     * Makes a scheduled seed due now, or the page it has moved to. Not where it was fetched within half its interval or
     * is being fetched, nor where it fails or its host rests: that has a rhythm of its own.
     * @returns `due`, `not-due`, or `no-seed` where nobody follows it at fixed times any more
     */
    async tick(urlId: UrlId, now: Date): Promise<'due' | 'not-due' | 'no-seed'> {
      const rows = await database.query<{ host: string | null }>(
        `with recursive chain as (
           select u.id, u.moved_to, s.every_ms, 0 as hop from seeds s join urls u on u.id = s.url_id
           where s.url_id = $1 and s.every_ms is not null
           union all
           select u.id, u.moved_to, c.every_ms, hop + 1 from chain c join urls u on u.id = c.moved_to where hop < ${MOST_MOVES}
         ), page as (
           select id, every_ms from chain order by hop desc limit 1
         ), due as (
           update urls u set due_at = least(u.due_at, $2) from page p, hosts h
           where u.id = p.id and h.host = u.host and (u.verdict is null or u.verdict in ('captured', 'unchanged'))
             and (u.fetched_at is null or u.fetched_at < $2::timestamptz - p.every_ms * interval '0.5 milliseconds')
             and not (coalesce(h.busy_by, '') in (u.id, u.id || '/in-hand') and h.busy_until > $2)
           returning u.host
         )
         select due.host from page left join due on true`,
        [urlId, now],
      );
      const [row] = rows;
      if (!row) return 'no-seed';
      if (!row.host) return 'not-due';
      await announce(database, [row.host], now);
      return 'due';
    },

    /** Ends following a seed; what was found from it stays. @returns false where it was none */
    async remove(urlId: UrlId): Promise<boolean> {
      const rows = await database.query(
        `with gone as (delete from seeds where url_id = $1 returning url_id)
         update urls set depth_left = null, due_at = null, every_ms = null from gone where urls.id = gone.url_id
         returning 1`,
        [urlId],
      );
      return rows.length > 0;
    },

    /** How many seeds there are. */
    async count(): Promise<number> {
      const [row] = await database.query<{ n: number }>('select count(*)::int as n from seeds');
      return row?.n ?? 0;
    },
  };
}

export type SeedsTable = ReturnType<typeof seedsTable>;
