/** The frontier: all URLs we know, when each is due, and which host may be asked now. */
import type { CaptureId, CrawlScope, DocumentId, FeedFacts, SourceId, UrlId, UrlKind, Verdict } from '@newsloom/model';
import type { Database } from '../database.ts';
import { type Claim, DUE, FROM, dueMode as mode, ORDER, UNLEASED } from './due.ts';
import { DUE_CHANNEL, type Offer, offerIn } from './offer.ts';
import { recordVisit, type Visit } from './visit.ts';

/** One URL as the frontier knows it. */
export type FrontierUrl = {
  id: UrlId;
  url: string;
  host: string;
  sourceId: SourceId;
  kind: UrlKind;
  priority: number;
  depthLeft: number | null;
  verdict: Verdict | null;
  note: string | null;
  failures: number;
  gone: number;
  redirects: number;
  everyMs: number | null;
  intervalMs: number;
  etag: string | null;
  lastModified: string | null;
  captureId: CaptureId | null;
  documentId: DocumentId | null;
  facts: FeedFacts | null;
  fetchedAt: Date | null;
};

/** What is known of the host of a claimed URL. */
export type HostState = {
  rests: number;
  hostFailures: number;
  hostDelayMs: number | null;
  responseMs: number | null;
};

/** Who follows a URL, and how many link hops further. */
export type Reach = {
  depthLeft: number | null;
  /** `tries` counts the attempts of that crawl so far. */
  crawls: { crawlId: string; depthLeft: number; seed: boolean; tries: number; scope: CrawlScope }[];
};

const URL_COLUMNS = `u.id, u.url, u.host, u.source_id as "sourceId", u.kind, u.priority, u.depth_left as "depthLeft",
  u.verdict, u.note, u.failures, u.gone, u.redirects, u.every_ms::float8 as "everyMs",
  u.interval_ms::float8 as "intervalMs", u.etag, u.last_modified as "lastModified", u.capture_id as "captureId",
  u.document_id as "documentId", u.facts, u.fetched_at as "fetchedAt"`;

/** Stands behind the id in `busy_by` while a job has the URL in hand. */
const IN_HAND = '/in-hand';

export function frontierTable(database: Database) {
  return {
    /** The URL with this id, or null. */
    async find(id: UrlId): Promise<FrontierUrl | null> {
      const rows = await database.query<FrontierUrl>(`select ${URL_COLUMNS} from urls u where u.id = $1`, [id]);
      return rows[0] ?? null;
    },

    /**
     * Takes at most one due URL from each of at most `limit` hosts that may be asked now, and leases URL and host.
     * Two processes never get the same host: rows are locked, and a lease is checked again under the lock.
     */
    async claim(ask: { now: Date; limit: number; leaseMs: number; crawlId: string | null }): Promise<Claim[]> {
      const m = mode(ask.crawlId);
      const due = `from ${FROM[m]} where u.host = h.host and ${DUE[m]} and ${UNLEASED}`;
      const rows = await database.query<{ urlId: UrlId; host: string }>(
        `with ready as (
           select h.host from hosts h
           where h.slot_at <= $1 and h.busy_until <= $1 and h.resting_until <= $1 and exists (select 1 ${due})
           order by h.slot_at
           limit $2
           for update of h skip locked
         ), picked as (
           select h.host, p.id from ready h cross join lateral (
             select u.id ${due} order by ${ORDER[m]} limit 1 for update of u skip locked
           ) p
         ), taken as (
           update hosts set busy_until = $3, busy_by = picked.id from picked where hosts.host = picked.host
         )
         update urls set lease_until = $3 from picked where urls.id = picked.id
         returning urls.id as "urlId", urls.host`,
        [ask.now, ask.limit, new Date(ask.now.getTime() + ask.leaseMs), ...(ask.crawlId === null ? [] : [ask.crawlId])],
      );
      return rows.map((row) => ({ ...row, delayMs: 0 }));
    },

    /**
     * Takes a claimed URL in hand and renews its lease. Answers with the URL and its host's next slot, or null when
     * somebody else holds the host by now, the URL has been dealt with, or another job has it in hand: after a crash
     * the job of the dead and the one that was dispatched anew may meet.
     */
    async hold(id: UrlId, now: Date, leaseMs: number): Promise<(FrontierUrl & { slotAt: Date } & HostState) | null> {
      const rows = await database.query<FrontierUrl & { slotAt: Date } & HostState>(
        `with held as (
           update hosts h set busy_until = $2, busy_by = u.id || '${IN_HAND}' from urls u
           where u.id = $1 and u.lease_until is not null and h.host = u.host
             and (h.busy_by = u.id or (h.busy_by = u.id || '${IN_HAND}' and h.busy_until <= $3))
           returning h.host, h.slot_at, h.rests, h.failures, h.delay_ms, h.response_ms
         )
         update urls u set lease_until = $2 from held where u.id = $1
         returning ${URL_COLUMNS},
           case when held.slot_at = '-infinity' then to_timestamp(0) else held.slot_at end as "slotAt",
           held.rests, held.failures as "hostFailures", held.delay_ms as "hostDelayMs",
           held.response_ms as "responseMs"`,
        [id, new Date(now.getTime() + leaseMs), now],
      );
      return rows[0] ?? null;
    },

    /** Lets a URL that is in hand go, to be held again by its job: the lease lasts until `until`. */
    async keep(id: UrlId, until: Date): Promise<void> {
      await database.query(
        `with kept as (
           update hosts h set busy_by = u.id, busy_until = $2 from urls u
           where u.id = $1 and h.host = u.host and h.busy_by = u.id || '${IN_HAND}' returning u.id
         )
         update urls u set lease_until = $2 from kept where u.id = kept.id`,
        [id, until],
      );
    },

    /** Writes what a fetch meant, frees the host, and in the same breath claims the host's next due URL, if any. */
    record: (visit: Visit, next: { leaseMs: number; crawlId: string | null } | null): Promise<Claim | null> =>
      recordVisit(database, visit, next),

    /** Gives a claimed URL and its host back untouched. */
    async release(id: UrlId): Promise<void> {
      await database.query(
        `with freed as (update urls set lease_until = null where id = $1 returning id)
         update hosts set busy_until = '-infinity', busy_by = null from freed
         where busy_by in (freed.id, freed.id || '${IN_HAND}')`,
        [id],
      );
    },

    /** Ends every lease. Only for a process that has the store for itself: the holders are dead. */
    async releaseAll(): Promise<void> {
      await database.query('update urls set lease_until = null where lease_until is not null');
      await database.query("update hosts set busy_until = '-infinity', busy_by = null where busy_by is not null");
    },

    /** Who follows a URL, and how far. */
    async reach(id: UrlId): Promise<Reach> {
      const [row] = await database.query<Reach>(
        `select u.depth_left as "depthLeft", coalesce((
           select jsonb_agg(jsonb_build_object('crawlId', c.crawl_id, 'depthLeft', c.depth_left, 'seed', c.seed, 'tries', c.tries, 'scope', w.scope))
           from crawl_urls c join crawls w on w.id = c.crawl_id where c.url_id = u.id and w.finished_at is null
         ), '[]') as crawls from urls u where u.id = $1`,
        [id],
      );
      return row ?? { depthLeft: null, crawls: [] };
    },

    /**
     * Adds URLs, or deepens those known already.
     * @returns captures that must be read again, because their links are now followed further than before
     */
    async offer(offers: Offer[], from: { foundOn: UrlId | null; now: Date }): Promise<CaptureId[]> {
      if (offers.length === 0) return [];
      return database.transaction(async (sql) => offerIn(sql, offers, from));
    },

    /** Calls back when URLs were offered by anyone; answers with the way to stop. */
    onOffer: (heard: () => void): Promise<() => Promise<void>> => database.listen(DUE_CHANNEL, heard),

    /** When the next URL may be claimed, or null when nothing is waiting. */
    async nextDue(now: Date, crawlId: string | null): Promise<Date | null> {
      const m = mode(crawlId);
      const due = m === 'standing' ? 'u.due_at' : 'c.not_before';
      const where = m === 'standing' ? 'u.due_at is not null' : "c.state = 'pending'";
      const from = m === 'standing' ? FROM.standing : FROM.crawl.replace('$4', '$2');
      const [row] = await database.query<{ at: Date | null }>(
        `select min(greatest(${due}, h.slot_at, h.resting_until, h.busy_until, coalesce(u.lease_until, '-infinity'), $1::timestamptz)) as at
         from ${from} join hosts h on h.host = u.host where ${where}`,
        [now, ...(crawlId === null ? [] : [crawlId])],
      );
      return row?.at ?? null;
    },

    /** How many URLs are known, due now, and leased. */
    async counts(now: Date): Promise<{ known: number; due: number; leased: number }> {
      const [row] = await database.query<{ known: number; due: number; leased: number }>(
        `select count(*)::int as known, count(*) filter (where due_at <= $1)::int as due,
           count(*) filter (where lease_until > $1)::int as leased from urls`,
        [now],
      );
      return row ?? { known: 0, due: 0, leased: 0 };
    },
  };
}

export type FrontierTable = ReturnType<typeof frontierTable>;
