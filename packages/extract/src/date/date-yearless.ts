/** Finds days told without their year (`16-12`, `16 tháng 12`, `12月16日`) in a month that is known from elsewhere. */
import { isDay } from './date-text.ts';
import { monthOf } from './date-words.ts';

/** Longest text in which such a day is a date line, in characters: in longer ones it tells of an event, or of a score. */
const MAX_LABEL = 60;
/** Two numbers either of which may be the month; not part of a longer number, an address or a time. */
const NUMERIC = /(?<![\d.,/:-])(\d{1,2})\s?[-/.]\s?(\d{1,2})(?![\d/:-]|[.,]\d)/g;
const HAN = /(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/g;
const VIETNAMESE = /(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)/giu;
const NAMED = /(?<![\d\p{L}])(\d{1,2})(?:\.|er|st|nd|rd|th)?\s+(?:de\s+)?(\p{L}{3,12})\.?(?!\p{L})(?!\s*\d{4})/giu;

/** A day with where it stands. */
export type YearlessDay = { value: string; start: number; end: number };

/**
 * The first day of a month that a short text names without a year. No year is guessed: it comes with the month, which the
 * page's address states, and numbers that do not name that month are no date.
 *
 * @param month `2015-12`.
 */
export function findDayOf(text: string, month: string): YearlessDay | null {
  if (text.length > MAX_LABEL || !/\d/.test(text)) return null;
  const year = Number(month.slice(0, 4));
  const wanted = Number(month.slice(5, 7));
  const found = (match: RegExpExecArray | RegExpMatchArray, day: number): YearlessDay | null =>
    isDay(year, wanted, day)
      ? {
          value: `${month}-${String(day).padStart(2, '0')}`,
          start: match.index ?? 0,
          end: (match.index ?? 0) + match[0].length,
        }
      : null;
  for (const match of text.matchAll(NUMERIC)) {
    const [first, second] = [Number(match[1]), Number(match[2])];
    if (second === wanted || first === wanted) return found(match, second === wanted ? first : second);
  }
  for (const match of text.matchAll(HAN)) if (Number(match[1]) === wanted) return found(match, Number(match[2]));
  for (const match of text.matchAll(VIETNAMESE)) if (Number(match[2]) === wanted) return found(match, Number(match[1]));
  for (const match of text.matchAll(NAMED))
    if (monthOf(match[2] as string) === wanted) return found(match, Number(match[1]));
  return null;
}
