/** What a fetch itself offers to the frontier: where a redirect leads, and the sitemaps robots.txt names. */
import { type Attempt, canonicalize, crawlCovers, hostOf, sourceOf, trapOf } from '@newsloom/frontier';
import { urlIdOf } from '@newsloom/model';
import type { FrontierUrl, Offer, Reach } from '@newsloom/store';

/** An offer, and the crawls whose scope grows by its host; or why the redirect is not followed. */
export type Redirect = { offer: Offer | null; widen: string[]; attempt: Attempt };

/**
 * Says what a redirect means, after at most `maxRedirects` in a row.
 * @param within whether an address belongs to the URL's source
 */
export function redirectOffer(
  url: FrontierUrl,
  reach: Reach,
  target: string,
  maxRedirects: number,
  within: (target: string) => boolean = (it) => sourceOf(it) === sourceOf(url.url),
): Redirect {
  const refused = (note: 'too-many-redirects' | 'out-of-scope' | 'trap'): Redirect => ({
    offer: null,
    widen: [],
    attempt: { kind: 'refused', note },
  });
  if (trapOf(target) !== null) return refused('trap');
  if (url.redirects >= maxRedirects) return refused('too-many-redirects');
  // Where a seed redirects is what was meant by it; elsewhere a redirect must stay in scope.
  const depthLeft = reach.depthLeft !== null && (url.isSeed || within(target)) ? reach.depthLeft : null;
  const crawls = reach.crawls.filter((crawl) => crawl.seed || crawlCovers(crawl.scope, target));
  if (depthLeft === null && crawls.length === 0) return refused('out-of-scope');
  return {
    offer: {
      id: urlIdOf(target),
      url: target,
      host: hostOf(target),
      sourceId: url.sourceId,
      kind: url.kind,
      priority: url.priority,
      depthLeft,
      redirects: url.redirects + 1,
      facts: url.facts,
      crawls: crawls.map(({ crawlId, depthLeft, seed }) => ({ crawlId, depthLeft, seed })),
    },
    widen: crawls.filter((crawl) => crawl.seed).map((crawl) => crawl.crawlId),
    attempt: { kind: 'response', status: 301, moved: true },
  };
}

/** Sitemaps taken of one robots.txt; large sites name some dozens. */
const MOST_SITEMAPS = 100;

/** The sitemaps that robots.txt names, when the home page of a host is followed. They cost no hop. */
export function sitemapOffers(url: FrontierUrl, reach: Reach, sitemaps: readonly string[]): Offer[] {
  const crawls = reach.crawls.filter((crawl) => crawl.depthLeft > 0 && crawl.seed);
  const depthLeft = (reach.depthLeft ?? 0) > 0 ? reach.depthLeft : null;
  const { pathname, search } = new URL(url.url);
  if (pathname !== '/' || search !== '' || (crawls.length === 0 && depthLeft === null)) return [];
  return sitemaps
    .map((sitemap) => canonicalize(sitemap, url.url))
    .filter((sitemap) => sitemap !== null)
    .slice(0, MOST_SITEMAPS)
    .map((sitemap) => ({
      id: urlIdOf(sitemap),
      url: sitemap,
      host: hostOf(sitemap),
      sourceId: url.sourceId,
      kind: 'sitemap',
      priority: url.priority,
      depthLeft,
      redirects: 0,
      // On another host it speaks for this source, and for no other (sitemaps.org, cross-submits).
      facts: sourceOf(sitemap) === sourceOf(url.url) ? null : { site: sourceOf(url.url) },
      crawls: crawls.map(({ crawlId, depthLeft }) => ({ crawlId, depthLeft, seed: false })),
    }));
}
