/** When a publisher's 304 is believed. */
import type { Watch } from '@newsloom/model';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from './time.ts';
import { mayBeConditional, validatorsLied } from './validators.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('a GET', () => {
  test.each<[string, Watch, boolean, boolean]>([
    ['of a new address may be conditional', {}, false, true],
    ['of a list after twenty 304 may not', { notModified: 20 }, true, false],
    ['of a list after nineteen may', { notModified: 19 }, true, true],
    ['of a page after four may not', { notModified: 4 }, false, false],
    [
      'of a lively list that has been silent may not',
      { notModified: 3, linksPerHour: 2, listedAt: NOW - 4 * HOUR },
      true,
      false,
    ],
    [
      'of a dull list that has been silent may',
      { notModified: 3, linksPerHour: 0.1, listedAt: NOW - 4 * HOUR },
      true,
      true,
    ],
    ['of a lively list after one 304 may', { notModified: 1, linksPerHour: 2, listedAt: NOW - 4 * HOUR }, true, true],
    ['after a lie may not', { liedAt: NOW - 29 * DAY }, true, false],
    ['long after a lie may again', { liedAt: NOW - 31 * DAY }, true, true],
  ])('%s', (_what, watch, list, conditional) => {
    expect(mayBeConditional(watch, list, NOW)).toBe(conditional);
  });
});

describe('bytes that changed prove a lie', () => {
  const modified = (at: string) => new Date(at).toUTCString();
  const denied = NOW;
  test.each([
    ['under the same ETag', { etag: '"a"', lastModified: null }, { etag: '"a"', lastModified: null }, true],
    ['but not under a new one', { etag: '"a"', lastModified: null }, { etag: '"b"', lastModified: null }, false],
    [
      'under the same date',
      { etag: null, lastModified: modified('2026-11-01') },
      { etag: null, lastModified: modified('2026-11-01') },
      true,
    ],
    [
      'where they are older than the last 304',
      { etag: null, lastModified: modified('2026-11-01') },
      { etag: null, lastModified: modified('2026-11-21') },
      true,
    ],
    [
      'but not where they are newer',
      { etag: null, lastModified: modified('2026-11-01') },
      { etag: null, lastModified: modified('2026-11-23') },
      false,
    ],
    [
      'and nothing where there was no validator',
      { etag: null, lastModified: null },
      { etag: '"b"', lastModified: null },
      false,
    ],
  ])('%s', (_what, old, fresh, lied) => {
    expect(validatorsLied(old, fresh, denied)).toBe(lied);
  });
});
