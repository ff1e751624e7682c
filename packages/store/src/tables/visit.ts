/** Visits: what one fetch leaves in the frontier, the ledger and the crawls. */
import type { CaptureId, SourceId, UrlId, Verdict, Watch } from '@newsloom/model';
import type { Sql } from '../database.ts';
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
  hostFailures: number;
  /** Smoothed response time of the host, in milliseconds. */
  responseMs: number | null;
  /** What the visits so far have taught; left out: as before. */
  watch?: Watch;
  /** What becomes of the URL in one-shot crawls: tried again not before a time, waits for its parse, or ends. */
  crawl: { again: Date } | 'captured' | 'ended';
};

/**
 * Records a visit, frees its host, and claims the host's next due URL, if there is one. One statement, so that a crash
 * leaves all of it or nothing.
 */
export async function recordVisit(
  sql: Sql,
  visit: Visit,
  next: { leaseMs: number; crawlId: string | null } | null,
): Promise<Claim | null> {
  const goesOn = next !== null && !visit.resting;
  const again = typeof visit.crawl === 'object' ? visit.crawl.again : null;
  const facts = {
    ...visit,
    tookMs: visit.endedAt.getTime() - visit.startedAt.getTime(),
    intervalMs: Math.round(visit.intervalMs),
  };
  const [row] = await sql.query<{ next: UrlId | null }>(recordStatement(dueMode(next?.crawlId ?? null)), [
    visit.endedAt,
    goesOn ? visit.host : null,
    new Date(visit.slotAt.getTime() + (next?.leaseMs ?? 0)),
    next?.crawlId ?? null,
    visit.urlId,
    JSON.stringify(facts),
    again,
    again ? null : visit.crawl,
    visit.host,
    visit.slotAt,
    visit.resting?.until ?? null,
    visit.resting?.rests ?? 0,
  ]);
  if (!row?.next) return null;
  return { urlId: row.next, host: visit.host, delayMs: Math.max(0, visit.slotAt.getTime() - visit.endedAt.getTime()) };
}

/**
 * $1 end of the visit, $2 host to go on with or null, $3 lease of the next URL, $4 crawl, $5 URL, $6 the visit as JSON,
 * $7 next try in crawls or null, $8 new state in crawls, $9 host, $10 its next slot, $11 end of its rest, $12 its rests.
 */
const recordStatement = (mode: DueMode): string => `
  with v as (
    select * from jsonb_to_record($6::jsonb) as v("sourceId" text, url text, "startedAt" timestamptz, "tookMs" int,
      verdict text, note text, status int, "dueAt" timestamptz, "intervalMs" bigint, failures int, gone int, etag text,
      "lastModified" text, "captureId" text, changed boolean, "movedTo" text, "wireBytes" int, "robotsVersion" text,
      "hostFailures" int, "responseMs" float8, watch jsonb)
  ), written as (
    update urls u set verdict = v.verdict, note = v.note, status = v.status, failures = v.failures,
      gone = v.gone, etag = v.etag, last_modified = v."lastModified",
      capture_id = coalesce(v."captureId", u.capture_id), watch = coalesce(v.watch, u.watch), moved_to = v."movedTo", interval_ms = v."intervalMs",
      fetched_at = $1, changed_at = case when v.changed then $1 else u.changed_at end,
      due_at = case when u.depth_left is null then null else v."dueAt" end
    from v where u.id = $5
    returning u.document_id
  ), entered as (
    insert into fetches (url_id, host, source_id, url, started_at, took_ms, status, verdict, note, wire_bytes, robots_version)
    select $5, $9, v."sourceId", v.url, v."startedAt", v."tookMs", v.status, v.verdict, v.note, v."wireBytes",
      v."robotsVersion" from v
  ), told as (
    update crawl_urls c set reason = v.note, status = v.status,
      tries = c.tries + case when $7::timestamptz is null then 0 else 1 end,
      not_before = coalesce($7::timestamptz, c.not_before),
      state = coalesce($8::text, c.state),
      ended_at = case when $8::text = 'ended' then $1::timestamptz end,
      document_id = case when v.verdict = 'unchanged' then (select document_id from written) end
    from v where c.url_id = $5 and c.state = 'pending'
  ), foreign_lease as (
    -- Somebody else has the host by now, since this lease ran out: it is theirs to free.
    select h.host from hosts h where h.host = $9 and h.busy_until > $1 and h.busy_by not in ($5, $5 || '${IN_HAND}')
  ), claimed as (
    select n.id from (${nextOf(mode, '$2', '$5')}) n where not exists (select 1 from foreign_lease)
  ), freed as (
    update hosts h set slot_at = greatest(h.slot_at, $10),
      busy_by = case when l.host is null then (select id from claimed) else h.busy_by end,
      busy_until = case when l.host is not null then h.busy_until
        when exists (select 1 from claimed) then $3::timestamptz else '-infinity' end,
      ready_at = case when l.host is not null then h.ready_at
        when exists (select 1 from claimed) then $3::timestamptz else greatest(h.slot_at, $10, $11) end,
      resting_until = coalesce($11, h.resting_until), rests = $12, failures = v."hostFailures",
      response_ms = v."responseMs"
    from v left join foreign_lease l on true where h.host = $9
  )
  select (select id from claimed) as next, $4::text as crawl`;
