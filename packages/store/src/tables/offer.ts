/** Offers to the frontier: URLs that somebody follows are added, or followed further than before. */
import type { CaptureId, FeedFacts, SourceId, UrlId, UrlKind } from '@newsloom/model';
import type { Sql } from '../database.ts';

/** A URL offered to the frontier. `depthLeft` null: only one-shot crawls follow it. */
export type Offer = {
  id: UrlId;
  url: string;
  host: string;
  sourceId: SourceId;
  kind: UrlKind;
  priority: number;
  depthLeft: number | null;
  redirects: number;
  facts: FeedFacts | null;
  crawls: { crawlId: string; depthLeft: number; seed: boolean }[];
};

/** Where it is told that URLs may have become due, over all processes of one database. */
export const DUE_CHANNEL = 'newsloom_due';

/**
 * Tells every dispatcher that URLs of these hosts may have become due at `now`. To be called once they are committed:
 * it takes hosts in hand, which a transaction that has URLs in hand must not.
 */
export async function announce(sql: Sql, hosts: readonly string[], now: Date): Promise<void> {
  await sql.query(
    `with called as (
       select h.host, greatest($2::timestamptz, h.slot_at, h.busy_until, h.resting_until) as at from hosts h
       where h.host = any($1::text[]) and h.ready_at > greatest($2::timestamptz, h.slot_at, h.busy_until, h.resting_until)
       order by h.host for no key update
     ), woken as (
       update hosts h set ready_at = least(h.ready_at, called.at) from called where h.host = called.host returning 1
     )
     select pg_notify('${DUE_CHANNEL}', '') from (select count(*) from woken) n`,
    [[...new Set(hosts)], now],
  );
}

/**
 * Facts that are known stay, what is new is added: two lists that say the same page differently do not overwrite each
 * other in turn. Only the time of the last change is always the newest that was told.
 */
const FACTS = `case when excluded.facts is null then urls.facts
  else excluded.facts || (coalesce(urls.facts, '{}') - case when excluded.facts ? 'changed' then 'changed' else '' end) end`;

/**
 * A page that is said to have changed since it was fetched is due after this part of its interval: sites that always say
 * so cost at most so many times the visits.
 */
const BELIEVED = 4;

/** The statements of `offer`, for callers that have a transaction open and announce the hosts when it is committed. */
export async function offerIn(
  sql: Sql,
  offers: Offer[],
  from: { foundOn: UrlId | null; now: Date },
): Promise<CaptureId[]> {
  const sorted = [...new Map(offers.map((offer) => [offer.id, offer])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hosts = [...new Set(sorted.map((offer) => offer.host))].sort();
  const sources = [...new Set(sorted.map((offer) => offer.sourceId))].sort();
  await sql.query(
    'insert into sources (id, name, created_at) select s, s, $2 from unnest($1::text[]) s on conflict do nothing',
    [sources, from.now],
  );
  await sql.query('insert into hosts (host) select h from unnest($1::text[]) h on conflict do nothing', [hosts]);
  const deepened = await sql.query<{ captureId: CaptureId | null }>(
    `insert into urls (id, url, host, source_id, kind, priority, depth_left, redirects, facts, due_at, found_on, created_at)
     select o.id, o.url, o.host, o.source_id, o.kind, o.priority, o.depth_left, o.redirects, o.facts,
       case when o.depth_left is not null then $2::timestamptz end, $3, $2
     from jsonb_to_recordset($1::jsonb) as o(id text, url text, host text, source_id text, kind text, priority int,
       depth_left int, redirects int, facts jsonb)
     on conflict (id) do update set
       depth_left = greatest(urls.depth_left, excluded.depth_left),
       due_at = case when urls.depth_left is null then coalesce(urls.due_at, excluded.due_at)
         when urls.due_at is not null and (excluded.facts->>'changed')::timestamptz > urls.fetched_at
           then least(urls.due_at, greatest($2::timestamptz, urls.fetched_at + urls.interval_ms / ${BELIEVED} * interval '1 ms'))
         else urls.due_at end,
       priority = greatest(urls.priority, excluded.priority),
       kind = case when urls.kind = 'auto' then excluded.kind else urls.kind end,
       facts = ${FACTS}
     where coalesce(excluded.depth_left, -1) > coalesce(urls.depth_left, -1)
        or (excluded.facts is not null and urls.facts is distinct from ${FACTS})
     returning capture_id as "captureId"`,
    [
      JSON.stringify(
        sorted.map((o) => ({
          id: o.id,
          url: o.url,
          host: o.host,
          source_id: o.sourceId,
          kind: o.kind,
          priority: o.priority,
          depth_left: o.depthLeft,
          redirects: o.redirects,
          facts: o.facts,
        })),
      ),
      from.now,
      from.foundOn,
    ],
  );
  const memberships = sorted.flatMap((o) =>
    o.crawls.map((c) => ({ crawl_id: c.crawlId, url_id: o.id, host: o.host, depth_left: c.depthLeft, seed: c.seed })),
  );
  const raised =
    memberships.length === 0
      ? []
      : await sql.query<{ captureId: CaptureId | null }>(
          `with joined as (
             insert into crawl_urls (crawl_id, url_id, host, depth_left, seed)
             select m.crawl_id, m.url_id, m.host, m.depth_left, m.seed
             from jsonb_to_recordset($1::jsonb) as m(crawl_id text, url_id text, host text, depth_left int, seed boolean)
             join crawls w on w.id = m.crawl_id and w.finished_at is null
             on conflict (crawl_id, url_id) do update set depth_left = excluded.depth_left
             where excluded.depth_left > crawl_urls.depth_left
             returning url_id, state
           )
           select u.capture_id as "captureId" from joined join urls u on u.id = joined.url_id where joined.state <> 'pending'`,
          [JSON.stringify(memberships)],
        );
  const again = [...deepened, ...raised].map((row) => row.captureId).filter((id) => id !== null);
  return [...new Set(again)];
}
