/** When a URL may be claimed, as pieces of SQL: $1 is now, $4 the one-shot crawl this process works for, if any. */

import type { UrlId } from '@newsloom/model';

/** A URL that may be fetched now, or in `delayMs`. */
export type Claim = { urlId: UrlId; host: string; delayMs: number };

/** Due by itself, or pending in the one crawl. */
export type DueMode = 'standing' | 'crawl';

export const dueMode = (crawlId: string | null): DueMode => (crawlId === null ? 'standing' : 'crawl');

/** Stands behind the id in `hosts.busy_by` while a job has the URL in hand. */
export const IN_HAND = '/in-hand';

/**
 * The next due URL of a host, locked: a URL that somebody dealt with since the statement began is passed over. No URL
 * has a lease of its own; its host's covers it.
 * @param host SQL for the host
 * @param but SQL for the id of a URL that is not meant
 */
export const nextOf = (mode: DueMode, host: string, but?: string): string =>
  mode === 'standing'
    ? `select u.id from urls u where u.host = ${host} and u.due_at <= $1${but ? ` and u.id <> ${but}` : ''}
       order by u.priority desc, u.due_at limit 1 for update of u skip locked`
    : `select c.url_id as id from crawl_urls c
       where c.crawl_id = $4 and c.state = 'pending' and c.host = ${host} and c.not_before <= $1${but ? ` and c.url_id <> ${but}` : ''}
       order by c.not_before, c.depth_left desc, c.seq limit 1 for update of c skip locked`;

/**
 * When the next URL of a host is due by itself, or null: the first of each priority, found one by one in the index.
 * @param host SQL for the host
 */
export const nextDueOf = (host: string): string => `(with recursive first as (
    (select u.priority, u.due_at from urls u where u.host = ${host} and u.due_at is not null
     order by u.priority desc, u.due_at limit 1)
    union all
    select f.priority, f.due_at from first cross join lateral (
      select u.priority, u.due_at from urls u
      where u.host = ${host} and u.due_at is not null and u.priority < first.priority
      order by u.priority desc, u.due_at limit 1) f
  ) select min(due_at) from first)`;

/**
 * The hosts of a one-shot crawl with something pending, and when their first URL may be tried: one probe a host.
 * @param crawl SQL for the crawl's id
 */
export const crawlHosts = (crawl: string): string => `with recursive waiting as (
    (select c.host, c.not_before from crawl_urls c where c.crawl_id = ${crawl} and c.state = 'pending'
     order by c.host, c.not_before limit 1)
    union all
    select n.host, n.not_before from waiting cross join lateral (
      select c.host, c.not_before from crawl_urls c
      where c.crawl_id = ${crawl} and c.state = 'pending' and c.host > waiting.host
      order by c.host, c.not_before limit 1) n
  )`;
