/** Dates in text, language by language. */
import { expect, test } from 'vitest';
import { dateOfUrl } from './date-candidates.ts';
import { readMachineDate } from './date-machine.ts';
import { findDates, findMonth } from './date-text.ts';

const fetchedAt = '2026-11-21T10:00:00Z';

test.each([
  ['vi', 'Thứ hai, 13/04/2015 21:07 (GMT+7)', '2015-04-13T21:07:00+07:00', 'minute'],
  ['vi', 'ngày 13 tháng 4 năm 2015', '2015-04-13', 'day'],
  ['vi', '21:07, 13/04/2015', '2015-04-13T21:07:00', 'minute'],
  ['fr', 'Publié le 14 avril 2015 à 8h30', '2015-04-14T08:30:00', 'minute'],
  ['fr', 'le 1er août 2015', '2015-08-01', 'day'],
  ['en', 'Apr 13, 2015 8:30 PM EDT', '2015-04-13T20:30:00-04:00', 'minute'],
  ['en', 'Friday 5 May 2011', '2011-05-05', 'day'],
  ['en', '04/13/2015', '2015-04-13', 'day'],
  ['en', 'April 13th, 2015', '2015-04-13', 'day'],
  ['de', 'Stand: 13.04.2015, 17:05 Uhr', '2015-04-13T17:05:00', 'minute'],
  ['de', '3. Jänner 2015', '2015-01-03', 'day'],
  ['es', '13 de abril de 2015 - 10:11', '2015-04-13T10:11:00', 'minute'],
  ['pt', '1º de março de 2015 às 10h11', '2015-03-01T10:11:00', 'minute'],
  ['it', 'lunedì 13 aprile 2015', '2015-04-13', 'day'],
  ['nl', '13 maart 2015 om 10:11', '2015-03-13T10:11:00', 'minute'],
  ['pl', '13 kwietnia 2015', '2015-04-13', 'day'],
  ['ru', '13 апреля 2015, 21:07', '2015-04-13T21:07:00', 'minute'],
  ['uk', '13 квітня 2015', '2015-04-13', 'day'],
  ['zh', '2015年04月13日 21:07', '2015-04-13T21:07:00', 'minute'],
  ['ja', '2015年4月13日 21時07分', '2015-04-13T21:07:00', 'minute'],
  ['ko', '2015년 4월 13일', '2015-04-13', 'day'],
  ['ar', '٢٠ أبريل ٢٠٢٠', '2020-04-20', 'day'],
  ['fa', '۲۳ فروردین ۱۳۹۹', '2020-04-11', 'day'],
  ['tr', '13 Nisan 2015 Pazartesi', '2015-04-13', 'day'],
  ['id', 'Senin, 13 Apr 2015 08:30 WIB', '2015-04-13T08:30:00+07:00', 'minute'],
  ['th', '13 เมษายน 2558', '2015-04-13', 'day'],
  ['hu', '2015. április 13.', '2015-04-13', 'day'],
  ['fi', '13.4.2015', '2015-04-13', 'day'],
])('a date in %s: %s', (lang, text, value, precision) => {
  expect(findDates(text, { lang, fetchedAt })[0]).toMatchObject({ value, precision });
});

test.each([['31.02.2015'], ['13/13/2015'], ['2015-00-10'], ['99.99.9999'], ['version 1.2.3'], ['12:30']])(
  '%s is no date',
  (text) => {
    expect(findDates(text, { fetchedAt })).toEqual([]);
  },
);

test('a day after the fetch is not a date of publication', () => {
  expect(findDates('13.04.2031', { fetchedAt })).toEqual([]);
});

test.each([
  ['April 2024', '2024-04'],
  ['2024-04', '2024-04'],
  ['tháng 4/2024', '2024-04'],
  ['abril de 2024', '2024-04'],
])('%s is known to the month', (text, value) => {
  expect(findMonth(text)).toEqual({ value, precision: 'month' });
});

test.each([
  ['2015-04-13T21:07+0700', '2015-04-13T21:07:00+07:00'],
  ['2015-04-13T00:00:00', '2015-04-13'],
  ['Mon, 13 Apr 2015 21:07:00 GMT', '2015-04-13T21:07:00Z'],
  ['1428933600', '2015-04-13T14:00:00Z'],
  ['1428933600000', '2015-04-13T14:00:00Z'],
  ['2015-W16-1', '2015-04-13'],
  ['2015-W53-7', '2016-01-03'],
  ['2015-04-13 21:07:05', '2015-04-13T21:07:05'],
])('a machine date %s', (text, value) => {
  expect(readMachineDate(text)?.value).toBe(value);
});

test('of archives in archives only the outermost is looked through', () => {
  const url = `https://a.example/web/20160218${'/https://a.example/web/20120101'.repeat(5_000)}/https://a.example/story`;
  expect(dateOfUrl(url)?.value).toBe('2012-01-01');
});

test.each([
  ['https://a.example/2015/04/13/story', '2015-04-13', 'day'],
  ['https://a.example/news/20150413/story.html', '2015-04-13', 'day'],
  ['https://a.example/2015/04/story', '2015-04', 'month'],
  ['https://a.example/story-317441.html', undefined, undefined],
  ['https://a.example/2022/11/29/story', '2022-11-29', 'day'],
  ['https://a.example/news/29-10-2021', '2021-10-29', 'day'],
  ['https://a.example/article/A2026012914320005196', '2026-01-29', 'day'],
  ['https://web.archive.org/web/20160218174457/http://a.example/2010/05/19/story/', '2010-05-19', 'day'],
  ['https://archive.example/web/20160218174457id_/a.example/story/', undefined, undefined],
])('the date of %s', (url, value, precision) => {
  const found = dateOfUrl(url);
  expect(found?.value).toBe(value);
  expect(found?.precision).toBe(precision);
});
