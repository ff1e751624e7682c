/** Small repairs of spans that follow from how news writes names. */
import { hashOf, TokenKind } from '../text/index.ts';
import type { Context } from './context.ts';
import { maskOf } from './gazetteer.ts';
import { MODEL_TYPES } from './labels.ts';
import type { Span } from './spans.ts';

const ORGANISATION = MODEL_TYPES.indexOf('ORG');
const OPEN = hashOf('(');
const CLOSE = hashOf(')');
const THE = hashOf('the');
const LISTED = maskOf('org', 'country');
const CALENDAR = maskOf('calendar');
/** Longest acronym in letters: `LĐ-TB&XH` is several tokens, `ASEANAPOL` nine. */
const MAX_ACRONYM = 9;

/**
 * The spans with an organisation's acronym in brackets added (`Liên hợp quốc (LHQ)`), an article before a listed name taken off
 * (`The United Nations`), and days and months of languages the model was not trained on taken out.
 */
export function tidy(context: Context, spans: readonly Span[]): Span[] {
  const tidied: Span[] = [];
  for (const [at, span] of spans.entries()) {
    if (isCalendarWord(context, span)) continue;
    const own = withoutArticle(context, span);
    tidied.push(own);
    const next = spans[at + 1];
    const acronym = own.last + 2;
    if (own.type === ORGANISATION && isAcronym(context, acronym) && (next === undefined || next.first > acronym)) {
      tidied.push({ first: acronym, last: acronym, type: ORGANISATION });
    }
  }
  return tidied;
}

/** True for a word in capitals alone in brackets. */
function isAcronym({ tokens }: Context, at: number): boolean {
  const { count, kinds, lowers, starts, ends } = tokens;
  if (at + 1 >= count || kinds[at] !== TokenKind.upper) return false;
  if (lowers[at - 1] !== OPEN || lowers[at + 1] !== CLOSE) return false;
  return (ends[at] as number) - (starts[at] as number) <= MAX_ACRONYM;
}

function withoutArticle({ tokens, matches }: Context, span: Span): Span {
  const { first, last } = span;
  if (last === first || tokens.lowers[first] !== THE) return span;
  const listed =
    last === first + 1
      ? (matches.singles[last] as number) & LISTED
      : (matches.begins[first + 1] as number) & (matches.ends[last] as number) & LISTED;
  return listed === 0 ? span : { ...span, first: first + 1 };
}

function isCalendarWord({ matches, language }: Context, { first, last }: Span): boolean {
  return language === 0 && first === last && ((matches.singles[first] as number) & CALENDAR) !== 0;
}
