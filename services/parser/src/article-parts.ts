/** Joins the pages of one article: each is kept as its own, and the document of the first has the text of all. */
import { canonicalize, hostOf, partOfLink, WHOLE_ARTICLE } from '@newsloom/frontier';
import type { Article, BodyPart, Outlink, SourceId, UrlId } from '@newsloom/model';
import { urlIdOf } from '@newsloom/model';
import type { ArticlePart, FrontierUrl, Offer, Reach } from '@newsloom/store';

/** A page that repeats this share of the first one's paragraphs holds the same text with other comments beneath. */
const REPEATED = 0.5;

/** The first page of the article that a URL belongs to, as far as an earlier page said; its own where none did. */
export const firstPageOf = ({ url, facts }: Pick<FrontierUrl, 'url' | 'facts'>): string => facts?.partOf ?? url;

/**
 * The further pages of an article that one of its pages links to, to be followed wherever the article is; where one of them
 * has the whole text, that one alone.
 */
export function partOffers(
  page: { url: Pick<FrontierUrl, 'url' | 'facts' | 'priority'>; sourceId: SourceId; links: readonly Outlink[] },
  reach: Reach,
): Offer[] {
  const first = firstPageOf(page.url);
  const own = page.url.facts?.part ?? 1;
  if (own === WHOLE_ARTICLE) return [];
  const offers = new Map<string, Offer>();
  for (const link of page.links) {
    const url = link.nofollow ? null : canonicalize(link.url, page.url.url);
    const part =
      url === null || url === page.url.url || url === first ? null : partOfLink(first, own, { ...link, url });
    if (url === null || part === null || offers.has(url)) continue;
    offers.set(url, {
      id: urlIdOf(url),
      url,
      host: hostOf(url),
      sourceId: page.sourceId,
      kind: 'article',
      priority: page.url.priority,
      depthLeft: reach.depthLeft === null ? null : 0,
      redirects: 0,
      facts: { partOf: first, part },
      crawls: reach.crawls.map((crawl) => ({ crawlId: crawl.crawlId, depthLeft: 0, seed: false })),
    });
  }
  const found = [...offers.values()];
  const whole = found.filter((offer) => offer.facts?.part === WHOLE_ARTICLE);
  return whole.length > 0 ? whole.slice(0, 1) : found;
}

/** The pages as one text, as far as they follow each other without a gap; that of the page with the whole text where it has. */
export function joinParts(parts: readonly ArticlePart[]): Pick<ArticlePart, 'body' | 'structure'> {
  const [first, ...rest] = parts;
  if (!first) return { body: '', structure: null };
  const known = new Set(paragraphsOf(first.body));
  const whole = rest.find((it) => it.part === WHOLE_ARTICLE);
  // A page that promised the whole and has not even the beginning is something else.
  if (whole && whole.body.length > first.body.length && repeats(whole.body, known)) {
    return { body: whole.body, structure: whole.structure };
  }
  let { body } = first;
  let structure: BodyPart[] | null = first.structure && [...first.structure];
  for (const [at, it] of rest.entries()) {
    if (it.part !== at + 2) break;
    const own = paragraphsOf(it.body);
    if (own.length === 0 || own.filter((one) => known.has(one)).length >= REPEATED * own.length) continue;
    const shift = body.length + 2;
    body += `\n\n${it.body}`;
    structure =
      structure && it.structure ? [...structure, ...it.structure.map((part) => moved(part, shift, at + 1))] : null;
    for (const one of own) known.add(one);
  }
  return { body, structure };
}

/** Whether a text has most of these paragraphs. */
function repeats(body: string, known: ReadonlySet<string>): boolean {
  const own = new Set(paragraphsOf(body));
  return [...known].filter((one) => own.has(one)).length >= REPEATED * known.size;
}

const paragraphsOf = (body: string): string[] => body.split(/\n{2,}/).filter((one) => one.trim() !== '');

/** A part of a body further down; containers of different pages are different ones. */
function moved(part: BodyPart, by: number, page: number): BodyPart {
  const inside = part.inside.map((it) => ({ ...it, id: it.id + page * 1_000_000 }));
  const at = { start: part.start + by, end: part.end + by, inside };
  if (part.kind === 'image') return { ...part, ...at };
  return { ...part, ...at, marks: part.marks.map((mark) => ({ ...mark, start: mark.start + by, end: mark.end + by })) };
}

/** What a page of an article is kept as. */
export const partOf = (article: Article, part: number, urlId: UrlId): ArticlePart => ({
  part,
  urlId,
  body: article.body,
  structure: article.structure ?? null,
});
