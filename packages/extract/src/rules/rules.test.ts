import { describe, expect, test } from 'vitest';
import { readPage } from '../page.ts';
import { blockText } from './block-text.ts';
import { lintRules } from './lint.ts';

const HTML = `<!doctype html><html lang="vi"><head><title>Trang nhất</title></head><body>
<div class="top">Trang chủ · Thời sự · Thể thao</div>
<h2 class="headline">Mưa lớn kéo dài ở miền Trung</h2>
<span class="when" data-at="13/04/2026 21:07">hôm qua</span>
<div class="who"><a>Lê Hà</a><a>Trần Minh</a></div>
<img class="lead" data-src="/anh/mua.jpg">
<div class="story"><p>Mưa lớn kéo dài từ rạng sáng khiến nhiều tuyến đường ở Huế ngập sâu, học sinh được nghỉ học.</p>
<p class="ad">Mua ngay hôm nay!</p><ul><li>Ba người bị thương</li><li>Hai cầu bị cuốn trôi</li></ul>
<p>Mực nước sông Hương lên mức báo động ba vào lúc mười giờ, theo đài khí tượng thủy văn tỉnh.</p></div></body></html>`;

const read = (rules?: object) =>
  readPage(Buffer.from(HTML), {
    url: 'https://bao.example/thoi-su/mua-lon-1234.html',
    contentType: 'text/html; charset=utf-8',
    fetchedAt: '2026-04-14T03:00:00Z',
    asArticle: true,
    ...(rules && { rules }),
  }).article;

describe('a page read by rules', () => {
  test('has its fields from where the rules say, and says so', () => {
    const article = read({
      title: 'h2.headline',
      date: '.when @data-at',
      timeZone: '+07:00',
      authors: '.who a',
      image: 'img.lead',
      remove: ['.ad'],
      body: '.story',
    });
    expect(article).toMatchObject({
      title: 'Mưa lớn kéo dài ở miền Trung',
      date: { value: expect.stringMatching(/^2026-04-13T21:07.*\+07:00$/) },
      authors: ['Lê Hà', 'Trần Minh'],
      image: 'https://bao.example/anh/mua.jpg',
      provenance: { title: { from: 'rule', at: 'h2.headline' }, body: { from: 'rule' }, date: { from: 'rule' } },
    });
    expect(article?.body.split('\n\n')).toEqual([
      expect.stringMatching(/^Mưa lớn/),
      'Ba người bị thương\nHai cầu bị cuốn trôi',
      expect.stringMatching(/^Mực nước/),
    ]);
  });

  test('is read the general way where the rules find nothing', () => {
    expect(read({ title: '.no-such', body: '.nowhere', image: '.none' })).toEqual(read());
  });

  test('loses what is removed before anything is chosen', () => {
    expect(read({ remove: ['.story p:first-child'] })?.body).not.toContain('Mưa lớn kéo dài từ rạng sáng');
  });
});

describe('rules are refused', () => {
  test.each([
    [{ title: 'h1[' }, /"title" is no CSS selector/],
    [{ body: '' }, /"body" is empty/],
    [{ body: '.story @data-x' }, /"body" names an attribute/],
    [{ remove: ['body'] }, /takes the whole page away/],
    [{ remove: ['.ad', 'p::-x('] }, /"remove.1" is no CSS selector/],
    [{ image: 'a'.repeat(400) }, /longer than 300/],
    [{ title: 'div:has(p:has(a:has(b:has(i))))' }, /more than 3 of :has/],
    [{ timeZone: 'Asia/Ho_Chi_Minh' }, /"timeZone" must be an offset/],
    [{ remove: Array(60).fill('.ad') }, /more than 50/],
  ])('%j', (rules, fault) => {
    expect(lintRules(rules).join('\n')).toMatch(fault);
  });

  test('and good ones are not', () => {
    expect(
      lintRules({ title: 'h1.t, h2.t', date: 'meta[name="d"] @content', timeZone: '+07:00', remove: ['.ad'] }),
    ).toEqual([]);
  });
});

test('deeply nested elements are walked without running out of stack', () => {
  const deep = `${'<div>'.repeat(20_000)}xong${'</div>'.repeat(20_000)}`;
  const article = readPage(Buffer.from(`<html><body>${deep}</body></html>`), {
    url: 'https://a.example/1',
    fetchedAt: '2026-04-14T03:00:00Z',
    asArticle: true,
    rules: { body: 'body' },
  }).article;
  expect(article?.body ?? '').toMatch(/xong|^$/);
  expect(blockText([])).toBe('');
});
