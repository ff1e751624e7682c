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
  expect(blocks.find((block) => block.text.includes('Tin khác'))?.why).toContain('among links to other articles');
  expect(blocks.find((block) => block.text.includes('Trang chủ'))?.why).toContain('in a menu');
});

test('what is shown but was not taken says where the text came from instead', () => {
  const ld = JSON.stringify({ '@type': 'NewsArticle', articleBody: `${PROSE}\n`.repeat(9) });
  const teaser = `<article><h1>Xe buýt điện</h1><p>${PROSE}</p></article><script type="application/ld+json">${ld}</script>`;
  const { page, blocks } = explainPage(Buffer.from(teaser), CONTEXT);
  expect(page.article?.provenance.body).toMatchObject({ from: 'json-ld' });
  expect(blocks.find((block) => block.text === PROSE)).toMatchObject({
    kept: false,
    why: 'shown, but the text comes from articleBody',
  });
});

test('captions of a gallery and entries of a live report are kept for what they are', () => {
  const figures = [1, 2, 3, 4, 5].map(
    (n) => `<figure><img src="/${n}.jpg" width="800" height="500"><figcaption>${n}. ${PROSE}</figcaption></figure>`,
  );
  const gallery = { ...CONTEXT, url: 'https://bao.example/chum-anh-1.html', asArticle: false };
  const { blocks } = explainPage(Buffer.from(`<title>Chùm ảnh</title>${figures.join('')}`), gallery);
  expect(blocks.filter((it) => it.kept).map((it) => it.why)).toEqual(
    Array(5).fill('caption of a picture of the gallery'),
  );
  const entries = [1, 2, 3].map((n) => `<div><time>1${n}:00</time><p>${n}. ${PROSE}</p></div>`).join('');
  const live = explainPage(Buffer.from(`<title>Trực tiếp: bão</title><div>${entries}</div>`), {
    ...CONTEXT,
    asArticle: false,
  });
  expect(live.blocks.map((it) => it.why)).toEqual(Array(6).fill('in an entry of the live report'));
});

test('marks, agencies, section, tags and standfirst are told with their place', () => {
  const head = `<title>Xe buýt</title><meta name="robots" content="noai, noimageai"><meta property="article:content_tier" content="locked">
<meta property="article:section" content="Xã hội"><meta name="keywords" content="xe buýt, Huế"><meta name="description" content="Tuyến mới.">
<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Person","name":"Trần Lan"},{"@type":"Organization","name":"TTXVN"}]}</script>`;
  const html = `${head}<article><h1>Xe buýt</h1><p>${PROSE}</p><p>${PROSE.replace('phía nam', 'phía bắc')}</p></article>`;
  const { page } = explainPage(Buffer.from(html), { ...CONTEXT, xRobotsTag: 'noarchive' });
  expect(page.robots).toEqual(['noai', 'noimageai', 'noarchive', 'paywall']);
  expect(page.article?.agencies).toEqual(['TTXVN']);
  expect(page.article?.provenance).toMatchObject({
    agencies: { from: 'json-ld' },
    section: { from: 'opengraph', at: 'article:section' },
    tags: { from: 'meta', at: 'keywords' },
    description: { from: 'meta', at: 'description' },
    directives: { at: 'meta robots: noai, noimageai; X-Robots-Tag: noarchive; meta article:content_tier: paywall' },
  });
});

test('a feed has no blocks', () => {
  const feed =
    '<rss version="2.0"><channel><title>t</title><item><link>https://a.example/1</link></item></channel></rss>';
  expect(explainPage(Buffer.from(feed), CONTEXT).blocks).toEqual([]);
});
