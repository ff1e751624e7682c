/** Bytes to article and links, pure: pages, plain-text documents, feeds and sitemaps. */
export { type Decoded, decode } from './charset.ts';
export { type FoundDate, findDates, findMonth } from './date-text.ts';
export { MAX_FEED_ITEMS, type ReadFeed, readFeed } from './feed.ts';
export { detectLanguage, type LanguageGuess } from './language.ts';
export { type ReadContext, readDecodedPage, readPage } from './page.ts';
export { type ReadSitemap, readSitemap, type SitemapLink } from './sitemap.ts';
export { readText } from './text-document.ts';
export { PARSER_VERSION } from './version.ts';
