/** Reads numbers as Vietnamese, French and English write them. */

/** A number in digits with thousands marks, decimals and spaces between groups, as a regular expression source. */
export const NUMBER = String.raw`\d{1,3}(?:[.,\u00a0\u202f ]\d{3}){1,5}(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?`;

/** Multiplying words in lower case, without diacritics' variants. */
const MULTIPLIERS: Record<string, number> = {
  nghìn: 1e3,
  ngàn: 1e3,
  vạn: 1e4,
  triệu: 1e6,
  tỷ: 1e9,
  tỉ: 1e9,
  'nghìn tỷ': 1e12,
  'nghìn tỉ': 1e12,
  'ngàn tỷ': 1e12,
  'ngàn tỉ': 1e12,
  'triệu tỷ': 1e15,
  mille: 1e3,
  million: 1e6,
  millions: 1e6,
  milliard: 1e9,
  milliards: 1e9,
  thousand: 1e3,
  billion: 1e9,
  billions: 1e9,
  trillion: 1e12,
  m: 1e6,
  bn: 1e9,
  k: 1e3,
};

/** Multiplying words as a regular expression source. */
export const MULTIPLIER =
  '(?:nghìn|ngàn|triệu) t[ỷỉ]|nghìn|ngàn|vạn|triệu|t[ỷỉ]|millions?|milliards?|mille|thousand|billions?|trillion|bn';

/**
 * The value of a number written with marks, by language: `.` groups thousands and `,` starts decimals in Vietnamese and
 * French, the other way round in English. A mark followed by exactly three digits groups, unless the language says decimal.
 */
export function readNumber(written: string, language: string): number {
  const compact = written.replace(/\s/g, '');
  const decimal = language === 'en' ? '.' : ',';
  const group = decimal === '.' ? ',' : '.';
  let plain = compact;
  const groups = plain.split(group);
  const grouped = groups.length > 1 && groups.slice(1).every((part) => /^\d{3}(?:\D|$)/.test(part));
  if (grouped) plain = groups.join('');
  else if (groups.length === 2) plain = groups.join('.');
  const halves = plain.split(decimal);
  if (halves.length === 2 && /^\d+$/.test(halves[1] ?? '')) plain = halves.join('.');
  else if (halves.length > 2) plain = halves.join('');
  return Number(plain);
}

/** The factor a multiplying word stands for; 1 for none. */
export function readMultiplier(word: string | undefined): number {
  return word === undefined ? 1 : (MULTIPLIERS[word.toLowerCase().replace(/\s+/g, ' ')] ?? 1);
}

/** A number as it stands in a value: no exponent, at most six decimals. */
export function writeNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(0) : String(Number(value.toFixed(6)));
}
