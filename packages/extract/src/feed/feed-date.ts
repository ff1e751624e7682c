/** Reads dates of feeds: RFC 3339, RFC 822, W3C-DTF, and what feeds write in their place. */
import { readMachineDate } from '../date/date-machine.ts';
import { oneLine } from '../words.ts';

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan januar janvier janv enero ene gennaio gen janeiro tháng-1 януари января',
    'feb februar february février févr fév fevrier febrero febbraio fevereiro',
    'mar march märz mär mrz mars marzo marco março maart',
    'apr april avril avr abril abr aprile',
    'may mai mayo maggio mag maio mei',
    'jun june juni juin junio giugno giu junho',
    'jul july juli juillet juil julio luglio lug julho',
    'aug august août aout agosto ago augustus',
    'sep sept september septembre septiembre settembre set setembro',
    'oct october oktober okt octobre octubre ottobre ott outubro out',
    'nov november novembre noviembre novembro',
    'dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro',
  ].flatMap((names, at) => names.split(' ').map((name) => [name, at + 1])),
);

/** Offsets of zones named by letters, in minutes (RFC 822, and what news sites add to it). */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  west: 60,
  ist: 330,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ict: 420,
  sgt: 480,
  hkt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  nst: -210,
  ndt: -150,
  ast: -240,
  adt: -180,
  est: -300,
  edt: -240,
  et: -300,
  cst: -360,
  cdt: -300,
  ct: -360,
  mst: -420,
  mdt: -360,
  mt: -420,
  pst: -480,
  pdt: -420,
  pt: -480,
  akst: -540,
  akdt: -480,
  hst: -600,
};

const ISO = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(.*))?$/i;
const ORDINAL = /^(\d{4})-?(\d{3})(?:T.*)?$/;
const CLOCK = /(?:^|[^\d:])(\d{1,2})[:h.](\d{2})(?:[:.](\d{1,2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\b\.?)?/i;

/** The parts of a time; `offset` in minutes east of Greenwich, null where no zone is stated; `to` is how exact a day is. */
type Parts = {
  year: number;
  month: number;
  day: number;
  hour: number | null;
  minute: number;
  second: number;
  offset: number | null;
  to?: 'month' | 'year';
};

/**
 * Reads a date of a feed.
 *
 * @param language of the feed, which tells the order of a day in figures.
 * @returns ISO 8601, as exact as stated: the year, the month or the day alone where no time is stated, the zone only where one is; null where it names no day.
 */
export function readFeedDate(value: string | null | undefined, language: string | null = null): string | null {
  const text = oneLine(value ?? '').slice(0, 120);
  if (text === '') return null;
  const parts = isoParts(text) ?? wordParts(text) ?? numberParts(text, language);
  if (parts && isPossible(parts)) return written(parts);
  return readMachineDate(text, { lang: language?.slice(0, 2).toLowerCase() ?? 'en' })?.value ?? null;
}

function isoParts(text: string): Parts | null {
  const ordinal = ORDINAL.exec(text);
  if (ordinal && !/^\d{7,}$/.test(text)) {
    const day = new Date(Date.UTC(Number(ordinal[1]), 0, Number(ordinal[2])));
    return { ...NO_TIME, year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  }
  const found = ISO.exec(text);
  if (!found || (/^\d{5,}$/.test(text) && text.length !== 8)) return null;
  const [, year, month, day, hour, minute, second, zone] = found;
  const date = { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) };
  if (hour === undefined)
    return { ...NO_TIME, ...date, ...(day === undefined && { to: month === undefined ? 'year' : 'month' }) };
  const offset = offsetOf(zone ?? '', { ...date, hour: Number(hour), minute: Number(minute ?? 0) });
  return { ...date, hour: Number(hour), minute: Number(minute ?? 0), second: Number(second ?? 0), offset };
}

const NO_TIME = { hour: null, minute: 0, second: 0, offset: null };

/** A day written with the month's name, in any order. */
function wordParts(text: string): Parts | null {
  let month = 0;
  let at = -1;
  let name = '';
  for (const match of text.matchAll(/\p{L}+/gu)) {
    const found = MONTHS[match[0].toLowerCase()];
    // `mar.` is Tuesday in French where another month follows.
    if (found === undefined) continue;
    month = found;
    at = match.index;
    name = match[0];
  }
  if (month === 0) return null;
  const before = text.slice(0, at);
  const behind = text.slice(at + name.length);
  const clock = CLOCK.exec(behind) ?? CLOCK.exec(before);
  const rest = clock ? behind.replace(clock[0], ' ') : behind;
  const dayBefore = /(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s.,-]*(?:de\s+)?$/i.exec(before);
  const dayBehind = /^[\s.,-]*(\d{1,2})(?:st|nd|rd|th)?(?!\d)/i.exec(rest);
  const yearBehind = /(?:^|[^\d:+-]|[^\d]-)(\d{4})(?!\d)/.exec(rest) ?? /(?:^|\D)(\d{4})\s*$/.exec(rest);
  const yearBefore = /(\d{4})[\s.,-]/.exec(before);
  const short = /^[\s.,-]*(\d{2})(?!\d)/.exec(rest);
  const day = Number(dayBefore?.[1] ?? dayBehind?.[1] ?? (yearBefore ? Number.NaN : 1));
  const year = yearBehind?.[1] ?? yearBefore?.[1] ?? (dayBefore && short ? shortYear(short[1] as string) : undefined);
  if (year === undefined || Number.isNaN(day)) return null;
  const isMonth = !dayBefore && !dayBehind && !yearBefore && !clock;
  return { ...timed({ year: Number(year), month, day }, text, clock), ...(isMonth && { to: 'month' as const }) };
}

/**
 * A day in figures. Where both orders are possible the weekday decides, then the language: English, or none, with slashes
 * has the month first, as programs of American make write it; everybody else has the day first.
 */
function numberParts(text: string, language: string | null): Parts | null {
  const found = /(?:^|[^\d])(\d{1,2})([/.\s-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(text);
  if (!found) return null;
  const [whole, first, separator, second, last] = found;
  const year = Number((last as string).length === 2 ? shortYear(last as string) : last);
  const english = language === null || /^en\b/i.test(language) || /\d\s*[ap]\.?m\b/i.test(text);
  const usual = separator === '/' && english;
  const monthFirst =
    Number(second) > 12 || (Number(first) <= 12 && (weekdaySays(text, year, Number(first), Number(second)) ?? usual));
  const date = { year, month: Number(monthFirst ? first : second), day: Number(monthFirst ? second : first) };
  return timed(date, text, CLOCK.exec(text.slice(text.indexOf(whole) + whole.length)));
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Whether the first of two figures is the month, by the weekday written beside them; null where it does not tell. */
function weekdaySays(text: string, year: number, first: number, second: number): boolean | null {
  const weekday = WEEKDAYS.findIndex((name) => text.toLowerCase().startsWith(name));
  if (weekday < 0) return null;
  const fits = (month: number, day: number): boolean =>
    new Date(Date.UTC(year, month - 1, day)).getUTCDay() === weekday;
  const [american, other] = [fits(first, second), fits(second, first)];
  return american === other ? null : american;
}

const shortYear = (two: string): string => (Number(two) > 68 ? `19${two}` : `20${two}`);

function timed(date: { year: number; month: number; day: number }, text: string, clock: RegExpExecArray | null): Parts {
  if (!clock) return { ...NO_TIME, ...date };
  const half = clock[4]?.toLowerCase();
  const given = Number(clock[1]);
  const hour = half === 'p' && given < 12 ? given + 12 : half === 'a' && given === 12 ? 0 : given;
  const minute = Number(clock[2]);
  const after = text.slice(text.indexOf(clock[0]) + clock[0].length);
  return { ...date, hour, minute, second: Number(clock[3] ?? 0), offset: offsetOf(after, { ...date, hour, minute }) };
}

/** The offset a text behind a time states, in minutes; null for none. */
function offsetOf(
  text: string,
  at: { year: number; month: number; day: number; hour: number; minute: number },
): number | null {
  const figures = /(?:^|[^\d])([+-])(\d{1,2}):?(\d{2})?(?!\d)/.exec(text);
  if (figures) {
    const minutes = Number(figures[2]) * 60 + Number(figures[3] ?? 0);
    return minutes > 14 * 60 ? null : (figures[1] === '-' ? -1 : 1) * minutes;
  }
  const named = /\b[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?\b/.exec(text)?.[0];
  if (named) return placeOffset(named, at);
  for (const [word] of text.matchAll(/\b[A-Za-z]{1,4}\b/g)) {
    const known = ZONES[word.toLowerCase()];
    if (known !== undefined) return known;
  }
  return null;
}

/** The offset of a place of the time zone database at a local time; null for an unknown place. */
function placeOffset(
  zone: string,
  at: { year: number; month: number; day: number; hour: number; minute: number },
): number | null {
  try {
    const wall = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute);
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    const shown = (time: number): number => {
      const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
      return Date.UTC(year, month - 1, day, hour, minute);
    };
    // Twice, for a time beside a change of the clocks.
    const guess = shown(wall) - wall;
    return (shown(wall - guess) - (wall - guess)) / 60_000;
  } catch {
    return null;
  }
}

function isPossible({ year, month, day, hour, minute, second }: Parts): boolean {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return false;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
  return hour === null || (hour <= 24 && minute <= 59 && second <= 61);
}

function written({ year, month, day, hour, minute, second, offset, to }: Parts): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  if (hour === null && to) return to === 'year' ? `${year}` : `${year}-${two(month)}`;
  if (hour === null) return `${year}-${two(month)}-${two(day)}`;
  // 24:00 and leap seconds are carried over by the calendar.
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19);
  if (offset === null) return time;
  if (offset === 0) return `${time}Z`;
  const size = Math.abs(offset);
  return `${time}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
