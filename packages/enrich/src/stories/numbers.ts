/** The telling numbers of a text, as values that are the same in every language. */

/** Words that multiply the number before them, folded where a language allows. */
const MULTIPLIERS: Record<string, number> = {
  nghìn: 1e3,
  ngàn: 1e3,
  mille: 1e3,
  milliers: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  triệu: 1e6,
  million: 1e6,
  millions: 1e6,
  tỷ: 1e9,
  tỉ: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  billion: 1e9,
  billions: 1e9,
};
const NUMBER =
  /(?<![\p{L}\p{N}.,/-])(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?![\p{N}/])\s*(%|\p{L}+)?/gu;
/** Numbers a text may keep: the most telling ones. */
const MOST_NUMBERS = 24;

/** A number of a text: its key (`n:34000000`, `n:36%`) and how telling it is, 0.1 to 1. */
export type TextNumber = { key: string; weight: number };

/**
 * The numbers of a text outside the given spans (its dates), most telling first, at most 24. Years and single digits are
 * left out; `34 triệu`, `34 millions` and `34,000,000` are one. `lang` decides what a comma means.
 */
export function numbersIn(
  text: string,
  lang: string | null,
  skip: readonly { start: number; end: number }[],
): TextNumber[] {
  const found = new Map<string, number>();
  for (const match of text.matchAll(NUMBER)) {
    const start = match.index;
    if (skip.some((span) => start < span.end && start + (match[1] as string).length > span.start)) continue;
    const unit = (match[2] ?? '').toLowerCase();
    const plain = readNumber(match[1] as string, lang);
    const multiplier = MULTIPLIERS[unit] ?? 1;
    const value = Number((plain * multiplier).toPrecision(12));
    const percent =
      unit === '%' ||
      /^\s*(?:phần trăm|pour cent|percent|per cent)/iu.test(text.slice(start + (match[1] as string).length));
    const weight = telling(value, percent, multiplier > 1);
    if (weight === 0) continue;
    found.set(`n:${value}${percent ? '%' : ''}`, weight);
  }
  return [...found]
    .map(([key, weight]) => ({ key, weight }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_NUMBERS);
}

/** Reads a number: groups of three digits are thousands, except after an English or before a French decimal sign. */
function readNumber(digits: string, lang: string | null): number {
  const tight = digits.replace(/[\u00a0\u202f ]/g, '');
  const decimal = lang === 'en' ? '.' : ',';
  const group = lang === 'en' ? ',' : '.';
  const parts = tight.split(decimal);
  if (parts.length === 2 && !(parts[1] as string).includes(group)) {
    return Number(`${(parts[0] as string).replaceAll(group, '')}.${parts[1]}`);
  }
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(tight)) return Number(tight.replace(/[.,]/g, ''));
  return Number(tight.replace(',', '.'));
}

/** How telling a value is: long and uneven numbers are, small and round ones are not. */
function telling(value: number, percent: boolean, multiplied: boolean): number {
  if (!Number.isFinite(value) || value < 10)
    return percent || (multiplied && value > 0) || (value % 1 !== 0 && value > 0) ? 0.4 : 0;
  if (!percent && !multiplied && value >= 1900 && value <= 2100) return 0;
  const significant = String(value).replace('.', '').replace(/0+$/, '').length;
  if (significant === 1) return percent || multiplied ? 0.3 : 0.15;
  if (significant === 2) return percent || multiplied || value >= 1000 ? 0.7 : 0.35;
  return 1;
}
