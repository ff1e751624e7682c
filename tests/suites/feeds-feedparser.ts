/** What feedparser's names mean in our shape of a feed: the value each of its assertions is about. */
import type { Feed, FeedCategory, FeedItem, FeedLink, FeedPerson, FeedText } from '@newsloom/extract';
import { equal } from './suite.ts';

/** One published case. `assert` is null where the original is code we cannot run. */
export type FeedparserCase = {
  file: string;
  headers: Record<string, string>;
  expect_python: string | null;
  assert: Assertion[] | null;
};

/** `path` into feedparser's result must compare with `value`. */
export type Assertion = { path: (string | number)[]; op: string; value?: unknown };

/** Answers for a path that names nothing of ours. */
export const NOT_COMPARABLE = 'not comparable';

const ABSENT = Symbol('not comparable');

/** `same`, NOT_COMPARABLE, or what we have in its place. */
export function answerOf(feed: Feed | null, { path, op, value }: Assertion, bytes: Uint8Array): string {
  const got = readPath(feed, path, bytes, value);
  if (got === ABSENT) return NOT_COMPARABLE;
  const passed =
    op === 'Eq' || op === 'Is'
      ? equal(flat(got), flat(value)) ||
        (typeof value === 'number' && typeof got === 'boolean' && got === (value !== 0))
      : op === 'truthy'
        ? Boolean(got)
        : op === 'falsy'
          ? !got
          : op === 'lenEq'
            ? Array.isArray(got) && got.length === value
            : false;
  return passed ? 'same' : `ours is ${JSON.stringify(got)}`;
}

/** Keys in one order, so that objects compare; nothing else is touched. */
function flat(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Path = readonly (string | number)[];

function readPath(feed: Feed | null, path: Path, bytes: Uint8Array, wanted: unknown): unknown {
  const [head, ...rest] = path;
  if (head === 'bozo') return feed === null || feed.faults.length > 0;
  if (feed === null) return null;
  if (head === 'version') return versionName(feed);
  if (head === 'encoding') return sameDecoding(feed, bytes, String(wanted));
  if (head === 'entries') {
    if (rest.length === 0) return feed.items;
    const item = feed.items[Number(rest[0])];
    return item ? itemValue(item, rest.slice(1)) : null;
  }
  return head === 'feed' ? feedValue(feed, rest) : ABSENT;
}

/** feedparser's name of a version; Netscape's and UserLand's 0.91 are one to us. */
function versionName(feed: Feed): string {
  const digits = (feed.version ?? '').replace('.', '');
  if (feed.format === 'atom') return `atom${digits}`;
  if (feed.format === 'json') return `json${digits}`;
  if (feed.format === 'cdf') return 'cdf';
  return digits === '' ? 'rss' : digits === '091' ? 'rss091n' : `rss${digits}`;
}

/** Charsets have many names; two are the same here when they read the bytes alike. */
function sameDecoding(feed: Feed, bytes: Uint8Array, wanted: string): string {
  const name = wanted.toLowerCase();
  if (name === feed.charset) return wanted;
  const decodes = (charset: string): string | null => {
    try {
      return new TextDecoder(charset === 'us-ascii' ? 'utf-8' : charset).decode(bytes);
    } catch {
      return null;
    }
  };
  const text = decodes(name);
  return text !== null && text === decodes(feed.charset) ? wanted : feed.charset;
}

const text = (it: FeedText | null): string | null => it?.value ?? null;

function feedValue(feed: Feed, path: Path): unknown {
  const [name, ...rest] = path;
  switch (name) {
    case 'title':
      return text(feed.titleDetail);
    case 'title_detail':
      return detail(feed.titleDetail, rest);
    case 'subtitle':
    case 'tagline':
    case 'description':
      return feed.description;
    case 'subtitle_detail':
    case 'tagline_detail':
      return detail(feed.descriptionDetail, rest);
    case 'info':
      return text(feed.info);
    case 'info_detail':
      return detail(feed.info, rest);
    case 'rights':
    case 'copyright':
      return text(feed.rights);
    case 'rights_detail':
    case 'copyright_detail':
      return detail(feed.rights, rest);
    case 'link':
      return feed.link;
    case 'links':
      return links(feed.links, rest);
    case 'id':
    case 'guid':
      return feed.id;
    case 'language':
      return feed.language;
    case 'updated':
      return feed.dates.updated ?? feed.dates.published;
    case 'updated_parsed':
      return tuple(feed.updated);
    case 'published_parsed':
      return tuple(feed.published);
    case 'author':
      return oneOf(feed.authors[0]);
    case 'author_detail':
      return person(feed.authors[0], rest);
    case 'authors':
      return people(feed.authors, rest);
    case 'contributors':
      return people(feed.contributors, rest);
    case 'publisher':
      return oneOf(feed.publisher ?? undefined);
    case 'publisher_detail':
      return person(feed.publisher ?? undefined, rest);
    case 'category':
      return feed.categories[0]?.term;
    case 'tags':
      return categories(feed.categories, rest);
    case 'generator':
      return feed.generator?.name;
    case 'generator_detail':
      return generator(feed.generator, rest);
    case 'icon':
      return feed.icon;
    case 'logo':
      return feed.image?.url;
    case 'image':
      return image(feed.image, rest);
    case 'itunes_block':
      return feed.itunes.block ?? false;
    case 'itunes_explicit':
      return feed.itunes.explicit;
    case 'docs':
      return feed.extra.docs;
    case 'cloud':
    case 'textinput':
      return feed.extra[`${name}:${String(rest[0])}`];
    case 'newlocation':
      return feed.newLocation;
    case 'validity_start':
    case 'validity_end':
      return feed.extra[`dcterms:valid:${name.slice(9)}`];
    default:
      return ABSENT;
  }
}

function itemValue(item: FeedItem, path: Path): unknown {
  const [name, ...rest] = path;
  switch (name) {
    case 'title':
      return text(item.titleDetail);
    case 'title_detail':
      return detail(item.titleDetail, rest);
    case 'summary':
    case 'description':
      // feedparser puts the body where there is no summary.
      return item.summary ?? item.content ?? '';
    case 'summary_detail':
      return detail(item.summaryDetail, rest);
    case 'subtitle':
      return item.subtitle;
    case 'content': {
      const body = item.contents[Number(rest[0])] ?? null;
      return detail(body, rest.slice(1));
    }
    case 'link':
      return item.link;
    case 'links':
      return links(item.links, rest);
    case 'id':
    case 'guid':
      return item.id;
    case 'author':
      return oneOf(item.authors[0]);
    case 'author_detail':
      return person(item.authors[0], rest);
    case 'authors':
      return people(item.authors, rest);
    case 'contributors':
      return people(item.contributors, rest);
    case 'publisher':
      return oneOf(item.publisher ?? undefined);
    case 'publisher_detail':
      return person(item.publisher ?? undefined, rest);
    case 'tags':
      return categories(item.categories, rest);
    case 'comments':
      return item.comments;
    case 'enclosures':
      return enclosures(item, rest);
    case 'image':
      return image(item.image, rest);
    case 'published':
      return item.dates.published;
    case 'published_parsed':
      return tuple(item.published);
    case 'updated':
      return item.dates.updated;
    case 'updated_parsed':
      return tuple(item.updated);
    case 'created':
    case 'expired':
      return item.dates[name];
    case 'rights':
      return text(item.rights);
    case 'rights_detail':
      return detail(item.rights, rest);
    case 'itunes_block':
      return item.itunes.block ?? false;
    case 'itunes_explicit':
      return item.itunes.explicit;
    case 'itunes_duration':
      return item.itunes.duration;
    case 'thr_in-reply-to':
      return item.inReplyTo?.[String(rest[0]) as 'ref'];
    case 'wfw_comment':
    case 'wfw_commentrss':
      return item.extra[name.replace('_', ':')];
    case 'madeup_element':
      return item.extra['madeup:element'];
    case 'psc_chapters':
      return rest[0] === 'version' ? item.chapters?.version : item.chapters?.list;
    case 'where': {
      const at = (item.where as Record<string, unknown> | null)?.[String(rest[0])];
      return rest.length > 1 && Array.isArray(at) ? at[Number(rest[1])] : at;
    }
    case 'source':
      return item.source ? sourceValue(item.source, rest) : null;
    default:
      return ABSENT;
  }
}

/** A source is a feed in small; it has no subtitle of its own kind. */
const sourceValue = (source: NonNullable<FeedItem['source']>, path: Path): unknown =>
  feedValue({ ...source, dates: {} } as unknown as Feed, path);

function detail(it: FeedText | null, [name]: Path): unknown {
  if (name === undefined || name === 'value') return it?.value;
  return it === null ? null : it[name as 'type'];
}

/** feedparser writes a person as `name (address)`. */
const oneOf = (one: FeedPerson | undefined): string | null =>
  !one ? null : one.name && one.email ? `${one.name} (${one.email})` : (one.name ?? one.email);

const person = (one: FeedPerson | undefined, [name]: Path): unknown =>
  one?.[(name === 'href' ? 'url' : String(name)) as 'name'];

function people(list: readonly FeedPerson[], [at, ...rest]: Path): unknown {
  const one = list[Number(at)];
  if (rest.length > 0) return person(one, rest);
  return one && { name: one.name, email: one.email, href: one.url };
}

function categories(list: readonly FeedCategory[], [at, name]: Path): unknown {
  return at === undefined ? list : list[Number(at)]?.[name as 'term'];
}

function links(list: readonly FeedLink[], [at, name]: Path): unknown {
  if (at === undefined) return list;
  const one = list[Number(at)];
  if (name !== undefined) return one?.[(name === 'url' ? 'href' : name) as 'href'];
  return one && Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));
}

function enclosures(item: FeedItem, [at, name]: Path): unknown {
  const one = item.enclosures[Number(at)];
  if (!one) return null;
  const all = { href: one.url, length: one.length === null ? null : String(one.length), type: one.type };
  return name === undefined ? all : all[(name === 'url' ? 'href' : name) as 'href'];
}

function image(it: Feed['image'], [name]: Path): unknown {
  return it?.[(name === 'href' ? 'url' : String(name)) as 'url'];
}

function generator(it: Feed['generator'], [name]: Path): unknown {
  return it?.[(name === 'href' ? 'url' : String(name)) as 'url'];
}

/** A date as the nine numbers of Python's time in UTC. */
function tuple(date: string | null): number[] | null {
  if (date === null) return null;
  const at = new Date(/T/.test(date) && !/(?:Z|[+-]\d\d:\d\d)$/.test(date) ? `${date}Z` : date);
  const start = Date.UTC(at.getUTCFullYear(), 0, 1);
  const days = Math.floor((at.getTime() - start) / 86_400_000) + 1;
  return [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
    (at.getUTCDay() + 6) % 7,
    days,
    0,
  ];
}
