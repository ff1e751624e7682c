/** Visits: what one fetch leaves in the frontier, the ledger and the crawls. */
import type { CaptureId, SourceId, UrlId, Verdict, Watch } from '@newsloom/model';
import type { Database } from '../database.ts';
import { GATHERING, gather } from '../gather.ts';
import { type Claim, type DueMode, dueMode, IN_HAND, nextOf } from './due.ts';

/** What one fetch leaves in the frontier. */
export type Visit = {
  urlId: UrlId;
  host: string;
  sourceId: SourceId;
  url: string;
  startedAt: Date;
  endedAt: Date;
  verdict: Verdict;
  note: string;
  status: number | null;
  /** Next visit when the URL is followed for good; null: never. */
  dueAt: Date | null;
  intervalMs: number;
  failures: number;
  gone: number;
  etag: string | null;
  lastModified: string | null;
  captureId: CaptureId | null;
  changed: boolean;
  movedTo: UrlId | null;
  wireBytes: number | null;
  robotsVersion: string | null;
  /** Earliest next request to the host. */
  slotAt: Date;
  /** The host rests until then, after its `rests`-th rest in a row. */
  resting: { until: Date; rests: number } | null;
  /** Rests in a row where it does not rest now; 0 unless told. */
  rests?: number;
  hostFailures: number;
  /** Smoothed response time of the host, in milliseconds. */
  responseMs: number | null;
  /** What the visits so far have taught; left out: as before. */
  watch?: Watch;
  /** What becomes of the URL in one-shot crawls: tried again not before a time, waits for its parse, or ends. */
  crawl: { again: Date } | 'captured' | 'ended';
  /** One-shot crawls do not wait for the host's rest to end. */
  givesUpHost?: boolean;
};

/** How a process goes on with a host: with its next due URL, leased to its job for `leaseMs` from its slot on. */
export type GoOn = { leaseMs: number; crawlId: string | null };

export type RecordVisit = (visit: Visit, next: GoOn | null) => Promise<Claim | null>;

/**
 * Opens the way to record a visit, free its host, and claim the host's next due URL, if there is one. One statement for
 * the visits that end in the same moments, so that a crash leaves all of it or nothing; each answer comes once its visit
 * is written.
 */
export function openRecord(database: Database): RecordVisit {
  const record = gather<{ visit: Visit; next: GoOn | null }, Claim | null>({
    ...GATHERING[database.kind],
    groupOf: ({ next }) => next?.crawlId ?? '',
    // A host whose lease ran out may have two visits at once; each must see what the other left.
    keysOf: ({ visit }) => [visit.urlId, `host ${visit.host}`],
    async run(ended) {
      const crawlId = ended[0]?.next?.crawlId ?? null;
      const at = new Date(Math.max(...ended.map(({ visit }) => visit.endedAt.getTime())));
      const rows = await database.query<{ host: string; next: UrlId }>(RECORD[dueMode(crawlId)], [
        at,
        JSON.stringify(ended.map(({ visit, next }) => factsOf(visit, next))),
        ...(crawlId === null ? [] : [crawlId]),
      ]);
      const nextOfHost = new Map(rows.map((row) => [row.host, row.next]));
      return ended.map(({ visit: { host, slotAt, endedAt } }) => {
        const urlId = nextOfHost.get(host);
        return urlId ? { urlId, host, delayMs: Math.max(0, slotAt.getTime() - endedAt.getTime()) } : null;
      });
    },
  });
  return (visit, next) => record({ visit, next });
}

/** A visit as plain values, under the names that the statement reads. */
const factsOf = (visit: Visit, next: GoOn | null) => ({
  ...visit,
  tookMs: visit.endedAt.getTime() - visit.startedAt.getTime(),
  intervalMs: Math.round(visit.intervalMs),
  again: typeof visit.crawl === 'object' ? visit.crawl.again : null,
  crawlState: typeof visit.crawl === 'object' ? null : visit.crawl,
  goesOn: next !== null && !visit.resting,
  leaseUntil: new Date(visit.slotAt.getTime() + (next?.leaseMs ?? 0)),
  restingUntil: visit.resting?.until ?? null,
  rests: visit.resting?.rests ?? visit.rests ?? 0,
});

/**
 * $1 end of the last of the visits, $2 the visits as JSON, $3 the crawl. Rows are locked in the order of their keys
 * before they are written, as offers and leases do, so that two batches cannot wait for each other.
 */
const recordStatement = (mode: DueMode): string => `
  with v as (
    select * from jsonb_to_recordset($2::jsonb) as v("urlId" text, host text, "sourceId" text, url text,
      "startedAt" timestamptz, "endedAt" timestamptz, "tookMs" int, verdict text, note text, status int,
      "dueAt" timestamptz, "intervalMs" bigint, failures int, gone int, etag text, "lastModified" text,
      "captureId" text, changed boolean, "movedTo" text, "wireBytes" int, "robotsVersion" text, "slotAt" timestamptz,
      "restingUntil" timestamptz, rests int, "hostFailures" int, "responseMs" float8, watch jsonb,
      again timestamptz, "crawlState" text, "goesOn" boolean, "leaseUntil" timestamptz)
  ), our_urls as (
    select u.id from urls u join v on v."urlId" = u.id order by u.id for no key update of u
  ), written as (
    update urls u set verdict = v.verdict, note = v.note, status = v.status, failures = v.failures,
      gone = v.gone, etag = v.etag, last_modified = v."lastModified",
      capture_id = coalesce(v."captureId", u.capture_id), watch = coalesce(v.watch, u.watch),
      moved_to = v."movedTo", interval_ms = v."intervalMs", fetched_at = v."endedAt",
      changed_at = case when v.changed then v."endedAt" else u.changed_at end,
      due_at = case when u.depth_left is null then null else v."dueAt" end
    from our_urls o join v on v."urlId" = o.id where u.id = o.id
    returning u.id, u.document_id
  ), entered as (
    insert into fetches (url_id, host, source_id, url, started_at, took_ms, status, verdict, note, wire_bytes, robots_version)
    select v."urlId", v.host, v."sourceId", v.url, v."startedAt", v."tookMs", v.status, v.verdict, v.note,
      v."wireBytes", v."robotsVersion" from v
  ), our_crawl_urls as (
    select c.crawl_id, c.url_id from crawl_urls c join v on v."urlId" = c.url_id where c.state = 'pending'
    order by c.url_id, c.crawl_id for no key update of c
  ), told as (
    update crawl_urls c set reason = v.note, status = v.status,
      tries = c.tries + case when v.again is null then 0 else 1 end,
      not_before = coalesce(v.again, c.not_before),
      state = coalesce(v."crawlState", c.state),
      ended_at = case when v."crawlState" = 'ended' then v."endedAt" end,
      document_id = case when v.verdict = 'unchanged' then (select w.document_id from written w where w.id = c.url_id) end
    from our_crawl_urls o join v on v."urlId" = o.url_id where c.crawl_id = o.crawl_id and c.url_id = o.url_id
  ), foreign_lease as (
    -- Somebody else has the host by now, since this lease ran out: it is theirs to free.
    select h.host from hosts h join v on v.host = h.host
    where h.busy_until > v."endedAt" and h.busy_by not in (v."urlId", v."urlId" || '${IN_HAND}')
  ), claimed as (
    select v.host, n.id from v cross join lateral (${nextOf(mode, 'v.host', 'v."urlId"')}) n
    where v."goesOn" and not exists (select 1 from foreign_lease f where f.host = v.host)
  ), our_hosts as (
    select h.host from hosts h join v on v.host = h.host order by h.host for no key update of h
  ), freed as (
    update hosts h set slot_at = greatest(h.slot_at, v."slotAt"),
      busy_by = case when f.host is null then c.id else h.busy_by end,
      busy_until = case when f.host is not null then h.busy_until
        when c.id is not null then v."leaseUntil" else '-infinity' end,
      ready_at = case when f.host is not null then h.ready_at
        when c.id is not null then v."leaseUntil" else greatest(h.slot_at, v."slotAt", v."restingUntil") end,
      resting_until = coalesce(v."restingUntil", h.resting_until), rests = v.rests, failures = v."hostFailures",
      response_ms = v."responseMs"
    from our_hosts o join v on v.host = o.host left join claimed c on c.host = v.host
      left join foreign_lease f on f.host = v.host
    where h.host = o.host
  )
  select host, id as next from claimed`;

// Its pieces know the crawl as $4; here it is the third parameter.
const RECORD = {
  standing: recordStatement('standing'),
  crawl: recordStatement('crawl').replaceAll('$4', '$3'),
};
