/** When we come back. */
import type { Verdict, Watch } from '@newsloom/model';
import { describe, expect, test } from 'vitest';
import { type History, planVisit, TOMBSTONE_AFTER_FAILURES } from './revisit.ts';
import { articleMoment, articleWait } from './revisit-article.ts';
import { afterListRead } from './revisit-list.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const list: Watch = { listedAt: NOW - HOUR, linksPerHour: 1 };
const plan = (verdict: Verdict, history: Partial<History>) =>
  planVisit(verdict, {
    kind: 'auto',
    nowMs: NOW,
    intervalMs: 0,
    failures: 0,
    gone: 0,
    note: '',
    isSeed: false,
    everyMs: null,
    articleAtMs: null,
    watch: {},
    ...history,
  });

describe('the next visit', () => {
  test.each<[string, Verdict, Partial<History>, number | 'never']>([
    ['to a new feed nobody has read yet is soon', 'captured', { kind: 'feed' }, 5 * MINUTE],
    ['to a changed feed comes sooner', 'captured', { kind: 'feed', intervalMs: 40 * MINUTE }, 20 * MINUTE],
    ['to a lively feed is not before five minutes', 'captured', { kind: 'feed', intervalMs: 6 * MINUTE }, 5 * MINUTE],
    ['heeds a floor that was set', 'captured', { kind: 'feed', bounds: { floorMs: HOUR } }, HOUR],
    ['to a quiet feed comes later', 'unchanged', { kind: 'feed', intervalMs: 40 * MINUTE, watch: list }, 60 * MINUTE],
    [
      'to a feed in the night stays within six of its gaps',
      'unchanged',
      { kind: 'feed', intervalMs: 5.5 * HOUR, watch: list, note: 'not-modified' },
      6 * HOUR,
    ],
    [
      'to a feed is within a day',
      'unchanged',
      { kind: 'feed', intervalMs: 3 * DAY, watch: { ...list, linksPerHour: 0 } },
      DAY,
    ],
    [
      'heeds a ceiling that was set',
      'unchanged',
      { kind: 'feed', intervalMs: DAY, watch: { ...list, linksPerHour: 0 }, bounds: { ceilingMs: 2 * HOUR } },
      2 * HOUR,
    ],
    ['is when the owner asked for it', 'unchanged', { kind: 'feed', intervalMs: DAY, everyMs: 7 * MINUTE }, 7 * MINUTE],
    ['to an article an hour old is five hours later', 'unchanged', { articleAtMs: NOW - HOUR }, 5 * HOUR],
    ['to an article of last month is none', 'unchanged', { articleAtMs: NOW - 30 * DAY }, 'never'],
    ['to a seed is never none', 'unchanged', { articleAtMs: NOW - 30 * DAY, isSeed: true }, 30 * DAY],
    ['to an article that was changed is in an hour at the soonest', 'captured', { articleAtMs: NOW - DAY }, HOUR],
    ['after a failure is in five minutes', 'failing', { failures: 1 }, 5 * MINUTE],
    ['after five failures is later', 'failing', { failures: 5 }, 80 * MINUTE],
    ['after many failures is in two days', 'failing', { failures: 20 }, 2 * DAY],
    ['to a page that is missing is in an hour', 'failing', { note: 'http-404', gone: 1, failures: 1 }, HOUR],
    ['to a page that is still missing is next day', 'failing', { note: 'http-404', gone: 2, failures: 2 }, DAY],
    ['to a page that failed for weeks is none', 'failing', { failures: TOMBSTONE_AFTER_FAILURES }, 'never'],
    [
      'to a feed that failed for weeks is rare',
      'failing',
      { failures: TOMBSTONE_AFTER_FAILURES, kind: 'feed' },
      4 * DAY,
    ],
    ['to a dead feed is rarer each time', 'gone', { kind: 'feed', watch: { knocks: 3 } }, 8 * DAY],
    ['to a dead feed is within a month', 'gone', { kind: 'feed', watch: { knocks: 30 } }, 30 * DAY],
    ['to a gone article is none', 'gone', { kind: 'article' }, 'never'],
    ['to a gone feed is next day, since feeds come back', 'gone', { kind: 'feed' }, DAY],
    ['to a gone seed is next day too, whatever it is', 'gone', { isSeed: true }, DAY],
    ['to a page that moved is none', 'moved', {}, 'never'],
    ['to an excluded page is none', 'excluded', { note: 'not-text' }, 'never'],
    ['to a forbidden page is in a week, since rules change', 'excluded', { note: 'robots' }, 7 * DAY],
  ])('%s', (_what, verdict, history, expected) => {
    expect(plan(verdict, history).waitMs).toBe(expected);
  });

  test('to what has died is counted from its first failure, and forgotten when it answers', () => {
    const first = plan('failing', { failures: 1, kind: 'feed' }).watch;
    expect(first).toEqual({ deadSince: NOW });
    const given = plan('gone', { kind: 'feed', nowMs: NOW + DAY, watch: first }).watch;
    expect(given).toEqual({ deadSince: NOW, knocks: 1 });
    expect(plan('captured', { kind: 'feed', watch: given }).watch).toEqual({ notModified: 0 });
  });

  test('304 answers are counted until the bytes come', () => {
    const watch = { notModified: 2 };
    expect(plan('unchanged', { note: 'not-modified', watch }).watch.notModified).toBe(3);
    expect(plan('unchanged', { note: 'same-content', watch }).watch.notModified).toBe(0);
    expect(plan('captured', { watch }).watch.notModified).toBe(0);
  });
});

describe('a list that was read', () => {
  const feed = { kind: 'feed' as const, nowMs: NOW, intervalMs: 40 * MINUTE, watch: list };

  test('is taken at first to bring what its items say of the last two days', () => {
    const dated = Array.from({ length: 24 }, (_, n) => NOW - n * 2 * HOUR);
    const read = afterListRead({ ...feed, watch: {} }, 24, [...dated, NOW + DAY, NOW - 90 * DAY]);
    expect(read).toEqual({ waitMs: 2 * HOUR, watch: { linksPerHour: 0.5, listedAt: NOW } });
  });

  test('that does not say is taken for an ordinary one', () => {
    expect(afterListRead({ ...feed, watch: {} }, 200).waitMs).toBe(30 * MINUTE);
  });

  test('comes sooner with news, later without, and remembers its rate', () => {
    const busy = afterListRead(feed, 3);
    const dull = afterListRead(feed, 0);
    expect(busy.waitMs).toBeLessThan(40 * MINUTE);
    expect(dull.waitMs).toBe(60 * MINUTE);
    expect(busy.watch.linksPerHour).toBeGreaterThan(1);
    expect(dull.watch.linksPerHour).toBeLessThan(1);
  });

  test('settles at about one new link a visit', () => {
    let at = NOW;
    let state = { ...feed, watch: { listedAt: NOW, linksPerHour: 8 } as Watch, intervalMs: 5 * MINUTE };
    const waits: number[] = [];
    // One new link every three hours.
    for (let visit = 0, brought = 0; visit < 400; visit++) {
      const due = Math.floor((at - NOW) / (3 * HOUR));
      const next = afterListRead({ ...state, nowMs: at }, due - brought);
      brought = due;
      waits.push(next.waitMs);
      state = { ...state, watch: next.watch, intervalMs: next.waitMs };
      at += next.waitMs;
    }
    const settled = waits.slice(-50);
    const mean = settled.reduce((sum, it) => sum + it, 0) / settled.length;
    expect(mean).toBeGreaterThan(1 * HOUR);
    expect(mean).toBeLessThan(4 * HOUR);
  });
});

describe('an article', () => {
  const looks = (article: Partial<Parameters<typeof articleWait>[0]>, from = NOW) => {
    const at = [];
    for (let now = from; ; ) {
      const wait = articleWait({ articleAtMs: NOW, revisedAtMs: null, ...article, nowMs: now });
      if (wait === 'never') return at;
      now += wait;
      at.push(now - NOW);
    }
  };

  test('is looked at after a quarter of an hour, an hour, six, a day, three and seven, and no more', () => {
    expect(looks({})).toEqual([15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY]);
  });

  test('found when it is two days old is looked at twice', () => {
    expect(looks({}, NOW + 2 * DAY)).toEqual([3 * DAY, 7 * DAY]);
  });

  test('that was changed is looked at again for another week, less eagerly', () => {
    const revisedAtMs = NOW + 6.9 * DAY;
    expect(looks({ revisedAtMs }, revisedAtMs)).toEqual(
      [6.9 * 1.1 * DAY, 7 * DAY, 7.9 * DAY, 9.9 * DAY, 13.9 * DAY].sort((a, b) => a - b).map(Math.round),
    );
  });

  test('is fetched once where its source asks for that', () => {
    expect(looks({ bounds: { articles: 'once' } })).toEqual([]);
  });

  test('is not looked at more often than the floor allows', () => {
    expect(looks({ bounds: { floorMs: 5 * HOUR } })).toEqual([6 * HOUR, DAY, 3 * DAY, 7 * DAY]);
  });

  test.each([
    [null, '2026-11-22T12:00:00Z'],
    ['2026-11-22T09:30:00+07:00', '2026-11-22T02:30:00Z'],
    ['2026-11-22T02:30:00', '2026-11-22T02:30:00Z'],
    ['2026-11-22', '2026-11-22T12:00:00Z'],
    ['2026-11-20', '2026-11-21T00:00:00Z'],
    ['2026-10', '2026-11-01T00:00:00Z'],
    ['2015', '2016-01-01T00:00:00Z'],
    ['2031-01-01', '2026-11-22T12:00:00Z'],
    ['hôm qua', '2026-11-22T12:00:00Z'],
  ])('dated %s is taken to be of %s', (date, moment) => {
    expect(new Date(articleMoment(date, NOW)).toISOString()).toBe(new Date(moment).toISOString());
  });
});
