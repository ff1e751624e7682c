/** Lets documents be enriched again: what an older enricher read, or all of them. */
import { ENRICHER_VERSION } from '@newsloom/enrich';
import { job } from '@newsloom/jobs';
import type { DocumentId } from '@newsloom/model';
import type { Queues } from '@newsloom/queue';
import type { Store } from '@newsloom/store';

const AT_ONCE = 1_000;

/**
 * Marks the documents as waiting, and adds a job for each. They keep what is known of them until they are read.
 * @param ask `since`: dated, or else fetched, from then on; `all`: also what this enricher has read
 * @returns how many documents wait now
 */
export async function enrichAgain(
  { store, queues }: { store: Pick<Store, 'entities'>; queues: Pick<Queues, 'add'> },
  ask: { since: Date | null; all: boolean },
): Promise<number> {
  const below = ask.all ? null : ENRICHER_VERSION;
  let after: DocumentId | null = null;
  let marked = 0;
  for (;;) {
    const ids: DocumentId[] = (
      await store.entities.enrichAgain({ since: ask.since, below, limit: AT_ONCE, after })
    ).map((row) => row.id);
    if (ids.length === 0) return marked;
    await queues.add(ids.map((documentId) => job('enrich', { documentId })));
    marked += ids.length;
    after = ids.reduce((last, id) => (id > last ? id : last));
  }
}
