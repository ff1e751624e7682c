/** A small pattern language for addresses, matched in time proportional to pattern and address: no backtracking. */

/**
 * A pattern, ready to be asked. `*` stands for any run of characters but `/`, `**` for any run at all; everything else is
 * literal, and case counts.
 * - `/politics/**` begins with `/`: the whole path must fit; with a `?` in the pattern, path and query.
 * - `https://m.news.example/**` begins with `http://` or `https://`: the whole address must fit.
 * - `print=1` begins with neither: it must occur somewhere in the address.
 */
export type Glob = (url: string) => boolean;

/** Longest pattern that is accepted; an address it describes is rarely longer than 300 characters. */
export const MAX_PATTERN_CHARS = 500;

/** Why a pattern cannot be used, as the end of a sentence; null where it can. */
export function patternFault(pattern: string): string | null {
  if (pattern.trim() === '') return 'must not be empty';
  if (pattern.length > MAX_PATTERN_CHARS) return `must have at most ${MAX_PATTERN_CHARS} characters`;
  if (/\s/.test(pattern)) return 'must not hold spaces';
  if (pattern.includes('***')) return 'knows * and **, but not ***';
  return null;
}

/** Compiles a pattern. What `patternFault` refuses matches as if it were literal. */
export function globOf(pattern: string): Glob {
  if (/^https?:\/\//i.test(pattern)) {
    const fits = matcherOf(tokensOf(pattern));
    return (url) => fits(url);
  }
  if (pattern.startsWith('/')) {
    const fits = matcherOf(tokensOf(pattern));
    const withQuery = pattern.includes('?');
    return (url) => {
      const parsed = URL.parse(url);
      return parsed !== null && fits(withQuery ? parsed.pathname + parsed.search : parsed.pathname);
    };
  }
  if (!pattern.includes('*')) return (url) => url.includes(pattern);
  const fits = matcherOf(['**', ...tokensOf(pattern), '**']);
  return (url) => fits(url);
}

/** `*`, `**`, and single literal characters. */
function tokensOf(pattern: string): string[] {
  return pattern.match(/\*\*|[\s\S]/g) ?? [];
}

/** All places in the pattern that the text so far may have reached, moved on one character at a time. */
function matcherOf(given: readonly string[]): (text: string) => boolean {
  // Two runs in a row are one, the wider of the two.
  const tokens = given.filter((token, i) => !(token === '**' && given[i - 1] === '**'));
  const end = tokens.length;
  const enter = (states: Set<number>, state: number) => {
    let at = state;
    states.add(at);
    while (tokens[at] === '*' || tokens[at] === '**') {
      at += 1;
      states.add(at);
    }
  };
  return (text) => {
    let states = new Set<number>();
    enter(states, 0);
    for (const char of text) {
      const next = new Set<number>();
      for (const state of states) {
        const token = tokens[state];
        if (token === undefined) continue;
        if (token === '**' || (token === '*' && char !== '/')) enter(next, state);
        else if (token === char) enter(next, state + 1);
      }
      if (next.size === 0) return false;
      states = next;
    }
    return states.has(end);
  };
}
