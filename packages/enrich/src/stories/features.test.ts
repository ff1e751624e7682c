/** Numbers, days and kinds of event read the same in three languages. */
import { expect, test } from 'vitest';
import { tokenize } from '../text/index.ts';
import { conceptsIn } from './concepts.ts';
import { dayKeys, daysOf, gapDays, nearestDays, sameDay } from './dates.ts';
import { numbersIn } from './numbers.ts';
import { termsIn } from './terms.ts';

const NUMBERS: readonly (readonly [text: string, lang: string, key: string])[] = [
  ['34 triệu người', 'vi', 'n:34000000'],
  ['34 millions de personnes', 'fr', 'n:34000000'],
  ['34,000,000 people', 'en', 'n:34000000'],
  ['1.870 tỷ đồng', 'vi', 'n:1870000000000'],
  ['1 870 milliards de dôngs', 'fr', 'n:1870000000000'],
  ['1,870 billion dong', 'en', 'n:1870000000000'],
  ['1,79 triệu tấn', 'vi', 'n:1790000'],
  ['1.79 million tonnes', 'en', 'n:1790000'],
  ['chiếm 36%', 'vi', 'n:36%'],
  ['soit 36 % du total', 'fr', 'n:36%'],
  ['36 percent', 'en', 'n:36%'],
];

test.each(NUMBERS)('"%s" (%s) holds %s', (text, lang, key) => {
  expect(numbersIn(text, lang, []).map((number) => number.key)).toContain(key);
});

test('years, small counts and the numbers of dates tell nothing', () => {
  expect(numbersIn('Năm 2016, 5 người ở 13/4', 'vi', [])).toEqual([]);
  expect(numbersIn('on 1234 Monday', 'en', [{ start: 3, end: 7 }])).toEqual([]);
});

test('a date covers the days it leaves open', () => {
  expect(daysOf('2024-04-13')).toEqual({ first: 19826, last: 19826 });
  const april = daysOf('2024-04');
  expect(april && april.last - april.first).toBe(29);
  const year = daysOf('2023');
  expect(year && year.last - year.first).toBe(364);
  expect(daysOf('tomorrow')).toBeNull();
});

test('dates apart are counted in days, around the end of a year where it is not known', () => {
  const march = daysOf('2024-03');
  const april = daysOf('2024-04-10');
  expect(march && april && gapDays(march, april)).toBe(10);
  expect(nearestDays(['d:12-30'], ['d:01-02'])).toBe(3);
  expect(nearestDays(['d:2023-12-30'], ['d:2024-12-30'])).toBe(366);
  expect(nearestDays([], ['d:01-02'])).toBeNull();
});

test('a day without a year is the same day of any year', () => {
  expect(sameDay('d:04-13', 'd:2015-04-13')).toBe(true);
  expect(sameDay('d:2014-04-13', 'd:2015-04-13')).toBe(false);
  const mentions = [{ start: 0, end: 4, text: '13/4', type: 'DATE' as const, value: '--04-13', entityId: null }];
  expect(dayKeys(mentions)).toEqual(['d:04-13']);
});

const EVENTS: readonly (readonly [concept: string, lang: string, text: string])[] = [
  ['c:earthquake', 'vi', 'Trận động đất mạnh'],
  ['c:earthquake', 'fr', 'Un séisme puissant'],
  ['c:earthquake', 'en', 'Two earthquakes'],
  ['c:ceasefire', 'fr', 'Un cessez-le-feu'],
  ['c:arrest', 'vi', 'Nghi phạm bị bắt'],
  ['c:arrest', 'en', 'A man was arrested'],
];

test.each(EVENTS)('%s is read in %s: %s', (concept, lang, text) => {
  expect(conceptsIn(tokenize(text), lang).map(([key]) => key)).toContain(concept);
});

test('"bắt đầu" is no arrest, and a language without a table has no concepts', () => {
  expect(conceptsIn(tokenize('Cuộc họp bắt đầu'), 'vi').map(([key]) => key)).not.toContain('c:arrest');
  expect(conceptsIn(tokenize('Ein Erdbeben'), 'de')).toEqual([]);
});

test('rare words come before common ones', () => {
  const [first] = termsIn(tokenize('cho biết sầu riêng'), 'vi').filter(([term]) => term !== 'vi:biết sầu');
  expect(first?.[0]).toBe('vi:sầu riêng');
});
