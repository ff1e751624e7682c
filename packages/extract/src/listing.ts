/** Tells feeds and sitemaps by their content, whatever their server calls them. */
import type { ReadPage } from '@newsloom/model';
import { decode } from './charset/charset.ts';
import { readFeedText } from './feed.ts';
import { gunzipped, readSitemapText } from './sitemap.ts';

/** Bytes of the start that are looked at before anything is decoded. */
const START = 4_096;
const ROOT = /<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]/i;
/** What may stand before the root: declarations, instructions, comments, a document type with its own entities. */
const PROLOG = /^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)/i;
const NAME = /^<(?:[\w-]+:)?([\w-]+)/;

/**
 * Reads a feed or sitemap. Costs next to nothing for anything else.
 *
 * @param context `isPlain` where the server calls it plain text: then a list of addresses is a sitemap.
 * @returns null for anything else.
 */
export function readListing(
  bytes: Uint8Array,
  { url, contentType, isPlain = false }: { url: string; contentType?: string | null; isPlain?: boolean },
): ReadPage | null {
  const plain = gunzipped(bytes);
  if (!plain) return null;
  const head = Buffer.from(plain.buffer, plain.byteOffset, Math.min(START, plain.length)).toString('latin1');
  const isList = isPlain && /^[^a-z<{]{0,4}https?:\/\/\S+\s*$/im.test(head);
  if (!ROOT.test(head.replaceAll('\0', '')) && !/jsonfeed\.org\/version/.test(head) && !isList) return null;

  const { text, charset } = decode(plain, contentType);
  const root = rootOf(text);
  const read =
    root === 'urlset' || root === 'sitemapindex' || (root === null && isList && !/^\s*\{/.test(text))
      ? readSitemapText(text, url, charset)
      : root !== null || /^\s*\{/.test(text)
        ? readFeedText(text, url, charset)
        : null;
  if (!read) return null;
  return {
    kind: read.kind,
    charset,
    canonicalUrl: null,
    robots: [],
    links: read.links,
    article: null,
    note: read.kind,
  };
}

/** The local name of the root where it is that of a feed or sitemap, else null. */
function rootOf(text: string): string | null {
  let rest = text.slice(0, 100_000);
  for (let step = PROLOG.exec(rest); step && step[0] !== ''; step = PROLOG.exec(rest))
    rest = rest.slice(step[0].length);
  const name = NAME.exec(rest)?.[1]?.toLowerCase() ?? '';
  return /^(?:rss|feed|rdf|urlset|sitemapindex)$/.test(name) ? name : null;
}
