/** Only articles become documents: what else a site has is counted with its note, and leads on. */
import { urlIdOf } from '@newsloom/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSeeds, crawl, EMBEDDED, type Stores, startLine, untilIdle } from './line.ts';
import { articlePage, frontPage, servePages } from './pages.ts';

let stores: Stores;
beforeEach(async () => {
  stores = await EMBEDDED.open();
});
afterEach(() => stores[Symbol.asyncDispose]());

const said = [
  'Cảng cá đã đóng cửa, chuyến phà cuối cùng trở về với bốn mươi hành khách trên boong.',
  'Gió ngoài khơi đạt một trăm mười ki-lô-mét một giờ, theo trung tâm khí tượng.',
  'Hai con phố sau chợ cá ngập trong nước, chưa có ai bị thương.',
];
const LIVE = `<!doctype html><html lang="vi"><head><title>Trực tiếp: bão đổ bộ</title></head><body><h1>Trực tiếp: bão đổ bộ</h1>
<div>${said.map((text, at) => `<div class="muc"><time>1${4 - at}:05</time><p>${text}</p></div>`).join('')}</div><a href="/bai-2.html">Bài liên quan về tuyến xe buýt mới</a></body></html>`;
const GALLERY = `<!doctype html><html lang="vi"><head><title>Chùm ảnh: bão</title></head><body><h1>Chùm ảnh: bão</h1>
${[...said, ...said].map((text, at) => `<figure><img src="/a${at}.jpg" width="800" height="500"><figcaption>${at}. ${text}</figcaption></figure>`).join('')}</body></html>`;
const CONSENT =
  '<!doctype html><title>Tagesbeispiel</title><p>Wir und unsere 180 Partner speichern Cookies auf Ihrem Gerät.</p><p>Mit Werbung weiterlesen oder Ihre Zustimmung verwalten.</p>';
const LOGIN = '<!doctype html><title>Đăng nhập</title><form><input type="text"><input type="password"></form>';
const MISSING = '<!doctype html><title>Báo</title><h1>Không tìm thấy trang</h1><p>Trang bạn tìm đã bị xóa.</p>';

test('a live report, a gallery, a wall and an error are counted with their note, and a report leads on', async () => {
  await using site = await servePages(() => ({
    '/': frontPage(['/bai-1.html', '/truc-tiep-bao.html', '/chum-anh-bao.html', '/cookie', '/dang-nhap', '/mat']),
    '/bai-1.html': articlePage(1),
    '/bai-2.html': articlePage(2),
    '/truc-tiep-bao.html': LIVE,
    '/chum-anh-bao.html': GALLERY,
    '/cookie': CONSENT,
    '/dang-nhap': LOGIN,
    '/mat': MISSING,
  }));
  const done = await crawl(stores, [`${site.origin}/`, '--depth', '2']);
  expect(done.code, done.stderr).toBe(0);
  expect(done.articles.map(({ url }) => url.slice(site.origin.length)).sort()).toEqual(['/bai-1.html', '/bai-2.html']);
  const notes = Object.fromEntries(done.failures.map(({ url, reason }) => [url.slice(site.origin.length), reason]));
  expect(notes).toMatchObject({
    '/': 'front',
    '/truc-tiep-bao.html': 'live',
    '/chum-anh-bao.html': 'gallery',
    '/cookie': 'consent-wall',
    '/dang-nhap': 'login-wall',
    '/mat': 'soft-404',
  });
});

test('a live report whose address was named an article becomes a document with all its entries', async () => {
  await using site = await servePages(() => ({ '/truc-tiep-bao.html': LIVE, '/mat': MISSING }));
  await using line = await startLine(stores.env);
  await addSeeds(
    line,
    ['/truc-tiep-bao.html', '/mat'].map((it) => ({ url: `${site.origin}${it}`, kind: 'article' })),
  );
  await untilIdle(line);
  const { frontier, documents } = line.context.store;
  const live = await frontier.find(urlIdOf(`${site.origin}/truc-tiep-bao.html`));
  const body = live?.documentId ? (await documents.find(live.documentId))?.body : null;
  for (const text of said) expect(body).toContain(text);
  const missing = await line.context.store.trace(urlIdOf(`${site.origin}/mat`));
  expect(missing?.url).toMatchObject({ documentId: null });
  expect(missing?.captures[0]).toMatchObject({ note: 'soft-404' });
});

test('a page that is not there is known again at other addresses, whatever number it bears each time', async () => {
  let visits = 0;
  const empty = Array.from({ length: 7 }, (_, at) => `/trong/muc-${'abcdefg'[at]}`);
  const nothing = () =>
    `<!doctype html><title>Báo</title><p>Hiện chưa có gì ở đây. Mã yêu cầu ${++visits}f3c9, lúc 10:0${visits % 10}.</p><a href="/?t=${visits}">Về trang chủ</a>`;
  await using site = await servePages(() => ({
    '/': frontPage(empty),
    ...Object.fromEntries(
      empty.map((path) => [
        path,
        (_: unknown, response: { setHeader: (k: string, v: string) => void; end: (text: string) => void }) => {
          response.setHeader('content-type', 'text/html; charset=utf-8');
          response.end(nothing());
        },
      ]),
    ),
  }));
  await using line = await startLine(stores.env);
  await addSeeds(line, [{ url: `${site.origin}/`, kind: 'section', depth: 1 }]);
  await untilIdle(line, { documents: 0 });
  const urls = await Promise.all(empty.map((it) => line.context.store.frontier.find(urlIdOf(site.origin + it))));
  expect(urls.filter((url) => url?.note === 'soft-404')).toHaveLength(empty.length - 4);
});
