/** The key of one name by itself, as far as its letters and the shipped tables tell. */
import type { EntityType } from '@newsloom/model';
import { withoutPlaceHead } from './heads.ts';
import { organisationKey } from './organisations.ts';
import { personKey } from './people.ts';
import { countryOf, demonymOf, placeOf } from './places.ts';
import { exactWords, nameWords } from './words.ts';

/** What a name by itself is known by. */
export type NameKey = {
  /** The type of the thing named; the tables may know better than the tagger (`Interpol` is an ORG). */
  type: EntityType;
  key: string;
  /** The tables know it. */
  known: boolean;
  /** The name alone does not tell which: a lone family or given name. */
  lone: boolean;
  /** The row of the organisations' table, or null. */
  body: string | null;
  needsCountry: boolean;
  needsPlace: boolean;
};

const PLAIN = { known: false, lone: false, body: null, needsCountry: false, needsPlace: false } as const;

/** The key of a mention's name: `type` is what the tagger says, `lang` the text's language or null. */
export function entityKey(type: EntityType, name: string, lang: string | null): NameKey {
  if (type === 'PER') return { ...PLAIN, type, ...personKey(name) };
  const words = nameWords(name);
  if (words.length === 0) return { ...PLAIN, type, key: name.trim(), lone: true };
  const exact = exactWords(name);
  const own = withoutPlaceHead(words);
  const place =
    placeOf(words, lang, exact) ??
    placeOf(own, lang, own.length === 1 ? exact.slice(words.indexOf(own[0] as string)) : undefined);
  if (place && (type !== 'MISC' || place.kind === 'country')) {
    const organisation = type === 'ORG' ? organisationKey(name, lang) : null;
    if (organisation?.body == null) return { ...PLAIN, type: 'LOC', key: place.key, known: true };
  }
  const organisation = organisationKey(name, lang);
  if (organisation.body !== null && (type === 'ORG' || !organisation.needsPlace))
    return { ...PLAIN, type: 'ORG', known: true, ...organisation };
  const people = type === 'LOC' ? demonymOf(words) : null;
  const country = people === null ? null : countryOf(people);
  if (country) return { ...PLAIN, type: 'LOC', key: country.key, known: true };
  if (type === 'ORG') return { ...PLAIN, type, ...organisation };
  if (type === 'LOC') return { ...PLAIN, type, key: withoutPlaceHead(words).join('') };
  return { ...PLAIN, type, key: words.join(' ') };
}
