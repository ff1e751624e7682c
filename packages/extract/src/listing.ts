/** Tells feeds and sitemaps by their content where a server calls them plain text. */
import type { ReadPage } from '@newsloom/model';
import { decode } from './charset.ts';
import { readFeedText } from './feed.ts';
import { gunzipped, readSitemapText } from './sitemap.ts';

/** Characters looked at. */
const START = 3_000;
const ROOT = /<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]/i;

/**
 * Reads a feed or sitemap served as plain text.
 *
 * @returns null for any other text.
 */
export function readListing(
  bytes: Uint8Array,
  { url, contentType }: { url: string; contentType?: string | null },
): ReadPage | null {
  const plain = gunzipped(bytes);
  if (!plain) return null;
  const { text, charset } = decode(plain, contentType);
  const start = text.slice(0, START);
  const isXml = /^\s*</.test(start) && ROOT.test(start);
  const isJson = /^\s*\{/.test(start) && /jsonfeed\.org\/version/.test(start);
  const isList = /^\s*https?:\/\/\S+\s*(?:\n|$)/i.test(start);
  if (!isXml && !isJson && !isList) return null;
  const read = readFeedOrSitemap(
    text,
    url,
    charset,
    isXml ? (ROOT.exec(start)?.[1] ?? '') : isJson ? 'feed' : 'urlset',
  );
  return (
    read && {
      kind: read.kind,
      charset,
      canonicalUrl: null,
      robots: [],
      links: read.links,
      article: null,
      note: read.kind,
    }
  );
}

const readFeedOrSitemap = (text: string, url: string, charset: string, root: string) =>
  /^(?:urlset|sitemapindex)$/i.test(root) ? readSitemapText(text, url, charset) : readFeedText(text, url, charset);
