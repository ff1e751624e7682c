/** What a site makes without end is left alone; what it wrote is not. */
import { describe, expect, test } from 'vitest';
import { patternOf, type TrapHistory, trapOf } from './traps.ts';

const nowMs = Date.UTC(2026, 10, 21);

describe('an address', () => {
  test.each<[string, TrapHistory]>([
    ['https://n.example/thoi-su/bai-hay-123456.html', {}],
    ['https://n.example/2012/12/12/12/su-kien.html', {}],
    ['https://n.example/a/b/a/b/c', {}],
    ['https://n.example/list?page=499', {}],
    ['https://n.example/page-three-girl-9000-words.html', {}],
    ['https://n.example/lich-su/1950/01/02/tran-danh.html', {}],
    ['https://n.example/calendar/2027/01', { nowMs }],
    ['https://n.example/thoi-su/x.html', { samePattern: 90_000, samePatternArticles: 80_000 }],
    ['https://n.example/?a=1&b=2&c=3', { samePath: 400 }],
  ])('%s is no trap', (url, history) => expect(trapOf(url, history)).toBe(null));

  test.each<[string, TrapHistory, string]>([
    [`https://n.example/${'x'.repeat(2100)}`, {}, 'url-too-long'],
    [
      `https://n.example/${'a1/b2/'.repeat(2)}${Array.from({ length: 30 }, (_, i) => i).join('/')}`,
      {},
      'too-many-segments',
    ],
    ['https://n.example/css/css/css/css/x', {}, 'repeating-path'],
    ['https://n.example/a/b/a/b/a/b/', {}, 'repeating-path'],
    [`https://n.example/?${Array.from({ length: 16 }, (_, i) => `p${i}=1`).join('&')}`, {}, 'too-many-parameters'],
    ['https://n.example/shop?sort=1', { samePath: 501 }, 'parameter-explosion'],
    ['https://n.example/list?page=501', {}, 'endless-pages'],
    ['https://n.example/tin/trang-99999', {}, 'endless-pages'],
    ['https://n.example/tin/page/1200/', {}, 'endless-pages'],
    ['https://n.example/calendar/2087/01', { nowMs }, 'calendar'],
    ['https://n.example/events?year=1066', { nowMs }, 'calendar'],
    ['https://n.example/profile/7', { samePattern: 2001, samePatternArticles: 3 }, 'pattern-budget'],
  ])('%s is one: %s', (url, history, reason) => {
    expect(trapOf(url, history)).toBe(reason);
  });
});

describe('the pattern', () => {
  test.each([
    ['https://n.example/thoi-su/bai-hay-123.html?p=2', 'n.example/thoi-su/a.html?p'],
    ['https://n.example/2015/04/13/bai', 'n.example/0/0/0/a'],
    ['https://n.example/tag/7/', 'n.example/tag/0/'],
    ['https://n.example/profile/77', 'n.example/profile/0'],
    ['https://n.example/', 'n.example/'],
  ])('of %s is %s', (url, pattern) => expect(patternOf(url)).toBe(pattern));
});
