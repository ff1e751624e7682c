/** One URL for one page: the spelling under which the frontier knows it, and under which it is fetched. */
import { normalizePercent } from './percent.ts';
import { cleanQuery } from './query.ts';

/** Longer than this is no address a server must take: RFC 9110, section 4.1, asks for 8,000 octets at least. */
export const MAX_URL_CHARS = 8192;

/** `news.example/x`, `news.example:8080`, `localhost:3000`: a host a person typed without a scheme. */
const BARE_HOST = /^(?:[^\s/\\:?#@.]+(?:\.[^\s/\\:?#@.]+)+\.?|localhost)(?::\d{1,5})?(?:[/?#]|$)/i;
/** Doubled slashes, except those of an address inside the path (`/web/2020/https://news.example/`). */
const DOUBLE_SLASHES = /(?<!https?(?::|%3A))\/{2,}/gi;
/** Java servlets' session id, as a path parameter: up to the next segment or path parameter. */
const PATH_SESSION = /(?<=[^/]);(?:jsessionid|phpsessid|sid|sessionid)=[^/;]*/gi;
/** ASP.NET's session id, as a path segment: `/(S(lit3py55t21z5v55vlm25s55))/`. */
const SEGMENT_SESSION = /\/\((?:[asfx]\([0-9a-z]{20,}\))+\)(?=\/)/gi;

/**
 * The canonical form of an address, or null where it is no http(s) address. `base` resolves a relative one; without it
 * a bare `news.example/x` is read as http.
 *
 * By RFC 3986 section 6 and the WHATWG URL standard: scheme and host in lower case, internationalised hosts in Punycode,
 * no trailing dot on the host, no default port, no credentials, no fragment, dot segments resolved, percent-encoding
 * in one spelling (percent.ts), doubled slashes single. Beyond them: no tracking or session parameters, the rest in the
 * order of their names (query.ts).
 *
 * Kept on purpose, as dropping them breaks pages: `www.`, http or https as given, the path's case and trailing slash,
 * and `index.html` (object stores answer 404 without it; duplicateKey joins those two).
 * The canonical form of a canonical form is itself.
 */
export function canonicalize(url: string, base?: string): string | null {
  const parsed = parseWebUrl(url, base);
  if (parsed === null) return null;
  const hostname = parsed.hostname.replace(/\.+$/, '');
  if (hostname !== parsed.hostname && !URL.canParse(`http://${hostname}`)) return null;
  const host = parsed.port === '' ? hostname : `${hostname}:${parsed.port}`;
  const hosts = base === undefined ? [hostname] : [hostname, hostnameOf(base)];
  return `${parsed.protocol}//${host}${cleanPath(parsed.pathname)}${cleanQuery(parsed.search, hosts)}`;
}

/** Parses an http(s) address by the WHATWG rules, or answers null. `base` as for canonicalize. */
export function parseWebUrl(url: string, base?: string): URL | null {
  if (url.length > MAX_URL_CHARS) return null;
  const trimmed = url.trim();
  const text = base === undefined && BARE_HOST.test(trimmed) ? `http://${trimmed}` : trimmed;
  const parsed = URL.parse(text, base);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return null;
  return parsed;
}

function cleanPath(pathname: string): string {
  const path = withoutSessions(normalizePercent(pathname));
  return path.includes('//') ? path.replace(DOUBLE_SLASHES, '/') : path;
}

function withoutSessions(path: string): string {
  if (!path.includes(';') && !path.includes('/(')) return path;
  const bare = path.replace(PATH_SESSION, '').replace(SEGMENT_SESSION, '');
  // What is left of `/..;jsessionid=1` is a dot segment.
  return bare === path ? path : new URL(`http://host.example${bare}`).pathname;
}

function hostnameOf(url: string): string {
  return URL.parse(url)?.hostname ?? '';
}
