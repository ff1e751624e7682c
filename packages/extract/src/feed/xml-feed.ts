/** Reads feeds written in XML: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF. */
import { oneLine } from '../words.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { datesOf, fieldOf, NONE, readBasics } from './feed-basics.ts';
import { readFeedDate } from './feed-date.ts';
import { extraOf, itunesOf } from './feed-marks.ts';
import { peopleOf } from './feed-people.ts';
import type { TextRules } from './feed-text.ts';
import type { Feed } from './feed-types.ts';
import { joinAddress, languageTag, type Scope, scopeOf, webAddress } from './scope.ts';
import { readItem } from './xml-item.ts';

/** Most items read of one feed: some carry thousands. */
export const MAX_FEED_ITEMS = 2_000;

/** The names of roots, and of what may stand around one. */
const ROOTS = new Set(['rss', 'feed', 'rdf:rdf', 'rdf', 'channel']);

/** What is known from outside the document. */
export type FeedScope = {
  base: string;
  language: string | null /** Leaves out the bodies of items. */;
  brief?: boolean;
};

/** Reads a feed; null where the root is none. Never throws. */
export function readXmlFeed(text: string, { base, language, brief = false }: FeedScope): Omit<Feed, 'charset'> | null {
  let items = 0;
  const parsed = parseXml(text, {
    enough: ({ key }) => (key === 'item' || key === 'entry') && ++items > MAX_FEED_ITEMS,
  });
  const root = feedRoot(parsed.root);
  if (!root) return null;
  const format = formatOf(root);
  const outer = scopeOf(root, { base, language, given: false });
  const channel = format === 'atom' || root.key === 'channel' ? root : (childOf(root, 'channel') ?? root);
  const scope = channel === root ? outer : scopeOf(channel, outer);
  const rules: TextRules['dialect'] =
    format !== 'atom' ? 'other' : versionOf(root, format) === '0.3' ? 'atom03' : 'atom1';
  const basics = readBasics(channel, scope, rules);
  const stated = textOf(childOf(channel, 'language', 'dc:language'));
  const found = [
    ...childrenOf(channel, 'item', 'entry'),
    ...(root === channel ? [] : childrenOf(root, 'item', 'entry')),
  ];
  const own = languageTag(stated) ?? scope.language;
  const dates = datesOf(channel);
  const feed: Omit<Feed, 'charset'> = {
    ...basics,
    format,
    version: versionOf(root, format),
    faults: parsed.faults,
    cut: parsed.cut || found.length > MAX_FEED_ITEMS,
    info: fieldOf(channel, scope, { dialect: rules, otherwise: 'text/plain' }, 'info'),
    self: webAddress(basics.links.find((link) => link.rel === 'self')?.href, scope.base),
    newLocation: webAddress(
      textOf(
        childOf(channel, 'newlocation', 'itunes:new-feed-url') ??
          childOf(childOf(root, 'redirect') ?? root, 'newlocation'),
      ),
      scope.base,
    ),
    hubs: basics.links.filter((link) => link.rel === 'hub').map((link) => link.href),
    next: webAddress(basics.links.find((link) => link.rel === 'next')?.href, scope.base),
    language: own,
    published: readFeedDate(dates.published),
    dates,
    publisher: peopleOf(channel, scope, 'dc:publisher', 'webmaster', 'itunes:owner')[0] ?? null,
    ttlMinutes: ttlOf(channel),
    skipHours: childrenOf(childOf(channel, 'skiphours') ?? NONE, 'hour')
      .map((one) => Number(textOf(one)))
      .filter((hour) => hour >= 0 && hour <= 24),
    skipDays: childrenOf(childOf(channel, 'skipdays') ?? NONE, 'day')
      .map((one) => oneLine(textOf(one)))
      .slice(0, 7),
    itunes: itunesOf(channel),
    extra: absoluteDocs(
      { ...extraOf(channel, CHANNEL_FIELDS), ...validityOf(channel), ...beside(root, channel) },
      scope,
    ),
    items: [],
  };
  // Links of RSS items count from the site's page where the document names no base: that is what feeds mean by them.
  const site = feed.link !== null && !scope.given ? (joinAddress(feed.link, scope.base) ?? scope.base) : scope.base;
  feed.items = found
    .slice(0, MAX_FEED_ITEMS)
    .map((item) =>
      readItem(
        item,
        { ...scope, language: scope.language },
        { dialect: rules, linkBase: site, language: own, feedAuthors: feed.authors, brief },
      ),
    );
  return feed;
}

/** The feed's own element: the root, or a child of a wrapper. */
function feedRoot(root: XmlElement | null): XmlElement | null {
  if (!root) return null;
  if (ROOTS.has(root.key)) return root;
  return childOf(root, 'rss', 'feed', 'rdf:rdf') ?? null;
}

function formatOf(root: XmlElement): Feed['format'] {
  if (root.key === 'feed') return 'atom';
  if (root.key === 'rdf:rdf' || root.key === 'rdf') return 'rdf';
  return root.key === 'channel' && (root.attributes.has('href') || /^CHANNEL$/.test(root.name)) ? 'cdf' : 'rss';
}

function versionOf(root: XmlElement, format: Feed['format']): string | null {
  const stated = root.attributes.get('version')?.trim() || null;
  if (format === 'cdf') return null;
  if (format === 'rss') return stated;
  if (format === 'atom')
    return (
      stated ??
      (/2005\/Atom/i.test(root.namespace) ? '1.0' : /purl\.org\/atom\/ns#/i.test(root.namespace) ? '0.3' : '1.0')
    );
  const inner = root.children.find((child) => typeof child !== 'string');
  const stood = root.written.find(([name]) => name === 'xmlns')?.[1];
  const namespace = (typeof inner === 'object' ? inner.namespace : stood) ?? '';
  return /simple\/0\.9|rss-0\.9|\/rss\/0\.9/.test(namespace) ? '0.90' : '1.0';
}

/** Minutes by the syndication module's periods. */
const PERIOD_MINUTES: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

function ttlOf(channel: XmlElement): number | null {
  const stated = Number.parseInt(textOf(childOf(channel, 'ttl')), 10);
  if (stated > 0 && stated <= 525_600) return stated;
  const period = PERIOD_MINUTES[oneLine(textOf(childOf(channel, 'sy:updateperiod'))).toLowerCase()];
  if (period === undefined) return null;
  const times = Number.parseInt(textOf(childOf(channel, 'sy:updatefrequency')), 10);
  return Math.max(1, Math.round(period / (times > 0 ? times : 1)));
}

function validityOf(channel: XmlElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, value] of textOf(childOf(channel, 'dcterms:valid')).matchAll(/(start|end)=([^;\s]+)/g))
    found[`dcterms:valid:${name}`] = value as string;
  return found;
}

/** What stands beside the channel, as RDF has its text input. */
const beside = (root: XmlElement, channel: XmlElement): Record<string, string> =>
  root === channel ? {} : extraOf({ ...root, children: childrenOf(root, 'textinput', 'cloud') }, CHANNEL_FIELDS);

function absoluteDocs(extra: Record<string, string>, scope: Scope): Record<string, string> {
  if (extra.docs !== undefined) extra.docs = joinAddress(extra.docs, scope.base) ?? extra.docs;
  return extra;
}

const CHANNEL_FIELDS: ReadonlySet<string> = new Set(
  `item entry title link description subtitle tagline info abstract id guid language author managingeditor webmaster contributor
   category generator rights copyright updated modified published pubdate lastbuilddate issued created image logo icon ttl
   skiphours skipdays items dc:title dc:language dc:creator dc:publisher dc:rights dc:date dc:subject itunes:block itunes:explicit
   itunes:duration itunes:author itunes:owner itunes:image itunes:category itunes:keywords itunes:summary itunes:subtitle
   sy:updateperiod sy:updatefrequency media:thumbnail media:category media:keywords newlocation channel`.split(/\s+/),
);
