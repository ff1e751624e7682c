import { describe, expect, test } from 'vitest';
import { type Pressure, pressureOf } from './pressure.ts';

const LIMITS = { unreadLimit: 1_000, minFreeMb: 500 };
const UNREAD: Pressure = { reason: 'unread', says: '' };
const DISK: Pressure = { reason: 'disk', says: '' };

describe('fetching pauses', () => {
  test.each<[string, number, number | null, Pressure | null, Pressure['reason'] | null]>([
    ['not while reading keeps up', 999, 9_000, null, null],
    ['once as many pages wait to be read as may', 1_000, 9_000, null, 'unread'],
    ['until four fifths of them are left', 801, 9_000, UNREAD, 'unread'],
    ['no longer than that', 799, 9_000, UNREAD, null],
    ['while the disk is nearly full', 0, 499, null, 'disk'],
    ['no longer than it is', 0, 500, DISK, null],
    ['for the backlog alone where there is no disk to look at', 5_000, null, null, 'unread'],
  ])('%s', (_, unread, freeMb, before, expected) => {
    expect(pressureOf({ unread, freeMb }, LIMITS, before)?.reason ?? null).toBe(expected);
  });

  test('with a sentence that names the setting', () => {
    expect(pressureOf({ unread: 2_000, freeMb: null }, LIMITS, null)?.says).toBe(
      'fetching pauses: 1000 pages or more wait to be read (NEWSLOOM_UNREAD_LIMIT)',
    );
    expect(pressureOf({ unread: 0, freeMb: 12.7 }, LIMITS, null)?.says).toBe(
      'fetching pauses: 12 MB are free where the data lies, fewer than the 500 of NEWSLOOM_MIN_FREE_MB',
    );
  });
});
