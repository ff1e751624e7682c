/** Whether a page says what another address of its source has said: a copy, or a page that stands for many that are not there. */
import { createHash } from 'node:crypto';
import type { Article, PageDate, PageKind } from '@newsloom/model';
import type { Capture, FrontierUrl, Store } from '@newsloom/store';

/** What is known of the page that said the same first. */
export type Copy =
  /** The article is one that is known: its document's canonical URL. */
  | { kind: 'article'; canonicalUrl: string }
  /** The page that said it first has not been read to its end. */
  | { kind: 'being-read' }
  /** No article, and the same words and links stand at many addresses; the note says what that means. */
  | { kind: 'worthless'; note: 'soft-404' | 'same-content' };

/** Articles with less text than this may agree by chance, or be one line that stands on many pages; in characters. */
const LEAST_TEXT = 200;
/** The same page at so many addresses of a source are no page of their own: four may be a list that is empty today. */
const SAME_PAGES = 5;
/** Feeds are read for what they lead to; walls and errors may be gone tomorrow, and the article be there. */
const NOT_JUDGED: readonly PageKind[] = ['feed', 'sitemap', 'login', 'consent', 'error'];

/** Digest over what readers see, so that neither a changed advertisement nor other white space is a new version. */
export const contentDigest = ({
  title,
  date,
  authors,
  body,
}: Pick<Article, 'title' | 'authors' | 'body'> & { date: Pick<PageDate, 'value'> | null }): string =>
  createHash('sha256')
    .update(JSON.stringify([title, date?.value, authors, body]).replace(/(?:\s|\\[nrt])+/g, ' '))
    .digest('hex');

/**
 * Looks for the page that said the same before, and notes that this one says it.
 * @returns null for a page of its own, and for one that was read before
 */
export async function copyOf(
  page: { kind: PageKind; article: Article | null; browser?: string; gist?: string },
  url: Pick<FrontierUrl, 'id' | 'sourceId'>,
  capture: Pick<Capture, 'id' | 'digest'>,
  patterns: Pick<Store['patterns'], 'said'>,
): Promise<Copy | null> {
  const asked = { urlId: url.id, captureId: capture.id, sourceId: url.sourceId };
  if (page.article) {
    if (page.article.body.length < LEAST_TEXT) return null;
    const first = await patterns.said(asked, contentDigest(page.article));
    if (!first || first.urlId === url.id) return null;
    if (first.canonicalUrl === null) return first.isBeingRead ? { kind: 'being-read' } : null;
    return { kind: 'article', canonicalUrl: first.canonicalUrl };
  }
  // A page whose text is made by scripts has the same bytes at every address.
  if (page.browser !== undefined || NOT_JUDGED.includes(page.kind)) return null;
  // A page that is not there may have a number of its own on every visit: its words and links have none.
  const first = await patterns.said(asked, page.gist ? `gist ${page.gist}` : `bytes ${capture.digest}`);
  if (!first || first.urlId === url.id || first.urls < SAME_PAGES) return null;
  return { kind: 'worthless', note: page.kind === 'front' ? 'same-content' : 'soft-404' };
}
