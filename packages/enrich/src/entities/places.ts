/** Which country, province, city or region a name means, in Vietnamese, French and English. */
import { namesIn, readTable } from './tables.ts';
import { isMarked, joined, nameWords, type Word, wordsOf } from './words.ts';

/** A place of the shipped tables. */
export type Place = { key: string; kind: string; country: string | null; name: string };

/** ISO 3166-1 alpha-2 codes are read from CLDR; these are its private, reserved or withdrawn ones. */
const NOT_COUNTRIES = new Set(['AC', 'CP', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ', 'CQ']);
const LANGUAGES = ['vi', 'fr', 'en'] as const;

/** Spaceless folded name -> place; a key with `xx:` before it holds for texts in that language. */
const byName = new Map<string, Place>();
/** Spaceless folded adjectives and names of peoples -> country code. */
const demonyms = new Map<string, string>();
const byKey = new Map<string, Place>();
/** Names as the tables and CLDR write them. */
const written = new Set<string>();
/** First words of names of countries, and their adjectives. */
const beginnings = new Set<string>();
/** Names of one word -> the ways they are spelled, with diacritics. */
const spelled = new Map<string, Set<string>>();

function add(name: string, place: Place, replace: boolean): void {
  written.add(name);
  const limited = /^([a-z]{2}):(.*)$/.exec(name);
  const key = limited ? `${limited[1]}:${spaceless(limited[2] as string)}` : spaceless(name);
  if (replace || !byName.has(key)) byName.set(key, place);
  const [only, ...more] = wordsOf(limited?.[2] ?? name);
  if (only && place.kind === 'country') beginnings.add(only.folded);
  if (only && more.length === 0) spelled.set(only.folded, (spelled.get(only.folded) ?? new Set()).add(only.exact));
}

function spaceless(name: string): string {
  return nameWords(name).join('');
}

function learnCountries(): void {
  const namers = LANGUAGES.map((lang) => new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' }));
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  for (const first of letters) {
    for (const second of letters) {
      const code = first + second;
      if (NOT_COUNTRIES.has(code)) continue;
      const names = namers.map((namer) => namer.of(code)).filter((name) => name !== undefined);
      if (names.length === 0 || names.includes(code)) continue;
      // CLDR still names withdrawn codes (BU, SU, YU, ...) after their successors.
      if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue;
      const place = { key: `country/${code.toLowerCase()}`, kind: 'country', country: code, name: names[0] as string };
      byKey.set(place.key, place);
      for (const name of names) add(name, place, false);
    }
  }
  for (const [code, names, adjectives] of readTable('countries.tsv')) {
    const place = byKey.get(`country/${code?.toLowerCase()}`);
    if (!place || !code) continue;
    for (const name of namesIn(names)) add(name, place, true);
    for (const word of namesIn(adjectives)) {
      demonyms.set(spaceless(word), code);
      beginnings.add(nameWords(word)[0] as string);
    }
  }
}

function learnPlaces(): void {
  for (const [key, kind, country, names] of readTable('places.tsv')) {
    const all = namesIn(names);
    const place = { key: key as string, kind: kind as string, country: country || null, name: all[0] as string };
    byKey.set(place.key, place);
    for (const name of all) add(name, place, name.includes(':') || !byName.has(spaceless(name)));
  }
}

learnCountries();
learnPlaces();

/** Names of one word under this many letters are places only as the tables spell them: `Ý` is Italy, `Y` is not. */
const SHORT_NAME = 3;

/**
 * The place these words name as a whole, or null. `lang` decides names that differ between languages (Mexico). A name
 * of one word with diacritics must be spelled as the tables do (`Viên`, not `viện`), and any such name where `strict`:
 * within a longer name that is written with diacritics (`Lao động` is not about Laos).
 */
export function placeOf(words: readonly Word[], lang: string | null, strict = false): Place | null {
  const key = joined(words, '');
  const place = (lang === null ? undefined : byName.get(`${lang}:${key}`)) ?? byName.get(key) ?? null;
  const [only] = words;
  if (place === null || words.length !== 1 || only === undefined) return place;
  // `Le Duc Hai` in an English text is not about Germany.
  if (
    place.kind === 'country' &&
    (lang === 'en' || lang === 'fr') &&
    !spelled.get(key)?.has(only.exact) &&
    isVietnamese(key)
  )
    return null;
  if (!strict && !isMarked(only) && only.folded.length >= SHORT_NAME) return place;
  return spelled.get(key)?.has(only.exact) === true ? place : null;
}

/** Whether every spelling of a name of one word has marks that only Vietnamese writes. */
function isVietnamese(key: string): boolean {
  const forms = [...(spelled.get(key) ?? [])];
  return forms.length > 0 && forms.every((form) => /[đăơưạ-ỹ]/u.test(form.normalize('NFC')));
}

/** The country whose adjective or people these words are (`vietnamien`, `Chinese`), as its ISO code, or null. */
export function demonymOf(words: readonly Word[]): string | null {
  return demonyms.get(joined(words, '')) ?? null;
}

/** Folded adjectives and names of peoples of one word. */
export function demonymWords(): string[] {
  return [...demonyms.keys()];
}

/** The country with this ISO 3166-1 alpha-2 code, or null. */
export function countryOf(code: string): Place | null {
  return byKey.get(`country/${code.toLowerCase()}`) ?? null;
}

/** The place with this table key, or null. */
export function placeByKey(key: string): Place | null {
  return byKey.get(key) ?? null;
}

/** Whether a folded word begins a country's name, or is an adjective of one. */
export function mayBeginCountry(word: string): boolean {
  return beginnings.has(word);
}

/** Every name of a place, as the tables and CLDR write it; `xx:` before it where it is one in that language only. */
export function allPlaceNames(): string[] {
  return [...written];
}
