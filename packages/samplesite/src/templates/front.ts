/** Front page and section pages of a publication. */
import type { SiteArticle } from '../article-file.ts';
import { frenchDay, slashedDay } from '../dates.ts';
import { escapeText as e, lines } from '../html.ts';
import type { Publication, Section } from '../publications.ts';
import { WORDS } from './page.ts';

/** A link on a front page that is not the plain address of an article. */
export type ExtraLink = { href: string; text: string };

export type FrontPage = {
  publication: Publication;
  /** Shown on the page, newest first. */
  articles: SiteArticle[];
  /** Short links, tracking links, dead links, links to other publications. */
  extras: ExtraLink[];
  /** Absent on the front page itself. */
  section?: Section;
};

function teaser(publication: Publication, article: SiteArticle): string {
  const title = `<a href="${article.path}">${e(article.title)}</a>`;
  const image = `<a href="${article.path}"><img src="${article.image}" alt="" loading="lazy"></a>`;
  if (publication.lang === 'vi')
    return `<article class="item">${image}<h3>${title}</h3><span class="time">${slashedDay(article.date)}</span><p>${e(article.summary)}</p></article>`;
  if (publication.lang === 'fr')
    return `<div class="vignette">${image}<h2>${title}</h2><p>${e(article.summary)} <em>${frenchDay(article.date)}</em></p></div>`;
  return `<div class="row" lang="${article.lang}">${title} <time datetime="${article.date}">${slashedDay(article.date)}</time><div>${e(article.summary)}</div></div>`;
}

/** Writes a front page, or a section page where a section is given. */
export function front({ publication, articles, extras, section }: FrontPage): string {
  const words = WORDS[publication.lang];
  const { feed, sections } = publication;
  const title = section ? `${section.name} - ${publication.name}` : `${publication.name} - ${publication.tagline}`;
  const blocks = section ? [section] : sections;
  return lines([
    `<!DOCTYPE html>\n<html lang="${publication.lang}">\n<head><meta charset="utf-8"><title>${e(title)}</title>`,
    `<meta name="description" content="${e(publication.tagline)}"><meta property="og:type" content="website">`,
    feed
      ? `<link rel="alternate" type="application/${feed.kind}+xml" title="${e(publication.name)}" href="${feed.path}">`
      : '',
    `</head>\n<body><header><a href="/">${e(publication.name)}</a><nav>`,
    ...sections.map((item) => `<a href="${item.path}">${item.name}</a>`),
    `<a href="${publication.forbidden}?q=">${words.search}</a></nav></header><main>`,
    ...blocks.flatMap((block) => {
      const items = articles.filter((article) => article.section === block.id);
      if (items.length === 0) return [];
      return [
        `<section class="block"><h2><a href="${block.path}">${block.name}</a></h2>`,
        ...items.map((article) => teaser(publication, article)),
        '</section>',
      ];
    }),
    '<div class="extras"><ul>',
    ...extras.map(({ href, text }) => `<li><a href="${e(href)}">${e(text)}</a></li>`),
    `</ul></div></main><footer><p>${words.contact}</p></footer>`,
    `<div class="consent"><p>${words.cookies}</p><button>${words.accept}</button></div></body></html>`,
  ]);
}
