import { describe, expect, test } from 'vitest';
import { breakOf, breaksOf } from './yield.ts';

const run = (...parts: [number, boolean][]): boolean[] => parts.flatMap(([n, had]) => Array<boolean>(n).fill(had));
/** `n` readings of which every `each`-th lacks the field. */
const mostly = (n: number, each: number): boolean[] => Array.from({ length: n }, (_, at) => at % each !== 0);

describe('a field', () => {
  test.each([
    ['is always there', run([200, true])],
    ['never was there', run([200, false])],
    ['is missing now and then', mostly(200, 4)],
    ['is missing in a handful of pages at the end', run([100, true], [3, false])],
    ['was rare, and is gone', [...mostly(100, 2).map((it, at) => it && at % 3 === 0), ...run([50, false])]],
    ['comes where it was not', run([100, false], [100, true])],
    ['is known from a few pages only', run([10, true], [10, false])],
  ])('that %s has not broken', (_what, had) => {
    expect(breakOf('date', had)).toBeNull();
  });

  test.each([
    ['from one page to the next', run([100, true], [10, false]), 99, 100],
    ['although it was missing now and then before', [...mostly(120, 8), ...run([20, false])], 119, 120],
    ['but for some pages of the old layout', [...run([100, true]), ...mostly(40, 4).map((it) => !it)], 99, 101],
  ])('that goes missing %s has broken there', (_what, had, lastGood, firstBad) => {
    const found = breakOf('date', had);
    expect(found?.field).toBe('date');
    expect(Math.abs((found?.lastGood ?? -9) - lastGood)).toBeLessThanOrEqual(1);
    expect(Math.abs((found?.firstBad ?? -9) - firstBad)).toBeLessThanOrEqual(1);
    expect(found?.before).toBeGreaterThan(0.8);
    expect(found?.since).toBeLessThan(0.4);
  });
});

describe('a source', () => {
  const whole = ['authors', 'date', 'title'];

  test('that loses one field is told of that one, with its places among all readings', () => {
    const readings = [...Array(60).fill(whole), null, ...Array(12).fill(['authors', 'title'])];
    expect(breaksOf(readings)).toMatchObject([{ field: 'date', before: 1, since: 0, lastGood: 59, firstBad: 61 }]);
  });

  test('whose pages give no article any more is told of that alone', () => {
    const readings = [...Array(60).fill(whole), ...Array(12).fill(null)];
    expect(breaksOf(readings)).toMatchObject([{ field: 'article', lastGood: 59, firstBad: 60 }]);
  });

  test('without readings has nothing to tell', () => {
    expect(breaksOf([])).toEqual([]);
  });
});
