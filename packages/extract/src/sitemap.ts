/** Reads sitemaps: index, url set, news, image and text sitemaps, gzip included (sitemaps.org 0.9). */
import { gunzipSync } from 'node:zlib';
import type { FeedFacts, Outlink } from '@newsloom/model';
import { splitNames } from './author/names.ts';
import { decode } from './charset/charset.ts';
import { readFeedDate } from './feed/feed-date.ts';
import { webAddress } from './feed/scope.ts';
import { changedAt, readFeedText } from './feed.ts';
import { oneLine } from './words.ts';
import { parseXml } from './xml/parse-xml.ts';
import { childOf, childrenOf, localName, textOf, type XmlElement } from './xml/xml-element.ts';

/** A sitemap that was read. */
export type ReadSitemap = {
  kind: 'sitemap';
  format: 'index' | 'urlset' | 'text' | 'feed';
  title: string | null;
  /** Rel `sitemap` for the children of an index, `item` for pages. */
  links: SitemapLink[];
  charset: string;
  /** Whether there were more links than are read. */
  cut: boolean;
};

/** How often a page changes, as its sitemap states it. */
export type ChangeFrequency = (typeof FREQUENCIES)[number];
const FREQUENCIES = ['always', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'never'] as const;

/** A link of a sitemap with what the sitemap states about its target. */
export type SitemapLink = Outlink & {
  /** When the target changed, ISO 8601. */
  lastModified?: string;
  /** 0 to 1, beside other pages of the same site. */
  priority?: number;
  changeFrequency?: ChangeFrequency;
  /** The same page in other languages. */
  alternates?: { url: string; language: string | null }[];
  /** Pictures on the page. */
  images?: string[];
};

/** A sitemap may list 50,000 addresses in 50 MB (sitemaps.org). */
export const MAX_SITEMAP_LINKS = 50_000;
const MAX_SITEMAP_BYTES = 52_428_800;
/** Alternates and pictures taken of one entry. */
const MAX_PARTS = 50;

/** Reads a sitemap out of bytes, gzip or not; null when they hold none. A feed serves as a sitemap. */
export function readSitemap(
  bytes: Uint8Array,
  context: { url: string; contentType?: string | null },
): ReadSitemap | null {
  const plain = gunzipped(bytes);
  if (!plain) return null;
  const { text, charset } = decode(plain.subarray(0, MAX_SITEMAP_BYTES), null);
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
  if (!/^\s*</.test(text.slice(0, 2000))) return readTextSitemap(text, charset);
  let entries = 0;
  const { root, cut } = parseXml(text, {
    enough: ({ key }) => /(?:^|:)(?:url|sitemap)$/.test(key) && ++entries > MAX_SITEMAP_LINKS,
  });
  if (!root) return null;
  const name = localName(root.key);
  if (name === 'rss' || name === 'feed' || name === 'rdf') {
    const feed = readFeedText(text, url, charset);
    return feed ? { kind: 'sitemap', format: 'feed', title: feed.title, links: feed.links, charset, cut } : null;
  }
  if (name !== 'urlset' && name !== 'sitemapindex') return null;
  const links = new Map<string, SitemapLink>();
  for (const child of root.children) {
    const kind = typeof child === 'string' ? '' : localName(child.key);
    if (typeof child === 'string' || (kind !== 'url' && kind !== 'sitemap') || links.size >= MAX_SITEMAP_LINKS)
      continue;
    const link = readEntry(child, url, name === 'sitemapindex' || kind === 'sitemap' ? 'sitemap' : 'item');
    if (link && !links.has(link.url)) links.set(link.url, link);
  }
  const format = name === 'sitemapindex' ? 'index' : 'urlset';
  return { kind: 'sitemap', format, title: null, links: newestFirst([...links.values()]), charset, cut };
}

/** Fewer links are read whole by everybody, and keep the order the site gave them. */
const ORDER_MATTERS = 1_000;

/** Where there are so many that not all may be followed, the newest come first; those without a time last. */
function newestFirst(links: SitemapLink[]): SitemapLink[] {
  if (links.length <= ORDER_MATTERS) return links;
  const time = ({ facts, lastModified }: SitemapLink): string => facts?.changed ?? facts?.date ?? lastModified ?? '';
  return links.sort((a, b) => (time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : 0));
}

/** One entry; null where it names no address that can be fetched. */
function readEntry(entry: XmlElement, base: string, rel: 'sitemap' | 'item'): SitemapLink | null {
  // Some indexes put the address straight into the entry.
  const bare = entry.children.filter((child) => typeof child === 'string').join('');
  const url = webAddress(oneLine(part(entry, 'loc')) || oneLine(bare), base);
  if (url === null) return null;
  const link: SitemapLink = { url, text: '', rel };
  const changed = readFeedDate(part(entry, 'lastmod'));
  if (changed !== null) link.lastModified = changed;
  const changedTime = changedAt(changed);
  if (changedTime !== null) link.facts = { changed: changedTime };
  const priority = Number.parseFloat(part(entry, 'priority'));
  if (priority >= 0 && priority <= 1) link.priority = priority;
  const frequency = FREQUENCIES.find((one) => one === oneLine(part(entry, 'changefreq')).toLowerCase());
  if (frequency) link.changeFrequency = frequency;
  const alternates = childrenOf(entry, 'xhtml:link', 'link')
    .filter((one) => one.attributes.get('rel') === 'alternate')
    .map((one) => ({
      url: webAddress(one.attributes.get('href'), base),
      language: one.attributes.get('hreflang') ?? null,
    }))
    .filter((one): one is { url: string; language: string | null } => one.url !== null);
  if (alternates.length > 0) link.alternates = alternates.slice(0, MAX_PARTS);
  const images = childrenOf(entry, 'image:image')
    .map((one) => webAddress(part(one, 'loc'), base))
    .filter((one) => one !== null);
  if (images.length > 0) link.images = images.slice(0, MAX_PARTS);
  const news = childOf(entry, 'news:news');
  if (news) {
    const facts = newsFacts(news);
    link.facts = { ...link.facts, ...facts };
    if (facts.title) link.text = facts.title;
  }
  return link;
}

/** What a news sitemap says about a page. */
function newsFacts(news: XmlElement): FeedFacts {
  const facts: FeedFacts = {};
  const title = oneLine(part(news, 'title'));
  const date = readFeedDate(part(news, 'publication_date'));
  const tags = oneLine(part(news, 'keywords'))
    .split(/\s*,\s*/)
    .filter((tag) => tag !== '' && tag.length <= 80);
  const lang = /^[a-z]{2,3}\b/.exec(
    oneLine(part(childOf(news, 'news:publication') ?? news, 'language')).toLowerCase(),
  )?.[0];
  const { names } = splitNames(oneLine(part(news, 'author')), null);
  if (title !== '') facts.title = title.slice(0, 500);
  if (date !== null) facts.date = date;
  if (tags.length > 0) facts.tags = tags.slice(0, 20);
  if (lang) facts.lang = lang;
  if (names.length > 0) facts.authors = names.slice(0, 20);
  return facts;
}

/** The text of a part, whatever prefix it has. */
function part(element: XmlElement, name: string): string {
  for (const child of element.children)
    if (typeof child !== 'string' && localName(child.key) === name) return textOf(child);
  return '';
}

function readTextSitemap(text: string, charset: string): ReadSitemap | null {
  const links = new Map<string, SitemapLink>();
  let lines = 0;
  let addresses = 0;
  let cut = false;
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    if (links.size >= MAX_SITEMAP_LINKS) {
      cut = true;
      break;
    }
    lines++;
    const url = /^https?:\/\/\S+$/i.test(trimmed) ? webAddress(trimmed, trimmed) : null;
    if (url === null) continue;
    addresses++;
    if (!links.has(url)) links.set(url, { url, text: '', rel: 'item' });
  }
  return links.size > 0 && addresses * 2 > lines
    ? { kind: 'sitemap', format: 'text', title: null, links: [...links.values()], charset, cut }
    : null;
}
