/** Reads one capture: its article becomes a document, its links are offered to the frontier. */
import { fold } from '@newsloom/enrich';
import { PARSER_VERSION } from '@newsloom/extract';
import { hostOf, patternOf, permissionsOf, type VisitBounds } from '@newsloom/frontier';
import { done, type Job, job, later, type Outcome, type Payload } from '@newsloom/jobs';
import { type Article, type CaptureId, type DocumentId, documentIdOf, type UrlId, urlIdOf } from '@newsloom/model';
import type { ReadContext, ReadResult } from '@newsloom/reader';
import type { SourceBook } from '@newsloom/service';
import {
  type ArticlePart,
  type Capture,
  type FrontierUrl,
  type PartsDocument,
  type Reach,
  type ReadingEnd,
  type Store,
  StoreError,
} from '@newsloom/store';
import { joinParts, partOf, partOffers } from './article-parts.ts';
import { type Asked, type AskTools, askBrowser } from './ask-browser.ts';
import { contentDigest, copyOf } from './copies.ts';
import type { ExcludedTally } from './excluded-tally.ts';
import { identityOf } from './identity.ts';
import { articleVisit, leadsOn, listVisit, otherVisit } from './plan-visit.ts';
import { changesOf, fieldsOf } from './readings.ts';
import { selectLinks } from './select-links.ts';
import { hostsToAdd, mainSource, passOn, scopeFor } from './speaks-for.ts';
import type { TrapBook } from './trap-book.ts';

/** Until a page is looked at again that had nothing of its own to say: sites change, and one visit in a month is cheap. */
const RETIRED_MS = 30 * 24 * 3_600_000;

/** How long a copy waits for the page it is a copy of. */
const COPY_WAITS_MS = 500;

export type ParseTools = {
  store: Pick<Store, 'captures' | 'frontier' | 'documents' | 'parts' | 'crawls' | 'revisits' | 'patterns'>;
  sources: Pick<SourceBook, 'for'>;
  /** Told of the links that are left out. */
  excluded: Pick<ExcludedTally, 'add'>;
  traps: Pick<TrapBook, 'trapOf' | 'judged'>;
  /** Reads a page where it can do no harm. */
  read: (bytes: Uint8Array, context: ReadContext) => Promise<ReadResult>;
  now: () => Date;
  /** Product token that publishers' directives are read for. */
  agent: string;
  /** What becomes of an article that its publisher wants in no index. */
  noindex: 'skip' | 'keep';
  /** What asking for a browser takes; null where none runs. */
  browser: AskTools | null;
};

export async function parseCapture({ captureId }: Payload<'parse'>, tools: ParseTools): Promise<Outcome> {
  const { store, now } = tools;
  const capture = await store.captures.find(captureId as CaptureId);
  const url = capture && (await store.frontier.find(capture.urlId));
  if (!capture || !url) return done('capture-expired');

  // Read once, and let go as its publisher wants: what came of it then is what there is.
  if (!capture.kept && !capture.reparseId) {
    await store.crawls.endRead(url.id, { reason: capture.note ?? 'not-kept', documentId: url.documentId }, now());
    return done('not-kept');
  }
  let { directives } = capture;
  let alsoRead: Job[] = [];
  const bytes = await store.captures.body(capture).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'body-lost') return null;
    throw error;
  });
  if (!bytes) return ended('body-lost');

  const settings = await tools.sources.for(url.sourceId);
  const read = await tools.read(bytes, {
    ...contextOf(capture, url, tools.agent),
    structured: true,
    ...(settings.rules && { rules: settings.rules }),
  });
  const page = asDocument(read, url.kind);
  if (page.kind === 'unreadable') return ended(`unreadable-${page.why}`, { changes: ['unreadable'] });
  directives = [...new Set([...directives, ...page.robots])];
  const may = permissionsOf(directives, now().getTime());
  // What this very capture gave before is asked only where somebody wants to know what has changed.
  const before = capture.reparseId && url.documentId ? await store.documents.find(url.documentId) : null;
  const changes = (article: Article | null) => (capture.reparseId ? changesOf(before, article) : []);

  const reach = await store.frontier.reach(url.id);
  const bounds: VisitBounds = {
    floorMs: settings.revisit?.floor,
    ceilingMs: settings.revisit?.ceiling,
    articles: settings.revisit?.articles,
  };
  const isWanted = url.isSeed || reach.crawls.some(({ seed }) => seed);
  const main = isWanted && page.kind === 'feed' ? mainSource(page.links) : null;
  const { site } = url.facts ?? {};
  const { offers, left, trapped } = selectLinks(
    { ...page, robots: directives, url: capture.url, sourceId: url.sourceId },
    main === null ? reach : await widened(reach, main),
    url.priority,
    scopeFor({ url: capture.url, site, main }, settings.scope ?? {}),
    tools.traps,
  );
  tools.excluded.add(url.sourceId, [...left, ...trapped]);
  if (trapped.length > 0) {
    const leftOut = trapped.map((it) => ({ ...it, id: urlIdOf(it.url), host: hostOf(it.url), sourceId: url.sourceId }));
    await store.patterns.leaveOut(leftOut, { foundOn: url.id, now: now() });
  }
  // What only one-shot crawls follow is not visited again by itself, and a capture read again teaches nothing new.
  const taught = reach.depthLeft !== null && url.watch.listedAt !== capture.fetchedAt.getTime();
  const list = taught && leadsOn(url, page, reach.depthLeft ?? 0);
  const found = list ? await store.revisits.countUnknown(offers.map((offer) => offer.id)) : 0;
  const leads = !page.article && !capture.reparseId && (await leadsElsewhere());
  const further =
    page.article && may.follow ? partOffers({ url, sourceId: url.sourceId, links: page.links }, reach) : [];
  const parts = new Set(further.map((offer) => offer.id));
  const offered = [...offers.filter((offer) => !parts.has(offer.id)), ...further];
  const readAgain = await store.frontier.offer(passOn(offered, site), { foundOn: url.id, now: now() });
  alsoRead = readAgain.filter((id) => id !== capture.id).map((id) => job('parse', { captureId: id }));
  if (list) {
    const { watch, next } = listVisit(url, page, found, capture.fetchedAt, bounds);
    await store.revisits.note(url.id, capture.fetchedAt, watch, next);
  } else if (taught && (!page.article || (!may.index && tools.noindex === 'skip'))) {
    await store.revisits.note(url.id, capture.fetchedAt, url.watch, otherVisit(url, capture.fetchedAt, bounds));
  }
  if (!page.article && page.browser && tools.browser && !capture.rendered && !capture.reparseId) {
    const asked = await askBrowser(capture, url, page.browser, settings, tools.browser);
    if (asked) return handedOn(asked);
  }
  if (page.article && url.facts?.partOf && url.facts.part && (may.index || tools.noindex === 'keep')) {
    return readPart(page.article, urlIdOf(url.facts.partOf), url.facts.part);
  }
  const copy = capture.reparseId ? null : await copyOf(page, url, capture, store.patterns);
  // The same article is being read from another address this moment: once it is a document, this is a copy of it.
  if (copy?.kind === 'being-read') return later(COPY_WAITS_MS, 'copy-waits');
  if (!capture.reparseId) {
    const gave = { article: page.article !== null && copy === null, leads, copy: copy !== null };
    await tools.traps.judged({ url: url.url, urlId: url.id, captureId: capture.id }, gave);
  }
  if (copy?.kind === 'worthless') {
    await store.patterns.retire(url.id, copy.note, new Date(now().getTime() + RETIRED_MS));
    return ended(copy.note, { changes: changes(null) });
  }
  if (!page.article || url.kind === 'section')
    return ended(page.note ?? (page.kind === 'article' ? 'section' : page.kind), { changes: changes(null) });

  if (!may.index && tools.noindex === 'skip') return ended('noindex', { changes: changes(null) });

  const canonicalUrl =
    copy?.kind === 'article' ? copy.canonicalUrl : await identity(url, page.canonicalUrl, page.article);
  const documentId = documentIdOf(canonicalUrl);
  const article = further.length > 0 ? await withParts(page.article) : page.article;
  const { enriched, change } = await store.documents.upsert(
    {
      id: documentId,
      urlId: url.id,
      sourceId: url.sourceId,
      captureId: capture.id,
      url: capture.url,
      canonicalUrl,
      article,
      parserVersion: PARSER_VERSION,
      fetchedAt: capture.fetchedAt,
      contentDigest: contentDigest(article),
      ...(taught && !list && { visit: articleVisit(url, article, capture.fetchedAt, bounds) }),
      search: { title: fold(article.title ?? ''), body: fold(article.body) },
    },
    now(),
  );
  const notes = { new: 'article', changed: 'article', same: 'same-article', duplicate: 'duplicate' } as const;
  const joined = further.length > 0 && (await joinPages(documentId, url.id));
  const gave = { fields: fieldsOf(article), changes: changes(article) };
  return ended(notes[change], gave, documentId, !enriched || joined);

  /** The article with the text of its further pages, as far as they were read. */
  async function withParts(own: Article): Promise<Article> {
    const first = url?.id as UrlId;
    await store.parts.save(first, partOf(own, 1, first));
    const { body, structure } = joinParts(await store.parts.of(first));
    return { ...own, body, ...(structure && { structure }) };
  }

  /** Keeps a further page of an article, and gives the document of the first page the text of all. */
  async function readPart(own: Article, first: UrlId, part: number): Promise<Outcome> {
    await store.parts.save(first, partOf(own, part, url?.id as UrlId));
    const documentId = (await store.frontier.find(first))?.documentId ?? null;
    const joined = documentId !== null && (await joinPages(documentId, first));
    return ended('part-of-article', { fields: fieldsOf(own) }, documentId, joined);
  }

  /** Whichever is written last, a page or its document, finds the other there. */
  function joinPages(documentId: DocumentId, first: UrlId): Promise<boolean> {
    const whole = ({ title, date, authors }: PartsDocument, pages: ArticlePart[]) => {
      if (pages[0]?.part !== 1) return null;
      const { body, structure } = joinParts(pages);
      const digest = contentDigest({ title, date: date ? { value: date } : null, authors, body });
      return { body, structure, contentDigest: digest, search: { title: fold(title ?? ''), body: fold(body) } };
    };
    return store.parts.join(documentId, first, whole, now());
  }

  /** The capture is read, but its page has not ended: a browser goes on with it. */
  async function handedOn({ note, next }: Asked): Promise<Outcome> {
    if (!capture || !url) return done(note);
    const reading = { parsed: 'done', note, parserVersion: PARSER_VERSION, at: now() } as const;
    await store.captures.markParsed(capture.id, { ...reading, sourceId: url.sourceId, directives });
    return done(note, ...next, ...alsoRead);
  }

  async function ended(
    note: string,
    gave: Pick<ReadingEnd, 'fields' | 'changes'> = {},
    document: DocumentId | null = null,
    enrich = false,
  ): Promise<Outcome> {
    const at = now();
    if (!capture || !url) return done(note);
    const reading = { parsed: 'done', note, parserVersion: PARSER_VERSION, at, sourceId: url.sourceId } as const;
    await store.captures.markParsed(capture.id, { ...reading, ...gave, directives });
    await store.crawls.endRead(url.id, { reason: note, documentId: document }, at);
    if (!permissionsOf(directives, at.getTime()).archive) await store.captures.forget(capture);
    return done(note, document && enrich ? job('enrich', { documentId: document }) : null, ...alsoRead);
  }

  /** True for a page that leads to addresses nobody knew, and that are of another shape than its own. */
  async function leadsElsewhere(): Promise<boolean> {
    const shape = patternOf(url?.url ?? '');
    const others = offers.filter((offer) => patternOf(offer.url) !== shape).map((offer) => offer.id);
    return others.length > 0 && (await store.revisits.countUnknown(others)) > 0;
  }

  /** Takes the hosts of a feed's items up into the one-shot crawls that were asked for this feed. */
  async function widened(from: Reach, main: string): Promise<Reach> {
    const links = page.kind === 'unreadable' ? [] : page.links;
    const crawls: Reach['crawls'] = [];
    for (const crawl of from.crawls) {
      const hosts = crawl.seed ? hostsToAdd(links, main, crawl) : [];
      for (const host of hosts) await store.crawls.widen(crawl.crawlId, host);
      crawls.push({ ...crawl, scope: { ...crawl.scope, hosts: [...crawl.scope.hosts, ...hosts] } });
    }
    return { ...from, crawls };
  }

  /** A canonical address that already carries another article is not believed. */
  async function identity(from: FrontierUrl, named: string | null, article: Article): Promise<string> {
    const canonical = identityOf(from.url, named);
    if (canonical === from.url) return canonical;
    const there = await store.documents.find(documentIdOf(canonical));
    return !there || there.urlId === from.id || there.title === article.title ? canonical : from.url;
  }
}

/**
 * A page as far as it may become a document: only articles do, and what is no article by itself (a live report, a gallery)
 * where somebody named its address as one. Errors and walls never are, whoever named them.
 */
export function asDocument(page: ReadResult, kind: FrontierUrl['kind']): ReadResult {
  if (page.kind === 'unreadable' || page.article === null || page.kind === 'article') return page;
  return kind === 'article' && (page.kind === 'live' || page.kind === 'gallery') ? page : { ...page, article: null };
}

const contextOf = (capture: Capture, url: FrontierUrl, agent: string): ReadContext => ({
  url: capture.url,
  contentType: capture.contentType,
  xRobotsTag: capture.xRobotsTag,
  agent,
  fetchedAt: capture.fetchedAt.toISOString(),
  ...(url.facts && { facts: url.facts }),
  ...(url.kind === 'article' && { asArticle: true }),
});
