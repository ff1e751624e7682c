/** What the crawler knows and decides: kinds of address, verdicts. */

/** What a URL is taken for until its content says otherwise. */
export type UrlKind = 'auto' | 'article' | 'section' | 'feed' | 'sitemap';

/** What one fetch meant. */
export type Verdict = 'captured' | 'unchanged' | 'moved' | 'gone' | 'resting' | 'failing' | 'excluded';

/** How a body is kept: as it came compressed, else zstd. */
export type BodyEncoding = 'identity' | 'gzip' | 'br' | 'deflate' | 'zstd';

/** Which URLs belong to a one-shot crawl. */
export type CrawlScope = {
  /** Hosts (with port where it is not the default); empty: any host. */
  hosts: string[];
};

/** What a URL's visits so far have taught about it. Times are epoch milliseconds; what is missing has not been seen. */
export type Watch = {
  /** 304 answers in a row. */
  notModified?: number;
  /** When a 304 was found to have lied: until long after, the validators are not sent. */
  liedAt?: number;
  /** What kind of list it was found to be. */
  list?: 'section' | 'feed' | 'sitemap';
  /** New links an hour, smoothed, where the page is a list. */
  linksPerHour?: number;
  /** When its bytes were last looked at, a 304 not counted; present where the page is a list. */
  listedAt?: number;
  /** When the article there was last seen changed. */
  revisedAt?: number;
  /** Since when it fails or is gone. */
  deadSince?: number;
  /** Visits since it was given up for dead. */
  knocks?: number;
};
