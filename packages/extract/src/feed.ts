/** Turns a feed into what the frontier needs: the addresses of its items, each with what the feed says about it. */
import type { FeedFacts, Outlink } from '@newsloom/model';
import { splitNames } from './author/names.ts';
import { plainLine } from './feed/feed-text.ts';
import type { Feed, FeedItem } from './feed/feed-types.ts';
import { type FeedContext, parseFeed, parseFeedText } from './feed/read-feed.ts';
import { absoluteUrl } from './words.ts';

export { MAX_FEED_ITEMS } from './feed/xml-feed.ts';

/** A feed as the frontier sees it. */
export type ReadFeed = {
  kind: 'feed';
  format: Feed['format'];
  title: string | null;
  /** Language as the feed states it, primary subtag. */
  lang: string | null;
  /** The site the feed belongs to. */
  siteUrl: string | null;
  /** WebSub hubs. */
  hubs: string[];
  /** Items as links of rel `item`, in order, each address once; the page with older items as rel `next`. */
  links: Outlink[];
  charset: string;
};

/** Reads a feed out of bytes; null when they hold none. */
export function readFeed(bytes: Uint8Array, context: FeedContext): ReadFeed | null {
  const feed = parseFeed(bytes, { ...context, brief: true });
  return feed && feedLinks(feed);
}

/** Reads a decoded feed; null when the text is none. */
export function readFeedText(text: string, url: string, charset: string): ReadFeed | null {
  const feed = parseFeedText(text, { url, brief: true }, charset);
  return feed && feedLinks(feed);
}

/** The links of a feed that was read. Items without a page of their own are left out: there is nothing to fetch. */
export function feedLinks(feed: Feed): ReadFeed {
  const links: Outlink[] = [];
  const seen = new Set<string>();
  for (const item of feed.items) {
    const url = addressOf(item);
    if (url === null || seen.has(url)) continue;
    seen.add(url);
    links.push({ url, text: item.title ?? '', rel: 'item', facts: factsOf(item) });
  }
  if (feed.next !== null) links.push({ url: feed.next, text: '', rel: 'next' });
  return {
    kind: 'feed',
    format: feed.format,
    title: feed.title,
    lang: primaryLanguage(feed.language),
    siteUrl: feed.link,
    hubs: feed.hubs,
    links,
    charset: feed.charset,
  };
}

/** The page of an item, or null; where it names none, a lasting name that is an address will do, whatever is said of it. */
export function addressOf({ link, id }: FeedItem): string | null {
  const given = link ?? (id !== null && /^https?:\/\//i.test(id) ? id : null);
  return given === null ? null : absoluteUrl(given, given);
}

const primaryLanguage = (tag: string | null): string | null =>
  /^[a-z]{2,3}(?=$|-)/.exec(tag?.toLowerCase() ?? '')?.[0] ?? null;

/** A time of a feed or sitemap as ISO 8601 in UTC; null for a day alone, which is no reason to look again. */
export function changedAt(date: string | null | undefined): string | null {
  if (!date?.includes('T')) return null;
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(date) ? date : `${date}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Longest texts that travel with an address, in characters. */
const MAX_TITLE = 500;
const MAX_GUID = 500;
const MAX_SUMMARY = 600;
const MAX_TAGS = 20;
const MAX_NAMES = 20;

/** What a feed says about an item, as it travels with the item's address. */
export function factsOf(item: FeedItem): FeedFacts {
  const facts: FeedFacts = {};
  if (item.title !== null) facts.title = item.title.slice(0, MAX_TITLE);
  if (item.published !== null) facts.date = item.published;
  const names = new Set(item.authors.flatMap(({ name }) => (name === null ? [] : splitNames(name, null).names)));
  if (names.size > 0) facts.authors = [...names].slice(0, MAX_NAMES);
  if (item.id !== null) facts.guid = item.id.slice(0, MAX_GUID);
  const summary = plainLine(item.summaryDetail);
  // Some feeds put the whole article where the summary belongs.
  if (summary !== null && summary.length <= MAX_SUMMARY && summary !== facts.title) facts.summary = summary;
  const tags = new Set(item.categories.map(({ term, label }) => label ?? term).filter((tag) => tag.length <= 80));
  if (tags.size > 0) facts.tags = [...tags].slice(0, MAX_TAGS);
  const lang = primaryLanguage(item.language);
  if (lang !== null) facts.lang = lang;
  if (item.image !== null && /^https?:/.test(item.image.url)) facts.image = item.image.url;
  const changed = item.updated === item.published ? null : changedAt(item.updated);
  if (changed !== null) facts.changed = changed;
  return facts;
}
