import { expect, test } from 'vitest';
import { settableClock } from './index.ts';

test('a settable clock stands still until it is moved', () => {
  const clock = settableClock('2026-04-13T21:07:00+07:00');
  const { now } = clock;
  expect(now().toISOString()).toBe('2026-04-13T14:07:00.000Z');
  clock.advance(90_000);
  expect(now().toISOString()).toBe('2026-04-13T14:08:30.000Z');
  clock.set('2027-01-01');
  expect(now().toISOString()).toBe('2027-01-01T00:00:00.000Z');
});

test('a date it handed out does not move with the clock, nor the clock with the date', () => {
  const clock = settableClock('2026-04-13');
  const before = clock.now();
  clock.advance(1);
  before.setFullYear(1999);
  expect(clock.now().getUTCFullYear()).toBe(2026);
});

test('what is no moment is an error that shows it', () => {
  expect(() => settableClock('hôm qua')).toThrow('hôm qua');
});
