/** Serves the sample news site: three publications, each on a host (port) of its own. */
import { readArticles, type SiteArticle } from './article-file.ts';
import { Host, type SeenRequest } from './host.ts';
import { PUBLICATIONS, type Publication, sectionOf } from './publications.ts';
import { publicationResources } from './resources.ts';

/** What is true of one article of the site, for tests to compare with. All text is NFC. */
export type SampleArticle = {
  /** A short name that stays the same over ports: `vay-te-te-lach-huyen`. */
  id: string;
  /** Its one canonical address. */
  url: string;
  /** Origin of its host. */
  host: string;
  lang: 'vi' | 'fr' | 'en';
  title: string;
  /** ISO 8601 with its zone, as feeds and sitemaps give it; a day alone where no time is known. */
  date: string;
  /** The same as far as the page alone tells: without a zone where it shows a time and names none. */
  dateOnPage: string;
  datePrecision: 'minute' | 'day';
  dateModified: string | null;
  authors: string[];
  /** Absolute address of the lead image. */
  image: string;
  /** The whole article, a paragraph each; the standfirst and the caption are not among them. */
  paragraphs: string[];
  bodyStarts: string;
  bodyEnds: string;
  summary: string;
  /** On the page, but no part of the body. */
  caption: string;
  /** Link hops from the front page of its host. */
  depth: 1 | 2;
  /** Name shared by the articles that tell one wire story. */
  wire: string | null;
};

export type SampleSite = AsyncDisposable & {
  /** Addresses of the three front pages. */
  fronts: string[];
  /** Origins, in the order daily (vi), French paper, agency (en and vi). */
  hosts: string[];
  /** Feed addresses. */
  feeds: string[];
  /** The sitemaps robots.txt names. */
  sitemaps: string[];
  /** What is true of every article, as it stands now. */
  readonly articles: SampleArticle[];
  /** Every request since the start, over all hosts, oldest first. */
  readonly requests: SeenRequest[];
  /** Delays every answer from now on. */
  setDelay(ms: number): void;
  /** Changes an article; its ETag and Last-Modified change with it. Throws where no such article is served. */
  editArticle(
    urlOrPath: string,
    patch: Partial<Pick<SiteArticle, 'title' | 'paragraphs' | 'summary' | 'authors'>>,
  ): void;
  /** Lets the next request for an address fail with a status, or `reset` the connection. */
  failNext(urlOrPath: string, status: number | 'reset', headers?: Record<string, string>): void;
};

export type SampleSiteOptions = {
  /** One port a host, or 0 for free ones. */
  ports?: number[] | 0;
  /** Address to bind; loopback unless told otherwise. */
  address?: string;
  /** Name the links carry; the bound address unless told otherwise. */
  publicName?: string;
  onRequest?: (request: SeenRequest) => void;
};

/** Starts the site; rejects where a port is taken. Close with `await using` or `Symbol.asyncDispose`. */
export async function serveSampleSite(options: SampleSiteOptions = {}): Promise<SampleSite> {
  const { ports = 0, address = '127.0.0.1', publicName = address, onRequest } = options;
  const requests: SeenRequest[] = [];
  const opened: Host[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.map((host) => host[Symbol.asyncDispose]()));
  };
  try {
    for (const index of PUBLICATIONS.keys()) {
      const host = await Host.open({
        port: ports === 0 ? 0 : (ports[index] ?? 0),
        address,
        publicName,
        gzip: true,
        onRequest: (request) => {
          requests.push(request);
          onRequest?.(request);
        },
      });
      opened.push(host);
    }
  } catch (error) {
    await closeAll();
    throw error;
  }

  const places = PUBLICATIONS.map((publication, index) => {
    const host = opened[index] as Host;
    return { publication, host, articles: readArticles(publication.folder) };
  });
  const agencyOrigin = places.find(({ publication }) => publication.id === 'lotus')?.host.origin;
  const build = (place: (typeof places)[number]): void => {
    const partner = place.host.origin === agencyOrigin ? undefined : agencyOrigin;
    const resources = publicationResources(place.publication, place.articles, place.host.origin, partner);
    place.host.resolve = (path) => resources.get(path);
  };
  places.forEach(build);

  /** The places an address may mean: all hosts for a path, one for an absolute address. */
  const locate = (urlOrPath: string) => {
    const url = new URL(urlOrPath, 'http://any');
    const candidates = urlOrPath.startsWith('/') ? places : places.filter(({ host }) => host.origin === url.origin);
    return { path: url.pathname, candidates };
  };

  return {
    hosts: places.map(({ host }) => host.origin),
    fronts: places.map(({ host }) => `${host.origin}/`),
    feeds: places.flatMap(({ host, publication }) => (publication.feed ? [host.origin + publication.feed.path] : [])),
    sitemaps: places.flatMap(({ host, publication }) =>
      [publication.sitemap, publication.newsSitemap].flatMap((path) => (path ? [host.origin + path] : [])),
    ),
    get articles() {
      return places.flatMap(({ host, articles, publication }) =>
        articles.map((article) => truth(host.origin, article, publication)),
      );
    },
    requests,
    setDelay(ms) {
      for (const { host } of places) host.delayMs = ms;
    },
    editArticle(urlOrPath, patch) {
      const { path, candidates } = locate(urlOrPath);
      for (const place of candidates) {
        const article = place.articles.find((item) => item.path === path);
        if (!article) continue;
        Object.assign(article, patch, { modified: secondsAfter(article.modified ?? article.date, 60) });
        build(place);
        return;
      }
      throw new Error(`no article is served at ${urlOrPath}`);
    },
    failNext(urlOrPath, status, headers = {}) {
      const { path, candidates } = locate(urlOrPath);
      const all =
        candidates.length === places.length ? candidates.filter(({ host }) => host.resolve(path)) : candidates;
      if (all.length === 0) throw new Error(`nothing is served at ${urlOrPath}`);
      for (const { host } of all) host.failNext(path, { status, headers });
    },
    [Symbol.asyncDispose]: closeAll,
  };
}

/** The same zone, some seconds later: an edit moves the clock of the page, not of the machine. */
function secondsAfter(iso: string, seconds: number): string {
  return new Date(Date.parse(iso) + seconds * 1000 + 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+07:00');
}

function truth(origin: string, article: SiteArticle, publication: Publication): SampleArticle {
  const zoneless = sectionOf(publication, article.section).template === 'plain';
  return {
    id: article.id,
    url: origin + article.path,
    host: origin,
    lang: article.lang,
    title: article.title,
    date: article.date,
    dateOnPage: zoneless ? article.date.replace(/\+07:00$/, '') : article.date,
    datePrecision: article.date.includes('T') ? 'minute' : 'day',
    dateModified: article.modified ?? null,
    authors: article.authors,
    image: origin + article.image,
    paragraphs: article.paragraphs,
    bodyStarts: article.paragraphs[0] ?? '',
    bodyEnds: article.paragraphs.at(-1) ?? '',
    summary: article.summary,
    caption: article.caption,
    depth: article.sectionOnly ? 2 : 1,
    wire: article.wire ?? null,
  };
}
