/** Template of the news agency: microdata and time elements, one page design for both its languages. */
import { englishStamp, slashedDay, vietnameseStamp } from '../dates.ts';
import { escapeText as e, lines } from '../html.ts';
import { type ArticlePage, WORDS } from './page.ts';

/** Writes an article in the agency's template. */
export function agency({ publication, origin, article, related }: ArticlePage): string {
  const words = WORDS[article.lang];
  const stamp = article.lang === 'vi' ? vietnameseStamp(article.date) : englishStamp(article.date);
  return lines([
    `<!doctype html>\n<html lang="${article.lang}">\n<head><meta charset="utf-8">`,
    `<title>${e(article.title)}</title><link rel="canonical" href="${e(origin + article.path)}">`,
    `<meta name="description" content="${e(article.summary)}">`,
    `<meta name="twitter:card" content="summary_large_image"><meta name="twitter:image" content="${e(origin + article.image)}">`,
    '</head>\n<body>',
    `<div class="top"><a href="/">${e(publication.name)}</a> ${publication.sections.map((item) => `<a href="${item.path}">${item.name}</a>`).join(' ')} <a href="${publication.forbidden}">${words.search}</a></div>`,
    '<div class="wrap" itemscope itemtype="https://schema.org/NewsArticle">',
    `<h1 itemprop="headline">${e(article.title)}</h1>`,
    `<div class="info">${article.authors.map((name) => `<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">${e(name)}</span></span>`).join(', ')}`,
    ` · <time itemprop="datePublished" datetime="${article.date}">${stamp}</time></div>`,
    `<div class="photo"><img itemprop="image" src="${article.image}" alt=""><span class="cap">${e(article.caption)}</span></div>`,
    `<div class="lead">${e(article.summary)}</div>`,
    '<div class="story-body" itemprop="articleBody">',
    ...article.paragraphs.map((text) => `<p>${e(text)}</p>`),
    '</div></div>',
    `<div class="tools">${words.share}: <a href="https://twitter.com/intent/tweet?url=${encodeURIComponent(origin + article.path)}">X</a> <a href="https://t.me/share/url?url=${encodeURIComponent(origin + article.path)}">Telegram</a></div>`,
    `<div class="topics">${article.tags.map((tag) => `<span class="topic">${e(tag)}</span>`).join(' ')}</div>`,
    `<div class="more"><h3>${words.related}</h3>`,
    ...related.map(
      (item) =>
        `<div class="teaser"><a href="${item.path}">${e(item.title)}</a><time datetime="${item.date}">${slashedDay(item.date)}</time></div>`,
    ),
    `</div><div class="talk"><h3>${words.comments}</h3>`,
    ...words.sampleComments.map(({ name, text, when }) => `<p><b>${name}</b> (${when}): ${text}</p>`),
    `</div><div class="bottom">${words.contact} © 2026</div>`,
    `<div class="notice">${words.cookies} <button>${words.accept}</button></div>\n</body></html>`,
  ]);
}
