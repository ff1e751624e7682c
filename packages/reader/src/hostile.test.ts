/** What a page or a rule may do to the process that reads it, and what its neighbours notice of it: nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReaderPool, type ReadContext, type ReaderPool } from './index.ts';

const TEXT = `<p>${'Mưa lớn kéo dài từ rạng sáng khiến nhiều tuyến đường ở Huế ngập sâu. '.repeat(4)}</p>`;
const CONTEXT: ReadContext = {
  url: 'https://bao.example/tin-1.html',
  contentType: 'text/html; charset=utf-8',
  xRobotsTag: null,
  agent: 'newsloom',
  fetchedAt: '2026-04-14T03:00:00Z',
  asArticle: true,
};
const DEEP = Buffer.from('<div>'.repeat(100_000) + TEXT + '</div>'.repeat(100_000));

let pool: ReaderPool;
beforeAll(async () => {
  pool = openReaderPool({ processes: 2, deadlineMs: 2_000, memoryMb: 512 });
  // The first page of a process has time to spare for loading; what is hostile shall not have it.
  await Promise.all([pool.read(Buffer.from(TEXT), CONTEXT), pool.read(Buffer.from(TEXT), CONTEXT)]);
});
afterAll(() => pool.close());

test.each([
  ['a child of a child in 100,000 nested elements', DEEP, { body: 'div p' }],
  ['siblings and descendants of everything', DEEP, { remove: ['div ~ div div'], title: 'div div div div p' }],
  ['what has what has', Buffer.from('<div>'.repeat(7_000) + TEXT), { remove: ['div:has(div:has(p))'] }],
])('a rule that asks for %s ends within its deadline, its neighbour unharmed', async (_what, bytes, rules) => {
  const [hostile, neighbour] = await Promise.all([
    pool.read(bytes, { ...CONTEXT, rules }),
    pool.read(Buffer.from(TEXT), CONTEXT),
  ]);
  // A faster machine may get through: what holds everywhere is that it ends, and harms nobody.
  expect(['article', 'unreadable']).toContain(hostile.kind);
  expect(neighbour.kind).toBe('article');
});

test('a page of 60 MB is read or given up, its neighbour unharmed', async () => {
  const page = Buffer.from(`<div class="a b"><a href="/x">y</a>${TEXT}</div>`.repeat(160_000)).subarray(0, 60_000_000);
  const [huge, neighbour] = await Promise.all([pool.read(page, CONTEXT), pool.read(Buffer.from(TEXT), CONTEXT)]);
  expect(['article', 'unreadable']).toContain(huge.kind);
  expect(neighbour.kind).toBe('article');
});
