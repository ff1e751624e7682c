/** Places one document: beside the original of its text, and into the story it tells. */
import {
  bandNumbers,
  bandsOf,
  chooseStory,
  type DuplicateCandidate,
  type Fingerprint,
  leavingCopies,
  originalOf,
  staysIn,
  storyHeadline,
  storySignature,
} from '@newsloom/enrich';
import { done, type Outcome, type Payload } from '@newsloom/jobs';
import type { DocumentId, StoryId } from '@newsloom/model';
import type { CopyDecision, Document, FingerprintRow, Store } from '@newsloom/store';

export type ClusterTools = {
  store: Pick<Store, 'documents' | 'duplicates' | 'entities' | 'stories'>;
  now: () => Date;
};

export async function clusterDocument(
  { documentId }: Payload<'cluster'>,
  { store, now }: ClusterTools,
): Promise<Outcome> {
  const document = await store.documents.find(documentId as DocumentId);
  if (!document) return done('document-expired');

  const signature = storySignature({
    id: document.id,
    lang: document.lang,
    title: document.title,
    text: document.body,
    date: document.date,
    fetchedAt: document.fetchedAt.toISOString(),
    mentions: await store.entities.ofDocument(document.id),
  });
  const { simhash } = signature.fingerprint;
  await store.duplicates.place(
    { id: document.id, simhash, bands: bandNumbers(signature.fingerprint), seenAt: document.createdAt },
    (candidates, copies) => decideCopies(document, signature.fingerprint, candidates, copies),
  );
  let joined = false;
  await store.stories.place(
    { id: document.id, signature },
    {
      choose: (candidates, frequency) => {
        const { storyId, merge } = chooseStory(signature, candidates, frequency);
        joined = storyId !== null;
        return { storyId: storyId as StoryId | null, merge: merge as StoryId[] };
      },
      stays: (members, frequency) => staysIn(signature, members, frequency),
      headlineOf: (titles) => storyHeadline(titles.map((it) => ({ ...it, fetchedAt: it.fetchedAt.toISOString() }))),
    },
    now(),
  );
  return done(joined ? 'joined' : 'first');
}

/** Whose copy a document is, and which of its own copies leave it. */
function decideCopies(
  document: Pick<Document, 'id' | 'createdAt'>,
  fingerprint: Fingerprint,
  candidates: FingerprintRow[],
  copies: FingerprintRow[],
): CopyDecision {
  const itself = { documentId: document.id, seenMs: document.createdAt.getTime(), fingerprint };
  return {
    copyOf: originalOf(itself, candidates.map(candidateOf)) as DocumentId | null,
    leaving: leavingCopies(itself, copies.map(candidateOf)) as CopyDecision['leaving'],
  };
}

const candidateOf = ({ documentId, simhash, bands, seenAt, copyOf }: FingerprintRow): DuplicateCandidate => ({
  documentId,
  seenMs: seenAt.getTime(),
  fingerprint: { simhash, bands: bandsOf(bands) },
  copyOf,
});
