/** Writes the site's dates the way newspapers in Viet Nam show them: Hanoi time, in words of the page's language. */

/** Viet Nam keeps UTC+7 all year. */
const HANOI_OFFSET_MS = 7 * 3_600_000;

const VI_DAYS = ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy'];
const FR_DAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const FR_MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];
const EN_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The parts of a date in Hanoi; a day without a time is taken as it stands. */
function hanoi(iso: string) {
  const timed = iso.includes('T');
  const at = new Date(timed ? new Date(iso).getTime() + HANOI_OFFSET_MS : `${iso}T00:00:00Z`);
  return {
    timed,
    year: at.getUTCFullYear(),
    month: at.getUTCMonth(),
    day: at.getUTCDate(),
    weekday: at.getUTCDay(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `Thứ hai, 13/04/2026 21:07 (GMT+7)` */
export function vietnameseStamp(iso: string): string {
  const { year, month, day, weekday, hour, minute } = hanoi(iso);
  return `${VI_DAYS[weekday]}, ${two(day)}/${two(month + 1)}/${year} ${two(hour)}:${two(minute)} (GMT+7)`;
}

/** `18/12/2026` */
export function slashedDay(iso: string): string {
  const { year, month, day } = hanoi(iso);
  return `${two(day)}/${two(month + 1)}/${year}`;
}

/** `Publié le 14 avril 2026 à 8h30`, without the hour where the article has none. */
export function frenchStamp(iso: string): string {
  const { timed, hour, minute } = hanoi(iso);
  const clock = timed ? ` à ${hour}h${two(minute)}` : '';
  return `Publié le ${frenchDay(iso)}${clock}`;
}

/** `14 avril 2026`, `1er mai 2026` */
export function frenchDay(iso: string): string {
  const { year, month, day } = hanoi(iso);
  return `${day === 1 ? '1er' : day} ${FR_MONTHS[month]} ${year}`;
}

/** `mardi 14 avril 2026` */
export function frenchLongDay(iso: string): string {
  return `${FR_DAYS[hanoi(iso).weekday]} ${frenchDay(iso)}`;
}

/** `April 13, 2026, 17:50` */
export function englishStamp(iso: string): string {
  const { timed, year, month, day, hour, minute } = hanoi(iso);
  return `${EN_MONTHS[month]} ${day}, ${year}${timed ? `, ${two(hour)}:${two(minute)}` : ''}`;
}

/** The time of an article as HTTP and feeds write it (RFC 9110 IMF-fixdate). */
export function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}
