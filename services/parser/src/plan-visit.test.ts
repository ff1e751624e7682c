/** When a page comes back, once it is known what it is. */
import type { Article, Outlink, PageKind, Watch } from '@newsloom/model';
import { describe, expect, test } from 'vitest';
import { articleVisit, leadsOn, listVisit, otherVisit } from './plan-visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FOUND = new Date('2026-11-22T12:00:00Z');
const url = { kind: 'auto' as const, intervalMs: 0, watch: {} as Watch, isSeed: false, articleAt: null };
const article = { date: null } as Article;
const after = (ms: number) => new Date(FOUND.getTime() + ms);

describe('a page leads on', () => {
  test.each<[string, object, PageKind, Article | null, number, boolean]>([
    ['where it is a front', {}, 'front', null, 0, true],
    ['where it is a feed', {}, 'feed', null, 0, true],
    ['where its links are followed and it has no article', {}, 'other', null, 1, true],
    ['but not where it is an article', {}, 'article', article, 1, false],
    ['but not where it is nothing, and nothing is followed from it', {}, 'other', null, 0, false],
    ['where somebody asked for it and it has no article', { isSeed: true }, 'login', null, 0, true],
    ['where it was a list before, whatever it looks like', { watch: { listedAt: 1 } }, 'article', article, 0, true],
    ['where somebody said so', { kind: 'section' }, 'article', article, 0, true],
    ['but not where somebody said it is an article', { kind: 'article' }, 'front', null, 3, false],
  ])('%s', (_what, given, kind, read, depthLeft, expected) => {
    expect(leadsOn({ ...url, ...given }, { kind, article: read }, depthLeft)).toBe(expected);
  });
});

test('a feed is visited by the dates of its items, and remembered as a feed', () => {
  const links = Array.from(
    { length: 20 },
    (_, n): Outlink => ({
      url: `https://a.example/${n}`,
      text: '',
      rel: 'item',
      facts: { date: after(-n * 20 * MINUTE).toISOString() },
    }),
  );
  const { watch, next } = listVisit(url, { kind: 'feed', links }, 20, FOUND, {});
  expect(watch).toMatchObject({ list: 'feed', listedAt: FOUND.getTime() });
  expect(next.dueAt?.getTime()).toBeLessThan(after(3 * HOUR).getTime());
});

test('a fresh article comes back in a quarter of an hour, a changed one in an hour, an old one not at all', () => {
  expect(articleVisit(url, article, FOUND, {})).toEqual({
    articleAt: FOUND,
    next: {
      same: { dueAt: after(15 * MINUTE), intervalMs: 15 * MINUTE },
      changed: { dueAt: after(15 * MINUTE), intervalMs: 15 * MINUTE },
    },
  });
  const dated = (value: string) => articleVisit(url, { date: { value, precision: 'day' } }, FOUND, {}).next;
  expect(dated('2026-11-10').same.dueAt).toBeNull();
  expect(dated('2026-11-10').changed.dueAt).toEqual(after(DAY));
  expect(dated('2026-11-21').same.dueAt).toEqual(after(12 * HOUR));
});

test('a page that is neither is looked at while it may become something', () => {
  expect(otherVisit(url, FOUND, {}).dueAt).toEqual(after(15 * MINUTE));
  expect(otherVisit({ ...url, articleAt: after(-8 * DAY) }, FOUND, {}).dueAt).toBeNull();
  expect(otherVisit({ ...url, articleAt: after(-8 * DAY), isSeed: true }, FOUND, {}).dueAt).toEqual(after(30 * DAY));
});
