/** Reads a feed out of bytes, whatever it is written in. */
import { gunzipSync } from 'node:zlib';
import { decode } from '../charset/charset.ts';
import { charsetName, charsetOfContentType } from '../charset/charset-declared.ts';
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
  /** Leaves out bodies, which cost the most: for those who only want the links. */
  brief?: boolean;
};

/** Bytes read of one feed; items beyond are left out. */
export const MAX_FEED_BYTES = 50 * 1024 * 1024;

/** The bytes of a feed that may be compressed by gzip; what cannot be decompressed within bounds stays as it is. */
export function feedBytes(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_FEED_BYTES });
  } catch {
    return bytes;
  }
}

/** Reads a feed out of bytes; null when they hold none. Never throws for what the bytes hold. */
export function parseFeed(bytes: Uint8Array, context: FeedContext): Feed | null {
  const taken = bytes.subarray(0, MAX_FEED_BYTES);
  const { text, charset } = decode(taken, context.contentType);
  const feed = parseFeedText(text, context, charset);
  if (!feed) return null;
  const faults = charsetFaults(taken, text, charset, context.contentType);
  return { ...feed, faults: [...feed.faults, ...faults], cut: feed.cut || bytes.length > MAX_FEED_BYTES };
}

/** What is wrong between the charset that is declared and the one the bytes are in. */
function charsetFaults(bytes: Uint8Array, text: string, charset: string, contentType?: string | null): string[] {
  const faults: string[] = [];
  const label = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/.exec(text.slice(0, 200))?.[1];
  const declared = label === undefined ? null : charsetName(label);
  if (label !== undefined && declared === null && charset !== 'utf-32le' && charset !== 'utf-32be')
    faults.push(`charset ${label.slice(0, 40)} is not known`);
  const isAscii = !/[^\p{ASCII}]/u.test(text);
  const stated = charsetOfContentType(contentType) ?? declared ?? 'utf-8';
  if (!isAscii && !charset.startsWith('utf-') && stated !== charset)
    faults.push(`the charset is ${charset}, not ${stated}`);
  if (!isAscii && text.includes('\ufffd') && !hasReplacement(bytes))
    faults.push('some bytes are no characters of the charset');
  return faults;
}

/** Whether the bytes spell U+FFFD themselves. */
const hasReplacement = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('\ufffd');

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
