/** Joins what the model found and what the rules found into one list without overlap. */
import type { RuleMatch } from './rules/find.ts';
import type { Span } from './spans.ts';

/** A found stretch of tokens: from the model (`type` is a number) or from a rule. */
export type Found = { first: number; last: number; span: Span | null; match: RuleMatch | null };

/**
 * Both lists by position. Where they overlap a name that holds more than the match stays (`Olympic Tokyo 2020`); otherwise
 * the rule is right.
 */
export function mergeFound(spans: readonly Span[], matches: readonly RuleMatch[]): Found[] {
  const found: Found[] = [];
  let s = 0;
  for (const match of matches) {
    while (s < spans.length && (spans[s] as Span).last < match.first) {
      const span = spans[s++] as Span;
      found.push({ first: span.first, last: span.last, span, match: null });
    }
    let kept = true;
    while (s < spans.length && (spans[s] as Span).first <= match.last) {
      const span = spans[s] as Span;
      const wider = span.last - span.first > match.last - match.first;
      if (wider) {
        kept = false;
        break;
      }
      s++;
    }
    if (kept) found.push({ first: match.first, last: match.last, span: null, match });
  }
  while (s < spans.length) {
    const span = spans[s++] as Span;
    found.push({ first: span.first, last: span.last, span, match: null });
  }
  return found;
}
