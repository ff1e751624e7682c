/** Stretches of time told from the document's day or by their name: last week, 3 days ago, the 1990s. */
import { addDays, type Day, iso, isoDay, weekdayOf } from './calendar.ts';
import type { Rule } from './rule.ts';

const WEEK_DAYS = 7;
/** Words for this, the last and the next week, by language; an article before them stays outside. */
const WEEKS: Record<string, Record<string, number>> = {
  vi: { 'tuần này': 0, 'tuần trước': -1, 'tuần qua': -1, 'tuần tới': 1, 'tuần sau': 1 },
  fr: { 'cette semaine': 0, 'semaine dernière': -1, 'semaine prochaine': 1 },
  en: { 'this week': 0, 'last week': -1, 'next week': 1 },
};

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekdayOf(day) + WEEK_DAYS - 1) % WEEK_DAYS));
}

/** The ISO 8601 week of a day: its Thursday tells the year, and how many Thursdays of it have been tells the number. */
export function isoWeek(day: Day): string {
  const thursday = addDays(mondayOf(day), 3);
  const before = Date.UTC(thursday.year, thursday.month - 1, thursday.day) - Date.UTC(thursday.year, 0, 1);
  return `${iso(thursday.year)}-W${String(Math.floor(before / (WEEK_DAYS * 86_400_000)) + 1).padStart(2, '0')}`;
}

function weekRule(language: string): Rule {
  const weeks = WEEKS[language] ?? {};
  const pattern = Object.keys(weeks).join('|').replaceAll(' ', String.raw`\s+`);
  return {
    type: 'DATE',
    languages: [language],
    pattern: new RegExp(String.raw`(?:${pattern})(?![\p{L}\d])`, 'iuy'),
    read: (m, { day }) => {
      const weeksAway = weeks[m[0].toLowerCase().replace(/\s+/g, ' ')] ?? 0;
      return { value: day && isoWeek(addDays(day, WEEK_DAYS * weeksAway)) };
    },
  };
}

/** The worded rules: weeks. */
export const WEEK_RULES: readonly Rule[] = Object.keys(WEEKS).map(weekRule);

/** The day, month or year that lies `count` units from a day; as exact as the unit is. */
function away(day: Day, count: number, unit: string): string {
  if (/^(?:năm|ans?$|années?|year)/i.test(unit)) return iso(day.year + count);
  if (/^(?:tháng|mois|month)/i.test(unit)) {
    const index = day.year * 12 + day.month - 1 + count;
    return iso(Math.floor(index / 12), (index % 12) + 1);
  }
  return isoDay(addDays(day, /^(?:tuần|semaine|week)/i.test(unit) ? WEEK_DAYS * count : count));
}

const NUMBER = String.raw`(\d{1,3})\s+`;

/** The rules that start with a number: so many days ago, decades. */
export const PERIOD_RULES: readonly Rule[] = [
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: new RegExp(
      String.raw`${NUMBER}(ngày|tuần|tháng|năm)(\s+trước(?!\s+(?:khi|đó))|\s+tới)?(?![\p{L}\d])`,
      'iuy',
    ),
    read: (m, { day, before }) => {
      const next = /tới/i.test(m[3] ?? '');
      // "trong 3 ngày tới" is a span of days, not a day.
      if (next || (m[3] === undefined && !/cách đây\s*$/i.test(before))) return false;
      return { value: day && away(day, -Number(m[1]), m[2] ?? '') };
    },
  },
  {
    type: 'DATE',
    languages: ['fr'],
    pattern: new RegExp(String.raw`${NUMBER}(jours?|semaines?|mois|ans?|années?)(?![\p{L}\d])`, 'iuy'),
    read: (m, { day, before }) =>
      /il y a\s*$/i.test(before) ? { value: day && away(day, -Number(m[1]), m[2] ?? '') } : false,
  },
  {
    type: 'DATE',
    languages: ['en', ''],
    pattern: new RegExp(String.raw`${NUMBER}(days?|weeks?|months?|years?)\s+ago(?!\p{L})`, 'iuy'),
    read: (m, { day }) => ({ value: day && away(day, -Number(m[1]), m[2] ?? '') }),
  },
  {
    type: 'DATE',
    languages: ['en', ''],
    pattern: /(1[0-9]\d0|20\d0)s(?![\p{L}\d])/uy,
    read: (m) => ({ value: decade(Number(m[1])) }),
  },
  {
    type: 'DATE',
    languages: ['vi', 'fr'],
    pattern: /(1[0-9]\d0|20\d0)(?![\p{L}\d]|\s?[%/-]|[.,]\d)/uy,
    read: (m, { before }) =>
      /(?:thập (?:niên|kỷ)|années)\s*$/i.test(before) ? { value: decade(Number(m[1])) } : false,
  },
];

function decade(first: number): string {
  return `${iso(first)}/${iso(first + 9)}`;
}
