/** Reads JSON Feed 1.0 and 1.1. */
import { oneLine } from '../words.ts';
import { readFeedDate } from './feed-date.ts';
import { plainLine, textGiven } from './feed-text.ts';
import type { Feed, FeedEnclosure, FeedItem, FeedPerson } from './feed-types.ts';
import { languageTag, type Scope, webAddress } from './scope.ts';
import { MAX_FEED_ITEMS } from './xml-feed.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads a feed; null where the text is no JSON, or JSON of another kind. Never throws. */
export function readJsonFeed(text: string, scope: Scope): Omit<Feed, 'charset'> | null {
  const parsed = fieldsOf(parsedJson(text));
  if (!parsed || !Array.isArray(parsed.items)) return null;
  const line = (name: string): string | null => lineOf(parsed[name]);
  const address = (name: string): string | null => webAddress(lineOf(parsed[name]), scope.base);
  const authors = peopleOf(parsed);
  const title = line('title');
  const description = line('description');
  const language = languageTag(line('language')) ?? scope.language;
  const home = address('home_page_url');
  const icon = address('icon');
  const within: Scope = { ...scope, language };
  return {
    format: 'json',
    version: /version\/(\d+(?:\.\d+)?)/.exec(line('version') ?? '')?.[1] ?? null,
    faults: line('version') === null ? ['the version is missing'] : [],
    cut: parsed.items.length > MAX_FEED_ITEMS,
    title,
    titleDetail: title === null ? null : textGiven(title, 'text/plain', within),
    description,
    descriptionDetail: description === null ? null : textGiven(description, 'text/plain', within),
    info: null,
    link: home,
    self: address('feed_url'),
    newLocation: null,
    hubs: listOf(parsed.hubs)
      .map((hub) => webAddress(lineOf(hub.url), scope.base))
      .filter((hub): hub is string => hub !== null),
    next: address('next_url'),
    links: [home === null ? null : linkTo(home, 'alternate')].filter((one) => one !== null),
    id: null,
    language,
    updated: null,
    published: null,
    dates: {},
    authors,
    contributors: [],
    publisher: null,
    categories: [],
    rights: null,
    generator: null,
    image: icon === null ? null : { url: icon, title: null, link: null, description: null },
    icon: address('favicon') ?? icon,
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    itunes: { block: null, explicit: null, duration: null },
    extra: line('user_comment') === null ? {} : { user_comment: line('user_comment') as string },
    items: listOf(parsed.items)
      .slice(0, MAX_FEED_ITEMS)
      .map((item) => readJsonItem(item, within, authors)),
  };
}

function readJsonItem(item: Fields, scope: Scope, feedAuthors: readonly FeedPerson[]): FeedItem {
  const line = (name: string): string | null => lineOf(item[name]);
  const address = (name: string): string | null => webAddress(lineOf(item[name]), scope.base);
  const id = typeof item.id === 'number' ? String(item.id) : line('id');
  const title = line('title');
  const language = languageTag(line('language')) ?? scope.language;
  const within: Scope = { ...scope, language };
  const html = typeof item.content_html === 'string' ? textGiven(item.content_html, 'text/html', within) : null;
  const plain = typeof item.content_text === 'string' ? textGiven(item.content_text, 'text/plain', within) : null;
  const contents = [html, plain].filter((one) => one !== null && one.value !== '').filter((one) => one !== null);
  const summary = line('summary');
  const authors = peopleOf(item);
  const enclosures = listOf(item.attachments)
    .map((one) => enclosureOf(one, scope))
    .filter((one) => one !== null);
  const image = address('image') ?? address('banner_image');
  const isAddress = id !== null && /^https?:\/\//i.test(id);
  const link = address('url') ?? address('external_url') ?? (isAddress ? webAddress(id, scope.base) : null);
  const dates = { published: line('date_published'), updated: line('date_modified') };
  return {
    id,
    idIsPermalink: isAddress,
    link,
    links: [
      link === null ? null : linkTo(link, 'alternate'),
      ...enclosures.map((one) => ({ ...linkTo(one.url, 'enclosure'), type: one.type })),
    ].filter((one) => one !== null),
    title: title ?? null,
    titleDetail: title === null ? null : textGiven(title, 'text/plain', within),
    published: readFeedDate(dates.published) ?? readFeedDate(dates.updated),
    updated: readFeedDate(dates.updated),
    dates: {
      ...(dates.published !== null && { published: dates.published }),
      ...(dates.updated !== null && { updated: dates.updated }),
    },
    authors: authors.length > 0 ? authors : [...feedAuthors],
    contributors: [],
    publisher: null,
    summary,
    summaryDetail: summary === null ? null : textGiven(summary, 'text/plain', within),
    subtitle: null,
    content: contents[0]?.value ?? null,
    contents,
    categories: (Array.isArray(item.tags) ? item.tags : [])
      .filter((tag): tag is string => typeof tag === 'string' && tag.trim() !== '')
      .slice(0, 100)
      .map((tag) => ({ term: oneLine(tag), scheme: null, label: null })),
    enclosures,
    image: image === null ? null : { url: image, title: null, link: null, description: null },
    comments: null,
    inReplyTo: null,
    language,
    rights: null,
    source: null,
    where: null,
    chapters: null,
    itunes: { block: null, explicit: null, duration: null },
    extra: line('external_url') === null ? {} : { external_url: line('external_url') as string },
  };
}

const linkTo = (href: string, rel: string) => ({ rel, href, type: null, title: null, length: null, hreflang: null });

function enclosureOf(one: Fields, scope: Scope): FeedEnclosure | null {
  const url = webAddress(lineOf(one.url), scope.base);
  const bytes = Number(one.size_in_bytes);
  return url === null
    ? null
    : {
        url,
        type: lineOf(one.mime_type),
        length: Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null,
        title: plainLine(null) ?? lineOf(one.title),
      };
}

/** Names of one author object, of a list of them, or of both at once, each once. */
function peopleOf(fields: Fields): FeedPerson[] {
  const given = [
    ...listOf(Array.isArray(fields.authors) ? fields.authors : [fields.authors]),
    ...listOf([fields.author]),
  ];
  const people = given.map((one) => ({ name: lineOf(one.name), email: null, url: lineOf(one.url) }));
  const seen = new Set<string>();
  return people.filter(({ name, url }) => {
    const key = name ?? url;
    if (key === null || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

const listOf = (value: unknown): Fields[] =>
  (Array.isArray(value) ? value : []).map(fieldsOf).filter((one): one is Fields => one !== null);

const lineOf = (value: unknown): string | null => (typeof value === 'string' ? oneLine(value) || null : null);
