/** Reads dates meant for machines: ISO 8601, RFC 2822, epoch numbers, and what pages write in their place. */
import type { PageDate } from '@newsloom/model';
import { type DateReading, findDates, findMonth, isDay } from './date-text.ts';

const ISO =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|\s+|T\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?/i;
/** A day by its week, as ISO 8601 writes it: `2015-W16-1` is the Monday of the sixteenth week. */
const ISO_WEEK = /^\s*(\d{4})-?W(\d{2})-?([1-7])(?!\d)/;
/** Epoch numbers between 1995 and 2060, in seconds and in milliseconds. */
const EPOCH_SECONDS = /^\s*(?:8|9|1\d|2[0-7])\d{8}\s*$/;
const EPOCH_MILLISECONDS = /^\s*(?:8|9|1\d|2[0-7])\d{11}\s*$/;

function zoneText(zone: string | undefined): string {
  if (!zone) return '';
  if (/^(?:z|utc|gmt)$/i.test(zone)) return 'Z';
  const match = /^([+-]\d{2}):?(\d{2})?$/.exec(zone);
  return match ? `${match[1]}:${match[2] ?? '00'}` : '';
}

/**
 * Reads a value of JSON-LD, a meta, an attribute or a feed as a date.
 *
 * A time of exactly midnight without a zone is taken for a day. Text of any language is read as a last resort.
 * @returns null when the value names no possible day.
 */
export function readMachineDate(value: string, reading: DateReading = {}): PageDate | null {
  const iso = ISO.exec(value);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    if (!isDay(Number(year), Number(month), Number(day))) return null;
    const date = `${year}-${(month as string).padStart(2, '0')}-${(day as string).padStart(2, '0')}`;
    const late = reading.fetchedAt !== undefined && Date.parse(date) > Date.parse(reading.fetchedAt) + 2 * 86_400_000;
    if (late) return null;
    if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return { value: date, precision: 'day' };
    const zoned = zoneText(zone);
    if (Number(hour) === 0 && Number(minute) === 0 && Number(second ?? 0) === 0 && zoned === '')
      return { value: date, precision: 'day' };
    return {
      value: `${date}T${hour.padStart(2, '0')}:${minute}:${second ?? '00'}${zoned}`,
      precision: second === undefined ? 'minute' : 'second',
    };
  }
  if (EPOCH_SECONDS.test(value) || EPOCH_MILLISECONDS.test(value)) {
    const at = new Date(Number(value) * (EPOCH_SECONDS.test(value) ? 1000 : 1));
    return { value: `${at.toISOString().slice(0, 19)}Z`, precision: 'second' };
  }
  const week = ISO_WEEK.exec(value);
  if (week) {
    // The fourth of January is in the first week.
    const fourth = Date.UTC(Number(week[1]), 0, 4);
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
    const at = monday + ((Number(week[2]) - 1) * 7 + Number(week[3]) - 1) * 86_400_000;
    return { value: new Date(at).toISOString().slice(0, 10), precision: 'day' };
  }
  const [first] = findDates(value.slice(0, 120), reading);
  if (first) return { value: first.value, precision: first.precision };
  return /^\s*\d{4}-\d{1,2}\s*$/.test(value) ? findMonth(value) : null;
}
