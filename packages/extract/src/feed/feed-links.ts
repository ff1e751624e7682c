/** Reads the links of feeds and items, and chooses the page an item stands on. */
import { oneLine } from '../words.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import type { FeedEnclosure, FeedImage, FeedLink } from './feed-types.ts';
import { areWords, joinAddress, type Scope, scopeOf, webAddress } from './scope.ts';

/** Links of one element; a hostile feed could give millions. */
const MAX_LINKS = 200;

/** All links among the children: Atom's with their attributes, RSS's as `alternate`, enclosures among them. */
export function linksOf(element: XmlElement, around: Scope): FeedLink[] {
  const links: FeedLink[] = [];
  for (const child of childrenOf(element, 'link', 'enclosure', 'atom:link', 'cc:license')) {
    if (links.length >= MAX_LINKS) break;
    const scope = scopeOf(child, around);
    const attribute = (name: string): string | null => child.attributes.get(name)?.trim() || null;
    const isEnclosure = child.key === 'enclosure';
    const written = attribute('href') ?? attribute('url') ?? attribute('rdf:resource') ?? oneLine(textOf(child));
    const href = written === '' || areWords(written) ? null : joinAddress(written, scope.base);
    if (href === null) continue;
    const rel = isEnclosure ? 'enclosure' : child.key === 'cc:license' ? 'license' : relation(attribute('rel'));
    links.push({
      rel,
      href: linkAsWritten(written, href),
      type: attribute('type') ?? (rel === 'self' ? 'application/atom+xml' : rel === 'alternate' ? 'text/html' : null),
      title: attribute('title'),
      length: attribute('length'),
      hreflang: attribute('hreflang'),
    });
  }
  const own = element.attributes.get('href');
  const href = own === undefined ? null : joinAddress(own, around.base);
  if (href !== null)
    links.push({ rel: 'alternate', href, type: 'text/html', title: null, length: null, hreflang: null });
  return links;
}

/** An absolute address stays as it is written but for its ends; the parser would only add a slash or change case. */
const linkAsWritten = (written: string, href: string): string =>
  /^[a-z][a-z\d+.-]*:\/\/[^\s]+$/i.test(written) ? written : href;

const IANA = 'http://www.iana.org/assignments/relation/';
const relation = (rel: string | null): string => {
  const given = (rel ?? 'alternate').trim();
  return given.startsWith(IANA) ? given.slice(IANA.length) : /^[a-z.\s-]+$/i.test(given) ? given.toLowerCase() : given;
};

/** Relations whose target is never the page of an item. */
const NOT_THE_PAGE =
  /^(?:self|edit|edit-media|service\.\w+|hub|enclosure|replies|next|prev|previous|first|last|via|related|license|payment|search|http:)/;

/** The page among links: an HTML alternate, another alternate, then any link that can be a page. */
export function pageOf(links: readonly FeedLink[]): string | null {
  const web = links.filter((link) => /^https?:/i.test(link.href));
  const alternates = web.filter((link) => link.rel === 'alternate');
  return (
    (
      alternates.find((link) => link.type === null || /html/.test(link.type)) ??
      alternates[0] ??
      web.find((link) => !NOT_THE_PAGE.test(link.rel))
    )?.href ?? null
  );
}

/** Files of an item: enclosures of RSS and Atom, media:content and media:group. */
export function enclosuresOf(element: XmlElement, links: readonly FeedLink[], scope: Scope): FeedEnclosure[] {
  const found = new Map<string, FeedEnclosure>();
  // Feed services put their own address before the file's.
  const original = webAddress(textOf(childOf(element, 'feedburner:origenclosurelink')), scope.base);
  const add = (url: string | null, type: string | null, length: string | null, title: string | null): void => {
    if (url === null || found.has(url) || found.size >= MAX_LINKS) return;
    const bytes = length === null ? Number.NaN : Number.parseInt(length.replace(/[^\d]/g, ''), 10);
    found.set(url, { url, type: type?.trim() || null, length: Number.isSafeInteger(bytes) ? bytes : null, title });
  };
  for (const link of links)
    if (link.rel === 'enclosure')
      add(original ?? webAddress(link.href, scope.base), link.type, link.length, link.title);
  for (const media of mediaOf(element, 'media:content', 'media:peerlink')) {
    const medium = media.attributes.get('medium');
    const type = media.attributes.get('type') ?? (medium ? `${medium}/*` : null);
    const url = webAddress(media.attributes.get('url') ?? media.attributes.get('href'), scope.base);
    add(url, type, media.attributes.get('filesize') ?? null, oneLine(textOf(childOf(media, 'media:title'))) || null);
  }
  return [...found.values()];
}

/** Media elements of an item, those in groups included. */
export function mediaOf(element: XmlElement, ...keys: string[]): XmlElement[] {
  const groups = childrenOf(element, 'media:group', 'media:content');
  return [element, ...groups].flatMap((one) => childrenOf(one, ...keys)).slice(0, MAX_LINKS);
}

/** The picture of a feed or an item. */
export function imageOf(
  element: XmlElement,
  scope: Scope,
  enclosures: readonly FeedEnclosure[] = [],
): FeedImage | null {
  for (const image of childrenOf(element, 'image')) {
    const line = (key: string): string | null => oneLine(textOf(childOf(image, key))) || null;
    const url = webAddress(
      line('url') ?? image.attributes.get('href') ?? image.attributes.get('rdf:resource') ?? ownText(image),
      scope.base,
    );
    if (url || line('title') || line('link'))
      return {
        url: url ?? '',
        title: line('title'),
        link: webAddress(line('link'), scope.base),
        description: line('description'),
      };
  }
  const picture = (url: string | null): FeedImage | null =>
    url === null ? null : { url, title: null, link: null, description: null };
  const itunes = childOf(element, 'itunes:image');
  const stated =
    picture(
      webAddress(
        itunes?.attributes.get('href') ?? itunes?.attributes.get('url') ?? (itunes && textOf(itunes)),
        scope.base,
      ),
    ) ?? picture(webAddress(textOf(childOf(element, 'logo')), scope.base));
  if (stated) return stated;
  const thumbnail = mediaOf(element, 'media:thumbnail')[0];
  return (
    picture(webAddress(thumbnail?.attributes.get('url') ?? (thumbnail && textOf(thumbnail)), scope.base)) ??
    picture(enclosures.find((one) => /^image\b/.test(one.type ?? ''))?.url ?? null)
  );
}

const ownText = (element: XmlElement): string =>
  element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
