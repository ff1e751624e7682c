/** feedsmith's answers in our shape of a feed, as kindly as they allow, so that the same assertions can be asked of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode, type Feed, type FeedContext, type FeedItem, type FeedPerson, type FeedText } from '@newsloom/extract';

/** Where the benchmarks keep what they measure beside. */
const PEER = join(import.meta.dirname, '../bench/peers/node_modules/feedsmith/dist/index.mjs');

type Loose = Record<string, unknown> | undefined;
type Parse = (text: string) => { format: string; feed: Record<string, unknown> };

/** Loads feedsmith as a reader of feeds; null where it is not installed. */
export async function loadFeedsmith(): Promise<((bytes: Uint8Array, context: FeedContext) => Feed | null) | null> {
  if (!existsSync(PEER)) return null;
  const { parseFeed } = (await import(pathToFileURL(PEER).href)) as { parseFeed: Parse };
  return (bytes, context) => {
    // It takes text, so the charset is told by us.
    const { text, charset } = decode(bytes, context.contentType);
    try {
      const { format, feed } = parseFeed(text);
      return asFeed(format, feed, charset);
    } catch {
      return null;
    }
  };
}

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((one, name) => (one as Loose)?.[String(name)], value);
const str = (...values: unknown[]): string | null => {
  for (const value of values) {
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'object' && value !== null && typeof (value as Loose)?.value === 'string')
      return String((value as Loose)?.value);
  }
  return null;
};
const list = (...values: unknown[]): unknown[] => {
  for (const value of values) if (Array.isArray(value) && value.length > 0) return value;
  return [];
};
const text = (value: unknown): FeedText | null => {
  const found = str(value);
  return found === null
    ? null
    : { value: found, type: str(at(value, 'type')) ?? '', language: null, base: '', src: str(at(value, 'src')) };
};

/** One line with name and address in it, which feedsmith leaves whole. */
function person(value: unknown): FeedPerson {
  if (typeof value !== 'string')
    return {
      name: str(at(value, 'name')),
      email: str(at(value, 'email')),
      url: str(at(value, 'uri'), at(value, 'url')),
    };
  const email = /[\w.+-]+@[\w.-]+/.exec(value)?.[0] ?? null;
  const name = (email ? value.replace(email, '') : value).replace(/[()<>]/g, '').trim();
  return { name: name || null, email, url: null };
}

const link = (one: unknown) => ({
  rel: str(at(one, 'rel')) ?? 'alternate',
  href: str(at(one, 'href'), at(one, 'url')) ?? '',
  type: str(at(one, 'type')),
  title: str(at(one, 'title')),
  length: at(one, 'length') === undefined ? null : String(at(one, 'length')),
  hreflang: str(at(one, 'hreflang')),
});
const image = (...values: unknown[]) => {
  for (const one of values) {
    const url = typeof one === 'string' ? one : str(at(one, 'url'), at(one, 'href'));
    if (url !== null || at(one, 'title') !== undefined)
      return {
        url: url ?? '',
        title: str(at(one, 'title')),
        link: str(at(one, 'link')),
        description: str(at(one, 'description')),
      };
  }
  return null;
};
const categories = (one: unknown) =>
  [
    ...list(at(one, 'categories')),
    ...list(at(one, 'dc', 'subjects')),
    ...list(at(one, 'itunes', 'categories')),
    ...list(at(one, 'itunes', 'keywords')),
    ...list(at(one, 'media', 'categories')),
    ...list(at(one, 'tags')),
  ].map((it) =>
    typeof it === 'string'
      ? { term: it, scheme: null, label: null }
      : {
          term: str(at(it, 'term'), at(it, 'name'), at(it, 'text')) ?? '',
          scheme: str(at(it, 'scheme'), at(it, 'domain')),
          label: str(at(it, 'label')),
        },
  );
const links = (one: unknown) => [
  ...list(at(one, 'links'), at(one, 'atom', 'links')).map(link),
  ...(str(at(one, 'link')) ? [link({ href: at(one, 'link') })] : []),
  ...list(at(one, 'enclosures')).map((it) => ({ ...link(it), rel: 'enclosure' })),
];
const people = (one: unknown) =>
  list(
    at(one, 'authors'),
    at(one, 'dc', 'creators'),
    at(one, 'itunes', 'author') ? [at(one, 'itunes', 'author')] : [],
    at(one, 'managingEditor') ? [at(one, 'managingEditor')] : [],
  ).map(person);

function common(one: unknown) {
  const title = text(at(one, 'title')) ?? text(at(one, 'dc', 'titles', 0)) ?? text(at(one, 'media', 'title'));
  const all = links(one);
  const published = str(
    at(one, 'published'),
    at(one, 'pubDate'),
    at(one, 'date_published'),
    at(one, 'dcterms', 'issued', 0),
    at(one, 'dc', 'dates', 0),
  );
  const updated = str(
    at(one, 'updated'),
    at(one, 'lastBuildDate'),
    at(one, 'date_modified'),
    at(one, 'dcterms', 'modified', 0),
    at(one, 'dc', 'dates', 0),
  );
  return {
    id: str(at(one, 'id'), at(one, 'guid'), at(one, 'rdf', 'about')),
    title: title?.value ?? null,
    titleDetail: title,
    link:
      str(at(one, 'link'), at(one, 'url'), at(one, 'home_page_url')) ??
      all.find((it) => it.rel === 'alternate')?.href ??
      str(at(one, 'guid')),
    links: all,
    published,
    updated,
    dates: { ...(published && { published }), ...(updated && { updated }) },
    authors: people(one),
    contributors: list(at(one, 'contributors')).map(person),
    publisher: str(at(one, 'dc', 'publishers', 0), at(one, 'webMaster'))
      ? person(str(at(one, 'dc', 'publishers', 0), at(one, 'webMaster')))
      : at(one, 'itunes', 'owner')
        ? person(at(one, 'itunes', 'owner'))
        : null,
    categories: categories(one),
    rights: text(at(one, 'rights')) ?? text(at(one, 'copyright')) ?? text(at(one, 'dc', 'rights', 0)),
    language: str(at(one, 'language'), at(one, 'xml', 'lang'), at(one, 'dc', 'languages', 0)),
    image: image(at(one, 'image'), at(one, 'itunes', 'image'), at(one, 'logo')),
    itunes: {
      block: (at(one, 'itunes', 'block') as boolean | undefined) ?? null,
      explicit: (at(one, 'itunes', 'explicit') as boolean | undefined) ?? null,
      duration: str(String(at(one, 'itunes', 'duration') ?? '')),
    },
  };
}

function asFeed(format: string, feed: unknown, charset: string): Feed {
  const description =
    text(at(feed, 'subtitle')) ??
    text(at(feed, 'tagline')) ??
    text(at(feed, 'description')) ??
    text(at(feed, 'itunes', 'summary')) ??
    text(at(feed, 'dc', 'descriptions', 0));
  const all = links(feed);
  const generator = at(feed, 'generator');
  return {
    ...common(feed),
    format: format as Feed['format'],
    version: str(at(feed, 'version')),
    charset,
    faults: [],
    cut: false,
    description: description?.value ?? null,
    descriptionDetail: description,
    info: text(at(feed, 'info')),
    self: str(at(feed, 'feed_url')) ?? all.find((it) => it.rel === 'self')?.href ?? null,
    newLocation: str(at(feed, 'itunes', 'newFeedUrl')),
    hubs: [],
    next: str(at(feed, 'next_url')),
    generator:
      generator === undefined
        ? null
        : {
            name: str(generator, at(generator, 'text')),
            url: str(at(generator, 'uri')),
            version: str(at(generator, 'version')),
          },
    icon: str(at(feed, 'icon'), at(feed, 'favicon')),
    ttlMinutes: (at(feed, 'ttl') as number | undefined) ?? null,
    skipHours: [],
    skipDays: [],
    extra: {},
    items: list(at(feed, 'items'), at(feed, 'entries')).map(asItem),
  } as Feed;
}

function asItem(one: unknown): FeedItem {
  const summary = text(at(one, 'summary')) ?? text(at(one, 'description')) ?? text(at(one, 'dc', 'descriptions', 0));
  const contents = [
    text(at(one, 'content')),
    text(at(one, 'content', 'encoded')),
    text(at(one, 'content_html')),
    text(at(one, 'content_text')),
  ].filter((it) => it !== null);
  return {
    ...common(one),
    idIsPermalink: false,
    summary: summary?.value ?? null,
    summaryDetail: summary,
    subtitle: str(at(one, 'itunes', 'subtitle')),
    content: contents[0]?.value ?? null,
    contents,
    enclosures: [
      ...list(at(one, 'enclosures'), at(one, 'attachments')),
      ...list(at(one, 'media', 'contents')),
      ...list(at(one, 'links')).filter((it) => at(it, 'rel') === 'enclosure'),
    ].map((it) => ({
      url: str(at(it, 'url'), at(it, 'href')) ?? '',
      type: str(at(it, 'type'), at(it, 'mime_type')),
      length: Number(at(it, 'length') ?? at(it, 'size_in_bytes') ?? at(it, 'fileSize')) || null,
      title: null,
    })),
    comments: str(at(one, 'comments')),
    inReplyTo: (at(one, 'thr', 'inReplyTos', 0) as FeedItem['inReplyTo']) ?? null,
    source: at(one, 'source')
      ? ({ ...asFeed('atom', at(one, 'source'), ''), items: [] } as unknown as FeedItem['source'])
      : null,
    where: null,
    chapters: null,
    extra: {},
  } as FeedItem;
}
