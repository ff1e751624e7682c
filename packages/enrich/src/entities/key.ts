/** The key of one name by itself, as far as its letters and the shipped tables tell. */
import type { EntityType } from '@newsloom/model';
import { placeName } from './heads.ts';
import { remember } from './memo.ts';
import { isBelowProvince, organisationKey } from './organisations.ts';
import { personKey } from './people.ts';
import { countryOf, demonymOf, type Place, placeOf } from './places.ts';
import { joined, type Word, wordsOf } from './words.ts';

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
  /** The country meant where nothing around the name says another. */
  likely?: string;
  needsPlace: boolean;
};

const PLAIN = { known: false, lone: false, body: null, needsCountry: false, needsPlace: false } as const;

/** One memory of names per type and language. */
const memories = new Map<string, (name: string) => NameKey>();

/** The key of a mention's name: `type` is what the tagger says, `lang` the text's language or null. */
export function entityKey(type: EntityType, name: string, lang: string | null): NameKey {
  const kind = `${type}${lang ?? ''}`;
  let keyOf = memories.get(kind);
  if (!keyOf) {
    keyOf = remember((asked) =>
      type === 'PER' ? { ...PLAIN, type, ...personKey(asked) } : readKey(type, asked, lang),
    );
    memories.set(kind, keyOf);
  }
  return keyOf(name);
}

function readKey(type: Exclude<EntityType, 'PER'>, name: string, lang: string | null): NameKey {
  const words = wordsOf(name);
  if (words.length === 0) return { ...PLAIN, type, key: name.trim(), lone: true };
  const organisation = organisationKey(name, lang);
  const place = knownPlace(words, lang);
  if (place && (type === 'LOC' || organisation.body === null) && (type !== 'MISC' || place.kind === 'country')) {
    return { ...PLAIN, type: 'LOC', key: place.key, known: true };
  }
  if (organisation.body !== null && (type === 'ORG' || !organisation.needsPlace))
    return { ...PLAIN, type: 'ORG', known: true, ...organisation };
  if (type === 'ORG') return { ...PLAIN, type, ...organisation };
  if (type === 'MISC') return { ...PLAIN, type, key: joined(words, ' ') };
  const people = demonymOf(words);
  const country = people === null ? null : countryOf(people);
  if (country) return { ...PLAIN, type, key: country.key, known: true };
  const { words: own } = placeName(words);
  // A name that is only like a known place keeps all its words.
  return { ...PLAIN, type, key: joined(placeOf(own, lang) ? words : own, '') };
}

/** The place of the tables a name means, also with a kind of place before or after its own words. */
export function knownPlace(words: readonly Word[], lang: string | null): Place | null {
  const whole = placeOf(words, lang);
  if (whole) return whole;
  const { words: own, head, tail } = placeName(words);
  if (own.length === words.length) return null;
  const place = placeOf(own, lang);
  if (place === null) return null;
  // `Texas City` is not Texas, `Île-de-France` is not France, `xã Hòa Bình` is not the province.
  if (tail === 'city' && place.kind !== 'city' && place.kind !== 'province') return null;
  if (tail !== '' && place.kind === 'country') return null;
  if (head.startsWith('ile') && !ISLANDS.has(place.key)) return null;
  if (isBelowProvince(head) && place.kind !== 'city') return null;
  if (NATURAL_HEADS.has(head) && (place.kind === 'country' || place.kind === 'province')) return null;
  return place;
}
/** Kinds of place that bear the names of countries and provinces without being them. */
const NATURAL_HEADS = new Set(
  (
    'song,ho,nui,cang,cau,cho,duong,pho,quang truong,deo,cua khau,fleuve,riviere,mont,lac,port de,stade,pont,rue,place,' +
    'mount,lake,port of'
  ).split(','),
);
/** Countries and regions that are islands: `île de la Réunion`. */
const ISLANDS = new Set([
  'country/re',
  'country/mu',
  'country/mt',
  'country/cy',
  'country/cu',
  'country/mg',
  'java',
  'sumatra',
  'bali',
  'luzon',
  'mindanao',
  'sulawesi',
  'okinawa',
  'hainan',
  'corsica',
]);
