/** Bytes to article and links, pure: pages, plain-text documents, feeds and sitemaps. */
export { browserReason } from './browser-reason.ts';
export { type Decoded, decode } from './charset/charset.ts';
export { charsetOfBom, charsetOfMeta } from './charset/charset-declared.ts';
export { type FoundDate, findDates, findMonth } from './date/date-text.ts';
export { type ExplainedBlock, type ExplainedPage, explainPage } from './explain.ts';
export { readFeedDate } from './feed/feed-date.ts';
export type {
  Feed,
  FeedCategory,
  FeedEnclosure,
  FeedImage,
  FeedItem,
  FeedLink,
  FeedPerson,
  FeedText,
} from './feed/feed-types.ts';
export { type FeedContext, feedBytes, parseFeed } from './feed/read-feed.ts';
export { addressOf, feedLinks, MAX_FEED_ITEMS, type ReadFeed, readFeed } from './feed.ts';
export { noticeFeeds } from './feed-anchors.ts';
export { withFeedFacts } from './feed-facts.ts';
export { detectLanguage, type LanguageGuess } from './language/language.ts';
export { readListing } from './listing.ts';
export { type ReadContext, readDecodedPage, readPage } from './page.ts';
export { type FollowedSeed, writeOpml } from './seed-list/opml.ts';
export {
  type ListFault,
  readSeedList,
  readSeedListText,
  type SeedFields,
  type SeedList,
} from './seed-list/read-list.ts';
export { type ReadSitemap, readSitemap, type SitemapLink } from './sitemap.ts';
export { escapeHtml, toHtml } from './structure/html.ts';
export { toMarkdown } from './structure/markdown.ts';
export { plainParts } from './structure/parts.ts';
export { readText } from './text-document.ts';
export { PARSER_VERSION } from './version.ts';
