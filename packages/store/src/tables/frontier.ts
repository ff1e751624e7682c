/** The frontier: all URLs we know, when each is due, and which host may be asked now. */
import type {
  CaptureId,
  CrawlScope,
  DocumentId,
  FeedFacts,
  SourceId,
  UrlId,
  UrlKind,
  Verdict,
  Watch,
} from '@newsloom/model';
import type { Database } from '../database.ts';
import { type Claim, crawlHosts, IN_HAND, nextDueOf, nextOf } from './due.ts';
import { CRAWLS_OF_URL, openHold } from './hold.ts';
import { announce, DUE_CHANNEL, type Offer, offerIn } from './offer.ts';
import { openRecord } from './visit.ts';

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
  /** What its visits have taught. */
  watch: Watch;
  /** When the article there was published, as near as known; null: none was read there. */
  articleAt: Date | null;
  /** Somebody asked for this very URL. */
  isSeed: boolean;
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
  u.document_id as "documentId", u.facts, u.fetched_at as "fetchedAt", coalesce(u.watch, '{}') as watch,
  u.article_at as "articleAt", exists (select 1 from seeds s where s.url_id = u.id) as "isSeed"`;

/** Hosts looked at in one statement: those that turn out to have nothing due are moved on, and the next are looked at. */
const HOSTS_A_LOOK = 64;
/** Looks in one claim, should very many hosts have nothing due; the rest is for the next claim. */
const MOST_LOOKS = 20;
/** A host whose due URL is in somebody's hand this moment is looked at again after this, in milliseconds. */
const LOOK_AGAIN_MS = 50;

export function frontierTable(database: Database) {
  return {
    /** The URL with this id, or null. */
    async find(id: UrlId): Promise<FrontierUrl | null> {
      const rows = await database.query<FrontierUrl>(`select ${URL_COLUMNS} from urls u where u.id = $1`, [id]);
      return rows[0] ?? null;
    },

    /**
     * Takes at most one due URL from each of at most `limit` hosts that may be asked now, and leases the host for it; who
     * has been ready longest goes first. Two processes never get the same host: rows are locked, and what was read is
     * checked again under the lock.
     */
    async claim(ask: { now: Date; limit: number; leaseMs: number; crawlId: string | null }): Promise<Claim[]> {
      const leaseEnd = new Date(ask.now.getTime() + ask.leaseMs);
      const claims: Claim[] = [];
      for (let looks = 0; looks < MOST_LOOKS && claims.length < ask.limit; looks++) {
        const limit = ask.limit - claims.length;
        const most = Math.max(limit, HOSTS_A_LOOK);
        const seen = await database.query<{ urlId: UrlId | null; host: string }>(
          ask.crawlId === null ? CLAIM.standing : CLAIM.crawl,
          [ask.now, limit, leaseEnd, ask.crawlId ?? most],
        );
        for (const { urlId, host } of seen) if (urlId) claims.push({ urlId, host, delayMs: 0 });
        if (ask.crawlId !== null || seen.length < most) break;
      }
      return claims;
    },

    /**
     * Takes a claimed URL in hand and renews its lease. Answers with the URL, who follows it and its host's next slot, or
     * null when somebody else holds the host by now, the URL has been dealt with, or another job has it in hand.
     */
    hold: openHold(database, URL_COLUMNS),

    /**
     * Renews the leases of URLs that are in hand, all in one statement.
     * @returns the ids whose leases last until `until` now; the others were lost to somebody else, or have been freed
     */
    async renew(held: readonly { id: UrlId; host: string }[], until: Date): Promise<UrlId[]> {
      const rows = await database.query<{ id: UrlId }>(
        `with mine as (
           select h.host, m.id from hosts h
           join unnest($1::text[], $2::text[]) as m(id, host) on m.host = h.host and h.busy_by = m.id || '${IN_HAND}'
           order by h.host for no key update of h
         )
         update hosts h set busy_until = greatest(h.busy_until, $3) from mine where h.host = mine.host returning mine.id`,
        [held.map((it) => it.id), held.map((it) => it.host), until],
      );
      return rows.map((row) => row.id);
    },

    /** Lets a URL that is in hand go, to be held again by its job: the lease lasts until `until`. */
    async keep(id: UrlId, until: Date): Promise<void> {
      await database.query(
        `update hosts h set busy_by = u.id, busy_until = $2 from urls u
         where u.id = $1 and h.host = u.host and h.busy_by = u.id || '${IN_HAND}'`,
        [id, until],
      );
    },

    /** Writes what a fetch meant, frees the host, and in the same breath claims the host's next due URL, if any. */
    record: openRecord(database),

    /** Gives a claimed URL and its host back untouched. */
    async release(id: UrlId): Promise<void> {
      await database.query(
        `update hosts h set busy_until = '-infinity', busy_by = null, ready_at = h.slot_at from urls u
         where u.id = $1 and h.host = u.host and h.busy_by in (u.id, u.id || '${IN_HAND}')`,
        [id],
      );
    },

    /** Ends every lease. Only for a process that has the store for itself: the holders are dead. */
    async releaseAll(): Promise<void> {
      await database.query(
        "update hosts set busy_until = '-infinity', busy_by = null, ready_at = slot_at where busy_by is not null",
      );
    },

    /** Who follows a URL, and how far. */
    async reach(id: UrlId): Promise<Reach> {
      const [row] = await database.query<Reach>(
        `select u.depth_left as "depthLeft", ${CRAWLS_OF_URL} as crawls from urls u where u.id = $1`,
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
      const readAgain = await database.transaction(async (sql) => offerIn(sql, offers, from));
      const hosts = offers.map((offer) => offer.host);
      await announce(database, hosts, from.now);
      return readAgain;
    },

    /** Calls back when URLs were offered by anyone; answers with the way to stop. */
    onOffer: (heard: () => void): Promise<() => Promise<void>> => database.listen(DUE_CHANNEL, heard),

    /**
     * No URL can be claimed before this; null when nothing is waiting. The answer is exact once a claim at `now` has
     * found nothing.
     */
    async nextDue(now: Date, crawlId: string | null): Promise<Date | null> {
      const [row] = await database.query<{ at: Date | null }>(
        crawlId === null
          ? "select greatest(min(ready_at), $1::timestamptz) as at from hosts where ready_at < 'infinity' having count(*) > 0"
          : `${crawlHosts('$2')}
             select min(greatest(w.not_before, h.slot_at, h.resting_until, h.busy_until, $1::timestamptz)) as at
             from waiting w join hosts h on h.host = w.host`,
        [now, ...(crawlId === null ? [] : [crawlId])],
      );
      return row?.at ?? null;
    },

    /**
     * Finds hosts with due URLs that nobody announced, should a process have died in between.
     * @returns how many there were
     */
    async heal(now: Date): Promise<number> {
      const rows = await database.query(
        `update hosts h set ready_at = $1
         where h.ready_at > $1 and h.busy_until <= $1 and h.slot_at <= $1 and h.resting_until <= $1
           and ${nextDueOf('h.host')} <= $1 returning 1`,
        [now],
      );
      return rows.length;
    },

    /** How many URLs are known, due now, and leased. */
    async counts(now: Date): Promise<{ known: number; due: number; leased: number }> {
      const [row] = await database.query<{ known: number; due: number; leased: number }>(
        `select count(*)::int as known, count(*) filter (where due_at <= $1)::int as due,
           (select count(*)::int from hosts where busy_by is not null and busy_until > $1) as leased from urls`,
        [now],
      );
      return row ?? { known: 0, due: 0, leased: 0 };
    },
  };
}

/** $1 now, $2 most claims, $3 end of the lease, $4 most hosts looked at, or the crawl. One row for each host seen. */
const CLAIM = {
  standing: `with looked as (
      select h.host, h.ready_at, greatest(h.slot_at, h.busy_until, h.resting_until) as free_at
      from hosts h where h.ready_at <= $1 order by h.ready_at limit $4 for update skip locked
    ), picked as (
      select l.*, p.id from looked l
      left join lateral (${nextOf('standing', 'l.host')}) p on l.free_at <= $1
    ), chosen as (
      select host, id from picked where id is not null order by ready_at limit $2
    ), taken as (
      update hosts h set busy_by = c.id, busy_until = $3, ready_at = $3 from chosen c where h.host = c.host
    ), passed as (
      update hosts h set ready_at = case when p.free_at > $1 then p.free_at
        else greatest(coalesce(${nextDueOf('p.host')}, 'infinity'), $1::timestamptz + interval '${LOOK_AGAIN_MS} milliseconds') end
      from picked p where p.id is null and h.host = p.host
    )
    select p.host, c.id as "urlId" from picked p left join chosen c on c.host = p.host`,
  crawl: `${crawlHosts('$4')}, ready as (
      select h.host from hosts h join waiting w on w.host = h.host
      where w.not_before <= $1 and h.slot_at <= $1 and h.busy_until <= $1 and h.resting_until <= $1
      order by h.slot_at limit $2 for update of h skip locked
    ), picked as (
      select r.host, p.id from ready r cross join lateral (${nextOf('crawl', 'r.host')}) p
    )
    update hosts h set busy_by = picked.id, busy_until = $3 from picked where h.host = picked.host
    returning h.host, picked.id as "urlId"`,
};

export type FrontierTable = ReturnType<typeof frontierTable>;
