/** What a site makes without end is left alone; what it wrote is not. */
import { describe, expect, test } from 'vitest';
import { budgetKeys, exhaustedBy, patternOf, trapOf } from './traps.ts';

const nowMs = Date.UTC(2026, 10, 21);

describe('an address', () => {
  test.each<[string, number?]>([
    ['https://n.example/thoi-su/bai-hay-123456.html'],
    ['https://n.example/2012/12/12/12/su-kien.html'],
    ['https://n.example/a/b/a/b/c'],
    ['https://n.example/list?page=499'],
    ['https://n.example/page-three-girl-9000-words.html'],
    ['https://n.example/lich-su/1950/01/02/tran-danh.html'],
    ['https://n.example/calendar/2027/01', nowMs],
    ['https://n.example/?a=1&b=2&c=3'],
  ])('%s is no trap', (url, at) => expect(trapOf(url, at)).toBe(null));

  test.each<[string, number | undefined, string]>([
    [`https://n.example/${'x'.repeat(2100)}`, undefined, 'url-too-long'],
    [
      `https://n.example/${'a1/b2/'.repeat(2)}${Array.from({ length: 30 }, (_, i) => i).join('/')}`,
      undefined,
      'too-many-segments',
    ],
    ['https://n.example/css/css/css/css/x', undefined, 'repeating-path'],
    ['https://n.example/a/b/a/b/a/b/', undefined, 'repeating-path'],
    [
      `https://n.example/?${Array.from({ length: 16 }, (_, i) => `p${i}=1`).join('&')}`,
      undefined,
      'too-many-parameters',
    ],
    ['https://n.example/list?page=501', undefined, 'endless-pages'],
    ['https://n.example/tin/trang-99999', undefined, 'endless-pages'],
    ['https://n.example/tin/page/1200/', undefined, 'endless-pages'],
    ['https://n.example/calendar/2087/01', nowMs, 'calendar'],
    ['https://n.example/events?year=1066', nowMs, 'calendar'],
  ])('%s is one: %s', (url, at, reason) => {
    expect(trapOf(url, at)).toBe(reason);
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

describe('budgets', () => {
  test.each([
    ['https://n.example/thoi-su/bai-hay-123.html', ['/thoi-su/a.html', '*']],
    ['https://n.example/shop/ao?mau=do&size=3', ['/shop/a?mau&size', '?/shop/ao', '*']],
    ['https://n.example:8080/', ['/', '*']],
  ])('%s is counted under %j', (url, keys) => expect(budgetKeys(url)).toEqual(keys));

  test.each([
    ['of a shape that gives articles do not end', '/thoi-su/a.html', 90_000, 80_000, 0, null],
    ['of a shape that leads on do not end', '/tag/a', 5_000, 0, 60, null],
    ['of a shape nobody can judge yet do not end', '/tag/a', 299, 0, 0, null],
    ['of a shape that gives nothing end', '/lich/0/a', 300, 0, 2, 'pattern-budget'],
    ['of a path with articles in its query do not end', '?/news.php', 4_000, 3_900, 0, null],
    ['of a path whose query only sorts end', '?/shop', 200, 0, 1, 'parameter-explosion'],
    ['of a host are larger', '*', 2_999, 0, 0, null],
    ['of a host end too', '*', 3_000, 10, 5, 'host-budget'],
  ])('%s', (_what, pattern, judged, articles, leads, expected) => {
    expect(exhaustedBy({ pattern, judged, articles, leads })).toBe(expected);
  });
});
