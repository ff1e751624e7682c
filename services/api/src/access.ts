/** Who may talk to the API: pure decisions over plain values of a request. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** Methods that change nothing, by RFC 9110, section 9.2.1. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** True for a name or address that only this machine can reach: `localhost`, 127.0.0.0/8, `::1` (in brackets or not). */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (name === 'localhost') return true;
  if (isIPv4(name)) return name.startsWith('127.');
  return isIPv6(name) && URL.parse(`http://[${name}]/`)?.hostname === '[::1]';
}

/** Why the API may not listen there, as a sentence for the operator; null where it may. */
export function listenRefusal(settings: { apiHost: string; apiSecret: string | null }): string | null {
  if (settings.apiSecret !== null || isLoopback(settings.apiHost)) return null;
  return (
    `NEWSLOOM_API_HOST=${settings.apiHost} can be reached from other machines, and no NEWSLOOM_API_SECRET is set. ` +
    'Set NEWSLOOM_API_SECRET to at least 16 characters, or NEWSLOOM_API_HOST to 127.0.0.1.'
  );
}

/**
 * True where a Host header names this machine's loopback, with or without a port. A page of a stranger whose name is
 * made to resolve to 127.0.0.1 (DNS rebinding) sends its own name here.
 */
export function isLoopbackHostHeader(header: string | undefined): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d{1,5})?$/.exec(header ?? '')?.[1];
  return name !== undefined && isLoopback(name);
}

/**
 * True for a request that changes something and that a page of another origin makes in somebody's browser. Browsers say
 * so in Sec-Fetch-Site, older ones in Origin; other clients send neither.
 */
export function isForeignWrite(request: {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
}): boolean {
  if (SAFE_METHODS.has(request.method.toUpperCase())) return false;
  // Another port of this machine is "same-site", and a stranger to us all the same.
  if (request.fetchSite !== undefined) return request.fetchSite !== 'same-origin' && request.fetchSite !== 'none';
  if (request.origin === undefined) return false;
  return URL.parse(request.origin)?.host !== request.host?.toLowerCase();
}

/** True where an Authorization header carries the secret: as a bearer token, or as the Basic password of any user. */
export function carriesSecret(authorization: string | undefined, secret: string): boolean {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return same(value, secret);
    case 'basic': {
      const pair = Buffer.from(value, 'base64').toString('utf8');
      const colon = pair.indexOf(':');
      return colon >= 0 && same(pair.slice(colon + 1), secret);
    }
    default:
      return false;
  }
}

/** Compares in a time that depends on neither text: digests have one length. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
