/** Finds the mentions of one document, and the entities they name. */
import { fold, type LinkDocument, type LinkedDocument, type TextTagger } from '@newsloom/enrich';
import { done, job, type Outcome, type Payload } from '@newsloom/jobs';
import type { DocumentId } from '@newsloom/model';
import type { Store } from '@newsloom/store';

export type EnrichTools = {
  store: Pick<Store, 'documents' | 'entities'>;
  tagger: TextTagger;
  link: (document: LinkDocument) => LinkedDocument;
  now: () => Date;
};

export async function enrichDocument({ documentId }: Payload<'enrich'>, tools: EnrichTools): Promise<Outcome> {
  const { store, tagger, link, now } = tools;
  const document = await store.documents.find(documentId as DocumentId);
  if (!document) return done('document-expired');

  const { id, lang, body: text, date } = document;
  const mentions = await tagger.tag(text, { lang, ...(date && { date }) });
  const linked = link({ id, lang, text, mentions, date });
  const entities = linked.entities.map((entity) => ({ ...entity, search: fold(entity.name) }));
  await store.entities.save(id, { mentions: linked.mentions, entities }, document.fetchedAt, now());
  return done('enriched', job('cluster', { documentId }));
}
