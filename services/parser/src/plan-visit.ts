/** When a page comes back, now that it is known what it is: pure. */
import { afterListRead, articleMoment, articleWait, isList, listKind, type VisitBounds } from '@newsloom/frontier';
import type { Article, Outlink, PageKind, Watch } from '@newsloom/model';
import type { FrontierUrl, NewDocument, NextVisit } from '@newsloom/store';

/** Kinds of page that lead to others. */
const LISTS = new Set<PageKind>(['front', 'feed', 'sitemap']);

/**
 * True for a page that is visited for its links. What was once found to be a list stays one, whatever it looks like today.
 * @param depthLeft link hops followed from it for good
 */
export function leadsOn(
  url: Pick<FrontierUrl, 'kind' | 'watch' | 'isSeed'>,
  page: { kind: PageKind; article: Article | null },
  depthLeft: number,
): boolean {
  if (isList(url)) return true;
  if (url.kind === 'article' || page.article) return false;
  return LISTS.has(page.kind) || url.isSeed || depthLeft > 0;
}

/** The next visit of a list, of whose links `found` were new. */
export function listVisit(
  url: Pick<FrontierUrl, 'kind' | 'intervalMs' | 'watch'>,
  page: { kind: PageKind; links: readonly Outlink[] },
  found: number,
  fetchedAt: Date,
  bounds: VisitBounds,
): { watch: Watch; next: NextVisit } {
  const nowMs = fetchedAt.getTime();
  const dates = page.kind === 'feed' ? page.links.map((link) => Date.parse(link.facts?.date ?? '')) : [];
  const list = page.kind === 'front' ? 'section' : page.kind === 'feed' || page.kind === 'sitemap' ? page.kind : null;
  const known: Watch = { ...url.watch, ...(list && { list }) };
  const dated = dates.filter((at) => !Number.isNaN(at));
  const { waitMs, watch } = afterListRead(
    { kind: listKind({ kind: url.kind, watch: known }), nowMs, intervalMs: url.intervalMs, watch: known, bounds },
    found,
    dated,
  );
  return { watch, next: { dueAt: new Date(nowMs + waitMs), intervalMs: waitMs } };
}

/** The next visit of a page that is neither list nor article: it may become one while it is fresh. */
export function otherVisit(
  url: Pick<FrontierUrl, 'articleAt' | 'isSeed' | 'watch'>,
  fetchedAt: Date,
  bounds: VisitBounds,
): NextVisit {
  const articleAtMs = (url.articleAt ?? fetchedAt).getTime();
  return nextOf(fetchedAt, { articleAtMs, revisedAtMs: url.watch.revisedAt ?? null, isSeed: url.isSeed, bounds });
}

/** When an article was published, and when its page comes back. */
export function articleVisit(
  url: Pick<FrontierUrl, 'articleAt' | 'isSeed' | 'watch'>,
  article: Pick<Article, 'date'>,
  fetchedAt: Date,
  bounds: VisitBounds,
): NonNullable<NewDocument['visit']> {
  const found = (url.articleAt ?? fetchedAt).getTime();
  const articleAtMs = articleMoment(article.date?.value ?? null, found);
  const it = { articleAtMs, isSeed: url.isSeed, bounds };
  return {
    articleAt: new Date(articleAtMs),
    next: {
      same: nextOf(fetchedAt, { ...it, revisedAtMs: url.watch.revisedAt ?? null }),
      changed: nextOf(fetchedAt, { ...it, revisedAtMs: fetchedAt.getTime() }),
    },
  };
}

function nextOf(fetchedAt: Date, it: Omit<Parameters<typeof articleWait>[0], 'nowMs'>): NextVisit {
  const waitMs = articleWait({ ...it, nowMs: fetchedAt.getTime() });
  return waitMs === 'never'
    ? { dueAt: null, intervalMs: 0 }
    : { dueAt: new Date(fetchedAt.getTime() + waitMs), intervalMs: waitMs };
}
