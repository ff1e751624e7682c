/** Shapes of addresses that give nothing are followed no more, and what waits of them leaves the frontier. */
import type { CaptureId, UrlId } from '@newsloom/model';
import { openLog } from '@newsloom/runtime';
import type { PatternRow } from '@newsloom/store';
import { expect, test } from 'vitest';
import { openTrapBook } from './trap-book.ts';

const NOW = new Date('2026-11-21T10:00:00Z');

/** A book over counts in memory; every page counts. */
async function book(waiting: string[]) {
  const rows = new Map<string, PatternRow>();
  const dropped: string[] = [];
  const of = (host: string, pattern: string): PatternRow => {
    const key = `${host} ${pattern}`;
    const row = rows.get(key) ?? {
      host,
      pattern,
      judged: 0,
      articles: 0,
      leads: 0,
      copies: 0,
      leftOut: 0,
      exhausted: null,
    };
    rows.set(key, row);
    return row;
  };
  const traps = await openTrapBook(
    {
      async judged({ host, keys }, gave) {
        return keys.map((key) => {
          const row = of(host, key);
          row.judged++;
          row.articles += +gave.article;
          row.leads += +gave.leads;
          return { ...row };
        });
      },
      exhausted: async () => [],
      async exhaust(host, pattern, reason) {
        of(host, pattern).exhausted = reason;
      },
      async unfetched(_host, after, limit) {
        const ids = waiting.map((url) => ({ id: url as UrlId, url })).sort((a, b) => (a.id < b.id ? -1 : 1));
        return ids.filter(({ id }) => id > after).slice(0, limit);
      },
      async drop(ids) {
        dropped.push(...ids);
      },
    },
    () => NOW,
    openLog('silent', 'test'),
  );
  const read = (url: string, gave: Partial<{ article: boolean; leads: boolean }> = {}) =>
    traps.judged(
      { url, urlId: url as UrlId, captureId: 'c' as CaptureId },
      { article: false, leads: false, copy: false, ...gave },
    );
  return { traps, read, dropped };
}

test('a calendar without end is left once hundreds of its days gave nothing, and articles beside it are not', async () => {
  const waiting = ['https://n.example/su-kien/2026/a-301', 'https://n.example/tin/bai-9.html'];
  const { traps, read, dropped } = await book(waiting);
  for (let day = 0; day < 299; day++) await read(`https://n.example/su-kien/2026/a-${day}`);
  expect(traps.trapOf('https://n.example/su-kien/2026/a-400', false)).toBeNull();
  expect(dropped).toEqual([]);
  await read('https://n.example/su-kien/2026/a-299');
  expect(traps.trapOf('https://n.example/su-kien/2026/a-400', false)).toEqual({
    reason: 'pattern-budget',
    pattern: '/su-kien/0/a',
  });
  expect(dropped).toEqual(['https://n.example/su-kien/2026/a-301']);
  expect(traps.trapOf('https://n.example/su-kien/2026/a-400', true)).toBeNull();
  expect(traps.trapOf('https://n.example/tin/bai-1.html', false)).toBeNull();
  expect(traps.trapOf('https://other.example/su-kien/2026/a-400', false)).toBeNull();
  await traps.close();
});

test('a path whose query only sorts is left, one whose query names articles is not', async () => {
  const { traps, read } = await book([]);
  for (let n = 0; n < 250; n++) {
    await read(`https://n.example/cua-hang?mau=${n}`);
    await read(`https://n.example/tin.php?id=${n}`, { article: true });
  }
  expect(traps.trapOf('https://n.example/cua-hang?co=9', false)).toMatchObject({ reason: 'parameter-explosion' });
  expect(traps.trapOf('https://n.example/cua-hang', false)).toBeNull();
  expect(traps.trapOf('https://n.example/tin.php?id=900', false)).toBeNull();
  await traps.close();
});

test('an address may be a trap by its looks alone', async () => {
  const { traps } = await book([]);
  expect(traps.trapOf('https://n.example/calendar/2087/01', false)).toEqual({
    reason: 'calendar',
    pattern: '!calendar',
  });
  expect(traps.trapOf('https://n.example/a/b/a/b/a/b/', true)).toMatchObject({ reason: 'repeating-path' });
  await traps.close();
});
