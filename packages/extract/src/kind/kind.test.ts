/** What a page is, told by invented pages in several languages. */
import { describe, expect, test } from 'vitest';
import { readPage } from '../index.ts';

const read = (html: string, url = 'https://daily.example/city/bridge-opened-after-long-repair-104512.html') =>
  readPage(Buffer.from(html), { url, fetchedAt: '2026-01-01T00:00:00Z' });
const page = (title: string, body: string, head = '') =>
  `<!doctype html><html><head><title>${title}</title>${head}</head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/city/">City</a></li><li><a href="/sport/">Sport</a></li></ul></nav>
${body}<footer class="footer"><a href="/imprint">Imprint</a> <a href="/contact">Contact</a></footer></body></html>`;
const LATEST = `<ul>${[1, 2, 3, 4].map((n) => `<li><a href="/news/story-${n}.html">A headline that leads to story number ${n}</a></li>`).join('')}</ul>`;
const PROSE =
  'The bridge over the northern canal was opened again on Monday after two years of repairs that had cost far more than planned. Boats may pass below it from eight in the morning, and the ferry that had taken people across will make its last trip on Sunday evening.';

describe('a page that answers 200 and says that it is not there is an error', () => {
  test.each([
    ['vi', 'Báo Ngày', '<h1>Không tìm thấy trang</h1><p>Đường dẫn bạn truy cập không tồn tại hoặc đã bị xóa.</p>'],
    ['vi, in its text', 'Báo Ngày', '<div><p>Rất tiếc, trang bạn đang tìm kiếm không tồn tại.</p></div>'],
    ['vi, by a number', 'Lỗi 404 - Báo Ngày', '<p>Vui lòng quay lại trang chủ.</p>'],
    ['fr', 'Le Matin exemple', '<h1>Page introuvable</h1><p>La page que vous cherchez a été déplacée.</p>'],
    ['fr, in its text', 'Le Matin exemple', "<p>Oups ! Cette page n'existe plus.</p>"],
    ['en', 'Page not found | Daily Example', '<h1>Sorry</h1><p>Try our search instead.</p>'],
    ['en, in its text', 'Daily Example', '<h2>Oops</h2><p>The page you are looking for could not be found.</p>'],
    ['en, of an article', 'Daily Example', '<h1>This article is no longer available</h1>'],
    ['de', 'Tagesbeispiel', '<h1>Seite nicht gefunden</h1><p>Bitte prüfen Sie die Adresse.</p>'],
    ['de, in its text', 'Tagesbeispiel', '<p>Die gesuchte Seite existiert leider nicht mehr.</p>'],
    ['es', 'Diario ejemplo', '<h1>Página no encontrada</h1><p>Vuelva a la portada.</p>'],
    ['es, in its text', 'Diario ejemplo', '<p>Lo sentimos, no hemos encontrado la página solicitada.</p>'],
    ['pt', 'Diário', '<h1>Página não encontrada</h1>'],
    ['it', 'Giornale', '<h1>Pagina non trovata</h1>'],
    ['nl', 'Krant', '<h1>Pagina niet gevonden</h1>'],
    ['pl', 'Gazeta', '<h1>Nie znaleziono strony</h1>'],
    ['ru', 'Газета', '<h1>Страница не найдена</h1>'],
    ['uk', 'Газета', '<h1>Сторінку не знайдено</h1>'],
    ['tr', 'Gazete', '<h1>Aradığınız sayfa bulunamadı</h1>'],
    ['id', 'Koran', '<h1>Halaman tidak ditemukan</h1>'],
    ['zh', '日报', '<h1>页面不存在</h1>'],
    ['ja', '新聞', '<h1>お探しのページが見つかりません</h1>'],
    ['ko', '신문', '<h1>요청하신 페이지를 찾을 수 없습니다</h1>'],
    ['ar', 'صحيفة', '<h1>الصفحة غير موجودة</h1>'],
    ['by a number alone', '404', '<h1>404</h1>'],
  ])('%s', (_, title, body) => {
    for (const more of ['', LATEST, '<p>ref 9f31c0de77</p>'])
      expect(read(page(title, body + more))).toMatchObject({ kind: 'error', note: 'soft-404', article: null });
  });

  test.each([
    ['en', 'Access Denied', '<h1>Access Denied</h1><p>Reference 18.2f4</p>'],
    ['a challenge', 'Just a moment...', '<h1>Checking your browser before you go on</h1>'],
    ['vi', 'Truy cập bị từ chối', '<p>Mã 9931</p>'],
  ])('and one that turns robots away is told apart: %s', (_, title, body) => {
    expect(read(page(title, body))).toMatchObject({ kind: 'error', note: 'refused' });
  });

  test.each([
    ['Missing sailor not found after week of searching', PROSE.slice(0, 200)],
    ['Gericht: Beweise nicht gefunden', PROSE],
    ['Không tìm thấy người mất tích sau ba ngày', PROSE],
  ])('but news of what was not found is an article: %s', (title, text) => {
    const html = page(
      title,
      `<article><h1>${title}</h1><p>${text}</p></article>`,
      '<meta property="article:published_time" content="2025-11-02T08:00:00Z"><meta property="og:type" content="article">',
    );
    expect(read(html).kind).toBe('article');
  });
});

describe('a page that asks for consent before it shows anything is a wall', () => {
  test.each([
    [
      'de',
      'Tagesbeispiel',
      '<h1>Willkommen</h1><p>Mit Werbung weiterlesen: Besuchen Sie uns wie gewohnt mit Werbung und Tracking.</p><p>Wir und unsere 212 Partner speichern Informationen auf Ihrem Gerät; dafür brauchen wir Ihre Zustimmung.</p><button>Akzeptieren</button>',
    ],
    [
      'fr',
      'Le Matin exemple',
      '<p>Nous et nos 180 partenaires stockons des informations sur votre appareil.</p><p>Vous pouvez accepter et continuer, ou paramétrer les cookies à tout moment ; vos choix seront respectés.</p>',
    ],
    [
      'en',
      'Before you continue',
      '<p>We and our 95 partners use cookies to deliver our services and to show personalised ads.</p><p>Accept all cookies or manage your choices below. We value your privacy.</p>',
    ],
    [
      'es',
      'Diario ejemplo',
      '<p>Nosotros y nuestros 120 socios almacenamos información en su dispositivo.</p><p>Puede aceptar todas las cookies o configurar las cookies. Valoramos su privacidad.</p>',
    ],
    [
      'vi',
      'Báo Ngày',
      '<p>Chúng tôi sử dụng cookie. Bằng việc tiếp tục, bạn đồng ý với việc lưu cookie trên thiết bị.</p><p>Chấp nhận tất cả cookie để đọc tiếp. Quyền riêng tư của bạn rất quan trọng.</p>',
    ],
    [
      'it',
      'Giornale',
      '<p>Noi e i nostri 80 partner conserviamo informazioni sul dispositivo.</p><p>Accetta tutti i cookie per continuare. La tua privacy conta.</p>',
    ],
  ])('%s', (_, title, body) => {
    expect(read(page(title, `<div class="consent">${body}</div>`))).toMatchObject({
      kind: 'consent',
      note: 'consent-wall',
      article: null,
    });
  });

  test('but an article below a cookie banner is an article', () => {
    const banner =
      '<div class="cookie-banner"><p>We and our partners use cookies. We value your privacy.</p><button>Accept all cookies</button></div>';
    expect(
      read(
        page(
          'Bridge opened',
          `${banner}<article><h1>Bridge opened</h1><p>${PROSE}</p><p>${PROSE} It is wide.</p></article>`,
        ),
      ).kind,
    ).toBe('article');
  });

  test('and so is news about consent', () => {
    const text = `Die Arbeitgeber wollen erst bei Einwilligung der Beschäftigten verhandeln. ${PROSE}`;
    expect(
      read(
        page(
          'Streit um Einwilligung',
          `<article><h1>Streit um Einwilligung</h1><p>${text}</p><p>${PROSE}</p></article>`,
        ),
      ).kind,
    ).toBe('article');
  });
});

describe('a page that asks for a login is a wall', () => {
  test.each([
    ['en', 'Sign in | Daily Example', '<form><input type="email"></form>'],
    [
      'en, by its headline',
      'Daily Example',
      '<h1>Please log in</h1><p>Reading on needs an account.</p><form><input type="email"></form>',
    ],
    ['vi', 'Đăng nhập', '<form><input name="u"></form>'],
    ['fr', 'Connexion - Le Matin exemple', '<h1>Connectez-vous</h1>'],
    ['de', 'Anmelden', '<form><input type="password"></form>'],
    ['es', 'Iniciar sesión', '<form><input type="password"></form>'],
    ['by its password', 'Daily Example', '<form><input type="text"><input type="password"></form>'],
  ])('%s', (_, title, body) => {
    expect(read(page(title, body))).toMatchObject({ kind: 'login', note: 'login-wall', article: null });
  });

  test('but an article with a login form in its head is an article', () => {
    const form = '<form class="login"><input type="password"></form>';
    expect(
      read(
        page(
          'Bridge opened',
          `${form}<article><h1>Bridge opened</h1><p>${PROSE}</p><p>${PROSE} It is wide.</p></article>`,
        ),
      ).kind,
    ).toBe('article');
  });
});

describe('a film with a few words is a video', () => {
  const few = '<h1>Bridge opens</h1><p>See how the bridge was opened again after two years of repairs.</p>';
  test.each([
    ['by og:type', few, '<meta property="og:type" content="video.other">', undefined],
    [
      'by JSON-LD and a player',
      `<video src="x.mp4"></video>${few}`,
      '<script type="application/ld+json">{"@type":"VideoObject","name":"Bridge opens","uploadDate":"2025-11-02"}</script>',
      undefined,
    ],
    [
      'by its address and a player',
      `<iframe src="/player"></iframe>${few}`,
      '',
      'https://daily.example/video/bridge-opens-104512.html',
    ],
  ])('%s', (_, body, head, url) => {
    expect(read(page('Bridge opens', body, head), url)).toMatchObject({ kind: 'video', note: 'video', article: null });
  });

  test('but an article with a film in it is an article', () => {
    const head =
      '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Bridge opens"},{"@type":"VideoObject","name":"Bridge"}]</script>';
    expect(
      read(
        page(
          'Bridge opens',
          `<article><h1>Bridge opens</h1><video src="x.mp4"></video><p>${PROSE}</p></article>`,
          head,
        ),
      ).kind,
    ).toBe('article');
  });
});

describe('short notices', () => {
  const notice =
    'A truck lost its load of sand on the ring road early on Tuesday. Nobody was hurt, police said, and the road was clear again by noon.';
  test('with a date and a headline are articles', () => {
    expect(
      read(
        page(
          'Sand on the ring road',
          `<article><h1>Sand on the ring road</h1><time datetime="2025-11-04T09:00:00+01:00">4 November 2025</time><p>${notice}</p></article>`,
        ),
      ),
    ).toMatchObject({
      kind: 'article',
      article: { body: notice, date: { value: '2025-11-04T09:00:00+01:00' } },
    });
  });

  test('without anything that says so are none', () => {
    expect(read(page('About us', `<p>${notice}</p>`), 'https://daily.example/about')).toMatchObject({ article: null });
  });
});

test('every kind is told with what told it', () => {
  expect(read(page('Page not found', '<p>Sorry.</p>')).why).toBe('says “Page not found”');
  expect(read(page('Bridge', `<h1>Bridge</h1><p>${PROSE}</p><p>${PROSE} It is wide.</p>`)).why).toBe('running text');
});

test('an address that somebody knows to be an article is still no article where it is a wall or an error', () => {
  const html = page(
    'Page not found',
    '<h1>Page not found</h1><p>The page you are looking for could not be found. Please try our search.</p>',
  );
  const known = readPage(Buffer.from(html), {
    url: 'https://daily.example/a',
    fetchedAt: '2026-01-01T00:00:00Z',
    asArticle: true,
  });
  expect(known).toMatchObject({ kind: 'error', note: 'soft-404' });
});
