import { expect, test } from 'vitest';
import { tokenize } from '../../text/index.ts';
import { findByRules } from './find.ts';

/** What the rules find, as `text=value` with the type in front. */
function found(language: string, text: string, date?: string): string[] {
  const tokens = tokenize(text);
  return findByRules(tokens, language, date).map(
    ({ first, last, type, value }) => `${type} ${text.slice(tokens.starts[first], tokens.ends[last])}=${value}`,
  );
}

test.each([
  ['vi', 'ngày 13/4', '2015-04-14', ['DATE 13/4=2015-04-13']],
  ['vi', 'ngày 30/12', '2016-01-03', ['DATE 30/12=2015-12-30']],
  ['vi', 'từ 23-25/4', '2024-04-26', ['DATE 23-25/4=2024-04-23/2024-04-25']],
  ['vi', 'ngày 2 tháng 9 năm 1945', '2024-04-26', ['DATE 2 tháng 9 năm 1945=1945-09-02']],
  ['vi', 'tháng 4/2024', undefined, ['DATE tháng 4/2024=2024-04']],
  ['vi', 'tháng 11', '2024-04-26', ['DATE tháng 11=2023-11']],
  ['vi', 'quý I/2024', undefined, ['DATE quý I/2024=2024-Q1']],
  ['vi', 'năm 2015', undefined, ['DATE 2015=2015']],
  ['vi', 'hôm qua', '2024-03-01', ['DATE hôm qua=2024-02-29']],
  ['vi', 'vào thứ Hai', '2024-04-26', ['DATE thứ Hai=2024-04-22']],
  ['vi', 'ngày 13/4', undefined, ['DATE 13/4=--04-13']],
  ['vi', 'thắng 2-1, tỷ số 3/4, trong 2 năm tới, 3 ngày trước khi cưới, I-24/7', '2024-04-26', []],
  [
    'vi',
    'từ ngày 10 đến 15/4, 30/4-1/5',
    '2015-04-14',
    ['DATE 10 đến 15/4=2015-04-10/2015-04-15', 'DATE 30/4-1/5=2015-04-30/2015-05-01'],
  ],
  ['vi', '2 năm trước, cách đây 3 ngày', '2024-04-26', ['DATE 2 năm trước=2022', 'DATE 3 ngày=2024-04-23']],
  [
    'vi',
    'thứ Sáu tuần trước, thứ Sáu tuần này',
    '2015-04-18',
    ['DATE thứ Sáu tuần trước=2015-04-10', 'DATE thứ Sáu tuần này=2015-04-17'],
  ],
  ['vi', 'tuần trước, thập niên 1990', '2015-04-14', ['DATE tuần trước=2015-W15', 'DATE 1990=1990/1999']],
  [
    'fr',
    'mardi dernier, il y a 3 jours, les années 1990',
    '2015-04-14',
    ['DATE mardi dernier=2015-04-07', 'DATE 3 jours=2015-04-11', 'DATE 1990=1990/1999'],
  ],
  ['fr', 'la semaine prochaine', '2015-12-28', ['DATE semaine prochaine=2016-W01']],
  [
    'en',
    'April 10-15, 2015, 2 months ago, the 1990s',
    '2015-01-14',
    ['DATE April 10-15, 2015=2015-04-10/2015-04-15', 'DATE 2 months ago=2014-11', 'DATE 1990s=1990/1999'],
  ],
  ['en', 'last Tuesday, last week', '2015-04-14', ['DATE Tuesday=2015-04-07', 'DATE last week=2015-W15']],
  ['fr', 'le 1er janvier 2016', undefined, ['DATE 1er janvier 2016=2016-01-01']],
  ['fr', 'du 3 au 5 mars', '2016-03-10', ['DATE 3 au 5 mars=2016-03-03/2016-03-05']],
  ['fr', 'vendredi dernier', '2016-03-10', ['DATE vendredi dernier=2016-03-04']],
  ['fr', 'en 2014', undefined, ['DATE 2014=2014']],
  ['fr', 'les 2014 habitants', undefined, []],
  ['en', 'on Thursday, Dec. 15', '2016-12-20', ['DATE Thursday, Dec. 15=2016-12-15']],
  ['en', 'by 12 February 2016', undefined, ['DATE 12 February 2016=2016-02-12']],
  ['en', 'next Monday', '2016-12-20', ['DATE Monday=2016-12-26']],
  ['en', 'in the 1990-95 plan, since 1990', undefined, ['DATE 1990=1990']],
  ['de', 'am 13.04.2015', undefined, ['DATE 13.04.2015=2015-04-13']],
  ['en', 'on 2015-04-31 and 2015-04-30', undefined, ['DATE 2015-04-30=2015-04-30']],
])('a date in %s: %s', (language, text, date, expected) => {
  expect(found(language, text, date)).toEqual(expected);
});

test.each([
  ['vi', 'phạt 20 triệu đồng', ['MONEY 20 triệu đồng=VND 20000000']],
  ['vi', 'lỗ 5,5 nghìn tỷ đồng', ['MONEY 5,5 nghìn tỷ đồng=VND 5500000000000']],
  ['vi', 'giá 5.172 USD', ['MONEY 5.172 USD=USD 5172']],
  ['vi', 'tăng 23%, giảm 0,5 phần trăm', ['PERCENT 23%=23', 'PERCENT 0,5 phần trăm=0.5']],
  ['vi', 'lúc 21h30, mất 3 giờ, 5 giờ chiều', ['TIME 21h30=21:30', 'TIME 5 giờ chiều=17:00']],
  ['vi', 'dài 1.200 km, rộng 3,5 ha', ['QUANTITY 1.200 km=km 1200', 'QUANTITY 3,5 ha=ha 3.5']],
  ['fr', '12 000 euros', ['MONEY 12 000 euros=EUR 12000']],
  ['fr', "6,4 millions d'euros", ["MONEY 6,4 millions d'euros=EUR 6400000"]],
  ['fr', 'à 20 heures, 51 %', ['TIME 20 heures=20:00', 'PERCENT 51 %=51']],
  [
    'en',
    '$3.5 million, £20, 18,000 square kilometers',
    ['MONEY $3.5 million=USD 3500000', 'MONEY £20=GBP 20', 'QUANTITY 18,000 square kilometers=km2 18000'],
  ],
  ['en', 'at 5:30 p.m. and 17:45', ['TIME 5:30 p.m.=17:30', 'TIME 17:45=17:45']],
])('amounts in %s: %s', (language, text, expected) => {
  expect(found(language, text)).toEqual(expected);
});
