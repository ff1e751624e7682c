/** Whether a URL belongs to what we follow, and which rule says so. */
import type { CrawlScope } from '@newsloom/model';
import { type Glob, globOf } from './glob.ts';
import { registeredDomain, sourceOf } from './host.ts';

/** The bounds of a source. What is left out does not bound, but for `hosts`: without it a source keeps to its own domain. */
export type Scope = {
  /** Hosts with their port where it is not the default; registered domains, which take in all their hosts; `*.b.example`. */
  hosts?: readonly string[] | undefined;
  /** Beginnings of paths (`/vi/`) or of whole addresses, of which one must fit. */
  prefixes?: readonly string[] | undefined;
  /** Patterns (see `Glob`) of which one must fit. */
  include?: readonly string[] | undefined;
  /** Patterns of which none may fit. */
  exclude?: readonly string[] | undefined;
  /** Most link hops from a seed. */
  depth?: number | undefined;
};

/** Why a URL is out. */
export const SCOPE_REASONS = [
  'bad-url',
  'too-deep',
  'other-host',
  'other-path',
  'not-included',
  'excluded-pattern',
] as const;
export type ScopeReason = (typeof SCOPE_REASONS)[number];

/** In or out; `rule` is a sentence that names what decided. */
export type ScopeAnswer = { in: true; rule: string } | { in: false; reason: ScopeReason; rule: string };

/**
 * What a URL is to its source. A seed was asked for by name, and no rule keeps it out. A feed or sitemap leads to what is
 * wanted without being it: hosts and exclusions bind it, prefixes and inclusions do not.
 */
export type ScopeRole = 'seed' | 'list' | 'link';

/** Asks about a canonical URL, `depth` link hops from its seed. */
export type ScopeCheck = (url: string, role?: ScopeRole, depth?: number) => ScopeAnswer;

/**
 * A scope, ready to be asked.
 * @param homes sources (see `sourceOf`) that are its own where it names no hosts; empty: any
 */
export function scopeOf(scope: Scope, homes: readonly string[]): ScopeCheck {
  const include = scope.include?.map(ruleOf) ?? [];
  const exclude = scope.exclude?.map(ruleOf) ?? [];
  const prefixes = scope.prefixes ?? [];
  return (url, role = 'link', depth = 0) => {
    if (role === 'seed') return { in: true, rule: 'it is a seed, which is always followed' };
    const parsed = URL.parse(url);
    if (parsed === null) return out('bad-url', 'it is no address');
    const host = hostRule(parsed, scope.hosts, homes);
    if (!host.in) return host;
    const banned = exclude.find((rule) => rule.fits(url));
    if (banned) return out('excluded-pattern', `exclude "${banned.pattern}" fits`);
    if (scope.depth !== undefined && depth > scope.depth)
      return out('too-deep', `depth ${scope.depth} ends before ${depth} link hops`);
    if (role === 'list') return { in: true, rule: 'it is a feed or sitemap of a host in scope' };
    const prefix = prefixes.find((it) => (it.startsWith('/') ? parsed.pathname : url).startsWith(it));
    if (prefixes.length > 0 && prefix === undefined) return out('other-path', 'no prefix fits');
    const wanted = include.find((rule) => rule.fits(url));
    if (include.length > 0 && !wanted) return out('not-included', 'no include pattern fits');
    if (wanted) return { in: true, rule: `include "${wanted.pattern}" fits` };
    if (prefix !== undefined) return { in: true, rule: `prefix "${prefix}" fits` };
    return host;
  };
}

/** Whether a canonical URL belongs to a one-shot crawl: its host is one of the crawl's, to the letter. */
export function crawlCovers(scope: CrawlScope, url: string): boolean {
  return scope.hosts.length === 0 || scope.hosts.includes(new URL(url).host);
}

function hostRule(parsed: URL, hosts: Scope['hosts'], homes: readonly string[]): ScopeAnswer {
  if (hosts !== undefined && hosts.length > 0) {
    const host = hosts.find((it) => hostFits(parsed, it));
    return host === undefined
      ? out('other-host', `${parsed.host} is none of its hosts`)
      : { in: true, rule: `host "${host}" fits` };
  }
  if (homes.length === 0) return { in: true, rule: 'nothing bounds it' };
  const home = sourceOf(parsed.href);
  return homes.includes(home)
    ? { in: true, rule: `${home} is its own domain` }
    : out('other-host', `${parsed.host} does not belong to ${homes.join(', ')}`);
}

function hostFits(parsed: URL, host: string): boolean {
  if (host.startsWith('*.')) return parsed.host.endsWith(host.slice(1)) || parsed.host === host.slice(2);
  if (parsed.host === host) return true;
  // A registered domain speaks for its hosts on their default ports only.
  return parsed.port === '' && registeredDomain(parsed.hostname) === host;
}

const ruleOf = (pattern: string): { pattern: string; fits: Glob } => ({ pattern, fits: globOf(pattern) });

function out(reason: ScopeReason, rule: string): ScopeAnswer {
  return { in: false, reason, rule };
}
