/** Finds dates in text: numeric and written forms of many languages, with their time, zone and precision. */

import type { PageDate } from '@newsloom/model';
import { type Clock, clockAfter, clockBefore } from './date-clock.ts';
import { READERS } from './date-notations.ts';
import { findRelative } from './date-relative.ts';
import { monthOf, PERSIAN_MONTHS } from './date-words.ts';

/** A date found in a text, with where it stands. */
export type FoundDate = PageDate & {
  start: number;
  end: number;
  /** Both day and month could be swapped (`03/04/2015`), so the order came from the language. */
  ambiguous: boolean;
  /** Counted back from the fetch time (`3 hours ago`). */
  relative: boolean;
};

/** How a text is to be read. */
export type DateReading = {
  /** Language of the text, or null: decides the order of day and month. */
  lang?: string | null;
  /** ISO time of the fetch: relative times count back from it, and nothing may lie more than two days after it. */
  fetchedAt?: string;
  /** Month before day (`04/13/2015`); by default only for English. */
  monthFirst?: boolean;
};

/** Languages of pages that put the month first in numeric dates. English pages outside the United States are settled by the page's other dates. */
const MONTH_FIRST = new Set(['en']);
/** The web's first news pages: a page cannot be older, and archives before are rare. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;
/** Longest text searched, in characters: dates of publication stand in short texts. */
const MAX_TEXT = 2_000;
const DAY_MS = 86_400_000;

const DIGITS: readonly [RegExp, number][] = [
  [/[\u0660-\u0669]/g, 0x0660],
  [/[\u06f0-\u06f9]/g, 0x06f0],
  [/[\u0966-\u096f]/g, 0x0966],
  [/[\u09e6-\u09ef]/g, 0x09e6],
  [/[\u0e50-\u0e59]/g, 0x0e50],
  [/[\uff10-\uff19]/g, 0xff10],
];

function asciiDigits(text: string): string {
  let out = text;
  if (/[^\p{ASCII}]/u.test(text))
    for (const [pattern, zero] of DIGITS) out = out.replace(pattern, (digit) => String(digit.charCodeAt(0) - zero));
  return out;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Whether a calendar has this day. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31) return false;
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** ISO text of a day with an optional time. */
function isoOf(year: number, month: number, day: number, clock: Clock | null): PageDate {
  const date = `${year}-${two(month)}-${two(day)}`;
  if (!clock) return { value: date, precision: 'day' };
  const time = `${two(clock.hour)}:${two(clock.minute)}`;
  return {
    value: `${date}T${time}:${clock.second === null ? '00' : two(clock.second)}${clock.zone ?? ''}`,
    precision: clock.second === null ? 'minute' : 'second',
  };
}

/** Days since 1970 of a Solar Hijri date, by the 33-year rule (right for 1206 to 1498, ie 1827 to 2119). */
function persianToDays(year: number, month: number, day: number): number {
  const epochYear = year - 979;
  const leaps = Math.floor(epochYear / 33) * 8 + Math.floor(((epochYear % 33) + 3) / 4);
  const days = 365 * epochYear + leaps + (month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6) + day - 1;
  // 1 Farvardin 979 is 21 March 1600, 135,061 days before 1970.
  return days + 79 - 135_140;
}

/** Whether numeric dates of a page put the month first. */
export function monthComesFirst(reading: DateReading): boolean {
  return reading.monthFirst ?? (reading.lang ? MONTH_FIRST.has(reading.lang) : false);
}

function tooLate(value: string, fetchedAt: string | undefined): boolean {
  if (!fetchedAt) return false;
  return Date.parse(value.slice(0, 10)) > Date.parse(fetchedAt) + 2 * DAY_MS;
}

function addPersian(text: string, found: FoundDate[]): void {
  const pattern = new RegExp(`(\\d{1,2})\\s+(${PERSIAN_MONTHS.join('|')})\\s+(?:ماه\\s+)?(1[34]\\d{2})`, 'gu');
  const numeric = /(?<!\d)(1[34]\d{2})\/(\d{1,2})\/(\d{1,2})(?!\d)/g;
  const push = (year: number, month: number, day: number, start: number, length: number): void => {
    if (month < 1 || month > 12 || day < 1 || day > 31) return;
    const at = new Date(persianToDays(year, month, day) * DAY_MS);
    const date = isoOf(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), null);
    found.push({ ...date, start, end: start + length, ambiguous: false, relative: false });
  };
  for (let m = pattern.exec(text); m; m = pattern.exec(text))
    push(Number(m[3]), PERSIAN_MONTHS.indexOf(m[2] as string) + 1, Number(m[1]), m.index, m[0].length);
  for (let m = numeric.exec(text); m; m = numeric.exec(text))
    push(Number(m[1]), Number(m[2]), Number(m[3]), m.index, m[0].length);
}

/**
 * Finds all dates in a short text.
 *
 * @param text a line, an attribute or a label; only its first 2,000 characters are read.
 * @returns the dates in order of appearance, each with its precision. Impossible days and days after the fetch are left out.
 */
export function findDates(text: string, reading: DateReading = {}): FoundDate[] {
  const source = asciiDigits(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);
  const found: FoundDate[] = [];
  if (/[\d年]/.test(source)) {
    const order = monthComesFirst(reading);
    for (const { pattern, read, only } of READERS) {
      if (only && !only.test(source)) continue;
      pattern.lastIndex = 0;
      for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
        const start = match.index;
        const end = start + match[0].length;
        const day = read(match, order);
        if (!day || !isDay(day[0], day[1], day[2])) {
          // Another reading may begin inside what this one swallowed.
          pattern.lastIndex = start + 1;
          continue;
        }
        if (found.some((one) => start < one.end && end > one.start)) continue;
        const after = clockAfter(source.slice(end, end + 60));
        const clock = after?.clock ?? clockBefore(source.slice(0, start));
        const date = isoOf(day[0], day[1], day[2], clock);
        if (tooLate(date.value, reading.fetchedAt)) continue;
        const swappable =
          /^\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]/.test(match[0]) && day[1] <= 12 && day[2] <= 12 && day[1] !== day[2];
        found.push({
          ...date,
          start,
          end: end + (after?.length ?? 0),
          ambiguous: swappable,
          relative: false,
        });
      }
    }
    if (/[\u0600-\u06ff]/.test(source)) addPersian(source, found);
  }
  if (reading.fetchedAt)
    for (const one of findRelative(source, reading.fetchedAt, reading.lang ?? null))
      if (!found.some((other) => one.start < other.end && one.end > other.start))
        found.push({ ...one, ambiguous: false, relative: true });
  return found.sort((a, b) => a.start - b.start);
}

/** Month and year without a day (`April 2024`, `2024-04`, `tháng 4/2024`), as a date of precision `month`. */
export function findMonth(text: string): PageDate | null {
  const source = asciiDigits(text.slice(0, MAX_TEXT));
  const iso = /(?<!\d)((?:19|20)\d{2})[-/.](0?[1-9]|1[0-2])(?!\d|[-/.]\d)/.exec(source);
  if (iso) return { value: `${iso[1]}-${two(Number(iso[2]))}`, precision: 'month' };
  const vietnamese = /tháng\s*(\d{1,2})\s*(?:năm|[/-])\s*(\d{4})/iu.exec(source);
  if (vietnamese && Number(vietnamese[1]) <= 12)
    return { value: `${vietnamese[2]}-${two(Number(vietnamese[1]))}`, precision: 'month' };
  const named = /(?<!\p{L})(\p{L}{3,12})\.?,?\s+(?:de\s+|del\s+)?((?:19|20)\d{2})(?!\d)/iu.exec(source);
  const month = named ? monthOf(named[1] as string) : null;
  return named && month ? { value: `${named[2]}-${two(month)}`, precision: 'month' } : null;
}
