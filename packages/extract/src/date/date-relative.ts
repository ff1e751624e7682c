/** Finds times told from the day of reading in text: `3 hours ago`, `gestern, 14:05`, `2時間前`. */
import { AGO_AFTER, AGO_BEFORE, DAY_WORDS, ONE_WORDS, PAIR_WORDS, UNIT_MS, unitOf } from './date-words.ts';

/** A time counted back from the fetch, with where it stands. */
export type RelativeDate = { value: string; precision: 'minute' | 'day'; start: number; end: number };

/** Longest text in which such words state a date rather than tell a story, in characters. */
const MAX_LABEL = 120;
const DAY_MS = 86_400_000;

/** What may stand before a word for today or yesterday that is a date: nothing, a separator, or a label ending in a colon. */
const LABEL_ENDS = /(?:^|[|·•:,;(>\-–—/\n])\s*$/u;
/** The same after it, where no time of day follows. */
const DATE_ENDS = /^\s*(?:$|[|·•,;).\-–—/\n])/u;
const CLOCK =
  /^[\s,|·•\-–—]*(?:(?:at|um|à|a las|às|alle|ore|om|o godz\.?|o|в|об|kl\.?|lúc|saat|pukul|jam)\s*)?(\d{1,2})\s?[:.hH時时點点]\s?(\d{2})(?![\d:])\s*([ap]\.?m\b\.?|Uhr\b)?/iu;

const COUNTED = new RegExp(
  `(?<![\\p{L}\\d.,])(\\d{1,3}|(?:${ONE_WORDS})(?!\\p{L})|un['’])?\\s?([\\p{L}\\p{M}]{1,10}\\.?)`,
  'giu',
);

/** The unit a word names; of a script without spaces only the word's beginning is looked at. */
function unitAt(word: string): { unit: keyof typeof UNIT_MS; length: number } | null {
  const whole = unitOf(word);
  if (whole) return { unit: whole, length: word.length };
  if (/^\p{Script=Latin}/u.test(word)) return null;
  for (let cut = Math.min(3, word.length - 1); cut > 0; cut--) {
    const unit = unitOf(word.slice(0, cut));
    if (unit) return { unit, length: cut };
  }
  return null;
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The time of day right after a word for a day, as `THH:MM:00`, and how far it reaches. */
function clockAt(rest: string): { text: string; length: number } | null {
  const match = CLOCK.exec(rest);
  if (!match) return null;
  let hour = Number(match[1]);
  if (/^p/i.test(match[3] ?? '') && hour < 12) hour += 12;
  if (/^a/i.test(match[3] ?? '') && hour === 12) hour = 0;
  if (hour > 23 || Number(match[2]) > 59) return null;
  return { text: `T${String(hour).padStart(2, '0')}:${match[2]}:00`, length: match[0].length };
}

/**
 * Finds times that count back from the fetch.
 *
 * @param text a short line; longer ones tell of the past in the same words and give nothing.
 * @param lang language of the text: `hier` is yesterday in French and "here" in German.
 */
export function findRelative(text: string, fetchedAt: string, lang: string | null): RelativeDate[] {
  const now = Date.parse(fetchedAt);
  if (Number.isNaN(now) || text.length > MAX_LABEL) return [];
  const found: RelativeDate[] = [];
  const push = (count: number, unit: keyof typeof UNIT_MS, start: number, end: number): void => {
    const at = now - count * UNIT_MS[unit];
    if (unit === 'minute' || unit === 'hour')
      found.push({ value: `${new Date(at).toISOString().slice(0, 16)}:00Z`, precision: 'minute', start, end });
    else found.push({ value: isoDay(at), precision: 'day', start, end });
  };
  COUNTED.lastIndex = 0;
  for (let match = COUNTED.exec(text); match; match = COUNTED.exec(text)) {
    const word = match[2] as string;
    const number = match[1];
    const pair = PAIR_WORDS.get(word);
    const named = pair ? { unit: pair, length: word.length } : unitAt(word);
    const wordAt = match.index + match[0].length - word.length;
    if (named) {
      const end = wordAt + named.length;
      const before = text.slice(Math.max(0, match.index - 14), match.index);
      // Without a number only what follows it tells: "час назад", but not "vor Jahren".
      if (AGO_AFTER.test(text.slice(end, end + 14)) || ((number !== undefined || pair) && AGO_BEFORE.test(before))) {
        push(pair ? 2 : /^\d/.test(number ?? '') ? Number(number) : 1, named.unit, match.index, end);
        continue;
      }
    }
    if (number !== undefined && !/^\d/.test(number)) COUNTED.lastIndex = wordAt;
  }
  for (const [words, days] of DAY_WORDS) {
    const match = words.exec(text);
    if (!match || (lang !== 'fr' && match[0].toLowerCase() === 'hier')) continue;
    const end = match.index + match[0].length;
    if (!LABEL_ENDS.test(text.slice(0, match.index))) continue;
    const clock = clockAt(text.slice(end, end + 30));
    if (!clock && !DATE_ENDS.test(text.slice(end))) continue;
    const day = isoDay(now - days * DAY_MS);
    if (clock)
      found.push({ value: day + clock.text, precision: 'minute', start: match.index, end: end + clock.length });
    else found.push({ value: day, precision: 'day', start: match.index, end });
  }
  return found;
}
