import { expect, test } from 'vitest';
import { explainPage } from './explain.ts';

const PROSE =
  'Chính quyền thành phố khai trương tuyến xe buýt điện nối bến xe trung tâm với cảng cá và khu đại học ở phía nam.';
const HTML = `<!doctype html><html lang="vi"><head><title>Xe buýt điện ở Huế</title></head><body>
<nav class="menu"><a href="/">Trang chủ</a> <a href="/thoi-su">Thời sự</a></nav>
<article><h1>Xe buýt điện ở Huế</h1><p>${PROSE}</p><p>${PROSE.replace('phía nam', 'phía bắc')} Giá vé bảy nghìn đồng.</p></article>
<div class="related"><a href="/1">Tin khác về xe buýt</a></div></body></html>`;

const CONTEXT = { url: 'https://bao.example/xe-buyt-1.html', fetchedAt: '2026-04-14T03:00:00Z', asArticle: true };

test('every block of a page is told of, kept or dropped, with the reason', () => {
  const { page, blocks } = explainPage(Buffer.from(HTML), CONTEXT);
  const kept = blocks.filter((block) => block.kept);
  expect(kept.map((block) => block.text).join('\n\n')).toBe(page.article?.body);
  for (const block of blocks) expect(block.why).not.toBe('');
  expect(blocks.find((block) => block.text === 'Xe buýt điện ở Huế')).toMatchObject({
    kept: false,
    why: 'the headline',
  });
  expect(blocks.find((block) => block.text.includes('Tin khác'))).toMatchObject({ kept: false, linkShare: 1 });
});

test('a feed has no blocks', () => {
  const feed =
    '<rss version="2.0"><channel><title>t</title><item><link>https://a.example/1</link></item></channel></rss>';
  expect(explainPage(Buffer.from(feed), CONTEXT).blocks).toEqual([]);
});
