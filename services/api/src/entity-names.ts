/** Names of entities taken in from outside, and given back: for the API, and for the command where no API runs. */
import { type ImportRow, keysOf, planImport, readImportRow } from '@newsloom/enrich';
import type { Store } from '@newsloom/store';

/** What came of a batch of rows; a row that is refused is told by its place in the batch, from 0. */
export type BroughtNames = {
  /** Names that were not known before. */
  added: number;
  /** Names that were known already. */
  known: number;
  refused: { row: number; reason: string }[];
};

/** Rows of one batch: what a statement takes at once without growing slow. */
export const MOST_ROWS = 1_000;

/** Takes names in; rows that cannot be used are told with their reasons, and the others are kept. Again, it changes nothing. */
export async function bringNames(
  store: Pick<Store, 'aliases'>,
  rows: readonly unknown[],
  now: Date,
): Promise<BroughtNames> {
  const refused: BroughtNames['refused'] = [];
  const read: { row: number; it: ImportRow }[] = [];
  rows.forEach((given, row) => {
    try {
      read.push({ row, it: readImportRow(given) });
    } catch (error) {
      refused.push({ row, reason: (error as Error).message });
    }
  });
  const wanted = read.map(({ it }) => it);
  const numbers = [...new Set(wanted.flatMap(({ wikidata }) => wikidata ?? []))];
  const claimed = read.length === 0 ? [] : await store.aliases.claimed(numbers, keysOf(wanted));
  const names = planImport(wanted, claimed).flatMap((name, i) => {
    if (typeof name !== 'string') return [name];
    refused.push({ row: read[i]?.row as number, reason: name });
    return [];
  });
  const added = names.length === 0 ? 0 : await store.aliases.bring(names, 'import', now);
  refused.sort((a, b) => a.row - b.row);
  return { added, known: names.length - added, refused };
}

/** A name as an export writes it and an import reads it again. */
export type ExportedName = {
  name: string;
  type: string;
  lang: string | null;
  entity: string;
  key: string;
  wikidata: string | null;
  born: number | null;
  source: string;
  confidence: number;
};

/** A page of all names, and the place after which the next one goes on; null where there is none. */
export async function exportNames(
  store: Pick<Store, 'aliases'>,
  after: number,
  limit: number,
  shipped: boolean,
): Promise<{ items: ExportedName[]; next: number | null }> {
  const page = await store.aliases.page(after, limit, shipped);
  const items = page.map(({ name, type, lang, entityId, key, wikidata, born, source, confidence }) => ({
    name,
    type,
    lang,
    entity: entityId,
    key,
    wikidata,
    born,
    source,
    // Stored as a float of four bytes: three digits are what was meant.
    confidence: Math.round(confidence * 1000) / 1000,
  }));
  return { items, next: page.length < limit ? null : (page.at(-1)?.place ?? null) };
}
