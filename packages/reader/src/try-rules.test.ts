import { readPage } from '@newsloom/extract';
import { expect, test } from 'vitest';
import { tryRules } from './try-rules.ts';

const page = (title: string) =>
  Buffer.from(`<!doctype html><html lang="vi"><head><title>Báo</title></head><body><div class="t">${title}</div>
<div class="b"><p>${'Mưa lớn kéo dài từ rạng sáng khiến nhiều tuyến đường ở Huế ngập sâu. '.repeat(4)}</p></div></body></html>`);
const capture = (n: number) => ({
  url: `https://bao.example/${n}`,
  bytes: page(`Tin số ${n}`),
  context: {
    url: `https://bao.example/${n}`,
    contentType: 'text/html; charset=utf-8',
    xRobotsTag: null,
    agent: 'newsloom',
    fetchedAt: '2026-04-14T03:00:00Z',
    asArticle: true,
  },
});
const read = async (...args: Parameters<typeof readPage>) => readPage(...args);

test('a trial tells what would change, page by page, and which rules found nothing', async () => {
  const trials = await tryRules([capture(1), capture(2)], undefined, { title: '.t', image: '.none' }, read);
  expect(trials).toMatchObject([
    {
      url: 'https://bao.example/1',
      changes: [{ field: 'title', after: 'Tin số 1' }],
      missed: ['image'],
      unreadable: null,
    },
    { changes: [{ field: 'title', after: 'Tin số 2' }] },
  ]);
});

test('rules that say what is read already change nothing', async () => {
  const rules = { title: '.t' };
  expect(await tryRules([capture(1)], rules, rules, read)).toMatchObject([{ changes: [], missed: [] }]);
});

test('a page that the rules kill is told as such', async () => {
  const dies = async (bytes: Uint8Array, context: Parameters<typeof read>[1]) =>
    context.rules ? { kind: 'unreadable' as const, why: 'deadline' as const, detail: 'killed' } : read(bytes, context);
  expect(await tryRules([capture(1)], undefined, { title: '.t' }, dies)).toMatchObject([
    { unreadable: 'deadline: killed' },
  ]);
});
