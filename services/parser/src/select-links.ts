/** Which links of a page are offered to the frontier, for whom, and how many hops further. */
import { canonicalize, crawlCovers, hostOf, type ScopeCheck } from '@newsloom/frontier';
import type { Outlink, PageKind, SourceId, UrlKind } from '@newsloom/model';
import { urlIdOf } from '@newsloom/model';
import type { Offer, Reach } from '@newsloom/store';
import type { Trap, TrapBook } from './trap-book.ts';

/** Links taken from one page: a feed or sitemap may carry tens of thousands, of which the first are the newest. */
const MOST_LINKS = 5_000;
/** Files that hold no article, by their ending. */
const NO_TEXT =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|css|m?js|json|map|woff2?|ttf|eot|mp[34g]|m4[av]|webm|ogg|wav|avi|mov|flv|pdf|docx?|xlsx?|pptx?|zip|rar|7z|t?gz|bz2|exe|dmg|apk|iso)$/i;

export type LinksPage = {
  url: string;
  sourceId: SourceId;
  kind: PageKind;
  links: readonly Outlink[];
  /** Directives of meta robots and X-Robots-Tag. */
  robots: readonly string[];
};

/** A link that is followed no further, and why. */
export type LeftLink = { url: string; reason: string };
/** One that looks like one of endlessly many. */
export type TrappedLink = LeftLink & Trap;

/**
 * Chooses the links of a page that somebody follows. A link costs one hop; the feeds and sitemaps a page declares cost
 * none, since only their items are pages.
 * @param scope what belongs to the page's source; what does not is left out, each address once
 * @param traps which links are traps; they are left out too
 */
export function selectLinks(
  page: LinksPage,
  reach: Reach,
  priority: number,
  scope: ScopeCheck,
  traps: Pick<TrapBook, 'trapOf'>,
): { offers: Offer[]; left: LeftLink[]; trapped: TrappedLink[] } {
  const standing = reach.depthLeft ?? 0;
  const crawls = reach.crawls.filter((crawl) => crawl.depthLeft > 0);
  const none = { offers: [], left: [], trapped: [] };
  if (standing <= 0 && crawls.length === 0) return none;
  if (page.robots.includes('nofollow') || page.robots.includes('none')) return none;

  const here = canonicalize(page.url);
  const offers = new Map<string, Offer>();
  const left = new Map<string, LeftLink>();
  const trapped = new Map<string, TrappedLink>();
  for (const link of page.links) {
    if (offers.size >= MOST_LINKS) break;
    const declared = link.rel === 'feed' || link.rel === 'sitemap';
    // Article pages declare the feed of their own comments.
    if (declared && page.kind === 'article') continue;
    const url = link.nofollow ? null : canonicalize(link.url, page.url);
    if (!url || url === here || (!declared && NO_TEXT.test(new URL(url).pathname))) continue;

    const cost = declared ? 0 : 1;
    const within = standing > 0 ? scope(url, declared ? 'list' : 'link') : null;
    if (within && !within.in && !left.has(url)) left.set(url, { url, reason: within.reason });
    const followed = within?.in ? standing - cost : null;
    const joined = crawls
      .filter((crawl) => crawlCovers(crawl.scope, url))
      .map((crawl) => ({ crawlId: crawl.crawlId, depthLeft: crawl.depthLeft - cost, seed: false }));
    if (followed === null && joined.length === 0) continue;
    const trap = traps.trapOf(url, declared || link.rel === 'item');
    if (trap) {
      trapped.set(url, { url, ...trap });
      continue;
    }

    const known = offers.get(url);
    if (known && (known.facts || !link.facts) && (known.depthLeft ?? -1) >= (followed ?? -1)) continue;
    offers.set(url, {
      id: urlIdOf(url),
      url,
      host: hostOf(url),
      sourceId: page.sourceId,
      kind: kindOf(link),
      priority,
      depthLeft: followed,
      redirects: 0,
      facts: link.facts ?? known?.facts ?? null,
      crawls: joined,
    });
  }
  return { offers: [...offers.values()], left: [...left.values()], trapped: [...trapped.values()] };
}

const kindOf = (link: Outlink): UrlKind => (link.rel === 'feed' || link.rel === 'sitemap' ? link.rel : 'auto');
