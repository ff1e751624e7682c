/** When a URL may be claimed, as pieces of SQL: $1 is now, $4 the one-shot crawl this process works for, if any. */

import type { UrlId } from '@newsloom/model';

/** A URL that may be fetched now, or in `delayMs`. */
export type Claim = { urlId: UrlId; host: string; delayMs: number };

/** Due by itself, or pending in the one crawl. */
export type DueMode = 'standing' | 'crawl';

export const dueMode = (crawlId: string | null): DueMode => (crawlId === null ? 'standing' : 'crawl');

export const UNLEASED = '(u.lease_until is null or u.lease_until <= $1)';
export const DUE = { standing: 'u.due_at <= $1', crawl: "c.state = 'pending' and c.not_before <= $1" };
export const FROM = { standing: 'urls u', crawl: 'crawl_urls c join urls u on u.id = c.url_id and c.crawl_id = $4' };
export const ORDER = {
  standing: 'u.priority desc, u.due_at',
  crawl: 'c.tries, c.depth_left desc, u.priority desc, u.created_at, u.id',
};
