/** Spans of tokens and matches of rules to mentions with offsets. */
import type { EntityType, Mention } from '@newsloom/model';
import type { Tokens } from '../text/index.ts';
import { MODEL_TYPES } from './labels.ts';
import { mergeFound } from './merge.ts';
import type { RuleMatch } from './rules/find.ts';
import type { Span } from './spans.ts';

/** The mentions of a text, in order and without overlap; offsets are those of the text as given. */
export function mentionsOf(tokens: Tokens, spans: readonly Span[], matches: readonly RuleMatch[]): Mention[] {
  return mergeFound(spans, matches).map(({ first, last, span, match }): Mention => {
    const start = tokens.starts[first] as number;
    const end = tokens.ends[last] as number;
    const type = match?.type ?? (MODEL_TYPES[span?.type ?? 0] as EntityType);
    const mention: Mention = { start, end, text: tokens.text.slice(start, end), type };
    return match?.value ? { ...mention, value: match.value } : mention;
  });
}
