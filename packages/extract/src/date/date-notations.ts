/** The ways in which days are written: numeric, with month names, and of other calendars. */
import { monthOf } from './date-words.ts';

/** One way to write a day: what it looks like, and the year, month and day it says. */
export type Reader = {
  pattern: RegExp;
  read: (match: RegExpExecArray, monthFirst: boolean) => [number, number, number] | null;
  /** What a text must hold for this notation to be looked for. */
  only?: RegExp;
};

/** Years that the Buddhist era of Thai pages is ahead. */
const BUDDHIST = 543;
const fullYear = (text: string): number => {
  const value = Number(text);
  if (text.length === 2) return value > 60 ? 1900 + value : 2000 + value;
  return value >= 2500 && value < 2600 ? value - BUDDHIST : value;
};

/** The year before the first of each era. */
const ERAS: Record<string, number> = { 令和: 2018, 平成: 1988, 昭和: 1925, 民國: 1911, 民国: 1911 };
const THAI_MONTHS = 'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'.split(' ');
const hanDigit = (sign: string): number => Math.max(0, '〇一二三四五六七八九'.indexOf(sign));
/** A number up to 99 in Han signs: 十三 is 13, 二十 is 20. */
function hanNumber(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  return (text.includes('十') ? 10 * (tens === '' ? 1 : hanDigit(tens as string)) : 0) + (ones ? hanDigit(ones) : 0);
}

const WORD = '[\\p{L}\\p{M}]{2,14}\\.?';
/** The notations, those that say more before those that say less. */
export const READERS: readonly Reader[] = [
  {
    pattern: /(?<!\d)(\d{4})(?:[-./]|\s?[年년]\s?)(\d{1,2})(?:[-./]|\s?[月월]\s?)(\d{1,2})(?!\d)\s?[日일]?/g,
    read: (m) => [Number(m[1]), Number(m[2]), Number(m[3])],
  },
  {
    pattern: /(?<!\d)(19[89]\d|20[0-4]\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)/g,
    read: (m) => [Number(m[1]), Number(m[2]), Number(m[3])],
  },
  {
    pattern: /(?<!\d|\d[.,/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[./-]\d)/g,
    read: (m, monthFirst) => {
      const a = Number(m[1]);
      const b = Number(m[3]);
      const year = fullYear(m[4] as string);
      if ((m[4] as string).length === 2 && year > 2040) return null;
      if (a > 12) return [year, b, a];
      if (b > 12) return [year, a, b];
      return monthFirst && m[2] !== '.' ? [year, a, b] : [year, b, a];
    },
  },
  {
    pattern: /(?<!\d)(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm|,|\/)?\s*(\d{4})/giu,
    read: (m) => [Number(m[3]), Number(m[2]), Number(m[1])],
  },
  { pattern: /tháng\s*(\d{1,2})\s+(\d{1,2}),\s*(\d{4})/giu, read: (m) => [Number(m[3]), Number(m[1]), Number(m[2])] },
  {
    pattern: new RegExp(
      `(?<!\\d)(\\d{1,2})(?:\\.|st|nd|rd|th|er|º|°|ª|e|-го|\\.º)?[\\s\\-.,/]{0,3}(?:de\\s+|of\\s+|d['’])?(${WORD})(?:/[\\p{L}\\p{M}]{2,14})?[\\s,،\\-./]{0,3}(?:de\\s+|del\\s+|of\\s+|год[а]?\\s+)?['’]?(\\d{4}|\\d{2})(?!\\d|[:.]\\d)`,
      'giu',
    ),
    read: (m) => {
      const month = monthOf(m[2] as string);
      const year = fullYear(m[3] as string);
      return month === null || ((m[3] as string).length === 2 && year > 2040) ? null : [year, month, Number(m[1])];
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(${WORD})[\\s\\-.]{0,2}(\\d{1,2})(?:st|nd|rd|th)?(?:\\s*[,،-]\\s*|\\s+)(?:\\p{L}{2,9}day,?\\s+)?(\\d{4})(?!\\d|:)`,
      'giu',
    ),
    read: (m) => {
      const month = monthOf(m[1] as string);
      return month === null ? null : [fullYear(m[3] as string), month, Number(m[2])];
    },
  },
  {
    pattern: new RegExp(
      `(?<!\\d)(\\d{4})\\.?[\\s,]{1,2}(?:gada\\s+|m\\.\\s+)?(${WORD})[\\s,]{1,2}(\\d{1,2})(?!\\d)`,
      'giu',
    ),
    read: (m) => {
      const month = monthOf(m[2] as string);
      return month === null ? null : [Number(m[1]), month, Number(m[3])];
    },
  },
  {
    // "Apr 13 21:07:00 +0700 2015" of Unix dates.
    pattern: /(?<!\p{L})(\p{L}{3})\s+(\d{1,2})\s+\d{2}:\d{2}:\d{2}\s+(?:[A-Z]{3,4}|[+-]\d{4})\s+(\d{4})/gu,
    read: (m) => {
      const month = monthOf(m[1] as string);
      return month === null ? null : [Number(m[3]), month, Number(m[2])];
    },
  },
  {
    pattern: /(令和|平成|昭和|民國|民国)\s?(元|\d{1,3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日/g,
    read: (m) => [(ERAS[m[1] as string] as number) + (m[2] === '元' ? 1 : Number(m[2])), Number(m[3]), Number(m[4])],
    only: /年/,
  },
  {
    pattern: /([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日/g,
    read: (m) => [
      Number([...(m[1] as string)].map(hanDigit).join('')),
      hanNumber(m[2] as string),
      hanNumber(m[3] as string),
    ],
    only: /年/,
  },
  {
    // "2015. 4. 13." of Korean and Hungarian pages.
    pattern: /(?<!\d)((?:19|20)\d{2})\.\s(\d{1,2})\.\s(\d{1,2})(?!\d)/g,
    read: (m) => [Number(m[1]), Number(m[2]), Number(m[3])],
  },
  {
    pattern: new RegExp(
      `(\\d{1,2})\\s?(${THAI_MONTHS.join('|').replaceAll('.', '\\.')})\\s?(\\d{4}|\\d{2})(?!\\d)`,
      'g',
    ),
    read: (m) => [
      (m[3] as string).length === 2 ? 2500 + Number(m[3]) - BUDDHIST : fullYear(m[3] as string),
      THAI_MONTHS.indexOf(m[2] as string) + 1,
      Number(m[1]),
    ],
    only: /[\u0e00-\u0e7f]/,
  },
  {
    // The months of the Levant that are two words.
    pattern: /(\d{1,2})\s+(كانون|تشرين)\s+(الأول|الاول|الثاني)[\s،,/]+(\d{4})/g,
    read: (m) => {
      const isSecond = m[3] === 'الثاني';
      return [Number(m[4]), m[2] === 'كانون' ? (isSecond ? 1 : 12) : isSecond ? 11 : 10, Number(m[1])];
    },
    only: /[كت][اش][نر][وي]ن/,
  },
];
