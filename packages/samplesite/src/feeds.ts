/** RSS and Atom feeds, sitemaps and robots.txt of a publication. */
import type { SiteArticle } from './article-file.ts';
import { httpDate } from './dates.ts';
import { escapeText as e, lines } from './html.ts';
import type { Publication } from './publications.ts';

/** A publication where it is served, with its articles, newest first. */
export type Served = { publication: Publication; origin: string; articles: SiteArticle[] };

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** RSS 2.0. */
export function rss({ publication, origin, articles }: Served): string {
  return lines([
    DECLARATION,
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
    `<title>${e(publication.name)}</title><link>${origin}/</link><description>${e(publication.tagline)}</description>`,
    `<language>${publication.lang}</language>`,
    `<atom:link href="${origin}${publication.feed?.path}" rel="self" type="application/rss+xml"/>`,
    ...articles.flatMap((article) => [
      `<item><title>${e(article.title)}</title><link>${e(origin + article.path)}</link>`,
      `<guid isPermaLink="true">${e(origin + article.path)}</guid><pubDate>${httpDate(article.date)}</pubDate>`,
      ...article.authors.map((name) => `<dc:creator>${e(name)}</dc:creator>`),
      `<description><![CDATA[<img src="${origin}${article.image}"> ${article.summary}]]></description></item>`,
    ]),
    '</channel></rss>',
  ]);
}

/** Atom 1.0 (RFC 4287). */
export function atom({ publication, origin, articles }: Served): string {
  return lines([
    DECLARATION,
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${publication.lang}"><title>${e(publication.name)}</title>`,
    `<id>${origin}/</id><link href="${origin}/"/><link rel="self" href="${origin}${publication.feed?.path}"/>`,
    `<updated>${new Date(articles[0]?.date ?? 0).toISOString()}</updated>`,
    ...articles.flatMap((article) => [
      `<entry><title>${e(article.title)}</title><id>${e(origin + article.path)}</id>`,
      `<link rel="alternate" type="text/html" href="${e(article.path)}"/>`,
      `<published>${new Date(article.date).toISOString()}</published>`,
      `<updated>${new Date(article.modified ?? article.date).toISOString()}</updated>`,
      ...article.authors.map((name) => `<author><name>${e(name)}</name></author>`),
      `<summary>${e(article.summary)}</summary></entry>`,
    ]),
    '</feed>',
  ]);
}

/** Sitemap of all articles (sitemaps.org 0.9). */
export function sitemap({ origin, articles }: Served): string {
  return lines([
    DECLARATION,
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...articles.map(
      (article) =>
        `<url><loc>${e(origin + article.path)}</loc><lastmod>${article.modified ?? article.date}</lastmod></url>`,
    ),
    '</urlset>',
  ]);
}

/** Sitemap index that names the given sitemaps. */
export function sitemapIndex(origin: string, paths: string[]): string {
  return lines([
    DECLARATION,
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...paths.map((path) => `<sitemap><loc>${origin}${path}</loc></sitemap>`),
    '</sitemapindex>',
  ]);
}

/** News sitemap: title, date and language of each article. */
export function newsSitemap({ publication, origin, articles }: Served): string {
  return lines([
    DECLARATION,
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">',
    ...articles.flatMap((article) => [
      `<url><loc>${e(origin + article.path)}</loc><news:news>`,
      `<news:publication><news:name>${e(publication.name)}</news:name><news:language>${article.lang}</news:language></news:publication>`,
      `<news:publication_date>${article.date}</news:publication_date><news:title>${e(article.title)}</news:title></news:news></url>`,
    ]),
    '</urlset>',
  ]);
}

/** robots.txt (RFC 9309): one forbidden path, no delay, the sitemaps. */
export function robots({ publication, origin }: Pick<Served, 'publication' | 'origin'>): string {
  const { forbidden, sitemap: main, newsSitemap: news } = publication;
  return `${lines([
    'User-agent: *',
    `Disallow: ${forbidden}`,
    'Crawl-delay: 0',
    '',
    `Sitemap: ${origin}${main}`,
    ...(news ? [`Sitemap: ${origin}${news}`] : []),
  ])}\n`;
}
