/** What a source's settings ask of one fetch: pure. */
import { type ScopeReason, scopeOf, type VisitBounds } from '@newsloom/frontier';
import type { SourceSettings } from '@newsloom/jobs';
import type { FrontierUrl } from '@newsloom/store';

/** Headers and limits of one fetch, beyond the general ones. */
export type SourceAsk = { headers: Record<string, string>; maxBodyBytes: number | null };

/** The headers and limits a source is asked with. Names are in lower case. */
export function askOf({ fetch = {} }: SourceSettings, userAgent: string): SourceAsk {
  return {
    headers: {
      ...fetch.headers,
      ...(fetch.acceptLanguage !== undefined && { 'accept-language': fetch.acceptLanguage }),
      ...(fetch.userAgentSuffix !== undefined && { 'user-agent': `${userAgent} ${fetch.userAgentSuffix}` }),
    },
    maxBodyBytes: fetch.maxBodyBytes ?? null,
  };
}

/** The bounds a source sets to its visits. */
export const boundsOf = ({ revisit }: SourceSettings): VisitBounds => ({
  floorMs: revisit?.floor,
  ceilingMs: revisit?.ceiling,
  articles: revisit?.articles,
});

/** Why a URL that was known before does not belong to its source by its settings of today; null where it does. */
export function scopeRefusal(url: FrontierUrl, { scope }: SourceSettings): ScopeReason | null {
  if (scope === undefined || url.isSeed) return null;
  const answer = scopeOf(scope, [])(url.url, url.kind === 'feed' || url.kind === 'sitemap' ? 'list' : 'link');
  return answer.in ? null : answer.reason;
}

/** The next midnight in UTC, when the budgets of a new day begin. */
export const nextDay = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
