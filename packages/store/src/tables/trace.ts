/** Where a URL is and why: all facts about it, in the order of its way through the system. */
import type { UrlId } from '@newsloom/model';
import type { Database, Row } from '../database.ts';
import { IN_HAND } from './due.ts';

export type Trace = {
  url: Row;
  seed: Row | null;
  host: Row | null;
  fetches: Row[];
  captures: Row[];
  document: Row | null;
  /** The source's budget of requests a day, where it has one: `perDay`, and what was used on its last `day` (UTC). */
  budget?: Row | null;
  /** Renderings in a browser, newest first. */
  renders: Row[];
  /** One-shot crawls that the URL belongs to, newest first. */
  crawls: Row[];
  foundOn: string | null;
  movedTo: string | null;
};

export function traceTable(database: Database) {
  const one = async (text: string, values: unknown[]): Promise<Row | null> =>
    (await database.query(text, values))[0] ?? null;
  return async (urlId: UrlId): Promise<Trace | null> => {
    const url = await one(
      `select id, url, host, source_id as "sourceId", kind, priority, depth_left as "depthLeft", due_at as "dueAt",
         (select h.busy_until from hosts h where h.host = urls.host and h.busy_by in (urls.id, urls.id || '${IN_HAND}')) as "leaseUntil", verdict, note, status, failures, created_at as "createdAt", fetched_at as "fetchedAt",
         changed_at as "changedAt", document_id as "documentId", capture_id as "captureId", found_on as "foundOn", moved_to as "movedTo",
         watch, article_at as "articleAt", every_ms::float8 as "everyMs"
       from urls where id = $1`,
      [urlId],
    );
    if (!url) return null;
    const urlOf = async (id: unknown) =>
      id ? ((await one('select url from urls where id = $1', [id]))?.url as string) : null;
    return {
      url,
      seed: await one(
        'select kind, priority, depth, tags, asked, created_at as "createdAt" from seeds where url_id = $1',
        [urlId],
      ),
      host: await one(
        `select host, case when isfinite(slot_at) then slot_at end as "slotAt", case when isfinite(resting_until) then resting_until end as "restingUntil",
           case when isfinite(busy_until) then busy_until end as "busyUntil", (select facts->>'policy' from robots_files r
             where r.host = hosts.host order by r.fetched_at desc limit 1) as "robotsPolicy"
         from hosts where host = $1`,
        [url.host],
      ),
      fetches: await database.query(
        `select started_at as "startedAt", took_ms as "tookMs", status, verdict, note, wire_bytes as "wireBytes"
         from fetches where url_id = $1 order by id desc limit 20`,
        [urlId],
      ),
      captures: await database.query(
        `select id, status, digest, fetched_at as "fetchedAt", parsed, note, parser_version as "parserVersion", directives, kept,
           rendered
         from captures where url_id = $1 order by fetched_at desc limit 20`,
        [urlId],
      ),
      document: await one(
        `select id, title, date, lang, version, story_id as "storyId", enriched_at as "enrichedAt", clustered_at as "clusteredAt", failed, gone_at as "goneAt"
         from documents where id = $1`,
        [url.documentId],
      ),
      budget: await one(
        `select (s.settings->>'perDay')::int as "perDay", to_char(d.day, 'YYYY-MM-DD') as day, d.used
         from sources s left join source_days d on d.source_id = s.id and d.what = 'request'
         where s.id = $1 and s.settings ? 'perDay' order by d.day desc nulls last limit 1`,
        [url.sourceId],
      ),
      renders: await database.query(
        `select state, reason, note, asked_at as "askedAt", ended_at as "endedAt", took_ms as "tookMs", requests, refused,
           bytes from renders where url_id = $1 order by id desc limit 5`,
        [urlId],
      ),
      crawls: await database.query(
        `select c.crawl_id as "crawlId", c.state, c.tries, case when isfinite(c.not_before) then c.not_before end as "notBefore",
           c.reason, c.status, c.ended_at as "endedAt"
         from crawl_urls c join crawls w on w.id = c.crawl_id where c.url_id = $1 order by w.created_at desc limit 5`,
        [urlId],
      ),
      foundOn: await urlOf(url.foundOn),
      movedTo: await urlOf(url.movedTo),
    };
  };
}
