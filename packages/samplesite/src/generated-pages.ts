/** Writes the pages of a generated site: articles of a given size, and the fronts that link them. */
import { escapeText as e, lines, scriptJson } from './html.ts';
import { proseFrom, randomFrom } from './prose.ts';

/** 2026-01-01T00:00:00+07:00: the first generated article; each later one is a quarter of an hour younger. */
const FIRST_ARTICLE_MS = Date.UTC(2025, 11, 31, 17);
const ARTICLE_EVERY_MS = 15 * 60_000;

/** Characters of article text on a page: about the 1,200 words of an ordinary report. */
const TEXT_CHARS = 6_000;

/** Articles linked by one front page. */
export const FRONT_SIZE = 50;

/** What is true of one generated article. */
export type GeneratedArticle = { path: string; title: string; date: string; author: string; paragraphs: string[] };

/** Address of an article's page on its host. */
export const articlePath = (index: number): string => `/bai/${String(index).padStart(6, '0')}-ban-tin.html`;

/** Address of a front page; the first one is `/`. */
export const frontPath = (page: number): string => (page === 0 ? '/' : `/trang/${page + 1}`);

/** The article of an index, the same at every call. */
export function generatedArticle(index: number): GeneratedArticle {
  const prose = proseFrom(randomFrom(index * 7919 + 17));
  const paragraphs: string[] = [];
  for (let length = 0; length < TEXT_CHARS; length += paragraphs.at(-1)?.length ?? 0)
    paragraphs.push(prose.paragraph());
  const local = new Date(FIRST_ARTICLE_MS + index * ARTICLE_EVERY_MS + 7 * 3_600_000).toISOString().slice(0, 19);
  return {
    path: articlePath(index),
    title: `${prose.title()} (${index})`,
    date: `${local}+07:00`,
    author: prose.person(),
    paragraphs,
  };
}

/** Furniture until a page weighs what was asked: menus of words, styles and an inline state, as real pages carry. */
function furniture(bytes: number, random: () => number): string {
  const parts: string[] = [];
  for (let size = 0; size < bytes; ) {
    const id = Math.floor(random() * 1e9).toString(36);
    const part =
      random() < 0.5
        ? `<li class="menu-item menu-${id}"><span class="icon icon-${id}"></span><span class="label">Mục ${id}</span></li>`
        : `<div class="box box-${id}" data-slot="${id}" style="display:none"><span></span><i class="q-${id}"></i></div>`;
    parts.push(part);
    size += Buffer.byteLength(part) + 1;
  }
  return lines(parts);
}

/** The page of an article, filled up to about `bytes` bytes of HTML. */
export function articlePage(index: number, origin: string, bytes: number): string {
  const { path, title, date, author, paragraphs } = generatedArticle(index);
  const data = scriptJson({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    datePublished: date,
    author: [{ '@type': 'Person', name: author }],
    mainEntityOfPage: origin + path,
  });
  const head = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${e(title)}</title><link rel="canonical" href="${origin}${path}"><script type="application/ld+json">${data}</script></head><body>`;
  const body = lines([
    `<article><h1>${e(title)}</h1><time datetime="${date}">${date.slice(0, 10)}</time><p class="author">${e(author)}</p>`,
    ...paragraphs.map((text) => `<p>${e(text)}</p>`),
    '</article>',
  ]);
  const missing = Math.max(0, bytes - Buffer.byteLength(head) - Buffer.byteLength(body) - 80);
  const random = randomFrom(index + 1);
  const menu = furniture(missing * 0.4, random);
  const below = furniture(missing * 0.6, random);
  return `${head}<nav><ul>\n${menu}</ul></nav>\n${body}\n<aside>${below}</aside></body></html>`;
}

/** A front page that links its share of a host's articles and the next front page. */
export function frontPage(indexes: number[], page: number, last: boolean): string {
  return lines([
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang tin thử tải</title></head><body><ul>',
    ...indexes.map((index) => `<li><a href="${articlePath(index)}">${e(generatedArticle(index).title)}</a></li>`),
    `</ul>${last ? '' : `<a rel="next" href="${frontPath(page + 1)}">Trang sau</a>`}</body></html>`,
  ]);
}
