/** What the answer to a request for robots.txt means. */
import { describe, expect, test } from 'vitest';
import { type RobotsFetch, type RobotsHistory, robotsPolicy } from './robots-policy.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const first: RobotsHistory = { failures: 0, unreachableMs: 0, hasRules: false };

describe('robots.txt', () => {
  test.each<[string, RobotsFetch, Partial<RobotsHistory>, object]>([
    ['found is kept for a day', { status: 200 }, {}, { policy: 'rules', askAgainMs: DAY, useOldRules: false }],
    ['unchanged keeps its rules', { status: 304 }, { hasRules: true }, { policy: 'rules', useOldRules: true }],
    ['missing allows all', { status: 404 }, {}, { policy: 'allow-all', askAgainMs: DAY }],
    ['forbidden to us allows all', { status: 403 }, {}, { policy: 'allow-all' }],
    ['behind endless redirects allows all', { error: 'too-many-redirects' }, {}, { policy: 'allow-all' }],
    ['of a broken server holds off', { status: 500 }, {}, { policy: 'hold-off', askAgainMs: 5 * MINUTE }],
    [
      'of a busy server holds off as long as it asks',
      { status: 429, retryAfterMs: HOUR },
      {},
      { policy: 'hold-off', askAgainMs: HOUR },
    ],
    ['never holds off for more than a day', { status: 503, retryAfterMs: 9 * DAY }, {}, { askAgainMs: DAY }],
    ['that times out holds off', { error: 'timeout' }, {}, { policy: 'hold-off' }],
    ['is asked for more rarely each time', { error: 'dns' }, { failures: 3 }, { askAgainMs: 40 * MINUTE }],
    ['but four times a day at least', { error: 'dns' }, { failures: 90 }, { askAgainMs: 6 * HOUR }],
    [
      'away for long is replaced by its old copy',
      { status: 500 },
      { hasRules: true, unreachableMs: 12 * HOUR },
      { policy: 'rules', useOldRules: true },
    ],
    ['away for a month counts as missing', { error: 'timeout' }, { unreachableMs: 30 * DAY }, { policy: 'allow-all' }],
  ])('%s', (_what, fetched, history, expected) => {
    expect(robotsPolicy(fetched, { ...first, ...history })).toMatchObject(expected);
  });
});
