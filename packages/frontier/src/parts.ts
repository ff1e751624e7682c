/** Tells the next page of the same article from the next article, by the addresses alone. */

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
