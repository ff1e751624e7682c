/** What a feed says, whatever it is written in: one shape for RSS, RDF, Atom, JSON Feed and CDF. */

/** A feed as it was read. */
export type Feed = {
  /** Which family it is written in. */
  format: 'rss' | 'rdf' | 'atom' | 'json' | 'cdf';
  /** The version it states: `0.90` to `2.0` for RSS and RDF, `0.3` or `1.0` for Atom, `1` or `1.1` for JSON Feed; null where it states none. */
  version: string | null;
  /** The charset its bytes were decoded with, in lower case. */
  charset: string;
  /** What was wrong with it, a sentence each; empty for a well-formed feed. */
  faults: string[];
  /** Whether there were more items than are read, or more bytes. */
  cut: boolean;
  /** Its title on one line, markup left out. */
  title: string | null;
  /** Its title as it is written: markup cleaned, language, base. */
  titleDetail: FeedText | null;
  /** What it is about: RSS description, Atom subtitle, markup cleaned. */
  description: string | null;
  /** The same with type, language and base. */
  descriptionDetail: FeedText | null;
  /** What Atom 0.3 says about the feed itself, in `info`. */
  info: FeedText | null;
  /** The page of the site it belongs to, absolute. */
  link: string | null;
  /** Where the feed itself says it lives: Atom `self`, JSON `feed_url`. */
  self: string | null;
  /** Where it moved to, by `newLocation` or `itunes:new-feed-url`. */
  newLocation: string | null;
  /** WebSub hubs that tell of news, absolute. */
  hubs: string[];
  /** The page of the feed with older items (RFC 5005 `next`, JSON `next_url`). */
  next: string | null;
  /** Every link it gives, in order. */
  links: FeedLink[];
  /** Its lasting name: Atom `id`, RSS `guid`. */
  id: string | null;
  /** Its language as written, with `-` between the parts (`en-US`). */
  language: string | null;
  /** When it last changed: ISO 8601, in the zone it states. */
  updated: string | null;
  /** When it was published, likewise. */
  published: string | null;
  /** The dates as they are written. */
  dates: FeedDates;
  /** Who writes it. */
  authors: FeedPerson[];
  /** Who else had a part in it. */
  contributors: FeedPerson[];
  /** Who answers for it: dc:publisher, webMaster, itunes:owner. */
  publisher: FeedPerson | null;
  /** What it is filed under. */
  categories: FeedCategory[];
  /** Who may do what with it, markup cleaned. */
  rights: FeedText | null;
  /** The program that wrote it. */
  generator: { name: string | null; url: string | null; version: string | null } | null;
  /** Its picture: RSS image, Atom logo, itunes:image. */
  image: FeedImage | null;
  /** Its small square picture: Atom icon, JSON favicon. */
  icon: string | null;
  /** Minutes it may be kept before it is asked for again: ttl, or the syndication module. */
  ttlMinutes: number | null;
  /** Hours of the day in which it need not be asked for, in UTC. */
  skipHours: number[];
  /** Days of the week in which it need not be asked for, in English. */
  skipDays: string[];
  /** What iTunes is told about it. */
  itunes: FeedItunes;
  /** Text fields that have no place above, by their name in lower case (`docs`, `cloud:path`, `textinput:link`). */
  extra: Record<string, string>;
  /** Its items in order. */
  items: FeedItem[];
};

/** One item of a feed. */
export type FeedItem = {
  /** Its lasting name: RSS guid, Atom id, JSON id, RDF about. */
  id: string | null;
  /** Whether that name is also its address (RSS `isPermaLink`, true where an address stands in a guid without it). */
  idIsPermalink: boolean;
  /** The page it stands on, absolute; null for an item without a page of its own. */
  link: string | null;
  /** Every link it gives, enclosures included, in order. */
  links: FeedLink[];
  /** Its title on one line, markup left out. */
  title: string | null;
  /** Its title as it is written: markup cleaned, language, base. */
  titleDetail: FeedText | null;
  /** When it was published: ISO 8601, in the zone it states; without one where it states none. */
  published: string | null;
  /** When it last changed, likewise. */
  updated: string | null;
  /** The dates as they are written. */
  dates: FeedDates;
  /** Who wrote it; the feed's authors where it names none. */
  authors: FeedPerson[];
  /** Who else had a part in it. */
  contributors: FeedPerson[];
  /** Who answers for it. */
  publisher: FeedPerson | null;
  /** Its summary, markup cleaned: RSS description, Atom summary. */
  summary: string | null;
  /** The same with type, language and base. */
  summaryDetail: FeedText | null;
  /** Its subtitle, as podcasts have it. */
  subtitle: string | null;
  /** Its full text, markup cleaned; null where the feed carries none. */
  content: string | null;
  /** Every body it carries, with type, language and base. */
  contents: FeedText[];
  /** What it is filed under. */
  categories: FeedCategory[];
  /** Files that belong to it: enclosures, media. */
  enclosures: FeedEnclosure[];
  /** Its picture: itunes:image, media:thumbnail, JSON image, or a picture among the enclosures. */
  image: FeedImage | null;
  /** The page of its comments. */
  comments: string | null;
  /** What it answers to (RFC 4685). */
  inReplyTo: { ref: string | null; href: string | null; type: string | null; source: string | null } | null;
  /** Its language as written. */
  language: string | null;
  /** Who may do what with it. */
  rights: FeedText | null;
  /** The feed it was taken from. */
  source: FeedSource | null;
  /** Where it happened: GeoRSS, GML and W3C Geo, longitude first. */
  where: FeedPlace | null;
  /** Chapters of a recording (Podlove Simple Chapters). */
  chapters: { version: string | null; list: { start: string; title: string | null; href: string | null }[] } | null;
  /** What iTunes is told about it. */
  itunes: FeedItunes;
  /** Text fields that have no place above, by their name in lower case (`wfw:commentrss`, `slash:comments`). */
  extra: Record<string, string>;
};

/** A text with what is known about it. */
export type FeedText = {
  /** Plain text for `text/plain`, else markup with only safe elements and absolute addresses. */
  value: string;
  /** Media type, as stated or as it looks. */
  type: string;
  /** Language in force where it stands, or null. */
  language: string | null;
  /** Address its relative links are completed with. */
  base: string;
  /** Where the content lies instead, for Atom content by reference. */
  src: string | null;
};

/** A link as a feed gives it, completed. */
export type FeedLink = {
  rel: string;
  href: string;
  type: string | null;
  title: string | null;
  length: string | null;
  hreflang: string | null;
};

/** A person or organisation. */
export type FeedPerson = { name: string | null; email: string | null; url: string | null };

/** A category: its term, the vocabulary it is from, and what people are shown. */
export type FeedCategory = { term: string; scheme: string | null; label: string | null };

/** A file that belongs to an item. */
export type FeedEnclosure = { url: string; type: string | null; length: number | null; title: string | null };

/** A picture with its caption and the page it leads to. */
export type FeedImage = { url: string; title: string | null; link: string | null; description: string | null };

/** Dates as they are written. */
export type FeedDates = Partial<Record<'published' | 'updated' | 'created' | 'expired', string>>;

/** What podcasts say; null where they say nothing, or nothing that is understood. */
export type FeedItunes = { block: boolean | null; explicit: boolean | null; duration: string | null };

/** The feed an item was taken from. */
export type FeedSource = Pick<
  Feed,
  | 'id'
  | 'title'
  | 'titleDetail'
  | 'description'
  | 'descriptionDetail'
  | 'link'
  | 'links'
  | 'authors'
  | 'contributors'
  | 'categories'
  | 'generator'
  | 'rights'
  | 'updated'
  | 'icon'
  | 'image'
>;

/** A place; coordinates have the longitude first, as GeoJSON has them. */
export type FeedPlace =
  | { type: 'Point'; coordinates: number[] }
  | { type: 'LineString'; coordinates: number[][] }
  | { type: 'Polygon' | 'Box'; coordinates: number[][] };
