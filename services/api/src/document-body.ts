/** A document's body written out: as safe HTML, as Markdown, or as it is. */
import { plainParts, toHtml, toMarkdown } from '@newsloom/extract/structure';
import type { DocumentId } from '@newsloom/model';
import type { Store } from '@newsloom/store';

export type BodyFormat = 'html' | 'markdown' | 'text';

/** Null where there is no such document. One that was read before bodies had a structure has paragraphs alone. */
export async function writtenBody(
  store: Pick<Store, 'documents'>,
  id: DocumentId,
  format: BodyFormat,
): Promise<string | null> {
  const document = await store.documents.find(id);
  if (!document) return null;
  if (format === 'text') return document.body;
  const parts = (await store.documents.structure(id)) ?? plainParts(document.body);
  return format === 'html' ? toHtml(document.body, parts) : toMarkdown(document.body, parts);
}
