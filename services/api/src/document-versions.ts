/** Versions of a document, and what changed from one to another. */
import { type DiffPart, diffText, diffWords } from '@newsloom/enrich';
import type { DocumentId } from '@newsloom/model';
import type { Document, Store } from '@newsloom/store';

type Documents = Pick<Store, 'documents'>;

/** One version, without its text. */
export type VersionLine = {
  version: number;
  title: string | null;
  date: string | null;
  authors: string[];
  words: number;
  captureId: string | null;
  /** Until when it stood; null: it is the one that stands. */
  replacedAt: Date | null;
};

/** What changed from one version to another. Fields that did not change are null. */
export type VersionDiff = {
  id: string;
  from: number;
  to: number;
  title: DiffPart[] | null;
  date: { before: string | null; after: string | null } | null;
  authors: { before: string[]; after: string[] } | null;
  /** Paragraphs in the order of reading; each a list of runs. */
  body: DiffPart[][];
  /** Words of the body. */
  added: number;
  removed: number;
};

type Text = Pick<Document, 'version' | 'title' | 'date' | 'authors' | 'body' | 'captureId'> & {
  replacedAt: Date | null;
};

/** All versions, newest first; null where there is no such document. */
export async function listVersions(store: Documents, id: DocumentId): Promise<VersionLine[] | null> {
  const all = await versionsOf(store, id);
  return all?.map(({ body, ...it }) => ({ ...it, words: body.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0 })) ?? null;
}

/**
 * What changed in a document.
 * @param to the later version; null: the one that stands
 * @param from the earlier one; null: the one before `to`
 * @returns null where there is no such document; otherwise what changed, or which version is not there
 */
export async function diffVersions(
  store: Documents,
  id: DocumentId,
  to: number | null,
  from: number | null,
): Promise<VersionDiff | { missing: number; latest: number } | null> {
  const all = await versionsOf(store, id);
  const [latest] = all ?? [];
  if (!all || !latest) return null;
  const later = to ?? latest.version;
  const earlier = from ?? later - 1;
  const after = all.find(({ version }) => version === later);
  const before = all.find(({ version }) => version === earlier);
  if (!after) return { missing: later, latest: latest.version };
  if (!before) return { missing: earlier, latest: latest.version };
  const { paragraphs, added, removed } = diffText(before.body, after.body);
  const sameAuthors = before.authors.join('\n') === after.authors.join('\n');
  return {
    id,
    from: earlier,
    to: later,
    title: before.title === after.title ? null : diffWords(before.title ?? '', after.title ?? ''),
    date: before.date === after.date ? null : { before: before.date, after: after.date },
    authors: sameAuthors ? null : { before: before.authors, after: after.authors },
    body: paragraphs,
    added,
    removed,
  };
}

async function versionsOf({ documents }: Documents, id: DocumentId): Promise<Text[] | null> {
  const document = await documents.find(id);
  if (!document) return null;
  const { version, title, date, authors, body, captureId } = document;
  return [{ version, title, date, authors, body, captureId, replacedAt: null }, ...(await documents.versions(id))];
}
