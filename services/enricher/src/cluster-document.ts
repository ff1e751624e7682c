/** Places one document into the story it tells, or into one of its own. */
import { chooseStory, storyHeadline, storySignature } from '@newsloom/enrich';
import { done, type Outcome, type Payload } from '@newsloom/jobs';
import type { DocumentId, StoryId } from '@newsloom/model';
import type { Store } from '@newsloom/store';

export type ClusterTools = {
  store: Pick<Store, 'documents' | 'entities' | 'stories'>;
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
  let joined = false;
  await store.stories.place(
    { id: document.id, signature },
    (candidates, frequency) => {
      const choice = chooseStory(signature, candidates, frequency);
      joined = choice.storyId !== null;
      return choice.storyId as StoryId | null;
    },
    (titles) => storyHeadline(titles.map((it) => ({ ...it, fetchedAt: it.fetchedAt.toISOString() }))),
    now(),
  );
  return done(joined ? 'joined' : 'first');
}
