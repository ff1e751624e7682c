/** Reads the smaller facts of feeds and items: categories, places, podcast marks, chapters, and what has no place. */
import { oneLine } from '../words.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { mediaOf } from './feed-links.ts';
import type { FeedCategory, FeedItem, FeedItunes, FeedPlace } from './feed-types.ts';

/** Categories of one element. */
const MAX_CATEGORIES = 100;
const MRSS_SCHEME = 'http://search.yahoo.com/mrss/category_schema';

/** Categories in document order, each once. */
export function categoriesOf(element: XmlElement): FeedCategory[] {
  const found = new Map<string, FeedCategory>();
  const add = (term: string, scheme: string | null, label: string | null): void => {
    const clean = oneLine(term).slice(0, 200);
    const key = JSON.stringify([clean, scheme, label]);
    if (clean !== '' && !found.has(key) && found.size < MAX_CATEGORIES) found.set(key, { term: clean, scheme, label });
  };
  const mine = (child: XmlElement): void => {
    const attribute = (name: string): string | null => child.attributes.get(name)?.trim() || null;
    if (child.key === 'category' || child.key === 'dc:subject')
      add(attribute('term') ?? textOf(child), attribute('scheme') ?? attribute('domain'), attribute('label'));
    else if (child.key === 'itunes:category') {
      add(attribute('text') ?? '', 'http://www.itunes.com/', null);
      for (const inner of childrenOf(child, 'itunes:category')) mine(inner);
    } else if (child.key === 'itunes:keywords')
      for (const word of textOf(child).split(',')) add(word, 'http://www.itunes.com/', null);
    else if (child.key === 'media:keywords') for (const word of textOf(child).split(',')) add(word, null, null);
    else if (child.key === 'media:category') add(textOf(child), attribute('scheme') ?? MRSS_SCHEME, attribute('label'));
    else if (child.key === 'tags' || child.key === 'tag' || child.key === 'keywords')
      for (const word of textOf(child).split(',')) add(word, null, null);
  };
  for (const child of element.children) if (typeof child !== 'string') mine(child);
  for (const media of mediaOf(element, 'media:category', 'media:keywords')) mine(media);
  return [...found.values()];
}

/** The place an item names: GeoRSS and GML have the latitude first, what is answered has the longitude first. */
export function placeOf(element: XmlElement): FeedPlace | null {
  const where = childOf(element, 'georss:where', 'gml:where') ?? element;
  const simple = (key: string): string => textOf(childOf(where, key));
  const gml = childOf(where, 'gml:point', 'gml:linestring', 'gml:polygon', 'gml:envelope');
  const list = (text: string, size: number): number[][] => {
    const numbers = text
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const points: number[][] = [];
    for (let at = 0; at + size <= numbers.length; at += size) {
      const [latitude = Number.NaN, longitude = Number.NaN, ...height] = numbers.slice(at, at + size);
      points.push([longitude, latitude, ...height]);
    }
    return points.every((point) => point.every((one) => Number.isFinite(one))) ? points.slice(0, 10_000) : [];
  };
  const size = (one: XmlElement | undefined): number => {
    const stated = Number(one?.attributes.get('srsdimension') ?? 2);
    return stated === 3 ? 3 : 2;
  };
  const deep = (one: XmlElement): string => textOf(childOf(one, 'gml:pos', 'gml:poslist', 'gml:coordinates') ?? one);
  if (gml) {
    const points = list(deep(gml), size(gml));
    if (gml.key === 'gml:point') return points[0] ? { type: 'Point', coordinates: points[0] } : null;
    if (gml.key === 'gml:linestring') return points.length > 1 ? { type: 'LineString', coordinates: points } : null;
    if (gml.key === 'gml:envelope') return points.length === 2 ? { type: 'Box', coordinates: points } : null;
    return points.length > 3 ? { type: 'Polygon', coordinates: points } : null;
  }
  const [point] = list(simple('georss:point'), 2);
  if (point) return { type: 'Point', coordinates: point };
  const line = list(simple('georss:line'), 2);
  if (line.length > 1) return { type: 'LineString', coordinates: line };
  const polygon = list(simple('georss:polygon'), 2);
  if (polygon.length > 3) return { type: 'Polygon', coordinates: polygon };
  const box = list(simple('georss:box'), 2);
  if (box.length === 2) return { type: 'Box', coordinates: box };
  const geo = childOf(element, 'geo:point') ?? element;
  const [own] = list(`${textOf(childOf(geo, 'geo:lat'))} ${textOf(childOf(geo, 'geo:long', 'geo:lon'))}`, 2);
  return own && textOf(childOf(geo, 'geo:lat')) !== '' ? { type: 'Point', coordinates: own } : null;
}

/** What iTunes is told; words that are not in its list say nothing. */
export function itunesOf(element: XmlElement): FeedItunes {
  const word = (key: string): string | null => {
    const child = childOf(element, key);
    return child === undefined ? null : textOf(child).trim();
  };
  const block = word('itunes:block');
  const explicit = word('itunes:explicit');
  return {
    block: block === null ? null : block.toLowerCase() === 'yes',
    explicit:
      explicit === null
        ? null
        : /^(?:yes|true|explicit)$/.test(explicit)
          ? true
          : /^(?:no|false|clean)$/.test(explicit)
            ? false
            : null,
    duration: word('itunes:duration') || null,
  };
}

/** Chapters of a recording; a second list is passed over, as its specification says. */
export function chaptersOf(element: XmlElement): FeedItem['chapters'] {
  const chapters = childOf(element, 'psc:chapters');
  if (!chapters) return null;
  const list = childrenOf(chapters, 'psc:chapter')
    .slice(0, 1_000)
    .map(({ attributes }) => ({
      start: attributes.get('start') ?? '',
      title: attributes.get('title') ?? null,
      href: attributes.get('href') ?? null,
    }));
  return { version: chapters.attributes.get('version') ?? null, list };
}

/** Fields kept under their own name, and the longest of them. */
const MAX_EXTRA = 60;
const MAX_EXTRA_CHARS = 2_000;

/** Text fields that nothing else reads, by their name; those of an element with parts as `element:part`. */
export function extraOf(element: XmlElement, known: ReadonlySet<string>): Record<string, string> {
  const extra: Record<string, string> = {};
  let size = 0;
  const add = (key: string, text: string): void => {
    const value = text.trim();
    if (value === '' || size >= MAX_EXTRA || Object.hasOwn(extra, key) || key === '__proto__') return;
    extra[key] = value.slice(0, MAX_EXTRA_CHARS);
    size++;
  };
  for (const child of element.children) {
    if (typeof child === 'string' || known.has(child.key)) continue;
    const parts = child.children.filter((part): part is XmlElement => typeof part !== 'string');
    if (parts.length === 0) add(child.key, textOf(child));
    else
      for (const part of parts)
        if (part.children.every((one) => typeof one === 'string')) add(`${child.key}:${part.key}`, textOf(part));
    if (parts.length === 0) for (const [name, value] of child.attributes) add(`${child.key}:${name}`, value);
  }
  return extra;
}
