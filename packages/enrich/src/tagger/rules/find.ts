/** Runs the rules over a tokenised text. */
import type { MentionType } from '@newsloom/model';
import { Gap, hashOf, TokenKind, type Tokens } from '../../text/index.ts';
import { AMOUNT_RULES } from './amounts.ts';
import { readDay } from './calendar.ts';
import { DATE_RULES } from './dates.ts';
import { PERIOD_RULES } from './periods.ts';
import { RELATIVE_DATE_RULES } from './relative-dates.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A match of a rule over tokens `first` to `last` (inclusive). */
export type RuleMatch = { first: number; last: number; type: MentionType; value: string | null };

/** Characters before a match that rules may look at. */
const LOOK_BEHIND = 24;
/** Words rules may start with besides numbers and signs of currencies. */
const STARTERS = new Set(
  (
    'ngày mùng mồng tháng quý tuần hôm sáng trưa chiều tối đêm năm thứ chủ ' +
    'du dimanche lundi mardi mercredi jeudi vendredi samedi janvier février fevrier mars avril mai juin juillet août aout septembre ' +
    'octobre novembre décembre decembre aujourd ce hier avant demain après le cette semaine l ' +
    'the sunday monday tuesday wednesday thursday friday saturday january february march april may june july august september october ' +
    'november december jan feb mar apr jun jul aug sep sept oct nov dec today tonight this yesterday last tomorrow next us a c s'
  )
    .split(' ')
    .map(hashOf),
);
const SIGNS = new Set(['$', '€', '£', '¥'].map(hashOf));

const rulesByLanguage = new Map<string, { numeric: Rule[]; worded: Rule[] }>();

function rulesFor(language: string): { numeric: Rule[]; worded: Rule[] } {
  let found = rulesByLanguage.get(language);
  if (!found) {
    const fits = ({ languages }: Rule) => languages === undefined || languages.includes(language);
    const dates = DATE_RULES.filter(fits);
    found = {
      numeric: [...PERIOD_RULES.filter(fits), ...dates, ...AMOUNT_RULES.filter(fits)],
      worded: [...dates, ...RELATIVE_DATE_RULES.filter(fits)],
    };
    rulesByLanguage.set(language, found);
  }
  return found;
}

/**
 * Dates, times and amounts in a text, in order, without overlap. `language` is `vi`, `fr`, `en` or '' for any other; `date` is
 * the document's own (ISO 8601), which dates without a year and relative dates are resolved against.
 */
export function findByRules(tokens: Tokens, language: string, date: string | undefined): RuleMatch[] {
  const { count, kinds, lowers, gaps, nfc, nfcStarts, nfcEnds } = tokens;
  const known = ['vi', 'fr', 'en'].includes(language) ? language : '';
  const rules = rulesFor(known);
  const matches: RuleMatch[] = [];
  const context: RuleContext = { language: known, day: readDay(date), before: '' };
  for (let i = 0; i < count; i++) {
    const kind = kinds[i] as number;
    const numeric =
      kind === TokenKind.number || (kind === TokenKind.alphanumeric && isDigit(nfc.charCodeAt(nfcStarts[i] as number)));
    const sign = kind === TokenKind.symbol && SIGNS.has(lowers[i] as number);
    const word = !numeric && !sign && kind !== TokenKind.symbol && STARTERS.has(lowers[i] as number);
    if (!numeric && !sign && !word) continue;
    // A number glued to letters or to a decimal mark before it is the tail of something longer.
    if (
      numeric &&
      i > 0 &&
      gaps[i] === Gap.none &&
      isGlue(nfc.charCodeAt((nfcStarts[i] as number) - 1)) &&
      kinds[i - 2] === TokenKind.number &&
      gaps[i - 1] === Gap.none
    )
      continue;
    const start = nfcStarts[i] as number;
    // `I-24/7`, `F-16`: a number hanging on a word is part of a name.
    if (numeric && gaps[i] === Gap.none && /[\p{L}\d][-/]$/u.test(nfc.slice(Math.max(0, start - 2), start))) continue;
    context.before = nfc.slice(Math.max(0, start - LOOK_BEHIND), start);
    for (const rule of word && (kinds[i] as number) !== TokenKind.symbol && !isSignLead(kind)
      ? rules.worded
      : rules.numeric) {
      rule.pattern.lastIndex = start;
      const match = rule.pattern.exec(nfc);
      if (!match) continue;
      const read = rule.read(match, context);
      if (!read) continue;
      const from = start + (read.skip ?? 0);
      const to = start + match[0].length - (read.drop ?? 0);
      let first = i;
      while (first < count && (nfcStarts[first] as number) < from) first++;
      let last = first;
      while (last + 1 < count && (nfcEnds[last + 1] as number) <= to) last++;
      if ((nfcEnds[last] as number) > to) continue;
      matches.push({ first, last, type: rule.type, value: read.value });
      i = last;
      break;
    }
  }
  return matches;
}

/** `US$`, `A$` start with letters but are amounts. */
function isSignLead(kind: number): boolean {
  return kind === TokenKind.upper || kind === TokenKind.initial;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isGlue(code: number): boolean {
  return code === 46 || code === 44;
}
