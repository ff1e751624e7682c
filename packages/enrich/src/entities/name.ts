/** The name of an entity that is shown to people. */
import type { EntityType } from '@newsloom/model';
import { shownOrganisation } from './organisations.ts';
import { shownPerson } from './people.ts';
import { countryOf, placeByKey } from './places.ts';

/** The fullest of several forms: the longest; among equals the one with most diacritics, and then not all in capitals. */
export function fullestName(forms: readonly string[]): string {
  return forms.reduce((best, form) => (weight(form) > weight(best) ? form : best));
}

function weight(form: string): number {
  const letters = form.normalize('NFC');
  const marks = (letters.normalize('NFD').match(/\p{M}|đ/giu) ?? []).length;
  const shouting = letters.length > 3 && letters === letters.toUpperCase() ? 50 : 0;
  return letters.length * 100 + marks * 10 - shouting;
}

/** The name the shipped tables give to an entity's key, or null where they do not know it. */
export function shownName(type: EntityType, key: string): string | null {
  if (type === 'LOC') return placeByKey(key)?.name ?? null;
  if (type === 'PER') return shownPerson(key);
  if (type !== 'ORG') return null;
  const [body, ...places] = key.split(':');
  const name = shownOrganisation(body as string);
  if (name === null) return null;
  const named = places.map(
    (place) => countryOf(place)?.name ?? placeByKey(`vn/${place}`)?.name ?? placeByKey(place)?.name,
  );
  // A place the tables do not know: the document's own form says it better.
  return named.includes(undefined) ? null : [name, ...named].join(' ');
}
