/** The names of the shipped tables as a list, for whoever looks for names in a text. */
import type { EntityType } from '@newsloom/model';
import { allPlaceNames } from './places.ts';
import { namesIn, readTable } from './tables.ts';

/** A name of the tables and what it names; `lang` where it is one in that language only. */
export type KnownName = { name: string; type: EntityType; lang: string | null };

/**
 * Every name of the tables: countries, places, bodies (without the countries and provinces they combine with) and people.
 * Acronyms of two letters and names of one short syllable are among them: the caller decides what to trust.
 */
export function knownNames(): KnownName[] {
  const names: KnownName[] = allPlaceNames().map((name) => limited(name, 'LOC'));
  for (const [, , forms] of readTable('organisations.tsv')) {
    for (const form of namesIn(forms)) names.push(limited(form.replace(/[=~]\w+$/, ''), 'ORG'));
  }
  for (const [, forms, alone] of readTable('people.tsv')) {
    for (const form of [...namesIn(forms), ...namesIn(alone)]) names.push(limited(form, 'PER'));
  }
  return names;
}

function limited(name: string, type: EntityType): KnownName {
  const parts = /^([a-z]{2}):(.+)$/.exec(name);
  return parts ? { name: parts[2] as string, type, lang: parts[1] as string } : { name, type, lang: null };
}
