/** Dates: absolute, without a year, ranges, months, years; relative ones are in `relative-dates.ts`. */
import { isDay, iso, monthNames, monthNumber, nearestYear, weekdayNames } from './calendar.ts';
import type { Rule, RuleContext } from './rule.ts';

type Found = { value: string | null; skip?: number; drop?: number } | false;

/** The value of a day and month, with the year given or taken from the document's day; without either `--MM-DD`. */
function dayValue(context: RuleContext, day: number, month: number, year?: number): string | null {
  const known = year ?? (context.day ? nearestYear(context.day, month) : undefined);
  if (!isDay({ year: known ?? 2024, month, day })) return null;
  return known === undefined ? `-${iso(0, month, day).slice(4)}` : iso(known, month, day);
}

function readDate(context: RuleContext, day: number, month: number, year: number | undefined, skip = 0): Found {
  const value = dayValue(context, day, month, year);
  return value === null ? false : { value, skip };
}

function readRange(
  context: RuleContext,
  first: number,
  last: number,
  month: number,
  year: number | undefined,
  skip = 0,
): Found {
  const from = dayValue(context, first, month, year);
  const to = dayValue(context, last, month, year);
  return from === null || to === null || first >= last ? false : { value: `${from}/${to}`, skip };
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const FR_MONTH = monthNames('fr');
const EN_MONTH = monthNames('en');
const VI_MONTH = monthNames('vi');
const VI_DAY = String.raw`(?:(?:ngày|mùng|mồng)\s+)?`;
/** No date follows one of these: scores, articles of law, house numbers, road numbers. */
const NOT_A_DATE =
  /(?:tỷ số|tỉ số|số|điều|khoản|nhà|đường|quốc lộ|hạng|thứ|khoảng|trận|hòa|thắng|thua|score|article|art\.?|loi n°|n°|no\.?)\s*$/i;
/** A year stands alone only after one of these. */
const BEFORE_YEAR_VI = /(?:năm|năm học|giai đoạn|từ|đến|khóa|mùa|quý|sinh|sn)\s*$/i;
const BEFORE_YEAR_FR =
  /(?:\b(?:en|depuis|fin|début|mi|année|années|l'année|jusqu'en|dès|avant|après|entre|et|de|vers|courant|été|printemps|automne|hiver|rentrée|horizon|d'ici)[\s-]+|[(]|l'an )$/i;
const BEFORE_YEAR_EN =
  /(?:\b(?:in|since|by|until|till|from|during|before|after|early|late|mid|year|and|to|around|circa|of|between|summer|spring|fall|autumn|winter)[\s-]+|[(])$/i;

/** The rules for dates, the most specific first. */
export const DATE_RULES: readonly Rule[] = [
  {
    type: 'DATE',
    pattern: /(\d{4})-(\d{2})-(\d{2})(?!\d)/y,
    read: (m, context) => readDate(context, Number(m[3]), Number(m[2]), Number(m[1])),
  },
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: new RegExp(
      String.raw`(${VI_DAY})(\d{1,2})\s+tháng\s+(\d{1,2}|${VI_MONTH})(?![\p{L}\d])(?:(?:\s+năm|\s*[,/-])\s*(\d{4}))?(?!\d)`,
      'iuy',
    ),
    read: (m, context) =>
      readDate(context, Number(m[2]), Number(m[3]) || monthNumber('vi', m[3] ?? ''), number(m[4]), m[1]?.length),
  },
  {
    type: 'DATE',
    languages: ['vi', 'fr', ''],
    pattern: new RegExp(
      String.raw`(${VI_DAY})(\d{1,2})\s*(?:[-–]|đến|tới)\s*(?:ngày\s+)?(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?(?![\d%])`,
      'iuy',
    ),
    read: (m, context) => readRange(context, Number(m[2]), Number(m[3]), Number(m[4]), number(m[5]), m[1]?.length),
  },
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: new RegExp(
      String.raw`(${VI_DAY})(\d{1,2})/(\d{1,2})\s*(?:[-–]|đến|tới)\s*(?:ngày\s+)?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d%/])`,
      'iuy',
    ),
    read: (m, context) => {
      const from = dayValue(context, Number(m[2]), Number(m[3]), number(m[6]));
      const to = dayValue(context, Number(m[4]), Number(m[5]), number(m[6]));
      return from === null || to === null || from >= to ? false : { value: `${from}/${to}`, skip: m[1]?.length ?? 0 };
    },
  },
  {
    type: 'DATE',
    languages: ['vi', 'fr', ''],
    pattern: new RegExp(String.raw`(${VI_DAY})(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\3\s?(\d{4})(?!\d)`, 'iuy'),
    read: (m, context) => readDate(context, Number(m[2]), Number(m[4]), Number(m[5]), m[1]?.length),
  },
  {
    type: 'DATE',
    languages: ['en'],
    pattern: /(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/y,
    read: (m, context) => {
      const monthFirst = readDate(context, Number(m[2]), Number(m[1]), Number(m[3]));
      return monthFirst || readDate(context, Number(m[1]), Number(m[2]), Number(m[3]));
    },
  },
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: new RegExp(String.raw`(${VI_DAY})(\d{1,2})([/-])(\d{1,2})(?![\d%/]|[.,-]\d)`, 'iuy'),
    read: (m, context) => {
      const cued =
        (m[1] ?? '') !== '' ||
        /(?:ngày|sáng|trưa|chiều|tối|đêm|hôm nay|hôm qua|đến|từ|và|,|\()\s*$/i.test(context.before);
      if (!cued && (m[3] === '-' || NOT_A_DATE.test(context.before) || Number(m[2]) < Number(m[4]))) return false;
      if (!cued && /\d\s*$/.test(context.before)) return false;
      return readDate(context, Number(m[2]), Number(m[4]), undefined, m[1]?.length);
    },
  },
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: new RegExp(
      String.raw`(?:tháng)\s+(\d{1,2}|${VI_MONTH})(?![\p{L}\d])(?:\s*[/-]\s*|\s+năm\s+)(\d{4})(?!\d)`,
      'iuy',
    ),
    read: (m) => {
      const month = Number(m[1]) || monthNumber('vi', m[1] ?? '');
      return month >= 1 && month <= 12 ? { value: iso(Number(m[2]), month) } : false;
    },
  },
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: new RegExp(String.raw`tháng\s+(\d{1,2}|${VI_MONTH})(?![\p{L}\d/.-])`, 'iuy'),
    read: (m, context) => {
      const month = Number(m[1]) || monthNumber('vi', m[1] ?? '');
      if (month < 1 || month > 12) return false;
      return {
        value: context.day ? iso(nearestYear(context.day, month), month) : `--${String(month).padStart(2, '0')}`,
      };
    },
  },
  {
    type: 'DATE',
    languages: ['vi'],
    pattern: /quý\s+(I{1,3}|IV|[1-4])(?:\s*[/-]\s*|\s+năm\s+)?(\d{4})?(?![\p{L}\d])/iuy,
    read: (m, context) => {
      const quarter = { I: 1, II: 2, III: 3, IV: 4 }[(m[1] ?? '').toUpperCase()] ?? Number(m[1]);
      const year = number(m[2]) ?? context.day?.year;
      return { value: year === undefined ? `Q${quarter}` : `${iso(year)}-Q${quarter}` };
    },
  },
  {
    type: 'DATE',
    languages: ['fr'],
    pattern: new RegExp(
      String.raw`(?:du\s+)?(\d{1,2}|1er)\s+(?:au|et)\s+(\d{1,2})\s+(${FR_MONTH})(?!\p{L})(?:\s+(\d{4}))?(?!\d)`,
      'iuy',
    ),
    read: (m, context) =>
      readRange(
        context,
        Number.parseInt(m[1] ?? '', 10),
        Number(m[2]),
        monthNumber('fr', m[3] ?? ''),
        number(m[4]),
        /^du\s+/i.exec(m[0])?.[0].length ?? 0,
      ),
  },
  {
    type: 'DATE',
    languages: ['fr'],
    pattern: new RegExp(
      String.raw`(?:(?:${weekdayNames('fr')})\s+)?(\d{1,2}|1er)\s+(${FR_MONTH})(?!\p{L})(?:\s+(\d{4}))?(?!\d)`,
      'iuy',
    ),
    read: (m, context) =>
      readDate(context, Number.parseInt(m[1] ?? '', 10), monthNumber('fr', m[2] ?? ''), number(m[3])),
  },
  {
    type: 'DATE',
    languages: ['fr'],
    pattern: new RegExp(String.raw`(${FR_MONTH})\s+(\d{4})(?!\d)`, 'iuy'),
    read: (m) => ({ value: iso(Number(m[2]), monthNumber('fr', m[1] ?? '')) }),
  },
  {
    type: 'DATE',
    languages: ['en', ''],
    pattern: new RegExp(
      String.raw`(?:(?:${weekdayNames('en')}),?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(${EN_MONTH})(?!\p{L})\.?(?:,?\s+(\d{4}))?(?!\d)`,
      'iuy',
    ),
    read: (m, context) => readDate(context, Number(m[1]), monthNumber('en', m[2] ?? ''), number(m[3])),
  },
  {
    type: 'DATE',
    languages: ['en', ''],
    pattern: new RegExp(
      String.raw`(${EN_MONTH})\.?\s+(\d{1,2})\s*(?:[-–]|to)\s*(\d{1,2})(?![\d:]|[.,]\d)(?:,?\s+(\d{4})(?!\d))?`,
      'iuy',
    ),
    read: (m, context) => readRange(context, Number(m[2]), Number(m[3]), monthNumber('en', m[1] ?? ''), number(m[4])),
  },
  {
    type: 'DATE',
    languages: ['en', ''],
    pattern: new RegExp(
      String.raw`(?:(?:${weekdayNames('en')}),?\s+)?(${EN_MONTH})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:]|[.,]\d)(?:,?\s+(\d{4})(?!\d))?`,
      'iuy',
    ),
    read: (m, context) => readDate(context, Number(m[2]), monthNumber('en', m[1] ?? ''), number(m[3])),
  },
  {
    type: 'DATE',
    languages: ['en', ''],
    pattern: new RegExp(String.raw`(${EN_MONTH})\.?,?\s+(?:of\s+)?(\d{4})(?!\d)`, 'iuy'),
    read: (m) => ({ value: iso(Number(m[2]), monthNumber('en', m[1] ?? '')) }),
  },
  {
    type: 'DATE',
    pattern:
      /(1[0-9]\d{2}|20\d{2})(?:\s*[-–]\s*(20\d{2}|19\d{2}|\d{2}))?(?![\d%]|[.,]\d|[/-]\d|\s?(?:%|km|kg|ha|euros?|dollars?|USD|đồng|người|tỷ|triệu|personnes|people))/y,
    read: (m, context) => {
      const cue = { vi: BEFORE_YEAR_VI, fr: BEFORE_YEAR_FR, en: BEFORE_YEAR_EN }[context.language] ?? BEFORE_YEAR_EN;
      if (!cue.test(context.before)) return false;
      const first = Number(m[1]);
      if (m[2] === undefined) return { value: iso(first) };
      const last = m[2].length === 2 ? Math.floor(first / 100) * 100 + Number(m[2]) : Number(m[2]);
      return last > first ? { value: `${iso(first)}/${iso(last)}` } : false;
    },
  },
];
