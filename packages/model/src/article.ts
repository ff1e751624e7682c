/** What is read out of a page: the article with its fields, where each came from, and the links. */

import type { BodyPart } from './body-part.ts';

/** How exactly a date is known. */
export type DatePrecision = 'second' | 'minute' | 'day' | 'month' | 'year';

/** A point in time as a page gives it. */
export type PageDate = {
  /**
   * ISO 8601, only as exact as known: `2024-04`, `2015-04-13`, `2015-04-13T21:07:00+07:00`. A time without a known zone
   * has none; `day` of it is the local day of the page.
   */
  value: string;
  precision: DatePrecision;
};

/** The fields of an article that carry provenance. */
export type ArticleField =
  | 'title'
  | 'date'
  | 'dateModified'
  | 'authors'
  | 'body'
  | 'lang'
  | 'image'
  | 'canonicalUrl'
  | 'description'
  | 'section'
  | 'tags'
  | 'agencies'
  /** What the page says about its use, each mark with its place. */
  | 'directives'
  /** No field of the article itself: the name the feed knows it by stands in `at`. */
  | 'guid';

/** Where the value of a field came from. */
export type FieldOrigin = {
  /** `json-ld`, `microdata`, `opengraph`, `meta`, `time`, `heading`, `title-tag`, `visible`, `url`, `feed`, `text`, `detected`, `declared`. */
  from: string;
  /** The place within that: a property, a selector, the words matched. At most 200 characters. */
  at?: string;
  /** The values it was chosen over, strongest first, at most five. */
  over?: { from: string; value: string }[];
};

/** Provenance per field; a field without a value has no entry. */
export type Provenance = Partial<Record<ArticleField, FieldOrigin>>;

/** An article as read out of one page. All text is NFC. */
export type Article = {
  title: string | null;
  date: PageDate | null;
  dateModified: PageDate | null;
  /** People's names in reading order. */
  authors: string[];
  /** News agencies named as the origin (`TTXVN`, `AFP`); not repeated in `authors`. */
  agencies: string[];
  /** BCP 47 primary language subtag (`vi`), or null where unknown. */
  lang: string | null;
  /** Clean text; paragraphs are separated by one blank line. */
  body: string;
  /** What each stretch of the body is; only where the caller asked for it. */
  structure?: BodyPart[];
  /** Absolute URL of the lead image. */
  image: string | null;
  /** The caption that the page shows with the lead image, where it shows one. */
  imageCaption?: string;
  /** The standfirst as the page's metadata gives it. */
  description: string | null;
  section: string | null;
  tags: string[];
  provenance: Provenance;
};

/** What a page is. Only `article` becomes a document; the others are counted with their note. */
export type PageKind =
  | 'article'
  | 'front'
  | 'feed'
  | 'sitemap'
  | 'gallery'
  | 'video'
  | 'live'
  | 'error'
  | 'login'
  | 'consent'
  | 'other';

/** A link found in a capture, resolved to an absolute http(s) URL. */
export type Outlink = {
  url: string;
  /** Visible words of the link. */
  text: string;
  /** `feed` and `sitemap` are declared by the page; `item` is an entry of a feed or sitemap. */
  rel: 'link' | 'feed' | 'sitemap' | 'item' | 'next';
  nofollow?: boolean;
  /** Facts a feed or news sitemap states about the target. */
  facts?: FeedFacts;
};

/** What a feed or sitemap says about one of its items. */
export type FeedFacts = {
  title?: string;
  /** ISO 8601. */
  date?: string;
  authors?: string[];
  /** The lasting name of the item. */
  guid?: string;
  /** Plain text. */
  summary?: string;
  tags?: string[];
  /** Primary language subtag. */
  lang?: string;
  /** Absolute address of its picture. */
  image?: string;
  /** When the page last changed, ISO 8601 in UTC: a reason to look again, no fact about the article. */
  changed?: string;
  /** The source a sitemap on another host speaks for, because that source's robots.txt names it. */
  site?: string;
  /** An earlier page of the same article says that this is its page `part`, the first one being at `partOf`. */
  partOf?: string;
  part?: number;
};

/** A decoded page and all that was read from it. */
export type ReadPage = {
  kind: PageKind;
  /** The charset the bytes were decoded with, in lower case (`utf-8`, `windows-1258`, `tcvn3`). */
  charset: string;
  /** rel=canonical or its equivalents, absolute; null where the page names none. */
  canonicalUrl: string | null;
  /**
   * Directives of meta robots and X-Robots-Tag, lower case, reservations of rights (`tdm-reservation`), and the marks
   * `paywall` and `consent-notice`.
   */
  robots: string[];
  links: Outlink[];
  /**
   * What there is to read: the article, or the text of a live report or a gallery, which are no documents by themselves.
   * Where the caller knows the page to be an article, whatever was found.
   */
  article: Article | null;
  /** Digest of the words and links of a page without an article, blind to numbers; the same for one page at many addresses. */
  gist?: string;
  /** What told its kind, for people: `says “Page not found”`, `12 timed entries`. */
  why?: string;
  /** Why there is no article, as a note: `front`, `no-article`, `soft-404`, ... */
  note?: string;
  /** Why a browser may find an article where there was none: `body empty, 4 scripts`. */
  browser?: string;
};
