/** Reads what feeds, their items and the sources of items have in common. */
import { oneLine } from '../words.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { readFeedDate } from './feed-date.ts';
import { imageOf, linksOf, pageOf } from './feed-links.ts';
import { categoriesOf } from './feed-marks.ts';
import { distinct, peopleOf } from './feed-people.ts';
import { plainLine, readText, type TextRules } from './feed-text.ts';
import type { FeedDates, FeedSource, FeedText } from './feed-types.ts';
import { joinAddress, type Scope, webAddress } from './scope.ts';

/** An element that holds nothing. */
export const NONE: XmlElement = { key: '', name: '', namespace: '', attributes: new Map(), written: [], children: [] };

/** The fields a feed and the source of an item share. */
export function readBasics(element: XmlElement, scope: Scope, dialect: TextRules['dialect']): FeedSource {
  const plain: TextRules = { dialect, otherwise: 'text/plain' };
  const links = linksOf(element, scope);
  const titleDetail = fieldOf(element, scope, plain, 'title', 'dc:title', 'media:title', 'itunes:title');
  const descriptionDetail =
    fieldOf(element, scope, plain, 'subtitle', 'tagline') ??
    fieldOf(
      element,
      scope,
      { dialect, otherwise: 'text/html' },
      'description',
      'abstract',
      'dc:description',
      'itunes:summary',
      'itunes:subtitle',
      'info',
    );
  const id = textOf(childOf(element, 'id', 'guid')).trim();
  const generator = childOf(element, 'generator');
  const admin = childOf(element, 'admin:generatoragent')?.attributes.get('rdf:resource');
  const attribute = (name: string): string | null => generator?.attributes.get(name)?.trim() || null;
  return {
    id: id === '' ? (element.attributes.get('rdf:about')?.trim() ?? null) : idOf(id, scope.base),
    title: plainLine(titleDetail),
    titleDetail,
    description: descriptionDetail?.value || null,
    descriptionDetail,
    link: pageOf(links),
    links,
    authors: distinct(peopleOf(element, scope, 'author', 'managingeditor', 'dc:creator', 'dc:author', 'itunes:author')),
    contributors: distinct(
      childrenOf(element, 'contributor', 'dc:contributor').flatMap((one) =>
        peopleOf({ ...NONE, children: [one] }, scope, one.key),
      ),
    ),
    categories: categoriesOf(element),
    generator:
      generator || admin
        ? {
            name: oneLine(textOf(generator)) || null,
            url: webAddress(attribute('uri') ?? attribute('url') ?? admin, scope.base),
            version: attribute('version'),
          }
        : null,
    rights: fieldOf(element, scope, plain, 'rights', 'copyright', 'dc:rights'),
    updated: readFeedDate(datesOf(element).updated) ?? readFeedDate(datesOf(element).published),
    icon: webAddress(textOf(childOf(element, 'icon')), scope.base),
    image: imageOf(element, scope),
  };
}

/** An id is compared letter by letter, so only a relative one is completed. */
export const idOf = (id: string, base: string): string =>
  /^[/.?]/.test(id) ? (joinAddress(id, base) ?? id) : id.slice(0, 2_000);

/** The first of these fields that says something. */
export function fieldOf(element: XmlElement, scope: Scope, rules: TextRules, ...keys: string[]): FeedText | null {
  for (const key of keys)
    for (const child of childrenOf(element, key)) {
      const text = readText(child, scope, rules);
      if (text.value !== '' || text.src !== null) return text;
    }
  return null;
}

/** Dates as they are written, each from the field that states it best. */
export function datesOf(element: XmlElement): FeedDates {
  const dates: FeedDates = {};
  const take = (name: keyof FeedDates, ...keys: string[]): void => {
    for (const key of keys)
      for (const child of childrenOf(element, key)) {
        const text = oneLine(textOf(child)).slice(0, 200);
        if (text !== '' && dates[name] === undefined) dates[name] = text;
      }
  };
  take('published', 'pubdate', 'published', 'issued', 'dcterms:issued', 'dc:issued');
  take('updated', 'updated', 'modified', 'dcterms:modified', 'dc:modified', 'lastbuilddate', 'dc:date', 'date');
  take('created', 'created', 'dcterms:created');
  take('expired', 'expirationdate', 'expires');
  const lastmod = element.attributes.get('lastmod');
  if (lastmod !== undefined) dates.updated ??= oneLine(lastmod);
  return dates;
}
