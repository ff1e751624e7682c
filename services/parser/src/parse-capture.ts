/** Reads one capture: its article becomes a document, its links are offered to the frontier. */
import { createHash } from 'node:crypto';
import { fold } from '@newsloom/enrich';
import { PARSER_VERSION } from '@newsloom/extract';
import { done, type Job, job, type Outcome, type Payload } from '@newsloom/jobs';
import { type Article, type CaptureId, type DocumentId, documentIdOf } from '@newsloom/model';
import { type Capture, type FrontierUrl, type Store, StoreError } from '@newsloom/store';
import { identityOf } from './identity.ts';
import type { ReadContext, ReadResult } from './read-protocol.ts';
import { selectLinks } from './select-links.ts';

export type ParseTools = {
  store: Pick<Store, 'captures' | 'frontier' | 'documents' | 'crawls'>;
  /** Reads a page where it can do no harm. */
  read: (bytes: Uint8Array, context: ReadContext) => Promise<ReadResult>;
  now: () => Date;
};

export async function parseCapture({ captureId }: Payload<'parse'>, tools: ParseTools): Promise<Outcome> {
  const { store, now } = tools;
  const capture = await store.captures.find(captureId as CaptureId);
  const url = capture && (await store.frontier.find(capture.urlId));
  if (!capture || !url) return done('capture-expired');

  let alsoRead: Job[] = [];
  const bytes = await store.captures.body(capture).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'body-lost') return null;
    throw error;
  });
  if (!bytes) return ended('body-lost');

  const page = await tools.read(bytes, contextOf(capture, url));
  if (page.kind === 'unreadable') return ended(`unreadable-${page.why}`);

  const offers = selectLinks(
    { ...page, url: capture.url, sourceId: url.sourceId },
    await store.frontier.reach(url.id),
    url.priority,
  );
  const readAgain = await store.frontier.offer(offers, { foundOn: url.id, now: now() });
  alsoRead = readAgain.filter((id) => id !== capture.id).map((id) => job('parse', { captureId: id }));
  if (!page.article || url.kind === 'section')
    return ended(page.note ?? (page.kind === 'article' ? 'section' : page.kind));

  const canonicalUrl = await identity(url, page.canonicalUrl, page.article);
  const documentId = documentIdOf(canonicalUrl);
  const { enriched, change } = await store.documents.upsert(
    {
      id: documentId,
      urlId: url.id,
      sourceId: url.sourceId,
      captureId: capture.id,
      url: capture.url,
      canonicalUrl,
      article: page.article,
      parserVersion: PARSER_VERSION,
      fetchedAt: capture.fetchedAt,
      contentDigest: contentDigest(page.article),
      search: { title: fold(page.article.title ?? ''), body: fold(page.article.body) },
    },
    now(),
  );
  const notes = { new: 'article', changed: 'article', same: 'same-article', duplicate: 'duplicate' } as const;
  return ended(notes[change], documentId, !enriched);

  async function ended(note: string, document: DocumentId | null = null, enrich = false): Promise<Outcome> {
    const at = now();
    if (!capture || !url) return done(note);
    await store.captures.markParsed(capture.id, { parsed: 'done', note, parserVersion: PARSER_VERSION, at });
    await store.crawls.endRead(url.id, { reason: note, documentId: document }, at);
    return done(note, document && enrich ? job('enrich', { documentId: document }) : null, ...alsoRead);
  }

  /** A canonical address that already carries another article is not believed. */
  async function identity(from: FrontierUrl, named: string | null, article: Article): Promise<string> {
    const canonical = identityOf(from.url, named);
    if (canonical === from.url) return canonical;
    const there = await store.documents.find(documentIdOf(canonical));
    return !there || there.urlId === from.id || there.title === article.title ? canonical : from.url;
  }
}

const contextOf = (capture: Capture, url: FrontierUrl): ReadContext => ({
  url: capture.url,
  contentType: capture.contentType,
  xRobotsTag: capture.xRobotsTag,
  fetchedAt: capture.fetchedAt.toISOString(),
  ...(url.facts && { facts: url.facts }),
  ...(url.kind === 'article' && { asArticle: true }),
});

/** Digest over what readers see, so that a changed advertisement is not a new version. */
const contentDigest = (article: Article): string =>
  createHash('sha256')
    .update(JSON.stringify([article.title, article.date?.value, article.authors, article.body]))
    .digest('hex');
