/** Builds everything a publication serves out of its articles. */
import type { SiteArticle } from './article-file.ts';
import { atom, newsSitemap, robots, rss, sitemap, sitemapIndex } from './feeds.ts';
import type { Publication } from './publications.ts';
import { sectionOf } from './publications.ts';
import { type Resource, type Resources, textResource } from './resource.ts';
import { printable } from './templates/french.ts';
import { type ExtraLink, front } from './templates/front.ts';
import { TEMPLATES } from './templates/index.ts';
import { amp } from './templates/modern.ts';
import type { ArticlePage } from './templates/page.ts';
import { encodeWindows1258 } from './windows-1258.ts';

/** How many other articles a page lists as related. */
const RELATED_COUNT = 4;

/** One grey pixel: what every image of the site is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAFhAKBPzlnSAAAAABJRU5ErkJggg==',
  'base64',
);

/** A path on the daily that moved to the article it was the short address of. */
export const SHORT_LINK = '/r/104518';
/** A path the French paper still links although nothing is there. */
export const DEAD_LINK = '/societe/le-marche-flottant-de-cai-rang-sous-la-loupe/18002.html';
/** What the daily appends to the address of its newest story in the box at the side. */
export const TRACKING_QUERY = '?utm_source=trang-chu&utm_medium=box&utm_campaign=tin-nong';

/** The front page's links that are not plain addresses of its own articles. */
function extraLinks(publication: Publication, shown: SiteArticle[], partner: string | undefined): ExtraLink[] {
  const newest = shown[0];
  const extras: ExtraLink[] = [];
  if (publication.id === 'song-han') {
    if (newest) extras.push({ href: newest.path + TRACKING_QUERY, text: `Tin nóng: ${newest.title}` });
    extras.push({ href: SHORT_LINK, text: 'Đọc nhiều: vụ vảy tê tê ở cảng Lạch Huyện' });
  }
  if (publication.id === 'fil-du-mekong')
    extras.push({ href: DEAD_LINK, text: 'Archives : le marché flottant de Cai Rang sous la loupe' });
  if (partner) extras.push({ href: `${partner}/`, text: 'Lotus News Agency' });
  return extras;
}

function articleResource(page: ArticlePage): Resource {
  const { article, publication } = page;
  const html = TEMPLATES[sectionOf(publication, article.section).template](page);
  const modified = article.modified ?? article.date;
  if (article.charset === 'windows-1258')
    // No charset in the header: what it is stands only in the page.
    return { kind: 'body', type: 'text/html', body: encodeWindows1258(html), modified };
  return textResource('text/html', article.form === 'nfd' ? html.normalize('NFD') : html, modified);
}

/**
 * All resources of one publication, by path.
 * `origin` is where it is served, `partner` the origin of another publication its pages link.
 */
export function publicationResources(
  publication: Publication,
  articles: SiteArticle[],
  origin: string,
  partner: string | undefined,
): Resources {
  const resources: Resources = new Map();
  const served = { publication, origin, articles };
  const newest = articles.map((article) => article.modified ?? article.date).sort()[articles.length - 1] ?? '';

  for (const article of articles) {
    const others = articles.filter((other) => other !== article);
    const start = articles.indexOf(article);
    const related = others.slice(start).concat(others.slice(0, start)).slice(0, RELATED_COUNT);
    const page: ArticlePage = { publication, origin, article, related };
    resources.set(article.path, articleResource(page));
    resources.set(article.image, { kind: 'body', type: 'image/png', body: PIXEL, modified: article.date });
    if (article.wire && publication.id === 'song-han') {
      resources.set(`/amp${article.path}`, textResource('text/html', amp(page), article.date));
      resources.set(SHORT_LINK, { kind: 'moved', to: article.path });
    }
    if (article.wire && publication.id === 'fil-du-mekong')
      resources.set(`/imprimer${article.path}`, textResource('text/html', printable(page), article.date));
  }

  const shown = articles.filter((article) => !article.sectionOnly);
  const extras = extraLinks(publication, shown, partner);
  resources.set('/', textResource('text/html', front({ publication, articles: shown, extras }), newest));
  for (const section of publication.sections)
    resources.set(
      section.path,
      textResource('text/html', front({ publication, articles, extras: [], section }), newest),
    );
  resources.set(publication.forbidden, textResource('text/html', '<!doctype html><title>?</title>', newest));

  const { feed, sitemap: main, newsSitemap: news } = publication;
  if (feed?.kind === 'rss') resources.set(feed.path, textResource('application/rss+xml', rss(served), newest));
  if (feed?.kind === 'atom') resources.set(feed.path, textResource('application/atom+xml', atom(served), newest));
  if (news) {
    resources.set('/sitemap-articles.xml', textResource('application/xml', sitemap(served), newest));
    resources.set(main, textResource('application/xml', sitemapIndex(origin, ['/sitemap-articles.xml']), newest));
    resources.set(news, textResource('application/xml', newsSitemap(served), newest));
  } else {
    resources.set(main, textResource('application/xml', sitemap(served), newest));
  }
  resources.set('/robots.txt', textResource('text/plain', robots(served), newest));
  return resources;
}
