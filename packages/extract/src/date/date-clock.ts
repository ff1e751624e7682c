/** Reads the time of day beside a date, with its zone. */
import { WEEKDAY, ZONES } from './date-words.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** A time of day; the zone as an ISO offset. */
export type Clock = { hour: number; minute: number; second: number | null; zone: string | null };

/** A weekday or the word for year that stands before the time. */
const BEFORE_TIME = new RegExp(`^[\\s,;|·•\\-–—(.（]*(?:${WEEKDAY})(?!\\p{L})[)）]?`, 'iu');
const TIME_AFTER =
  /^[\s,;|·•\-–—@T(.]*(?:(?:at|um|à|a las|às|alle ore|alle|ore|om|o godz\.?|godz\.?|в|о|kl\.?|lúc|saat|pukul|الساعة|hora|as|ob|klo)\s*)?[\s:,(]*(午前|午後|上午|下午|오전|오후)?\s?(\d{1,2})\s*(?:[:.hH時时点點]|giờ|h\s|시)\s*(\d{2}|\d(?=[分분]))(?:[:.](\d{2})(?:\.\d+)?)?(?!\d)\s*(?:분|分)?\s*([apAP]\.?\s?[mM]\b\.?|Uhr|SA|CH)?[\s(,]*((?:GMT|UTC)?\s*[+-]\s?\d{1,2}(?::?\d{2})?(?!\d)|[A-Z][A-Za-z]{1,4}\b|Z)?/;
const TIME_ONLY_HOUR = /^[\s,;|\-–—@(]*(?:at|um|à|às)?\s*(\d{1,2})\s*([ap]\.?\s?m\b\.?|Uhr|h\b)/i;
const TIME_BEFORE =
  /(\d{1,2})[:hH.](\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?\s*(?:Uhr)?[\s,;|()\-–—]*(?:\(?(?:GMT|UTC)\s*[+-]?\d*\)?)?[\s,;|\-–—]*(?:(?:thứ|chủ)\s+\p{L}+|ngày|on|am|le|del|\p{L}{2,12})?[\s,.]*$/iu;

function zoneOf(text: string | undefined): string | null {
  if (!text) return null;
  const compact = text.replace(/\s+/g, '');
  const offset = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/.exec(compact);
  if (offset) {
    const hours = Number(offset[2]);
    return hours <= 14 ? `${offset[1]}${two(hours)}:${offset[3] ?? '00'}` : null;
  }
  const minutes = ZONES[compact.toLowerCase()];
  if (minutes === undefined) return null;
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function clockOf(
  hour: number,
  minute: number,
  second: string | undefined,
  half: string | undefined,
  zone: string | undefined,
): Clock | null {
  let hours = hour;
  if (half && /^p|^CH|後|下|후/i.test(half) && hours < 12) hours += 12;
  if (half && /^a|^SA|前|上|전/i.test(half) && hours === 12) hours = 0;
  if (hours > 24 || minute > 59) return null;
  return { hour: hours % 24, minute, second: second === undefined ? null : Number(second), zone: zoneOf(zone) };
}

/** The time of day right after a date, and how far it reaches. */
export function clockAfter(rest: string): { clock: Clock; length: number } | null {
  const skipped = BEFORE_TIME.exec(rest)?.[0].length ?? 0;
  const full = TIME_AFTER.exec(rest.slice(skipped));
  if (full) {
    const clock = clockOf(Number(full[2]), Number(full[3]), full[4], full[5] ?? full[1], full[6]);
    if (clock) return { clock, length: skipped + full[0].length };
  }
  const hour = TIME_ONLY_HOUR.exec(rest);
  if (hour) {
    const clock = clockOf(Number(hour[1]), 0, undefined, hour[2], undefined);
    if (clock) return { clock, length: hour[0].length };
  }
  return null;
}

/** The time of day right before a date. */
export function clockBefore(before: string): Clock | null {
  const match = TIME_BEFORE.exec(before.slice(-50));
  return match ? clockOf(Number(match[1]), Number(match[2]), match[3], match[4], undefined) : null;
}
