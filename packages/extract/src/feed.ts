/** Reads feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed; tolerant of what feeds get wrong. */
import type { FeedFacts, Outlink } from '@newsloom/model';
import type { Element } from 'domhandler';
import { decode } from './charset.ts';
import { readMachineDate } from './date-machine.ts';
import { splitNames } from './names.ts';
import { absoluteUrl, oneLine } from './words.ts';
import { childrenOf, loadXml, localName, plainField, prefixOf, xmlText } from './xml.ts';

/** A feed that was read. */
export type ReadFeed = {
  kind: 'feed';
  format: 'rss' | 'atom' | 'rdf' | 'json';
  title: string | null;
  /** Language as the feed states it, primary subtag. */
  lang: string | null;
  /** The site the feed belongs to. */
  siteUrl: string | null;
  /** WebSub hubs. */
  hubs: string[];
  /** Items as links of rel `item`, in order, each address once. */
  links: Outlink[];
  charset: string;
};

/** Most items taken of one feed: some carry thousands. */
export const MAX_FEED_ITEMS = 2_000;

/** Reads a feed out of bytes; null when they hold none. */
export function readFeed(bytes: Uint8Array, context: { url: string; contentType?: string | null }): ReadFeed | null {
  const { text, charset } = decode(bytes, context.contentType);
  return readFeedText(text, context.url, charset);
}

/** Reads a decoded feed; null when the text is none. */
export function readFeedText(text: string, url: string, charset: string): ReadFeed | null {
  if (/^\s*\{/.test(text)) return readJsonFeed(text, url, charset);
  const { root } = loadXml(text);
  if (!root) return null;
  const name = localName(root);
  if (name !== 'rss' && name !== 'feed' && name !== 'rdf' && name !== 'channel') return null;
  const isAtom = name === 'feed';
  const channel = isAtom || name === 'channel' ? root : childrenOf(root, 'channel')[0];
  if (!channel) return name === 'rdf' || name === 'rss' ? collect(root, root, url, charset, name) : null;
  return collect(root, channel, url, charset, isAtom ? 'atom' : name === 'rdf' ? 'rdf' : 'rss');
}

function collect(root: Element, channel: Element, url: string, charset: string, format: ReadFeed['format']): ReadFeed {
  const base = baseOf(channel, baseOf(root, url));
  const items = [
    ...childrenOf(channel, 'item', 'entry'),
    ...(root === channel ? [] : childrenOf(root, 'item', 'entry')),
  ];
  const site = linkOf(channel, base);
  const feed: ReadFeed = {
    kind: 'feed',
    format,
    title: plainField(childrenOf(channel, 'title')[0]) || null,
    lang: languageOf(
      plainField(childrenOf(channel, 'language')[0]) || channel.attribs['xml:lang'] || root.attribs['xml:lang'],
    ),
    siteUrl: site,
    hubs: childrenOf(channel, 'link')
      .filter((link) => link.attribs.rel === 'hub')
      .map((link) => absoluteUrl(link.attribs.href ?? '', base))
      .filter((hub): hub is string => hub !== null),
    links: [],
    charset,
  };
  const feedAuthors = authorsOf(channel);
  const linkBase = site ? (absoluteUrl(site, base) ?? base) : base;
  const hasBase = (channel.attribs['xml:base'] ?? root.attribs['xml:base']) !== undefined;
  const seen = new Set<string>();
  for (const item of items.slice(0, MAX_FEED_ITEMS)) {
    const guid = oneLine(xmlText(childrenOf(item, 'guid', 'id')[0]));
    const itemBase = baseOf(item, hasBase ? base : linkBase);
    const target = linkOf(item, itemBase) ?? guidUrl(item, guid, itemBase);
    if (!target || seen.has(target)) continue;
    seen.add(target);
    const title = titleOf(item);
    const facts: FeedFacts = {};
    if (title) facts.title = title;
    const date = dateOf(item);
    if (date) facts.date = date;
    const authors = authorsOf(item);
    const list = authors.length > 0 ? authors : feedAuthors;
    if (list.length > 0) facts.authors = list;
    if (guid) facts.guid = guid.slice(0, 500);
    feed.links.push({ url: target, text: title, rel: 'item', facts });
  }
  for (const link of childrenOf(channel, 'link'))
    if (link.attribs.rel === 'next') {
      const next = absoluteUrl(link.attribs.href ?? '', base);
      if (next) feed.links.push({ url: next, text: '', rel: 'next' });
    }
  return feed;
}

function baseOf(element: Element, fallback: string): string {
  const given = element.attribs['xml:base'];
  return given ? (absoluteUrl(given, fallback) ?? fallback) : fallback;
}

function languageOf(value: string | undefined): string | null {
  const primary = (value ?? '').trim().toLowerCase().split(/[-_]/)[0] ?? '';
  return /^[a-z]{2,3}$/.test(primary) ? primary : null;
}

function titleOf(item: Element): string {
  const titles = childrenOf(item, 'title');
  const plain =
    titles.find((one) => prefixOf(one) === '' || prefixOf(one) === 'atom' || prefixOf(one) === 'rss') ??
    titles.find((one) => prefixOf(one) === 'dc') ??
    titles[0];
  return plainField(plain).slice(0, 500);
}

function guidUrl(item: Element, guid: string, base: string): string | null {
  const element = childrenOf(item, 'guid')[0];
  if (/^https?:\/\//i.test(guid))
    return element?.attribs.ispermalink?.toLowerCase() === 'false' && !/^https?:/i.test(guid)
      ? null
      : absoluteUrl(guid, base);
  return null;
}

/** The address of an item or channel: alternate Atom links first, then RSS link text, origLink of old feed services. */
function linkOf(element: Element, base: string): string | null {
  const original = childrenOf(element, 'origlink')[0];
  if (original) {
    const url = absoluteUrl(oneLine(xmlText(original)), base);
    if (url) return url;
  }
  let fallback: string | null = null;
  for (const link of childrenOf(element, 'link')) {
    const own = baseOf(link, base);
    const rel = (link.attribs.rel ?? 'alternate').toLowerCase();
    const href = link.attribs.href ?? oneLine(xmlText(link));
    const url = href === '' ? null : absoluteUrl(href, own);
    if (
      !url ||
      rel === 'self' ||
      rel === 'edit' ||
      rel === 'service.post' ||
      rel === 'hub' ||
      rel === 'enclosure' ||
      rel === 'replies' ||
      rel === 'next' ||
      rel === 'prev'
    )
      continue;
    const type = link.attribs.type ?? 'text/html';
    if (rel === 'alternate' && /html|^$/.test(type)) return url;
    fallback ??= url;
  }
  return fallback;
}

const DATE_NAMES = ['pubdate', 'published', 'issued', 'date', 'created', 'updated', 'modified', 'lastbuilddate'];

function dateOf(item: Element): string | null {
  for (const name of DATE_NAMES)
    for (const element of childrenOf(item, name)) {
      const date = readMachineDate(oneLine(xmlText(element)), { lang: 'en' });
      if (date) return date.value;
    }
  return null;
}

function authorsOf(item: Element): string[] {
  const names: string[] = [];
  for (const element of childrenOf(item, 'author', 'creator', 'contributor')) {
    if (localName(element) === 'contributor' && names.length > 0) continue;
    const inner = childrenOf(element, 'name')[0];
    const raw = oneLine(inner ? xmlText(inner) : xmlText(element));
    // RSS 2.0 has "address (name)".
    const named = /^\S+@\S+\s*\(([^)]+)\)$/.exec(raw)?.[1] ?? raw;
    if (/^\S+@\S+$/.test(named)) continue;
    for (const name of splitNames(named, null).names) if (!names.includes(name)) names.push(name);
  }
  return names.slice(0, 20);
}

type JsonFeedItem = {
  id?: unknown;
  url?: unknown;
  external_url?: unknown;
  title?: unknown;
  date_published?: unknown;
  date_modified?: unknown;
  author?: unknown;
  authors?: unknown;
  summary?: unknown;
};

/** Names of one author object, of a list of them, or of both fields at once, each once. */
function namesOf(author: unknown, authors: unknown): string[] {
  const list = [author, ...(Array.isArray(authors) ? authors : [authors])];
  return [...new Set(list.map(nameOf).filter((one): one is string => one !== null))];
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name } = value as { name?: unknown };
  return typeof name === 'string' && name.trim() !== '' ? oneLine(name) : null;
}

function readJsonFeed(text: string, url: string, charset: string): ReadFeed | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || !Array.isArray((parsed as { items?: unknown }).items))
    return null;
  const feed = parsed as {
    version?: unknown;
    title?: unknown;
    home_page_url?: unknown;
    language?: unknown;
    items: unknown[];
    author?: unknown;
    authors?: unknown;
    next_url?: unknown;
  };
  const links: Outlink[] = [];
  const seen = new Set<string>();
  const feedAuthors = namesOf(feed.author, feed.authors);
  for (const raw of feed.items.slice(0, MAX_FEED_ITEMS)) {
    if (typeof raw !== 'object' || raw === null) continue;
    const item = raw as JsonFeedItem;
    const id = typeof item.id === 'string' || typeof item.id === 'number' ? String(item.id) : '';
    const href =
      typeof item.url === 'string'
        ? item.url
        : typeof item.external_url === 'string'
          ? item.external_url
          : /^https?:/.test(id)
            ? id
            : '';
    const target = href === '' ? null : absoluteUrl(href, url);
    if (!target || seen.has(target)) continue;
    seen.add(target);
    const facts: FeedFacts = {};
    const title = typeof item.title === 'string' ? oneLine(item.title) : '';
    if (title) facts.title = title;
    const date = [item.date_published, item.date_modified]
      .map((one) => (typeof one === 'string' ? readMachineDate(one) : null))
      .find((one) => one !== null);
    if (date) facts.date = date.value;
    const authors = namesOf(item.author, item.authors);
    const list = authors.length > 0 ? authors : feedAuthors;
    if (list.length > 0) facts.authors = list;
    if (id) facts.guid = id.slice(0, 500);
    links.push({ url: target, text: title, rel: 'item', facts });
  }
  const next = typeof feed.next_url === 'string' ? absoluteUrl(feed.next_url, url) : null;
  if (next) links.push({ url: next, text: '', rel: 'next' });
  return {
    kind: 'feed',
    format: 'json',
    title: typeof feed.title === 'string' ? oneLine(feed.title) : null,
    lang: languageOf(typeof feed.language === 'string' ? feed.language : undefined),
    siteUrl: typeof feed.home_page_url === 'string' ? absoluteUrl(feed.home_page_url, url) : null,
    hubs: [],
    links,
    charset,
  };
}
