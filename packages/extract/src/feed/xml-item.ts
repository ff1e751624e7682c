/** Reads one item of an RSS, RDF, Atom or CDF feed. */
import { oneLine } from '../words.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { datesOf, fieldOf, idOf, readBasics } from './feed-basics.ts';
import { readFeedDate } from './feed-date.ts';
import { enclosuresOf, imageOf, linksOf, mediaOf, pageOf } from './feed-links.ts';
import { categoriesOf, chaptersOf, extraOf, itunesOf, placeOf } from './feed-marks.ts';
import { distinct, peopleOf } from './feed-people.ts';
import { plainLine, readText, type TextRules } from './feed-text.ts';
import type { FeedItem, FeedLink, FeedPerson, FeedText } from './feed-types.ts';
import { joinAddress, languageTag, type Scope, scopeOf, webAddress } from './scope.ts';

/** What an item takes over from its feed. */
export type ItemContext = {
  dialect: TextRules['dialect'];
  /** What relative links count from where the item names no base itself. */
  linkBase: string;
  /** The feed's own language. */
  language: string | null;
  feedAuthors: readonly FeedPerson[];
  /** Leaves out bodies. */
  brief: boolean;
};

/** Bodies of one item. */
const MAX_CONTENTS = 10;

/** Reads one item element. */
export function readItem(
  item: XmlElement,
  around: Scope,
  { dialect, linkBase, language, feedAuthors, brief }: ItemContext,
): FeedItem {
  const scope = scopeOf(item, around);
  const plain: TextRules = { dialect, otherwise: 'text/plain' };
  const html: TextRules = { dialect, otherwise: dialect === 'other' ? 'text/html' : 'text/plain' };
  const links = linksOf(item, scope.base === around.base ? { ...scope, base: linkBase } : scope);
  const { id, idIsPermalink } = nameOf(item, scope.base);
  const permalink = idIsPermalink ? webAddress(id, linkBase) : null;
  const original = childOf(item, 'feedburner:origlink');
  const titleDetail =
    fieldOf(item, scope, plain, 'title', 'dc:title') ??
    titleOfMedia(item, scope, plain) ??
    fieldOf(item, scope, plain, 'itunes:title');
  const contents = brief ? [] : contentsOf(item, scope, dialect);
  const summaryDetail = fieldOf(
    item,
    scope,
    html,
    'summary',
    'description',
    'abstract',
    'dc:description',
    'itunes:summary',
    'media:description',
  );
  const dates = datesOf(item);
  const dateOf = (text: string | undefined): string | null => readFeedDate(text, scope.language ?? language);
  const source = childOf(item, 'source');
  const named = authorsOf(item, scope, source);
  const enclosures = enclosuresOf(item, links, { ...scope, base: linkBase });
  return {
    id,
    idIsPermalink,
    link: webAddress(textOf(original), scope.base) ?? pageOf(links) ?? permalink,
    links,
    title: plainLine(titleDetail),
    titleDetail,
    published: dateOf(dates.published) ?? dateOf(dates.created) ?? dateOf(dates.updated),
    updated: dateOf(dates.updated),
    dates,
    authors: named.length > 0 ? named : [...feedAuthors],
    contributors: distinct(
      childrenOf(item, 'contributor', 'dc:contributor').flatMap((one) =>
        peopleOf({ ...item, children: [one] }, scope, one.key),
      ),
    ),
    publisher: peopleOf(item, scope, 'dc:publisher', 'webmaster')[0] ?? null,
    summary: summaryDetail?.value || null,
    summaryDetail,
    subtitle: oneLine(textOf(childOf(item, 'itunes:subtitle', 'subtitle'))) || null,
    content: contents.find((one) => one.value !== '')?.value ?? null,
    contents,
    categories: categoriesOf(item),
    enclosures,
    image: imageOf(item, scope, enclosures),
    comments: webAddress(textOf(childOf(item, 'comments')), scope.base) ?? repliesOf(links),
    inReplyTo: replyOf(item),
    language: languageTag(textOf(childOf(item, 'dc:language', 'language'))) ?? scope.language ?? language,
    rights: fieldOf(item, scope, plain, 'rights', 'copyright', 'dc:rights'),
    source: source ? sourceOf(source, scope, dialect) : null,
    where: placeOf(item),
    chapters: chaptersOf(item),
    itunes: itunesOf(item),
    extra: absoluteComments(extraOf(item, ITEM_FIELDS), scope),
  };
}

function nameOf(item: XmlElement, base: string): { id: string | null; idIsPermalink: boolean } {
  const guid = childOf(item, 'guid');
  const element = guid ?? childOf(item, 'id', 'dc:identifier');
  const text = oneLine(textOf(element));
  if (element === undefined || text === '')
    return { id: item.attributes.get('rdf:about')?.trim() || null, idIsPermalink: false };
  const stated = element.attributes.get('ispermalink')?.trim().toLowerCase();
  const isAddress = /^https?:\/\//i.test(text);
  // RSS 2.0: true unless it says otherwise; a name that is no address is none, whatever is said.
  const idIsPermalink =
    guid !== undefined && stated !== 'false' && (isAddress || (stated === 'true' && /^\//.test(text)));
  return { id: guid ? text.slice(0, 2_000) : idOf(text, base), idIsPermalink };
}

/** Everybody the item itself names, then those of the feed it was taken from. */
function authorsOf(item: XmlElement, scope: Scope, source: XmlElement | undefined): FeedPerson[] {
  const own = peopleOf(
    item,
    scope,
    'author',
    'dc:creator',
    'dc:author',
    'itunes:author',
    'managingeditor',
    'media:credit',
  );
  return own.length > 0 || !source ? own : peopleOf(source, scope, 'author');
}

function titleOfMedia(item: XmlElement, scope: Scope, rules: TextRules): FeedText | null {
  const [title] = mediaOf(item, 'media:title');
  return title ? readText(title, scope, rules) : null;
}

/** Bodies: Atom content, content:encoded, XHTML body, and what older feeds call the full item. */
function contentsOf(item: XmlElement, scope: Scope, dialect: TextRules['dialect']): FeedText[] {
  const rules = (key: string): TextRules => ({
    dialect,
    otherwise:
      key === 'content' && dialect !== 'other'
        ? 'text/plain'
        : /body$|div$/.test(key)
          ? 'application/xhtml+xml'
          : 'text/html',
  });
  const keys = ['content', 'content:encoded', 'xhtml:body', 'body', 'xhtml:div', 'fullitem', 'encoded'];
  return childrenOf(item, ...keys)
    .slice(0, MAX_CONTENTS)
    .map((child) => readText(child, scope, rules(child.key)))
    .filter((text) => text.value !== '' || text.src !== null);
}

/** Where the answers are shown, for people (RFC 4685, 5). */
const repliesOf = (links: readonly FeedLink[]): string | null =>
  links.find(({ rel, type, href }) => rel === 'replies' && /html/.test(type ?? '') && /^https?:/i.test(href))?.href ??
  null;

function replyOf(item: XmlElement): FeedItem['inReplyTo'] {
  const reply = childOf(item, 'thr:in-reply-to');
  if (!reply) return null;
  const part = (name: string): string | null => reply.attributes.get(name) ?? null;
  return { ref: part('ref'), href: part('href'), type: part('type'), source: part('source') };
}

/** The source of an item: Atom's is a feed in small, that of RSS a title with an address. */
function sourceOf(source: XmlElement, around: Scope, dialect: TextRules['dialect']): FeedItem['source'] {
  const scope = scopeOf(source, around);
  const basics = readBasics(source, scope, dialect);
  const url = source.attributes.get('url');
  if (url === undefined) return basics;
  return { ...basics, title: oneLine(textOf(source)) || null, link: webAddress(url, scope.base) };
}

function absoluteComments(extra: Record<string, string>, scope: Scope): Record<string, string> {
  for (const key of ['wfw:comment', 'wfw:commentrss']) {
    const value = extra[key];
    if (value !== undefined) extra[key] = joinAddress(value, scope.base) ?? value;
  }
  return extra;
}

const ITEM_FIELDS: ReadonlySet<string> = new Set(
  `title link description summary abstract subtitle content content:encoded xhtml:body body xhtml:div fullitem encoded id guid
   author contributor category comments enclosure pubdate published updated modified issued created expirationdate image source
   rights copyright language dc:title dc:language dc:creator dc:publisher dc:rights dc:date dc:subject dc:description
   dcterms:modified dcterms:issued dcterms:created itunes:block itunes:explicit itunes:duration itunes:author itunes:image
   itunes:category itunes:keywords itunes:summary itunes:subtitle itunes:title media:content media:group media:thumbnail
   media:category media:keywords media:title media:description media:credit thr:in-reply-to georss:where georss:point georss:line
   georss:polygon georss:box geo:lat geo:long psc:chapters tags tag keywords feedburner:origlink`.split(/\s+/),
);
