/** What a robots.txt file lets an agent do, RFC 9309. */
import {
  longer,
  normalizePath,
  type Robots,
  type RobotsGroup,
  type RobotsRule,
  type UsageSignal,
} from './robots-parse.ts';

/**
 * True where `agent` may fetch `url`. `agent` is a product token (`Newsloom`); a version after a slash is passed over.
 * `url` is taken as it goes over the wire (percent-encoded, as canonicalize writes it); a path alone will do.
 * The groups of that token count, all of them together, else those of `*`; the longest matching pattern decides, and
 * `Allow` wins a tie. `/robots.txt` itself is always allowed.
 */
export function isAllowed(robots: Robots, agent: string, url: string): boolean {
  const groups = groupsFor(robots, agent);
  if (groups.length === 0) return true;
  const path = normalizePath(pathOf(url));
  if (path === '/robots.txt') return true;
  let best: RobotsRule | null = null;
  for (const group of groups) {
    for (const rule of group.rules) {
      if (best !== null && (rule.length < best.length || (rule.length === best.length && !rule.allow))) continue;
      if (matches(rule, path)) best = rule;
    }
  }
  return best === null || best.allow;
}

/**
 * The crawl delay that `agent` is asked to keep, in seconds, or null where none is asked; the longest one where the
 * agent's groups give several. Not part of RFC 9309, but many news sites state it.
 */
export function crawlDelaySeconds(robots: Robots, agent: string): number | null {
  return groupsFor(robots, agent).reduce<number | null>((delay, group) => longer(delay, group.crawlDelaySeconds), null);
}

/**
 * The signals on search and AI use that `agent` is given for `url`: every `Content-Signal` of its groups, and the
 * `Content-Usage` with the longest matching pattern. What stands before any group speaks to every agent.
 */
export function usageSignals(robots: Robots, agent: string, url: string): string[] {
  const all = [...robots.signals, ...groupsFor(robots, agent).flatMap((group) => group.signals)];
  if (all.length === 0) return [];
  const path = normalizePath(pathOf(url));
  const matching = all.filter(({ rule }) => rule === null || matches(rule, path));
  const longest = Math.max(0, ...matching.map(lengthOf));
  return matching.filter((signal) => signal.rule === null || lengthOf(signal) === longest).map(({ value }) => value);
}

const lengthOf = ({ rule }: UsageSignal): number => rule?.length ?? 0;

/**
 * The product token of a User-Agent header: `Newsloom` of `Newsloom/0.1 (+https://...)`, and the name after
 * `compatible;` where a header first claims to be a browser.
 */
export function productTokenOf(userAgent: string): string {
  const compatible = /\bcompatible;\s*([\w.-]+)/i.exec(userAgent)?.[1];
  return compatible ?? /^[\w.-]+/.exec(userAgent.trim())?.[0] ?? '';
}

/** The path and query of an address as written, beginning with a slash; the scheme and host may be missing. */
export function pathOf(url: string): string {
  const hash = url.indexOf('#');
  const address = hash === -1 ? url : url.slice(0, hash);
  const authority = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.exec(address)?.[0].length ?? 0;
  const start = address.slice(authority).search(/[/?;]/);
  if (start === -1) return '/';
  const path = address.slice(authority + start);
  return path.startsWith('/') ? path : `/${path}`;
}

function groupsFor(robots: Robots, agent: string): RobotsGroup[] {
  const token = agent.trim().toLowerCase();
  const slash = token.indexOf('/');
  const named = robots.groups.get(slash === -1 ? token : token.slice(0, slash));
  return named ?? robots.groups.get('*') ?? [];
}

/** Matches without backtracking: each part at its first place after the one before, so time is linear in the path. */
function matches({ parts, anchored }: RobotsRule, path: string): boolean {
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = anchored ? rest.pop() : undefined;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!anchored) return true;
  if (last === undefined) return at === path.length;
  return path.length - last.length >= at && path.endsWith(last);
}
