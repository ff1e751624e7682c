/** Dates told from the document's day: yesterday, on Monday, last month. Without that day they have no value. */
import { addDays, type Day, iso, isoDay, weekdayNames, weekdayNumber, weekdayOf } from './calendar.ts';
import { mondayOf, WEEK_RULES } from './periods.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Phrases that are a number of days from the document's. */
const DAYS: Record<string, Record<string, number>> = {
  vi: {
    'hôm nay': 0,
    'sáng nay': 0,
    'trưa nay': 0,
    'chiều nay': 0,
    'tối nay': 0,
    'đêm nay': 0,
    'hôm qua': -1,
    'sáng qua': -1,
    'chiều qua': -1,
    'tối qua': -1,
    'đêm qua': -1,
    'hôm kia': -2,
    'ngày mai': 1,
    'sáng mai': 1,
    'chiều mai': 1,
    'tối mai': 1,
    'ngày kia': 2,
  },
  fr: {
    "aujourd'hui": 0,
    'aujourd’hui': 0,
    'ce matin': 0,
    'ce soir': 0,
    hier: -1,
    'avant-hier': -2,
    demain: 1,
    'après-demain': 2,
  },
  en: {
    today: 0,
    tonight: 0,
    'this morning': 0,
    'this evening': 0,
    'this afternoon': 0,
    yesterday: -1,
    'last night': -1,
    tomorrow: 1,
  },
};
const MONTHS: Record<string, Record<string, number>> = {
  vi: { 'tháng này': 0, 'tháng trước': -1, 'tháng tới': 1, 'tháng sau': 1 },
  fr: { 'ce mois-ci': 0, 'le mois dernier': -1, 'le mois prochain': 1 },
  en: { 'this month': 0, 'last month': -1, 'next month': 1 },
};
const YEARS: Record<string, Record<string, number>> = {
  vi: { 'năm nay': 0, 'năm ngoái': -1, 'năm trước': -1, 'năm tới': 1, 'năm sau': 1 },
  fr: { 'cette année': 0, "l'année dernière": -1, "l'an dernier": -1, "l'année prochaine": 1, "l'an prochain": 1 },
  en: { 'this year': 0, 'last year': -1, 'next year': 1 },
};

function phrases(table: Record<string, number>): string {
  return Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phrase.replaceAll("'", "['’]").replaceAll(' ', String.raw`\s+`))
    .join('|');
}
function offset(table: Record<string, number>, found: string): number {
  return table[found.toLowerCase().replace(/\s+/g, ' ').replaceAll('’', "'")] ?? 0;
}
function whole(source: string): RegExp {
  return new RegExp(String.raw`(?:${source})(?![\p{L}\d])`, 'iuy');
}

function monthsAway({ year, month }: Day, count: number): string {
  const index = year * 12 + month - 1 + count;
  return iso(Math.floor(index / 12), (index % 12) + 1);
}

/**
 * The day a weekday means: the last one up to the document's day, the next one or the one before that day where the words say so,
 * or the one of the week they name (`tuần này`, `tuần trước`, `tuần sau`).
 */
function weekdayValue(context: RuleContext, weekday: number, after: string): string | null {
  const { day, before } = context;
  if (!day) return null;
  const week = /^tuần\s+(này|trước|tới|sau)/i.exec(after)?.[1];
  if (week !== undefined) {
    const weeks = week === 'này' ? 0 : week === 'trước' ? -1 : 1;
    return isoDay(addDays(mondayOf(day), 7 * weeks + ((weekday + 6) % 7)));
  }
  const back = (weekdayOf(day) - weekday + 7) % 7;
  if (/^(?:tới|prochain|next)/i.test(after) || /(?:next|prochain)\s*$/i.test(before))
    return isoDay(addDays(day, 7 - back));
  const past = /^(?:dernier|last)/i.test(after) || /\blast\s*$/i.test(before);
  return isoDay(addDays(day, past && back === 0 ? -7 : -back));
}

const weekdayRule = (language: string, after: string): Rule => ({
  type: 'DATE',
  languages: [language],
  pattern: new RegExp(String.raw`(${weekdayNames(language)})(?![\p{L}\d])(\s+(?:${after})(?![\p{L}\d]))?`, 'iuy'),
  read: (m, context) => {
    // "thứ hai" is also "second": a weekday stands after a cue or is written with a capital.
    const cued =
      language !== 'vi' ||
      m[2] !== undefined ||
      /(?:vào|hôm|ngày|sáng|trưa|chiều|tối|đêm|từ|đến|và)\s*$/i.test(context.before) ||
      (/^(?:thứ|chủ)\s+\p{Lu}/iu.test(m[0]) && /\s\p{Lu}/u.test(m[0]));
    return cued
      ? { value: weekdayValue(context, weekdayNumber(language, m[1] ?? ''), (m[2] ?? '').trimStart()) }
      : false;
  },
});

/** The rules for relative dates. */
export const RELATIVE_DATE_RULES: readonly Rule[] = ['vi', 'fr', 'en'].flatMap((language): Rule[] => [
  ...WEEK_RULES.filter(({ languages }) => languages?.includes(language)),
  {
    type: 'DATE',
    languages: [language],
    pattern: whole(phrases(DAYS[language] ?? {})),
    read: (m, { day }) => ({ value: day ? isoDay(addDays(day, offset(DAYS[language] ?? {}, m[0]))) : null }),
  },
  {
    type: 'DATE',
    languages: [language],
    pattern: whole(phrases(MONTHS[language] ?? {})),
    read: (m, { day }) => ({ value: day ? monthsAway(day, offset(MONTHS[language] ?? {}, m[0])) : null }),
  },
  {
    type: 'DATE',
    languages: [language],
    pattern: whole(phrases(YEARS[language] ?? {})),
    // "2 năm trước" counts years back from now: it is no year's name.
    read: (m, { day, before }) =>
      /\d\s*$/.test(before) ? false : { value: day ? iso(day.year + offset(YEARS[language] ?? {}, m[0])) : null },
  },
  weekdayRule(
    language,
    { vi: 'tới|tuần này|tuần tới|tuần sau|tuần trước|vừa qua', fr: 'dernier|prochain', en: 'last|next' }[language] ??
      '',
  ),
]);
