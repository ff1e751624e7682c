/** Amounts: money, shares, quantities, and times of day. */
import { MULTIPLIER, NUMBER, readMultiplier, readNumber, writeNumber } from './numbers.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Written currencies and their ISO 4217 codes; the first that matches counts. */
const CURRENCIES: readonly [string, string][] = [
  ['đô[ -]?la(?: Úc)', 'AUD'],
  ['đô[ -]?la Canada', 'CAD'],
  ['đô[ -]?la Singapore', 'SGD'],
  ['dollars australiens|australian dollars', 'AUD'],
  ['dollars canadiens|canadian dollars', 'CAD'],
  ['đồng|VN[DĐ]|vnđ|đ(?![\\p{L}])', 'VND'],
  ['đô[ -]?la(?: Mỹ| mỹ)?|USD|dollars?(?: américains?)?|US dollars?|\\$', 'USD'],
  ['euros?|EUR|€', 'EUR'],
  ['bảng(?: Anh)?|livres? sterling|pounds?(?: sterling)?|GBP|£', 'GBP'],
  ['yên|yens?|JPY|¥', 'JPY'],
  ['nhân dân tệ|NDT|CNY|yuans?|RMB', 'CNY'],
  ['won|KRW', 'KRW'],
  ['baht|THB', 'THB'],
  ['rúp|roubles?|rubles?|RUB', 'RUB'],
  ['francs suisses|Swiss francs|CHF', 'CHF'],
  ['francs? CFA|FCFA', 'XOF'],
  ['rupees?|roupies?|INR', 'INR'],
  ['rupiah|IDR', 'IDR'],
  ['kíp|kip', 'LAK'],
  ['riel', 'KHR'],
];
const CURRENCY = CURRENCIES.map(([words]) => words).join('|');
const SYMBOLS: Record<string, string> = {
  $: 'USD',
  US$: 'USD',
  A$: 'AUD',
  C$: 'CAD',
  S$: 'SGD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
};
const tests = CURRENCIES.map(([words, code]) => [new RegExp(`^(?:${words})$`, 'iu'), code] as const);

function codeOf(written: string): string {
  const words = written.replace(/\s+/g, ' ').trim();
  return tests.find(([test]) => test.test(words))?.[1] ?? words;
}
function amount(context: RuleContext, number: string, multiplier: string | undefined): string {
  return writeNumber(readNumber(number, context.language) * readMultiplier(multiplier));
}

/** Units of quantities and the form they have in a value. */
const UNITS: readonly [string, string][] = [
  ['km2|km²|km vuông|ki-?lô-?mét vuông|kilomètres? carrés?|square kilomet(?:er|re)s?|kilomètres carrés', 'km2'],
  ['m2|m²|mét vuông|mètres? carrés?|square met(?:er|re)s?', 'm2'],
  ['m3|m³|mét khối|mètres? cubes?|cubic met(?:er|re)s?', 'm3'],
  ['km/h|km/giờ|kilomètres?-heure|kmh', 'km/h'],
  ['mph|miles per hour', 'mi/h'],
  ['km|ki-?lô-?mét|cây số|kilomètres?|kilomet(?:er|re)s?', 'km'],
  ['cm|centimètres?|centimet(?:er|re)s?', 'cm'],
  ['mm|millimètres?|millimet(?:er|re)s?', 'mm'],
  ['hải lý|milles? nautiques?|nautical miles?', 'nmi'],
  ['dặm|miles?', 'mi'],
  ['feet|foot|ft|pieds', 'ft'],
  ['mét|mètres?|met(?:er|re)s?|m(?![\\p{L}²³])', 'm'],
  ['kg|ki-?lô-?gam|kilogrammes?|kilograms?|kilos?|ký', 'kg'],
  ['tấn|tonnes?|tons?', 't'],
  ['gam|grammes?|grams?', 'g'],
  ['pounds?|lbs?', 'lb'],
  ['ha|héc-?ta|hectares?', 'ha'],
  ['acres?|mẫu', 'acre'],
  ['lít|litres?|liters?', 'l'],
  ['thùng(?= dầu)|barils?|barrels?', 'bbl'],
  ['độ C|°C|ºC|degrés(?: Celsius)?|degrees Celsius', '°C'],
  ['°F|ºF|degrees Fahrenheit', '°F'],
  // In English texts both scales are meant by it.
  ['degrees', '°'],
  ['MW|mégawatts?|megawatts?', 'MW'],
  ['kWh', 'kWh'],
  ['GW', 'GW'],
  ['độ richter|richter', 'richter'],
  ['mAh', 'mAh'],
  ['GB', 'GB'],
  ['TB', 'TB'],
  ['inch|inches', 'in'],
];
const UNIT = UNITS.map(([words]) => words).join('|');
const unitTests = UNITS.map(([words, unit]) => [new RegExp(`^(?:${words})$`, 'iu'), unit] as const);

function clock(hours: number, minutes: number): string | null {
  return hours <= 24 && minutes < 60 ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : null;
}
const AFTERNOON = /chiều|tối|p\.?m/i;

/** The rules for amounts and times. */
export const AMOUNT_RULES: readonly Rule[] = [
  {
    type: 'MONEY',
    pattern: new RegExp(String.raw`(US\$|[ACS]\$|[$€£¥])\s?(${NUMBER})(?:\s?(${MULTIPLIER}|[mMkK])(?!\p{L}))?`, 'iuy'),
    read: (m, context) => ({
      value: `${SYMBOLS[(m[1] ?? '').toUpperCase()] ?? m[1]} ${amount(context, m[2] ?? '', m[3])}`,
    }),
  },
  {
    type: 'MONEY',
    pattern: new RegExp(
      String.raw`(${NUMBER})(?:\s?(${MULTIPLIER}))?(?:\s+(?:d'|d’|de\s+))?\s?(${CURRENCY})(?![\p{L}\d])`,
      'iuy',
    ),
    read: (m, context) => ({ value: `${codeOf(m[3] ?? '')} ${amount(context, m[1] ?? '', m[2])}` }),
  },
  {
    type: 'MONEY',
    pattern: new RegExp(String.raw`(${NUMBER})\s?(millions?|milliards?)\s+d['’]\s?(euros?)(?!\p{L})`, 'iuy'),
    read: (m, context) => ({ value: `${codeOf(m[3] ?? '')} ${amount(context, m[1] ?? '', m[2])}` }),
  },
  {
    type: 'PERCENT',
    pattern: new RegExp(
      String.raw`(${NUMBER})(?:\s?[-–]\s?(${NUMBER}))?\s?(?:%|phần trăm|pour cent|pour-cent|percent|per cent)(?!\p{L})`,
      'iuy',
    ),
    read: (m, context) => ({
      value: amount(context, m[1] ?? '', undefined) + (m[2] ? `/${amount(context, m[2], undefined)}` : ''),
    }),
  },
  {
    type: 'TIME',
    languages: ['vi'],
    pattern:
      /(\d{1,2})\s?(?:giờ|h|g)(?:\s?(\d{1,2})(?:\s?(?:phút|ph|p|'))?)?(?![\p{L}\d])(?:\s+(sáng|trưa|chiều|tối|đêm)(?!\s+(?:nay|qua|mai)))?/iuy,
    read: (m, context) => {
      const hours = Number(m[1]);
      // "mất 3 giờ" is how long, "lúc 3 giờ" is when.
      const when =
        m[2] !== undefined ||
        m[3] !== undefined ||
        /(?:lúc|hồi|vào|từ|đến|khoảng|trước|sau|gần|hơn)\s*$/i.test(context.before);
      const value = clock(AFTERNOON.test(m[3] ?? '') && hours < 12 ? hours + 12 : hours, Number(m[2] ?? 0));
      return when && value !== null ? { value } : false;
    },
  },
  {
    type: 'TIME',
    languages: ['fr'],
    pattern: /(\d{1,2})\s?(?:heures?|h)(?:\s?(\d{2}))?(?![\p{L}\d])/iuy,
    read: (m, context) => {
      const value = clock(Number(m[1]), Number(m[2] ?? 0));
      const when = m[2] !== undefined || /(?:à|vers|dès|avant|après|jusqu'à|de|et)\s*$/i.test(context.before);
      return when && value !== null ? { value } : false;
    },
  },
  {
    type: 'TIME',
    pattern: /(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?\s?m\b\.?/iuy,
    read: (m) => {
      const hours = Number(m[1]) % 12;
      const value =
        Number(m[1]) <= 12 ? clock(m[3]?.toLowerCase() === 'p' ? hours + 12 : hours, Number(m[2] ?? 0)) : null;
      return value === null ? false : { value };
    },
  },
  {
    type: 'TIME',
    pattern: /(\d{1,2}):(\d{2})(?::\d{2})?(?![\d:])/y,
    read: (m) => {
      const value = clock(Number(m[1]), Number(m[2]));
      return value === null ? false : { value };
    },
  },
  {
    type: 'QUANTITY',
    pattern: new RegExp(
      String.raw`(${NUMBER})(?:\s?(${MULTIPLIER}))?(?:\s+(?:de\s+|d'))?\s?(${UNIT})(?![\p{L}\d])`,
      'iuy',
    ),
    read: (m, context) => {
      const unit = unitTests.find(([test]) => test.test((m[3] ?? '').replace(/\s+/g, ' ')))?.[1] ?? m[3];
      return { value: `${unit} ${amount(context, m[1] ?? '', m[2])}` };
    },
  },
];
