/** Whether a URL belongs to what we follow. */
import type { CrawlScope } from '@newsloom/model';
import { registeredDomain } from './host.ts';

/** The bounds of a source or a crawl. What is left out does not bound. */
export type Scope = {
  /** Hosts with their port where it is not the default, or registered domains, which take in all their hosts. */
  hosts?: string[];
  /** Beginnings of URLs, of which one must fit. */
  prefixes?: string[];
  /** Patterns of which one must fit: `*` stands for any run of characters; the rest is literal. */
  include?: string[];
  /** Patterns of which none may fit. */
  exclude?: string[];
  /** Most link hops from a seed. */
  maxDepth?: number;
  /** Longest URL in characters. */
  maxUrlLength?: number;
};

/** Why a URL is out. */
export type ScopeReason =
  | 'bad-url'
  | 'url-too-long'
  | 'too-deep'
  | 'other-host'
  | 'other-path'
  | 'not-included'
  | 'excluded-pattern';

/** Says whether a canonical URL, `depth` link hops from its seed, is in scope, and else why not. */
export function inScope(url: string, scope: Scope, depth = 0): { in: true } | { in: false; reason: ScopeReason } {
  const parsed = URL.parse(url);
  if (parsed === null) return out('bad-url');
  if (scope.maxUrlLength !== undefined && url.length > scope.maxUrlLength) return out('url-too-long');
  if (scope.maxDepth !== undefined && depth > scope.maxDepth) return out('too-deep');
  if (scope.hosts !== undefined && scope.hosts.length > 0 && !hostFits(parsed, scope.hosts)) return out('other-host');
  if (scope.prefixes?.length && !scope.prefixes.some((prefix) => url.startsWith(prefix))) return out('other-path');
  if (scope.include?.length && !scope.include.some((pattern) => fitsPattern(url, pattern))) return out('not-included');
  if (scope.exclude?.some((pattern) => fitsPattern(url, pattern))) return out('excluded-pattern');
  return { in: true };
}

/** Whether a canonical URL belongs to a one-shot crawl: its host is one of the crawl's, to the letter. */
export function crawlCovers(scope: CrawlScope, url: string): boolean {
  return scope.hosts.length === 0 || scope.hosts.includes(new URL(url).host);
}

function hostFits(parsed: URL, hosts: readonly string[]): boolean {
  if (hosts.includes(parsed.host)) return true;
  // A registered domain speaks for its hosts on their default ports only.
  const domain = parsed.port === '' ? registeredDomain(parsed.hostname) : null;
  return domain !== null && hosts.includes(domain);
}

/** Matches a pattern anywhere in the URL, without backtracking; one that begins with `http` must fit from the start. */
function fitsPattern(url: string, pattern: string): boolean {
  const parts = pattern.split('*');
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = url.indexOf(part, at);
    if (found === -1 || (index === 0 && found > 0 && /^https?:/.test(part))) return false;
    at = found + part.length;
  }
  return true;
}

function out(reason: ScopeReason): { in: false; reason: ScopeReason } {
  return { in: false, reason };
}
