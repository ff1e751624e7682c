/** Tells the next page of the same article from the next article: by the addresses, and by what links to it say. */

/** Pages of one article at most; longer ones are books, or a calendar. */
const MOST_PARTS = 30;

/** Where the number of a page stands in an address, the surest way first: in the query, as a path, before the ending. */
const NUMBERS = [
  /[?&](?:page|pg|p|seite|trang|pagina|part)=(\d{1,2})(?=&|$)/i,
  /\/(?:page|seite|trang|p)[/-]?(\d{1,2})(?=\/?$)/i,
  /[-_/,](?:p(?:age)?|trang)?(\d{1,2})(?=(?:\.[a-z]{2,5})?\/?$)/i,
];

/**
 * The number of the page that `to` is of the article at `first`, or null where it is none: without its number it must be
 * the very address of the first page.
 * @param first canonical URL of the article's first page
 * @param to canonical URL of a link on one of its pages
 */
export function partNumber(first: string, to: string): number | null {
  for (const number of NUMBERS) {
    const match = number.exec(to);
    const part = Number(match?.[1]);
    if (!match || part < 2 || part > MOST_PARTS) continue;
    const without = to.slice(0, match.index) + to.slice(match.index + match[0].length);
    if (bare(without) === bare(first)) return part;
  }
  return null;
}

/** Without what a query or path leaves behind when its number is taken out. */
const bare = (url: string): string => url.replace(/\?&/, '?').replace(/[?&/]+$/, '');

/** The number that the page with the whole article on it is kept under: no article has so many pages. */
export const WHOLE_ARTICLE = 1_000;

/** A link as the page has it; `url` canonical. */
export type PagerLink = { url: string; text: string; rel: string };

/** What a link to the whole article on one page says. */
const WHOLE_TEXT =
  /^\W{0,3}(?:(?:view|show|read)(?: it)?(?: all| as| on| in)?(?: a| one)? (?:single|one) page|single[- ]page(?: view)?|(?:view|show) all(?: pages)?|(?:read|view) (?:the )?(?:full|whole|entire) (?:article|story)|all pages|(?:alles |artikel )?auf einer seite(?: lesen| anzeigen)?|ganzen artikel (?:lesen|anzeigen)|toutes les pages|(?:lire |afficher )?(?:l['’]article (?:complet|entier)|sur une (?:seule )?page|en une (?:seule )?page)|en una sola página|ver (?:todo|artículo completo|todas las páginas)|in un['’]unica pagina|tutto (?:l['’]articolo|in una pagina)|op één pagina|na jednej stronie|xem (?:tất cả|toàn bộ|một trang)|đọc toàn bộ|toàn bài|на одной странице|показать все страницы|全文(?:を読む|阅读|閱讀)?|ページ全文)\W{0,3}$/iu;
/** The same in an address, where the path is the article's own. */
const WHOLE_ADDRESS =
  /[?&](?:page|pagewanted|view|seite|p)=(?:all|full|single|komplett|alles|print_all)(?=&|$)|[?&](?:single|all|onepage|singlepage)=(?:1|true|yes)(?=&|$)|\/(?:all|single-?page|komplettansicht|fullpage)\/?$/i;
/** What a link to one page of several says: its number, alone or in "page 2 of 3". */
const PAGE_TEXT =
  /^\W{0,3}(?:(?:page|part|seite|teil|trang|phần|página|pagina|parte|strona|страница|стр\.?|część|sayfa|halaman|第)\s{0,3})?(\d{1,2})(?:\s{0,3}(?:ページ|页|頁|페이지))?(?:\s{0,3}(?:\/|of|von|sur|de|di|z|из|trên)\s{0,3}\d{1,2})?\W{0,3}$/iu;
/** Comments have pages too, and so have answers to a poll. */
const NOT_OF_THE_TEXT =
  /comment|kommentar|commentaire|comentario|binh-?luan|reply|replies|forum|cpage|feed|\/amp(?:\/|$)|print/i;
/** Shortest path that names an article rather than a section. */
const MIN_PATH = 8;

/**
 * The part of an article that a link on one of its pages leads to: its number, `WHOLE_ARTICLE` for the page that has the whole
 * text, or null for none. What the link says counts only where the address begins as the article's own.
 *
 * @param first canonical URL of the article's first page
 * @param current number of the page that the link stands on
 */
export function partOfLink(first: string, current: number, link: PagerLink): number | null {
  const rest = beyond(first, link.url);
  if (rest === null || NOT_OF_THE_TEXT.test(rest)) return null;
  if (WHOLE_ADDRESS.test(rest) || (rest !== '' && WHOLE_TEXT.test(link.text))) return WHOLE_ARTICLE;
  const byAddress = partNumber(first, link.url);
  if (byAddress !== null) return byAddress;
  // A number must stand in the address too: "2" alone may be a footnote.
  if (!/\d/.test(rest)) return null;
  const said = Number(PAGE_TEXT.exec(link.text)?.[1] ?? 0);
  const part = said > 0 ? said : link.rel === 'next' ? current + 1 : 0;
  return part >= 2 && part <= MOST_PARTS ? part : null;
}

/** What an address has beyond that of an article, null where it is not one of its pages by path. */
function beyond(first: string, url: string): string | null {
  const [from, to] = [new URL(first), new URL(url)];
  if (from.origin !== to.origin) return null;
  // What names the article in its query must name it there too.
  for (const [name, value] of from.searchParams) if (to.searchParams.get(name) !== value) return null;
  const stem = from.pathname.replace(/(?:\.[a-z]{2,5})?\/?$/i, '');
  if (stem.length < MIN_PATH || !to.pathname.startsWith(stem)) return to.pathname === from.pathname ? to.search : null;
  const rest = to.pathname.slice(stem.length);
  // The next article of a row of articles has another number right behind the same words.
  if (/^\d/.test(rest)) return null;
  return rest.replace(/^\.[a-z]{2,5}(?=\/?$)/i, '') + to.search;
}
