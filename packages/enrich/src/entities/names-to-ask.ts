/** The names of a text that somebody else may know: runs of words with capitals that the tagger did not take for one name. */
import type { Mention } from '@newsloom/model';
import { fold, Gap, TokenKind, type Tokens } from '../text/index.ts';
import { isCapital } from './name-book.ts';

/** Words of one name. */
const MOST_WORDS = 6;
/** Names asked for of one text: what bounds the cost of a long list of names. */
const MOST_NAMES = 300;

/**
 * Folded names to look up: every run of two words with capitals or more, and its beginnings and ends, but for what is a
 * mention already as a whole.
 */
export function namesToAsk(tokens: Tokens, mentions: readonly Mention[]): string[] {
  const { text, count, kinds, gaps, sentenceStarts, starts, ends } = tokens;
  const found = new Set(mentions.map(({ start, end }) => start * 1e6 + (end - start)));
  const names = new Set<string>();
  const ask = (first: number, last: number): void => {
    const start = starts[first] as number;
    const end = ends[last] as number;
    if (last > first && !found.has(start * 1e6 + (end - start))) names.add(fold(text.slice(start, end)));
  };
  for (let first = 0; first < count && names.size < MOST_NAMES; first++) {
    if (!isCapital(kinds[first])) continue;
    let last = first;
    while (
      last + 1 < count &&
      isCapital(kinds[last + 1]) &&
      gaps[last + 1] === Gap.space &&
      sentenceStarts[last + 1] !== 1
    )
      last++;
    if (last > first && !isList(tokens, first, last)) {
      for (let words = Math.min(MOST_WORDS, last - first + 1); words > 1; words--) {
        ask(first, first + words - 1);
        ask(last - words + 1, last);
      }
    }
    first = last;
  }
  return [...names].slice(0, MOST_NAMES);
}

/** Whether a run is a headline in capitals rather than names. */
function isList({ kinds }: Tokens, first: number, last: number): boolean {
  if (last - first < MOST_WORDS * 2) return false;
  for (let i = first; i <= last; i++) if (kinds[i] !== TokenKind.upper) return false;
  return true;
}
