/** Template of the daily's old pages: tables and divs, no metadata, the date only in visible text. */
import { slashedDay, vietnameseStamp } from '../dates.ts';
import { escapeText as e, lines } from '../html.ts';
import { sectionOf } from '../publications.ts';
import { type ArticlePage, WORDS } from './page.ts';

/** Writes an article in the old table template. */
export function table({ publication, origin, article, related }: ArticlePage): string {
  const words = WORDS[article.lang];
  const section = sectionOf(publication, article.section);
  return lines([
    '<html><head>',
    `<META http-equiv="Content-Type" content="text/html; charset=${article.charset}">`,
    `<title>${e(publication.name)} | ${e(section.name)} | ${e(article.title)}</title>`,
    '</head><body bgcolor="#ffffff" topmargin="0">',
    '<table width="980" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td colspan="3">',
    `<a href="${origin}/"><img src="/anh/logo.png" border="0" alt="${e(publication.name)}"></a>`,
    `<div class="menu">${publication.sections.map((item) => `<a href="${item.path}">${item.name}</a>`).join(' | ')} | <a href="${publication.forbidden}">${words.search}</a></div>`,
    '</td></tr><tr><td width="160" valign="top">',
    '<div class="box"><div class="box-title">Tin mới</div>',
    ...related
      .slice(0, 3)
      .map(
        (item) =>
          `<div>- <a href="${item.path}">${e(item.title)}</a> <font size="1">(${slashedDay(item.date)})</font></div>`,
      ),
    '</div></td><td width="620" valign="top">',
    `<div class="path"><a href="${section.path}">${section.name}</a></div>`,
    `<div class="tieude">${e(article.title)}</div>`,
    `<div class="ngay">${vietnameseStamp(article.date)}</div>`,
    `<div class="tomtat"><b>${e(article.summary)}</b></div>`,
    '<div class="noidung">',
    '<table align="center" width="480" class="anh"><tr><td>',
    `<img src="${article.image}" width="480"></td></tr><tr><td class="chuthich"><i>${e(article.caption)}</i></td></tr></table>`,
    `${article.paragraphs.map((text) => e(text)).join('<br><br>\n')}`,
    '</div>',
    `<div align="right"><b>${e(article.authors.join(', ').toLocaleUpperCase('vi'))}</b></div>`,
    '<div class="congcu"><a href="javascript:window.print()">Bản in</a> | <a href="javascript:void(0)">Gửi email</a> | <a href="#top">Về đầu trang</a></div>',
    `<div class="lienquan"><div class="box-title">${words.related}</div>`,
    ...related.map((item) => `<div>• <a href="${item.path}">${e(item.title)}</a> (${slashedDay(item.date)})</div>`),
    `</div><div class="ykien"><div class="box-title">${words.comments}</div>`,
    ...words.sampleComments.map(
      ({ name, text, when }) =>
        `<table width="100%"><tr><td><b>${name}</b> (${when})</td></tr><tr><td>${text}</td></tr></table>`,
    ),
    '</div></td><td width="200" valign="top"><div class="qc">Quảng cáo</div>',
    '<div class="box">Giá vàng SJC: 118,20 - 120,20<br>USD: 26.080 - 26.470<br>Đà Nẵng: 29°C, có mưa rào</div>',
    `</td></tr><tr><td colspan="3" align="center"><font size="1">${words.contact}<br>© 2026 ${e(publication.name)}</font></td></tr></table></body></html>`,
  ]);
}
