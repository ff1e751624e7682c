/** When a source has fallen silent. */
import { expect, test } from 'vitest';
import { silenceOf } from './silence.ts';
import { DAY, HOUR } from './time.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const every = (gap: number, last: number) => Array.from({ length: 20 }, (_, n) => last - n * gap);

test.each<[string, number[], number | null, boolean]>([
  ['an hourly source is silent after two days', every(HOUR, NOW - 2 * DAY), NOW, true],
  ['an hourly source is not silent after a night', every(HOUR, NOW - 12 * HOUR), NOW, false],
  ['a weekly source is not silent after two weeks', every(7 * DAY, NOW - 14 * DAY), NOW, false],
  ['a weekly source is silent after three months', every(7 * DAY, NOW - 90 * DAY), NOW, true],
  ['a source nobody has looked at since is not silent', every(HOUR, NOW - 2 * DAY), NOW - 47 * HOUR, false],
  ['a source of four articles has no rhythm', every(HOUR, NOW - 90 * DAY).slice(0, 4), NOW, false],
])('%s', (_what, times, lookedAt, silent) => {
  expect(silenceOf(times, lookedAt).silentSinceMs !== null).toBe(silent);
});

test('the rhythm is the median gap', () => {
  expect(silenceOf(every(HOUR, NOW), NOW)).toEqual({ medianGapMs: HOUR, silentSinceMs: null });
});
