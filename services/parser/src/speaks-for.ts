/** Whose pages a capture may lead to: those of its own source, and whom a feed or sitemap rightly speaks for besides. */
import { hostOf, type ScopeCheck, scopeOf, sourceOf } from '@newsloom/frontier';
import type { Outlink } from '@newsloom/model';
import type { Offer, Reach } from '@newsloom/store';

/** The share of a feed's items that must be of one source for the feed to speak for it. */
const MAIN_SHARE = 0.5;
/** Hosts of that source taken up into a one-shot crawl. */
const MAX_HOSTS = 10;

/** What is known of the capture's address. */
export type Spoken = {
  url: string;
  /** The source whose robots.txt named it as a sitemap from another host. */
  site: string | undefined;
  /** The source a feed that was asked for by name writes about. */
  main: string | null;
};

/**
 * The scope of a capture. A sitemap that lies on another host because robots.txt says so (sitemaps.org, cross-submits)
 * speaks for that robots.txt's source alone; of its own host only further sitemaps are followed.
 *
 * @param settings the scope set for the source.
 */
export function scopeFor({ url, site, main }: Spoken, settings: Parameters<typeof scopeOf>[0]): ScopeCheck {
  const own = sourceOf(url);
  if (site === undefined || site === own) return scopeOf(settings, main === null ? [own] : [own, main]);
  const scope = scopeOf(settings, [site]);
  return (address, role, depth) =>
    role === 'list' && sourceOf(address) === own
      ? { in: true, rule: 'it is part of a sitemap that robots.txt names' }
      : scope(address, role, depth);
}

/** The source most items of a feed belong to: feeds are often served from another domain than the site. */
export function mainSource(links: readonly Outlink[]): string | null {
  const counts = new Map<string, number>();
  let items = 0;
  for (const { url, rel } of links) {
    if (rel !== 'item' || !URL.canParse(url)) continue;
    items++;
    const source = sourceOf(url);
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] > items * MAIN_SHARE ? most[0] : null;
}

/** The hosts of a source that items of a feed lie on, and that these crawls do not cover yet. */
export function hostsToAdd(links: readonly Outlink[], main: string, { scope }: Reach['crawls'][number]): string[] {
  if (scope.hosts.length === 0) return [];
  const hosts = links.flatMap(({ url, rel }) =>
    rel === 'item' && URL.canParse(url) && sourceOf(url) === main ? [hostOf(url)] : [],
  );
  return [...new Set(hosts)].filter((host) => !scope.hosts.includes(host)).slice(0, MAX_HOSTS);
}

/** Lets the parts of a sitemap that speaks for another source do the same. */
export function passOn(offers: Offer[], site: string | undefined): Offer[] {
  if (site === undefined) return offers;
  return offers.map((offer) => (offer.kind === 'sitemap' ? { ...offer, facts: { ...offer.facts, site } } : offer));
}
