/** Reads a feed out of bytes, whatever it is written in. */
import { decode } from '../charset.ts';
import type { Feed } from './feed-types.ts';
import { readJsonFeed } from './json-feed.ts';
import { languageTag, type Scope, webAddress } from './scope.ts';
import { readXmlFeed } from './xml-feed.ts';

/** What is known about the bytes from outside. */
export type FeedContext = {
  url: string;
  contentType?: string | null;
  /** The Content-Location header: what relative addresses count from (RFC 9110, 8.7). */
  contentLocation?: string | null;
  /** The Content-Language header: the language where the feed names none. */
  contentLanguage?: string | null;
  /** Leaves out summaries and bodies, which cost the most: for those who only want the links. */
  brief?: boolean;
};

/** Bytes read of one feed; items beyond are left out. */
export const MAX_FEED_BYTES = 50 * 1024 * 1024;

/** Reads a feed out of bytes; null when they hold none. Never throws for what the bytes hold. */
export function parseFeed(bytes: Uint8Array, context: FeedContext): Feed | null {
  const { text, charset } = decode(bytes.subarray(0, MAX_FEED_BYTES), context.contentType);
  const feed = parseFeedText(text, context, charset);
  return feed && bytes.length > MAX_FEED_BYTES ? { ...feed, cut: true } : feed;
}

/** Reads a decoded feed; null when the text is none. */
export function parseFeedText(text: string, context: FeedContext, charset: string): Feed | null {
  const scope: Scope = {
    base: webAddress(context.contentLocation, context.url) ?? context.url.trim(),
    language: languageTag(context.contentLanguage?.split(',')[0]),
    given: false,
  };
  const feed = /^\s*\{/.test(text)
    ? readJsonFeed(text, scope)
    : readXmlFeed(text, { ...scope, brief: context.brief ?? false });
  return feed ? { ...feed, charset } : null;
}
