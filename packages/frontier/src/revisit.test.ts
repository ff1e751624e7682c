/** When we come back. */
import type { Verdict } from '@newsloom/model';
import { describe, expect, test } from 'vitest';
import { type History, revisitAfter, TOMBSTONE_AFTER_FAILURES } from './revisit.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

describe('the next visit', () => {
  test.each<[string, Verdict, Partial<History>, number | 'never']>([
    ['to a new feed is in half an hour', 'captured', { kind: 'feed' }, 30 * MINUTE],
    ['to a changed feed comes sooner', 'captured', { kind: 'feed', intervalMs: 40 * MINUTE }, 20 * MINUTE],
    ['to a lively feed is not before five minutes', 'captured', { kind: 'feed', intervalMs: 6 * MINUTE }, 5 * MINUTE],
    ['to a quiet feed comes later', 'unchanged', { kind: 'feed', intervalMs: 40 * MINUTE }, 60 * MINUTE],
    ['to a feed is within a day', 'unchanged', { kind: 'feed', intervalMs: 3 * DAY }, 1 * DAY],
    ['follows the publisher’s hint at first', 'captured', { kind: 'feed', hintMs: HOUR }, 1 * HOUR],
    ['does not follow a hint below the floor', 'captured', { kind: 'feed', hintMs: 1 }, 5 * MINUTE],
    ['is when the owner asked for it', 'unchanged', { kind: 'feed', intervalMs: DAY, everyMs: 7 * MINUTE }, 7 * MINUTE],
    ['to a fresh article is in two hours', 'captured', { kind: 'article' }, 2 * HOUR],
    [
      'to an old article waits for half its age',
      'captured',
      { kind: 'article', intervalMs: HOUR, ageMs: 20 * DAY },
      10 * DAY,
    ],
    ['to an article is within a month', 'unchanged', { kind: 'article', intervalMs: DAY, ageMs: 900 * DAY }, 30 * DAY],
    ['after a failure is in five minutes', 'failing', { failures: 1 }, 5 * MINUTE],
    ['after five failures is later', 'failing', { failures: 5 }, 80 * MINUTE],
    ['after many failures is in two days', 'failing', { failures: 20 }, 2 * DAY],
    [
      'to a page that failed for weeks is none',
      'failing',
      { failures: TOMBSTONE_AFTER_FAILURES, kind: 'article' },
      'never',
    ],
    ['to a dead feed is in a month', 'failing', { failures: TOMBSTONE_AFTER_FAILURES, kind: 'feed' }, 30 * DAY],
    ['to a gone article is none', 'gone', { kind: 'article' }, 'never'],
    ['to a gone feed is in a month, since feeds come back', 'gone', { kind: 'feed' }, 30 * DAY],
    ['to a page that moved is none', 'moved', {}, 'never'],
    ['to an excluded page is none', 'excluded', { note: 'not-text' }, 'never'],
    ['to a forbidden page is in a week, since rules change', 'excluded', { note: 'robots' }, 7 * DAY],
  ])('%s', (_what, verdict, history, expected) => {
    expect(revisitAfter(verdict, { kind: 'auto', intervalMs: 0, failures: 0, ...history })).toBe(expected);
  });
});
