/** Why addresses are taken for traps or copies, in words. */
import { type TrapReason, trapOf } from '@newsloom/frontier';

/** Parts of sentences for the notes that traps, budgets and copies leave. */
export const TRAP_WORDS: Record<TrapReason | 'soft-404' | 'same-content', string> = {
  'url-too-long': 'it is longer than addresses of pages are',
  'too-many-segments': 'its path has more parts than paths of pages have',
  'repeating-path': 'its path repeats itself, as relative links gone wrong do',
  'too-many-parameters': 'it has more parameters than addresses of pages have',
  'endless-pages': 'it is a far page of an endless list',
  calendar: 'it is a day of a calendar, far from now',
  'pattern-budget': 'hundreds of addresses of its shape were read and gave next to nothing',
  'parameter-explosion': 'its path was read with hundreds of other queries and gave next to nothing',
  'host-budget': 'thousands of pages of its host were read and gave next to nothing',
  'soft-404': 'its host says the same at other addresses, as it does for pages that are not there',
  'same-content': 'its host has the same page at other addresses',
};

/** Says of an address nobody knows that it would not be followed, where that can be seen by its looks. */
export function explainTrap(url: string, now: Date): string[] {
  const reason = trapOf(url, now.getTime());
  return reason === null
    ? []
    : [
        `Links to it are not followed: ${TRAP_WORDS[reason]} (${reason}). A seed, a feed or a sitemap may still name it.`,
      ];
}

/** Says which shapes of a host's addresses give nothing. */
export function explainPatterns(
  patterns: readonly { pattern: string; judged: number; articles: number; leftOut: number; exhausted: string | null }[],
): string[] {
  return patterns.map(({ pattern, judged, articles, leftOut, exhausted }) => {
    const left = `${leftOut} ${leftOut === 1 ? 'link was' : 'links were'} left out`;
    if (pattern.startsWith('!')) return `Left out: ${left} as ${pattern.slice(1)}.`;
    const what = pattern === '*' ? 'its pages' : pattern.startsWith('?') ? `${pattern.slice(1)}?...` : pattern;
    return `Left out: links to ${what} (${exhausted ?? 'once exhausted'}): ${judged} read, ${articles} articles; ${left}.`;
  });
}
