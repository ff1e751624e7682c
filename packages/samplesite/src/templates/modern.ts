/** Template of the daily's main sections: semantic HTML with JSON-LD. */
import { slashedDay, vietnameseStamp } from '../dates.ts';
import { escapeText as e, lines, scriptJson } from '../html.ts';
import { sectionOf } from '../publications.ts';
import { type ArticlePage, WORDS } from './page.ts';

function linkedData({ publication, origin, article }: ArticlePage): string {
  return scriptJson({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    mainEntityOfPage: { '@type': 'WebPage', '@id': origin + article.path },
    headline: article.title,
    description: article.summary,
    image: { '@type': 'ImageObject', url: origin + article.image, width: 1200, height: 675 },
    datePublished: article.date,
    dateModified: article.modified ?? article.date,
    author: article.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'NewsMediaOrganization', name: publication.name, url: `${origin}/` },
    articleSection: sectionOf(publication, article.section).name,
    keywords: article.tags,
    inLanguage: article.lang,
  });
}

/** Writes an article in the daily's main template. */
export function modern(page: ArticlePage): string {
  const { publication, origin, article, related } = page;
  const words = WORDS[article.lang];
  const section = sectionOf(publication, article.section);
  const url = origin + article.path;
  return lines([
    `<!DOCTYPE html>\n<html lang="${article.lang}">\n<head>`,
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${e(article.title)} - ${e(publication.name)}</title>`,
    `<meta name="description" content="${e(article.summary)}">`,
    `<link rel="canonical" href="${e(url)}">`,
    article.wire ? `<link rel="amphtml" href="${e(`${origin}/amp${article.path}`)}">` : '',
    publication.feed
      ? `<link rel="alternate" type="application/rss+xml" title="RSS" href="${publication.feed.path}">`
      : '',
    `<meta property="og:title" content="${e(article.title)}"><meta property="og:image" content="${e(origin + article.image)}">`,
    `<script type="application/ld+json">${linkedData(page)}</script>`,
    '<script>window.dataLayer=window.dataLayer||[];dataLayer.push({pageType:"article"});</script>',
    '<style>body{font:17px/1.6 serif}.story{max-width:44rem;margin:auto}</style>\n</head>\n<body>',
    `<div class="consent" role="dialog"><p>${words.cookies}</p><button>${words.accept}</button></div>`,
    `<header><a href="/" class="logo">${e(publication.name)}</a><nav><ul>`,
    ...publication.sections.map((item) => `<li><a href="${item.path}">${item.name}</a></li>`),
    `<li><a href="${publication.forbidden}?q=">${words.search}</a></li></ul></nav></header>`,
    `<main><article class="story">`,
    `<p class="crumbs"><a href="/">Trang chủ</a> › <a href="${section.path}">${section.name}</a></p>`,
    `<h1>${e(article.title)}</h1>`,
    `<div class="meta"><time datetime="${article.date}">${vietnameseStamp(article.date)}</time>`,
    article.modified ? `<span>Cập nhật: ${vietnameseStamp(article.modified)}</span>` : '',
    '</div>',
    `<ul class="share" aria-label="${words.share}"><li><a href="https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}" rel="nofollow">Facebook</a></li>`,
    `<li><a href="https://zalo.me/share?u=${encodeURIComponent(url)}" rel="nofollow">Zalo</a></li></ul>`,
    `<p class="sapo"><strong>${e(article.summary)}</strong></p>`,
    '<div class="content">',
    `<p>${e(article.paragraphs[0] ?? '')}</p>`,
    `<figure><img src="${article.image}" alt="" width="1200" height="675"><figcaption>${e(article.caption)}</figcaption></figure>`,
    ...article.paragraphs.slice(1, 4).map((text) => `<p>${e(text)}</p>`),
    related[0]
      ? `<aside class="inline-related"><h4>Xem thêm</h4><a href="${related[0].path}">${e(related[0].title)}</a></aside>`
      : '',
    ...article.paragraphs.slice(4).map((text) => `<p>${e(text)}</p>`),
    '</div>',
    `<p class="byline">${article.authors.map((name) => `<span class="author">${e(name)}</span>`).join(' - ')}</p>`,
    `<ul class="tags"><li>Từ khóa:</li>${article.tags.map((tag) => `<li>${e(tag)}</li>`).join('')}</ul>`,
    '</article>',
    `<section class="related"><h2>${words.related}</h2><ul>`,
    ...related.map(
      (item) => `<li><a href="${item.path}">${e(item.title)}</a> <span>(${slashedDay(item.date)})</span></li>`,
    ),
    `</ul></section>\n<section id="comments"><h2>${words.comments} (2)</h2>`,
    ...words.sampleComments.map(
      ({ name, text, when }) => `<div class="comment"><b>${name}</b> <i>${when}</i><p>${text}</p></div>`,
    ),
    `<form><textarea></textarea><button>${words.send}</button></form></section></main>`,
    `<footer><p>© 2026 ${e(publication.name)}. ${words.contact}</p></footer>\n</body>\n</html>`,
  ]);
}

/** The stripped page for telephones: no furniture, and a canonical link to the real one. */
export function amp({ publication, origin, article }: ArticlePage): string {
  return lines([
    `<!doctype html>\n<html amp lang="${article.lang}">\n<head><meta charset="utf-8">`,
    `<title>${e(article.title)}</title><link rel="canonical" href="${e(origin + article.path)}">`,
    '<meta name="viewport" content="width=device-width"><style amp-boilerplate>body{visibility:hidden}</style>',
    `</head>\n<body><a href="/">${e(publication.name)}</a>`,
    `<article><h1>${e(article.title)}</h1><time datetime="${article.date}">${vietnameseStamp(article.date)}</time>`,
    `<amp-img src="${article.image}" width="1200" height="675"></amp-img>`,
    ...article.paragraphs.map((text) => `<p>${e(text)}</p>`),
    `<p>${e(article.authors.join(' - '))}</p></article></body></html>`,
  ]);
}
