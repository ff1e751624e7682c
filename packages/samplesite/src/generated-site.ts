/** Serves a generated site of any size, for load tests, crash tests and benchmarks. */
import {
  articlePage,
  articlePath,
  FRONT_SIZE,
  frontPage,
  frontPath,
  type GeneratedArticle,
  generatedArticle,
} from './generated-pages.ts';
import { Host, type SeenRequest } from './host.ts';
import { type Resource, textResource } from './resource.ts';

export type GeneratedSiteOptions = {
  /** Articles over all hosts. */
  pages: number;
  /** Hosts (ports) they are spread over, evenly; 1 unless told otherwise. */
  hosts?: number;
  /** Size of an article's HTML, about; 30,000 unless told otherwise. */
  bytesPerPage?: number;
  /** Whether to answer with gzip where accepted; true unless told otherwise. */
  gzip?: boolean;
  /** Bytes of pages kept ready so that serving costs little; 64 MiB unless told otherwise. */
  cacheBytes?: number;
  /** Address to bind; loopback unless told otherwise. */
  address?: string;
  publicName?: string;
  onRequest?: (request: SeenRequest) => void;
};

export type GeneratedSite = AsyncDisposable & {
  /** First front page of each host; each front links 50 articles and the next front. */
  fronts: string[];
  /** All front pages, for a crawl of depth 1. */
  allFronts: string[];
  hosts: string[];
  /** One sitemap a host, which lists all its articles. */
  sitemaps: string[];
  /** Addresses of all articles; article `i` is on host `i % hosts`. */
  urls: string[];
  readonly requests: SeenRequest[];
  /** What is true of the article at an index of `urls`. */
  article(index: number): GeneratedArticle;
  setDelay(ms: number): void;
  /** Builds all pages now (as far as `cacheBytes` allows), so that a benchmark does not pay for writing them. */
  warm(): void;
};

/** When every generated page was last changed. */
const MODIFIED = '2026-01-01T00:00:00Z';

/** Starts the generated site; the same options give the same pages. */
export async function serveGeneratedSite(options: GeneratedSiteOptions): Promise<GeneratedSite> {
  const { pages, hosts = 1, bytesPerPage = 30_000, gzip = true, cacheBytes = 64 * 1024 ** 2 } = options;
  const { address = '127.0.0.1', publicName = address, onRequest } = options;
  const requests: SeenRequest[] = [];
  const opened = await Promise.all(
    Array.from({ length: hosts }, () =>
      Host.open({
        port: 0,
        address,
        publicName,
        gzip,
        onRequest: (request) => {
          requests.push(request);
          onRequest?.(request);
        },
      }),
    ),
  );

  let cached = 0;
  const allFronts: string[] = [];
  for (const [hostIndex, host] of opened.entries()) {
    const own = Array.from({ length: pages }, (_, index) => index).filter((index) => index % hosts === hostIndex);
    const frontCount = Math.max(1, Math.ceil(own.length / FRONT_SIZE));
    const fronts = new Map(Array.from({ length: frontCount }, (_, page): [string, number] => [frontPath(page), page]));
    const paths = new Map(own.map((index): [string, number] => [articlePath(index), index]));
    const ready = new Map<string, Resource>();
    allFronts.push(...[...fronts.keys()].map((path) => host.origin + path));

    const make = (path: string): Resource | undefined => {
      const article = paths.get(path);
      if (article !== undefined)
        return textResource('text/html', articlePage(article, host.origin, bytesPerPage), MODIFIED);
      const page = fronts.get(path);
      if (page !== undefined) {
        const shown = own.slice(page * FRONT_SIZE, (page + 1) * FRONT_SIZE);
        return textResource('text/html', frontPage(shown, page, page === frontCount - 1), MODIFIED);
      }
      if (path === '/sitemap.xml') {
        const locs = own.map((index) => `<url><loc>${host.origin}${articlePath(index)}</loc></url>`);
        const xml = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locs.join('\n')}</urlset>`;
        return textResource('application/xml', xml, MODIFIED);
      }
      if (path === '/robots.txt')
        return textResource('text/plain', `User-agent: *\nAllow: /\nSitemap: ${host.origin}/sitemap.xml\n`, MODIFIED);
      return undefined;
    };
    host.resolve = (path) => {
      const known = ready.get(path);
      if (known) return known;
      const made = make(path);
      if (made?.kind === 'body' && cached + made.body.length <= cacheBytes) {
        cached += made.body.length;
        ready.set(path, made);
      }
      return made;
    };
  }

  return {
    hosts: opened.map(({ origin }) => origin),
    fronts: opened.map(({ origin }) => `${origin}/`),
    allFronts,
    sitemaps: opened.map(({ origin }) => `${origin}/sitemap.xml`),
    urls: Array.from({ length: pages }, (_, index) => opened[index % hosts]?.origin + articlePath(index)),
    requests,
    article: generatedArticle,
    setDelay(ms) {
      for (const host of opened) host.delayMs = ms;
    },
    warm() {
      for (let index = 0; index < pages; index += 1) opened[index % hosts]?.warm(articlePath(index));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((host) => host[Symbol.asyncDispose]()));
    },
  };
}
