/** Notices the feeds and sitemaps that a page links to without declaring them. */
import type { Outlink, ReadPage } from '@newsloom/model';

/** Feeds taken of one page by their anchors; a page of feeds has one for each section. */
const MAX_ANCHORS = 100;
/** The last part of a path, or a part of it, that feeds have: `/rss`, `/feed/`, `/rss/home.rss`, `/atom.xml`, `/index.rdf`. */
const FEED_PATH =
  /\/(?:rss|feeds?|atom)(?:2|\d\.\d)?(?:\/|$)|\.(?:rss|atom|rdf)$|\/(?:rss|feed|atom|index|news)[\w-]*\.(?:xml|json)$/i;
const FEED_QUERY = /[?&](?:feed=(?:rss2?|atom|rdf)|format=(?:rss|atom)|type=(?:rss|atom)|rss=1)\b/i;
const SITEMAP_PATH = /\/sitemap[\w.-]*\.(?:xml|txt)(?:\.gz)?$/i;
/** What such an anchor says; an address alone may be that of an article about feeds. */
const FEED_WORDS = /^(?:.{0,40}\b)?(?:rss|atom|feeds?|xml)\b/i;

/**
 * Gives links that lead to feeds and sitemaps that relation, so that their items count as found on this page. Pages that
 * are articles keep theirs: such links there are to the feed of the comments.
 */
export function noticeFeeds(page: ReadPage): ReadPage {
  if (page.kind !== 'front' && page.kind !== 'other') return page;
  let left = MAX_ANCHORS;
  let noticed = false;
  const links = page.links.map((link): Outlink => {
    const rel = left > 0 && link.rel === 'link' ? relationOf(link) : null;
    if (!rel) return link;
    left--;
    noticed = true;
    return { ...link, rel };
  });
  return noticed ? { ...page, links } : page;
}

/** What a plain link leads to by its address and words; null for a page. */
function relationOf({ url, text }: Outlink): 'feed' | 'sitemap' | null {
  if (!URL.canParse(url)) return null;
  const { pathname, search } = new URL(url);
  if (SITEMAP_PATH.test(pathname)) return 'sitemap';
  // A file's ending is enough; a folder's name needs a word beside it, or no word at all, as a picture has.
  const byEnding = /\.(?:rss|atom|rdf|xml|json)$/i.test(pathname) && FEED_PATH.test(pathname);
  if (byEnding || FEED_QUERY.test(search)) return 'feed';
  return FEED_PATH.test(pathname) && (text === '' || FEED_WORDS.test(text)) ? 'feed' : null;
}
