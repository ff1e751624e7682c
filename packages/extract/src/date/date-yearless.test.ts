/** Days without a year, on pages whose address states year and month. */
import { expect, test } from 'vitest';
import { readPage } from '../index.ts';
import { findDayOf } from './date-yearless.ts';

test.each([
  ['16-12', '2015-12-16'],
  ['Thứ tư, 16/12 | 21:07', '2015-12-16'],
  ['16 tháng 12', '2015-12-16'],
  ['12-16', '2015-12-16'],
  ['12月16日 21:07', '2015-12-16'],
  ['12월 16일', '2015-12-16'],
  ['16. Dezember, 17:05 Uhr', '2015-12-16'],
  ['16 décembre à 8h30', '2015-12-16'],
  ['16 de diciembre', '2015-12-16'],
])('"%s" in December 2015 is %s', (text, day) => {
  expect(findDayOf(text, '2015-12')?.value).toBe(day);
});

test.each([['16-11'], ['12:16'], ['31-12-2014'], ['3.12.1'], ['16.12.5.3'], ['45-12'], ['16 November'], ['']])(
  '"%s" names no day of December 2015',
  (text) => {
    expect(findDayOf(text, '2015-12')).toBeNull();
  },
);

const page = `<!doctype html><html lang="vi"><head><title>Chợ nổi mở cửa trở lại</title></head><body><article><h1>Chợ nổi mở cửa trở lại</h1>
<p class="date">16-12</p><p>Chợ nổi trên sông đã mở cửa trở lại vào sáng thứ tư sau hai năm sửa chữa bến đò, và hàng trăm ghe thuyền chở trái cây đã về từ trước lúc mặt trời mọc.</p>
<p>Ban quản lý cho biết bến mới có chỗ neo cho ba trăm ghe, có đèn chiếu sáng suốt đêm và một lối đi bộ dài nửa cây số dọc theo bờ sông cho khách tham quan.</p></article></body></html>`;
const dateOf = (url: string) =>
  readPage(new TextEncoder().encode(page), { url, fetchedAt: '2026-11-21T10:00:00Z' }).article?.date?.value;

test('the address gives the year of a date line without one', () => {
  expect(dateOf('https://bao.example/2015/12/cho-noi.html')).toBe('2015-12-16');
});

test('where nothing states the year none is guessed', () => {
  expect(dateOf('https://bao.example/cho-noi.html')).toBeUndefined();
});
