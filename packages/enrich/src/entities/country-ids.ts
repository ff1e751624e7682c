/** Entity ids of countries: too frequent in news to tell one event from another. */
import type { EntityId } from '@newsloom/model';
import { entityId } from './id.ts';
import { allCountries } from './places.ts';

let ids: Set<string> | undefined;

/** Whether an entity id is that of a country of the shipped table. */
export function isCountryId(id: EntityId | string): boolean {
  ids ??= new Set(allCountries().map((place) => entityId('LOC', place.key)));
  return ids.has(id);
}
