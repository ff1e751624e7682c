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
