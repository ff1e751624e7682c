/** The key of an organisation's name: the shipped bodies in three languages, the country or place they belong to, or the name itself. */
import { withoutOrganisationHead, withoutPlaceHead } from './heads.ts';
import { demonymOf, type Place, placeOf } from './places.ts';
import { namesIn, readTable } from './tables.ts';
import { exactWords, nameWords } from './words.ts';

/** What a body of the table belongs to: the whole world, Viet Nam, each country, each province or district. */
type Scope = 'world' | 'vn' | 'state' | 'local';
type Body = { key: string; scope: Scope; name: string };
/** A body under one of its names; `country` where the name is that of one country's body alone. */
type Named = { body: Body; country: string | null };

/** Words that carry no meaning in an organisation's name: articles, prepositions, conjunctions. */
const EMPTY_WORDS = new Set(
  'cua va ve cho de la le les l d du des et au aux a pour en dans of the and for in on s at to tai'.split(' '),
);
/** Short names of local bodies that a place follows. */
const LOCAL_ACRONYMS = new Set(['ubnd', 'hdnd', 'tand', 'vksnd', 'bvdk']);
/** The longest name of a country or place, in words. */
const LONGEST_PLACE = 7;

/** Names without empty words, joined by a space -> body, and the country a name is fixed to. */
const byName = new Map<string, Named[]>();
const bodies = new Map<string, Body>();
/** Names of local bodies, for names that go on with a place the tables do not know. */
const localNames: { words: string[]; body: Body }[] = [];

function learnOrganisations(): void {
  for (const [key, scope, names] of readTable('organisations.tsv')) {
    const forms = namesIn(names);
    const body = { key: key as string, scope: scope as Scope, name: (forms[0] as string).replace(/=.*$/, '') };
    bodies.set(body.key, body);
    for (const form of forms) {
      const [, name, country] = /^(.*?)(?:=(\w+))?$/.exec(form) as unknown as [string, string, string | undefined];
      const words = tellingWords(nameWords(name));
      const named = { body, country: country?.toLowerCase() ?? null };
      byName.set(words.join(' '), [...(byName.get(words.join(' ')) ?? []), named]);
      if (body.scope === 'local' && (words.length > 1 || LOCAL_ACRONYMS.has(words[0] as string)))
        localNames.push({ words, body });
    }
  }
  localNames.sort((a, b) => b.words.length - a.words.length);
}

function tellingWords(words: readonly string[]): string[] {
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length > 0 ? telling : [...words];
}

/** What an organisation's name is known by. */
export type OrganisationKey = {
  key: string;
  /** The body of the table, or null. */
  body: string | null;
  /** The body has one instance in each country, and the name does not say which. */
  needsCountry: boolean;
  /** The body has one instance in each province, and the name does not say which. */
  needsPlace: boolean;
};

/**
 * The key of an organisation's name. Bodies of the table are found with or without a country or place in their name
 * (`ministère vietnamien de la Sécurité publique` is `ministry-public-security:vn`); others are known by their own
 * words without kinds of company. `lang` is the text's language, or null.
 */
export function organisationKey(name: string, lang: string | null): OrganisationKey {
  const words = nameWords(name);
  const whole = named(words, []);
  if (whole) return whole;
  const { rest, places } = splitPlaces(words, exactWords(name), lang);
  const found = rest.length === 0 || places.length === 0 ? null : named(rest, places);
  if (found) return found;
  const local = localBody(tellingWords(words), places);
  if (local) return local;
  const own = withoutOrganisationHead(name);
  const bare = own.length === words.length ? null : named(own, []);
  if (bare && !bare.needsCountry && !bare.needsPlace) return bare;
  return { key: tellingWords(own).join(' '), body: null, needsCountry: false, needsPlace: false };
}

/** The body with this name that can belong to these places. */
function named(words: readonly string[], places: readonly string[]): OrganisationKey | null {
  const candidates = byName.get(tellingWords(words).join(' ')) ?? [];
  const inCountry = places.some((place) => place.length === 2);
  const fitting =
    places.length === 0
      ? candidates[0]
      : (candidates.find(
          ({ body }) => (body.scope === 'state' && inCountry) || (body.scope === 'local' && !inCountry),
        ) ?? candidates.find(({ body }) => body.scope === 'state' || body.scope === 'local' || onlyViet(places)));
  if (!fitting) return null;
  return keyOf(fitting.body, fitting.country === null ? places : [fitting.country]);
}

function onlyViet(places: readonly string[]): boolean {
  return places.length === 1 && places[0] === 'vn';
}

function keyOf(body: Body, places: readonly string[]): OrganisationKey {
  if (body.scope === 'world' || body.scope === 'vn')
    return { key: body.key, body: body.key, needsCountry: false, needsPlace: false };
  const local = places.filter((place) => body.scope !== 'local' || place !== 'vn' || places.length === 1);
  const key = local.length > 0 ? `${body.key}:${local.join(':')}` : body.key;
  return {
    key,
    body: body.key,
    needsCountry: body.scope === 'state' && local.length === 0,
    needsPlace: body.scope === 'local' && local.length === 0,
  };
}

/** Takes the countries, adjectives of countries and known places out of a name: the other words, and the places' codes. */
function splitPlaces(
  words: readonly string[],
  exact: readonly string[],
  lang: string | null,
): { rest: string[]; places: string[] } {
  const rest: string[] = [];
  const places: string[] = [];
  let at = 0;
  outer: while (at < words.length) {
    for (let length = Math.min(LONGEST_PLACE, words.length - at); length > 0; length--) {
      const phrase = words.slice(at, at + length);
      const code = placeCode(phrase, exact.slice(at, at + length), lang);
      if (code === null) continue;
      places.push(code);
      let dropped = 0;
      while (rest.length > 0 && PLACE_LINKS.has(exact[at - 1 - dropped] as string)) {
        rest.pop();
        dropped++;
      }
      at += length;
      continue outer;
    }
    rest.push(words[at] as string);
    at++;
  }
  return { rest, places };
}

/** Kinds of place that stand before a place inside an organisation's name. */
const PLACE_LINKS = new Set(
  'tinh tp pho thanh quan huyen xa phuong province ville city district de du la d'.split(' '),
);

function placeCode(words: readonly string[], exact: readonly string[], lang: string | null): string | null {
  const place: Place | null = placeOf(words, lang, exact);
  if (place) return place.kind === 'country' ? (place.country as string).toLowerCase() : place.key.replace('vn/', '');
  return lang === 'vi' ? null : (demonymOf(words)?.toLowerCase() ?? null);
}

function localBody(words: readonly string[], places: readonly string[]): OrganisationKey | null {
  for (const { words: head, body } of localNames) {
    if (head.length >= words.length || !head.every((word, i) => words[i] === word)) continue;
    const own = withoutPlaceHead(words.slice(head.length));
    const place = placeOf(own, null);
    const code = place ? place.key.replace('vn/', '') : own.join('');
    return keyOf(body, place?.kind === 'country' ? [...places] : [code]);
  }
  return null;
}

/** The name the shipped table shows for a body, or null. */
export function shownOrganisation(body: string): string | null {
  return bodies.get(body)?.name ?? null;
}

learnOrganisations();
