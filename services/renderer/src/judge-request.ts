/** Which of a page's requests are made for it: pure, from what the browser says about a request. */

/** A request that a page wants to make. */
export type PageRequest = {
  url: string;
  method: string;
  /** The browser's word for what it is wanted for: `Document`, `Script`, `XHR`, ... */
  type: string;
  /** True for the page itself, not a frame in it. */
  isMain: boolean;
};

/** `fetch` it through the egress; answer it with `nothing`, so that what waits for it goes on; or `refuse` it. */
export type RequestFate =
  | { fate: 'fetch' }
  | { fate: 'nothing'; contentType: string }
  | { fate: 'refuse'; why: string };

/** What text is made of. */
const WANTED = new Set(['Document', 'Script', 'XHR', 'Fetch']);

/**
 * Decides about a request before any of it leaves. Pictures, fonts and media add no text; frames are other pages; what is
 * no GET may change something at the publisher's.
 * @param page address of the page that is rendered
 */
export function judgeRequest(request: PageRequest, page: string): RequestFate {
  const refuse = (why: string): RequestFate => ({ fate: 'refuse', why });
  const url = URL.parse(request.url);
  if (url === null) return refuse('bad-url');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse('scheme');
  // Scripts may wait for a style sheet to load; an empty one is as good to them.
  if (request.type === 'Stylesheet') return { fate: 'nothing', contentType: 'text/css' };
  if (!WANTED.has(request.type)) return refuse('no-text');
  if (request.method !== 'GET') return refuse('method');
  if (request.type === 'Document' && !(request.isMain && isSamePage(url, page))) return refuse('other-page');
  return { fate: 'fetch' };
}

/** A page may load itself again, say with a parameter of its own; another path is another page, with its own turn. */
const isSamePage = (url: URL, page: string): boolean => {
  const own = new URL(page);
  return url.origin === own.origin && url.pathname === own.pathname;
};

/** Headers of a response that a page needs to see; cookies, caches and encodings end here. */
const PASSED = /^(?:content-type|content-language|access-control-[a-z-]+|cross-origin-[a-z-]+|x-content-type-options)$/;

/** The headers of a response as the browser takes them. */
export const passedHeaders = (headers: Readonly<Record<string, string>>): { name: string; value: string }[] =>
  Object.entries(headers)
    .filter(([name]) => PASSED.test(name))
    .map(([name, value]) => ({ name, value }));
