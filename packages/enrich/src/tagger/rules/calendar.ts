/** Names of months and weekdays, and arithmetic on days. */

/** A calendar day, proleptic Gregorian. */
export type Day = { year: number; month: number; day: number };

const MONTHS: Record<string, string[]> = {
  fr: [
    'janvier',
    'février|fevrier',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août|aout',
    'septembre',
    'octobre',
    'novembre',
    'décembre|decembre',
  ],
  en: [
    'january|jan',
    'february|feb',
    'march|mar',
    'april|apr',
    'may',
    'june|jun',
    'july|jul',
    'august|aug',
    'september|sept|sep',
    'october|oct',
    'november|nov',
    'december|dec',
  ],
  vi: [
    'một|giêng',
    'hai',
    'ba',
    'tư|bốn',
    'năm',
    'sáu',
    'bảy',
    'tám',
    'chín',
    'mười',
    'mười một|mười mốt',
    'mười hai|chạp',
  ],
};
const WEEKDAYS: Record<string, string[]> = {
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  en: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  vi: ['chủ nhật', 'thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy'],
};

/** The names as one alternation, longest first. */
function alternation(lists: string[]): string {
  return lists
    .flatMap((names) => names.split('|'))
    .sort((a, b) => b.length - a.length)
    .join('|');
}
export const monthNames = (language: string): string => alternation(MONTHS[language] ?? []);
export const weekdayNames = (language: string): string => alternation(WEEKDAYS[language] ?? []);

/** 1 to 12; 0 for no month's name. */
export function monthNumber(language: string, name: string): number {
  const wanted = name.toLowerCase().replace('.', '');
  return (MONTHS[language] ?? []).findIndex((names) => names.split('|').includes(wanted)) + 1;
}

/** 0 (Sunday) to 6; -1 for no weekday's name. */
export function weekdayNumber(language: string, name: string): number {
  return (WEEKDAYS[language] ?? []).indexOf(name.toLowerCase().replace(/\s+/g, ' '));
}

/** True for a day that exists. */
export function isDay({ year, month, day }: Day): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day `count` days later. */
export function addDays({ year, month, day }: Day, count: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + count));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 (Sunday) to 6. */
export function weekdayOf({ year, month, day }: Day): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

/** ISO 8601, as exact as given. */
export function iso(year: number, month?: number, day?: number): string {
  return four(year) + (month === undefined ? '' : `-${two(month)}`) + (day === undefined ? '' : `-${two(day)}`);
}
export const isoDay = ({ year, month, day }: Day): string => iso(year, month, day);

/** The year of a day and month without one: the year that puts it nearest to the document's day. */
export function nearestYear(reference: Day, month: number): number {
  const distance = month - reference.month;
  return distance > 6 ? reference.year - 1 : distance < -6 ? reference.year + 1 : reference.year;
}

/** Reads the first ten characters of an ISO date; null where they are not a day. */
export function readDay(text: string | undefined): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? '');
  if (!match) return null;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isDay(day) ? day : null;
}
