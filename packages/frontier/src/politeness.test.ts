/** How long a host is left alone. */
import { describe, expect, test } from 'vitest';
import {
  gapMs,
  isSick,
  nextSlot,
  type Pace,
  restMs,
  retryAfterMs,
  slowDownMs,
  smoothedResponseMs,
} from './politeness.ts';
import { DAY, HOUR, MINUTE, SECOND } from './time.ts';

describe('the gap', () => {
  test.each<[string, Pace, number]>([
    ['is the operator’s delay', { hostDelayMs: 1000, crawlDelayMs: null }, 1000],
    ['is what robots.txt asks for where that is longer', { hostDelayMs: 1000, crawlDelayMs: 5000 }, 5000],
    ['is never less than the operator’s', { hostDelayMs: 3000, crawlDelayMs: 1000 }, 3000],
    ['is two minutes at most by robots.txt', { hostDelayMs: 1000, crawlDelayMs: DAY }, 120 * SECOND],
    ['may be longer by the operator', { hostDelayMs: 10 * MINUTE, crawlDelayMs: DAY }, 10 * MINUTE],
    ['grows with a slow host', { hostDelayMs: 1000, crawlDelayMs: null, responseMs: 4000 }, 12_000],
    ['does not grow without end', { hostDelayMs: 1000, crawlDelayMs: null, responseMs: 25_000 }, 30_000],
    ['stays for a quick host', { hostDelayMs: 1000, crawlDelayMs: null, responseMs: 900 }, 1000],
    ['is none where the operator wants none', { hostDelayMs: 0, crawlDelayMs: null, responseMs: 9000 }, 0],
    ['is robots.txt’s even then', { hostDelayMs: 0, crawlDelayMs: 2000 }, 2000],
  ])('%s', (_what, pace, expected) => {
    expect(gapMs(pace)).toBe(expected);
    expect(nextSlot(1_000_000, pace)).toBe(1_000_000 + expected);
  });

  test('follows the response time as it changes', () => {
    let smoothed = smoothedResponseMs(null, 5000);
    expect(smoothed).toBe(5000);
    for (let i = 0; i < 20; i++) smoothed = smoothedResponseMs(smoothed, 100);
    expect(smoothed).toBeLessThan(200);
    expect(slowDownMs(smoothed)).toBe(0);
  });
});

describe('a rest', () => {
  test.each([
    ['grows where nothing was asked for', null, 0, 1 * MINUTE],
    ['doubles each time', null, 3, 8 * MINUTE],
    ['up to six hours', null, 60, 6 * HOUR],
    ['is as long as was asked for', 30_000, 3, 30_000],
    ['is a second at least', 0, 0, 1 * SECOND],
    ['grows for who asks for a second again and again', 1_000, 6, 64 * SECOND],
    ['but not beyond ten minutes', 0, 40, 10 * MINUTE],
    ['is a day at most', 90 * DAY, 0, 1 * DAY],
  ])('%s', (_what, asked, rests, expected) => expect(restMs(asked, rests)).toBe(expected));

  test('is what a host needs that cannot be reached three times over', () => {
    expect([1, 2, 3].map(isSick)).toEqual([false, false, true]);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(1994, 10, 6, 8, 49, 7);
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
    ['Sun Nov  6 08:49:37 1994', 30_000],
    ['Sun, 06 Nov 1994 08:49:37 +0100', 0],
    ['Sat, 05 Nov 1994 08:49:37 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1994', 1_994_000],
    ['', null],
    [undefined, null],
  ])('of %j asks for %s ms', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});
