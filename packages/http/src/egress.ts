/** The one way out: every request to the web goes through here, checked, limited and pinned. */
import type { IncomingHttpHeaders } from 'node:http';
import { checkUrl, type GuardReason, MAX_URL_CHARS, parseCidr } from '@newsloom/frontier';
import { type ChainCookies, openChainCookies } from './cookies.ts';
import { ACCEPT_ENCODING, decodeBody, hasZlibHeader, parseEncodings } from './decode.ts';
import { HttpError, type HttpErrorCode } from './errors.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { openProxyRoute } from './proxy.ts';
import { type Answer, openClient, request } from './request.ts';
import { type Lookup, lookupBySystem, openGuardedAgents } from './sockets.ts';

/** What a response is wanted for; chooses the Accept header. */
export type Wanted = 'page' | 'feed' | 'sitemap' | 'robots' | 'image' | 'any';

export type EgressOptions = {
  /** The User-Agent header of every request. */
  userAgent: string;
  /** Blocks of addresses that may be contacted although not public (`127.0.0.0/8`, `::1/128`). */
  allowPrivate?: readonly string[];
  /** `http://[name:password@]host:port`: every request goes through this proxy, which then looks the names up. */
  proxy?: string;
  limits?: Partial<Limits>;
  /** Finds the addresses of names; the system's resolver unless given. */
  lookup?: Lookup;
  /** Certificates trusted beside the usual ones, in PEM. */
  ca?: string | string[];
  /** The clock, in epoch milliseconds, for `startedAt`. */
  now?: () => number;
};

export type GetOptions = {
  /** Further headers; names in lower case. Not sent to another origin after a redirect. */
  headers?: Record<string, string>;
  /** Validators of the copy at hand: a 304 is then an answer like any other. */
  etag?: string | null;
  lastModified?: string | null;
  /** The Accept header; else `as` chooses it. */
  accept?: string;
  as?: Wanted;
  signal?: AbortSignal;
  /** Limits that differ for this fetch. */
  limits?: Partial<Limits>;
  /** Give the first bytes of a body beyond the wire limit instead of failing. */
  truncate?: boolean;
  /** Asked before each redirect is followed; `stop` makes the redirect itself the response. */
  onRedirect?: (url: string, hop: { from: string; status: number }) => RedirectDecision | Promise<RedirectDecision>;
};

export type RedirectDecision = 'follow' | 'stop';

export type HttpResponse = {
  /** The address that answered in the end. */
  url: string;
  requestedUrl: string;
  /** Each redirect with its status and where it led; the last one was not followed if `onRedirect` said so. */
  redirects: { status: number; url: string }[];
  status: number;
  /** Names in lower case; several values of a name are joined by a comma, cookies by a line break. */
  headers: Record<string, string>;
  /** The decoded body. */
  body: Uint8Array;
  /**
   * The body as it came, where it came compressed in one encoding that can be undone alone, to be stored as it is; else
   * null and `identity`: the decoded body is what there is to store.
   */
  wire: { bytes: Uint8Array | null; encoding: 'br' | 'gzip' | 'zstd' | 'deflate' | 'identity' };
  /** Size of the body on the wire, in bytes. */
  wireBytes: number;
  /** The address the socket was open to; the proxy's where there is one. */
  remoteAddress: string | null;
  /** Epoch milliseconds, where a clock was given. */
  startedAt?: number;
  tookMs: number;
  /** True where the body is not whole: cut at the limit, or its compression ended early. */
  truncated?: boolean;
};

export type Egress = AsyncDisposable & {
  /** Fetches an http(s) address by GET. Throws HttpError, whose `code` says why there is no response. */
  get(url: string, options?: GetOptions): Promise<HttpResponse>;
  /** Closes the sockets kept open. */
  close(): Promise<void>;
};

const ACCEPT: Record<Wanted, string> = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  feed: 'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5',
  sitemap: 'application/xml,text/xml,text/plain;q=0.8,*/*;q=0.5',
  robots: 'text/plain,*/*;q=0.5',
  image: 'image/*,*/*;q=0.5',
  any: '*/*',
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers of the caller that another origin must not see. */
const PRIVATE_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

const GUARD_CODES: Record<GuardReason, HttpErrorCode> = {
  'bad-url': 'bad-url',
  'unsupported-scheme': 'unsupported-scheme',
  credentials: 'bad-url',
  'bad-port': 'bad-port',
  'private-address': 'private-address',
  'local-name': 'private-address',
};

/** Opens the way out. Throws RangeError where a block, and TypeError where the proxy's address, cannot be read. */
export function openEgress(options: EgressOptions): Egress {
  const allowed = (options.allowPrivate ?? []).map(parseCidr);
  const general: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const trust = options.ca === undefined ? {} : { ca: options.ca };
  const route = options.proxy ? openProxyRoute({ proxy: options.proxy, connectMs: general.connectMs, trust }) : null;
  const agents = route?.agents ?? openGuardedAgents(allowed, options.lookup ?? lookupBySystem, trust);
  const client = openClient(agents, route);

  async function get(requested: string, ask: GetOptions = {}): Promise<HttpResponse> {
    const limits = ask.limits === undefined ? general : { ...general, ...ask.limits };
    const startedAt = options.now?.();
    const started = performance.now();
    const redirects: HttpResponse['redirects'] = [];
    const cookies = openChainCookies();
    const seen = new Set<string>();
    let url = withoutCredentials(requested);

    for (;;) {
      const verdict = checkUrl(url, allowed);
      if (!verdict.allowed) throw new HttpError(GUARD_CODES[verdict.reason], url);
      const headers = headersFor(url, requested, options.userAgent, ask, cookies);
      const key = `${url}\n${headers.cookie ?? ''}`;
      if (seen.has(key)) throw new HttpError('redirect-loop', url);
      seen.add(key);

      const remainingMs = limits.totalMs - (performance.now() - started);
      if (remainingMs <= 0) throw new HttpError('timeout', url);
      if (ask.signal?.aborted) throw new HttpError('aborted', url, { cause: ask.signal.reason });
      const answer = await request(client, {
        url,
        headers,
        limits,
        remainingMs,
        truncate: ask.truncate ?? false,
        signal: ask.signal,
      });

      const next = redirectOf(answer, url);
      if (next !== null) {
        redirects.push({ status: answer.status, url: next });
        if (redirects.length > limits.redirects) throw new HttpError('too-many-redirects', url);
        const refused = checkUrl(next, allowed);
        if (!refused.allowed) throw new HttpError(GUARD_CODES[refused.reason], next);
        const decision = (await ask.onRedirect?.(next, { from: url, status: answer.status })) ?? 'follow';
        if (decision === 'follow') {
          cookies.keep(url, answer.headers['set-cookie']);
          url = next;
          continue;
        }
      }
      const decoded = await readBody(answer, url, limits);
      return {
        url,
        requestedUrl: requested,
        redirects,
        status: answer.status,
        headers: flatten(answer.headers),
        ...decoded,
        wireBytes: answer.wire.length,
        remoteAddress: answer.remoteAddress,
        ...(startedAt === undefined ? {} : { startedAt }),
        tookMs: performance.now() - started,
      };
    }
  }

  const close = async () => {
    agents.http.destroy();
    agents.https.destroy();
  };
  return { get, close, [Symbol.asyncDispose]: close };
}

/** The address without name and password. Leaves what does not parse for the guard to refuse. */
function withoutCredentials(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  return parsed.href;
}

function headersFor(
  url: string,
  requested: string,
  userAgent: string,
  ask: GetOptions,
  cookies: ChainCookies,
): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept: ask.accept ?? ACCEPT[ask.as ?? 'page'],
    'accept-encoding': ACCEPT_ENCODING,
  };
  if (ask.etag) headers['if-none-match'] = ask.etag;
  if (ask.lastModified) headers['if-modified-since'] = ask.lastModified;
  Object.assign(headers, ask.headers);
  if (ask.headers !== undefined && URL.parse(requested)?.origin !== new URL(url).origin) {
    for (const name of PRIVATE_HEADERS) delete headers[name];
  }
  const cookie = cookies.for(url);
  if (cookie !== null) headers.cookie = cookie;
  return headers;
}

/** Where an answer leads, without credentials, or null where it is no redirect. Throws HttpError `bad-redirect`. */
function redirectOf(answer: Answer, url: string): string | null {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || location === undefined) return null;
  // Header bytes reach us as Latin-1, while sites write UTF-8.
  const target = URL.parse(Buffer.from(location, 'latin1').toString('utf8'), url);
  if (target === null || target.href.length > MAX_URL_CHARS) throw new HttpError('bad-redirect', url);
  return withoutCredentials(target.href);
}

async function readBody(
  answer: Answer,
  url: string,
  limits: Limits,
): Promise<Pick<HttpResponse, 'body' | 'wire' | 'truncated'>> {
  const encodings = parseEncodings(answer.headers['content-encoding'], url, limits.encodings);
  const { body, applied, cut } = await decodeBody(answer.wire, encodings, limits, url);
  const [encoding] = applied;
  const truncated = cut || answer.truncated;
  const storable = applied.length === 1 && !truncated && (encoding !== 'deflate' || hasZlibHeader(answer.wire));
  const wire: HttpResponse['wire'] =
    storable && encoding !== undefined ? { bytes: answer.wire, encoding } : { bytes: null, encoding: 'identity' };
  return truncated ? { body, wire, truncated } : { body, wire };
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      flat[name] = Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : value;
  }
  return flat;
}
