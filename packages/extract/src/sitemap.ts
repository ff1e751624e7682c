/** Reads sitemaps: index, url set, news and text sitemaps, gzip included (sitemaps.org 0.9). */
import { gunzipSync } from 'node:zlib';
import type { FeedFacts, Outlink } from '@newsloom/model';
import { Element } from 'domhandler';
import { decode } from './charset.ts';
import { readMachineDate } from './date-machine.ts';
import { type ReadFeed, readFeedText } from './feed.ts';
import { absoluteUrl, oneLine } from './words.ts';
import { childrenOf, loadXml, localName, plainField, xmlText } from './xml.ts';

/** A sitemap that was read. */
export type ReadSitemap = {
  kind: 'sitemap';
  format: 'index' | 'urlset' | 'text' | 'feed';
  title: string | null;
  /** Rel `sitemap` for the children of an index, `item` for pages. */
  links: SitemapLink[];
  charset: string;
};

/** A link of a sitemap with the time its target changed, as the sitemap states it. */
export type SitemapLink = Outlink & { lastModified?: string; priority?: number };

/** A sitemap may list 50,000 addresses in 50 MB (sitemaps.org). */
export const MAX_SITEMAP_LINKS = 50_000;
const MAX_SITEMAP_BYTES = 52_428_800;

/** Reads a sitemap out of bytes, gzip or not; null when they hold none. A feed serves as a sitemap. */
export function readSitemap(
  bytes: Uint8Array,
  context: { url: string; contentType?: string | null },
): ReadSitemap | null {
  const plain = gunzipped(bytes);
  if (!plain) return null;
  const { text, charset } = decode(plain, null);
  return readSitemapText(text, context.url, charset);
}

/** Undoes gzip where the bytes are gzip; null where that fails or grows beyond 50 MB. */
export function gunzipped(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_SITEMAP_BYTES });
  } catch {
    return null;
  }
}

/** Reads a decoded sitemap; null when the text is none. */
export function readSitemapText(text: string, url: string, charset: string): ReadSitemap | null {
  const start = text.slice(0, 2000);
  if (!/^\s*</.test(start)) return readTextSitemap(text, charset);
  const { $, root } = loadXml(text);
  if (!root) return null;
  const name = localName(root);
  if (name === 'rss' || name === 'feed' || name === 'rdf') {
    const feed: ReadFeed | null = readFeedText(text, url, charset);
    return feed ? { kind: 'sitemap', format: 'feed', title: feed.title, links: feed.links, charset } : null;
  }
  if (name !== 'urlset' && name !== 'sitemapindex') return null;
  const isIndex = name === 'sitemapindex';
  const links: SitemapLink[] = [];
  const seen = new Set<string>();
  for (const child of $(root).children().toArray()) {
    if (!(child instanceof Element) || links.length >= MAX_SITEMAP_LINKS) continue;
    const kind = localName(child);
    if (kind !== 'url' && kind !== 'sitemap') continue;
    const target = absoluteUrl(oneLine(xmlText(childrenOf(child, 'loc')[0])), url);
    if (!target || seen.has(target)) continue;
    seen.add(target);
    const link: SitemapLink = { url: target, text: '', rel: isIndex || kind === 'sitemap' ? 'sitemap' : 'item' };
    const changed = readMachineDate(oneLine(xmlText(childrenOf(child, 'lastmod')[0])), { lang: 'en' });
    if (changed) link.lastModified = changed.value;
    const priority = Number.parseFloat(xmlText(childrenOf(child, 'priority')[0]));
    if (!Number.isNaN(priority)) link.priority = priority;
    const news = childrenOf(child, 'news')[0];
    if (news) {
      const facts: FeedFacts = {};
      const title = plainField(childrenOf(news, 'title')[0]);
      const date = readMachineDate(oneLine(xmlText(childrenOf(news, 'publication_date')[0])), { lang: 'en' });
      if (title) {
        facts.title = title;
        link.text = title;
      }
      if (date) facts.date = date.value;
      link.facts = facts;
    }
    links.push(link);
  }
  return { kind: 'sitemap', format: isIndex ? 'index' : 'urlset', title: null, links, charset };
}

function readTextSitemap(text: string, charset: string): ReadSitemap | null {
  const links: SitemapLink[] = [];
  const lines = text.split(/\r?\n/);
  const seen = new Set<string>();
  for (const line of lines.slice(0, MAX_SITEMAP_LINKS)) {
    const trimmed = line.trim();
    if (!/^https?:\/\/\S+$/i.test(trimmed)) continue;
    const url = absoluteUrl(trimmed, trimmed);
    if (!url || seen.has(url)) continue;
    seen.add(url);
    links.push({ url, text: '', rel: 'item' });
  }
  return links.length > 0 && links.length * 2 > lines.filter((line) => line.trim() !== '').length
    ? { kind: 'sitemap', format: 'text', title: null, links, charset }
    : null;
}
