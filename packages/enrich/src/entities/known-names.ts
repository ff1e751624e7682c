/** The names of the shipped tables as a list, for whoever looks for names in a text. */
import type { EntityId, EntityType } from '@newsloom/model';
import { entityId } from './id.ts';
import { entityKey } from './key.ts';
import { allPlaceNames } from './places.ts';
import { namesIn, readTable } from './tables.ts';

/** A known name and what it names; `lang` where it is one in that language only. */
export type KnownName = {
  name: string;
  type: EntityType;
  lang: string | null;
  /** It names a kind of body as often as one body: `Quân đội`, `the Government`. */
  generic: boolean;
  /** Each country has such a body: an adjective of the country may stand with the name. */
  national: boolean;
};

/** Bodies whose names are also said of no body in particular. */
const GENERIC = new Set(
  'army navy air-force government police-national customs tax-office senate house police'.split(' '),
);

/**
 * Every name of the tables: countries, places, bodies (without the countries and provinces they combine with) and people.
 * Acronyms of two letters and names of one short syllable are among them: the caller decides what to trust.
 */
export function knownNames(): KnownName[] {
  const names: KnownName[] = allPlaceNames().map((name) => limited(name, 'LOC'));
  for (const [key, scope, forms] of readTable('organisations.tsv')) {
    const kind = { generic: GENERIC.has(key as string), national: scope === 'state' || scope === 'abroad' };
    for (const form of namesIn(forms)) names.push(limited(form.replace(/[=~]\w+$/, ''), 'ORG', kind));
  }
  for (const [, forms, alone] of readTable('people.tsv')) {
    for (const form of [...namesIn(forms), ...namesIn(alone)]) names.push(limited(form, 'PER'));
  }
  return names;
}

function limited(name: string, type: EntityType, kind = { generic: false, national: false }): KnownName {
  const [, lang = null, own = name] = /^([a-z]{2}):(.+)$/.exec(name) ?? [];
  return { name: own, type, lang, ...kind };
}

/** A name of the tables with the entity it names. */
export type ShippedName = {
  type: EntityType;
  /** The key the name comes to, which is the entity's own. */
  key: string;
  entityId: EntityId;
  name: string;
  lang: string | null;
};

/** Every name of the tables that names one entity wherever it stands: not bodies that each country or province has. */
export function shippedNames(): ShippedName[] {
  const shipped: ShippedName[] = [];
  for (const { name, type: guessed, lang } of knownNames()) {
    const { type, key, known, lone, body, needsCountry, needsPlace } = entityKey(guessed, name, lang);
    if (!known || lone || ((needsCountry || needsPlace) && key === body)) continue;
    shipped.push({ type, key, entityId: entityId(type, key), name, lang });
  }
  return shipped;
}
