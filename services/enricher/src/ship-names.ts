/** Writes the names of the shipped tables into the alias store, where they are searched and exported with the others. */
import { createHash } from 'node:crypto';
import { fold, shippedNames } from '@newsloom/enrich';
import type { Store } from '@newsloom/store';

/** Writes them where the store holds another set of them, or none. */
export async function shipNames(store: Pick<Store, 'aliases'>, now: Date): Promise<void> {
  const names = shippedNames().map(({ key, name, ...it }) => ({
    ...it,
    name,
    search: fold(name),
    key,
    under: key,
    born: null,
    confidence: 1,
    wikidata: null,
  }));
  const digest = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  await store.aliases.ship(digest, () => names, now);
}
