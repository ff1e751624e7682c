/** The key of an organisation's name: the shipped bodies in three languages, the country or place they belong to, or the name itself. */
import { placeName, titleLength, withoutOrganisationHead } from './heads.ts';
import { demonymOf, placeByKey, placeOf } from './places.ts';
import { namesIn, readTable } from './tables.ts';
import { isMarked, joined, type Word, wordsOf } from './words.ts';

/** What a body of the table belongs to: the world, Viet Nam, each country, each country but Viet Nam, each province or district. */
type Scope = 'world' | 'vn' | 'state' | 'abroad' | 'local';
type Body = { key: string; scope: Scope; name: string };
/**
 * A body under one of its names; `country` where the name alone means one country's body (`Pentagon`), `firm` where it
 * always does, also beside another country's (the British House of Commons is only the likeliest).
 */
type Named = { body: Body; country: string | null; firm: boolean };

/** Words that carry no meaning in an organisation's name, as they are spelled: articles, prepositions, conjunctions. */
const EMPTY_WORDS = new Set(
  'của cua và va về cho tại la le les l d du des et au aux à a pour en dans of the and for in on at to de'.split(' '),
);
/** Short names of local bodies that a place follows. */
const LOCAL_ACRONYMS = new Set(['ubnd', 'hdnd', 'tand', 'vksnd', 'bvdk']);
/** The longest name of a country or place, in words. */
const LONGEST_PLACE = 7;

/** Kinds of organisation that three languages name alike, with what stands for each in a key. */
const KINDS: readonly (readonly [words: string, kind: string])[] = [
  ['trường đại học', 'university'],
  ['đại học', 'university'],
  ['université', 'university'],
  ['university', 'university'],
  ['bệnh viện', 'hospital'],
  ['hôpital', 'hospital'],
  ['hospital', 'hospital'],
  ['học viện', 'academy'],
  ['académie', 'academy'],
  ['academy', 'academy'],
  ['ngân hàng', 'bank'],
  ['banque', 'bank'],
  ['bank', 'bank'],
  ['quỹ', 'fund'],
  ['fonds', 'fund'],
  ['fund', 'fund'],
  ['fondation', 'fund'],
  ['foundation', 'fund'],
  ['câu lạc bộ', 'club'],
  ['clb', 'club'],
  ['club', 'club'],
  ['fc', 'club'],
];
const kinds = KINDS.map(([words, kind]) => ({ words: wordsOf(words).map((word) => word.folded), kind }));

/** Names without empty words, joined by a space -> bodies. */
const byName = new Map<string, Named[]>();
const bodies = new Map<string, Body>();
/** Names of each body of more than one word: what its acronyms may stand for. */
const longNames = new Map<string, Set<string>[]>();
/** Names of local bodies, for names that go on with a place the tables do not know. */
const localNames: { words: string[]; body: Body }[] = [];

function learnOrganisations(): void {
  for (const [key, scope, names] of readTable('organisations.tsv')) {
    const forms = namesIn(names);
    const body = { key: key as string, scope: scope as Scope, name: (forms[0] as string).replace(/[=~].*$/, '') };
    bodies.set(body.key, body);
    for (const form of forms) {
      const [name, country] = form.split(/[=~]/) as [string, string | undefined];
      const words = tellingWords(wordsOf(name)).map((word) => word.folded);
      const called = words.join(' ');
      byName.set(called, [
        ...(byName.get(called) ?? []),
        { body, country: country?.toLowerCase() ?? null, firm: !form.includes('~') },
      ]);
      if (words.length > 1) longNames.set(body.key, [...(longNames.get(body.key) ?? []), new Set(words)]);
      if (body.scope === 'local' && (words.length > 1 || LOCAL_ACRONYMS.has(called))) localNames.push({ words, body });
    }
  }
  localNames.sort((a, b) => b.words.length - a.words.length);
}

function tellingWords(words: readonly Word[]): readonly Word[] {
  const telling = words.filter((word) => !EMPTY_WORDS.has(word.exact));
  return telling.length > 0 ? telling : words;
}

/** What an organisation's name is known by. */
export type OrganisationKey = {
  key: string;
  /** The body of the table, or null. */
  body: string | null;
  /** The body has one instance in each country, and the name does not say which. */
  needsCountry: boolean;
  /** The country meant where nothing around the name says another. */
  likely?: string;
  /** The body has one instance in each province, and the name does not say which. */
  needsPlace: boolean;
};

/**
 * The key of an organisation's name. Bodies of the table are found with or without a country or place in their name
 * (`ministère vietnamien de la Sécurité publique` is `ministry-public-security:vn`); others are known by their own
 * words without kinds of company, with the places in them under their keys. `lang` is the text's language, or null.
 */
export function organisationKey(name: string, lang: string | null): OrganisationKey {
  return keyOfWords(wordsOf(name), lang);
}

function keyOfWords(words: readonly Word[], lang: string | null): OrganisationKey {
  const whole = named(words, []);
  if (whole) return whole;
  const ending = endingPlace(words, lang);
  const known = ending && named(ending.rest, [ending.place]);
  if (known) return known;
  const { rest, places } = splitPlaces(words, lang);
  const found = rest.length === 0 || places.length === 0 ? null : named(rest, places);
  if (found) return found;
  const local = localBody(tellingWords(words), places);
  if (local) return local;
  const own = withoutOrganisationHead(words);
  const bare = own.length === words.length ? null : named(own, []);
  if (bare && !bare.needsCountry && !bare.needsPlace) return bare;
  const title = titleLength(words);
  const office = title === 0 ? null : keyOfWords(words.slice(title), lang);
  if (office?.body) return office;
  return { key: ownKey(own, lang), body: null, needsCountry: false, needsPlace: false };
}

/** The key of a name the table does not have. */
function ownKey(words: readonly Word[], lang: string | null): string {
  const { rest, places } = splitPlaces(words, lang);
  let own = tellingWords(rest.length > 0 ? rest : words).map((word) => word.folded);
  let kind = '';
  for (const { words: phrase, kind: canonical } of kinds) {
    const at =
      own.length + (rest.length > 0 ? places.length : 0) > phrase.length
        ? own.findIndex((_, i) => phrase.every((word, k) => own[i + k] === word))
        : -1;
    if (at < 0) continue;
    own = [...own.slice(0, at), ...own.slice(at + phrase.length)];
    kind = canonical;
    break;
  }
  return [...(kind === '' ? [] : [kind]), ...own, ...(rest.length > 0 ? places : [])].join(' ');
}

/** The body with this name that can belong to these places; places in the name win over the country a name is known for. */
function named(words: readonly Word[], places: readonly string[]): OrganisationKey | null {
  const candidates = byName.get(joined(tellingWords(words), ' ')) ?? [];
  if (places.length === 0) {
    const [first] = candidates;
    if (!first) return null;
    if (first.country !== null && !first.firm) return { ...keyOf(first.body, []), likely: first.country };
    return keyOf(first.body, first.country === null ? [] : [first.country]);
  }
  const inCountry = places.some(isCountryCode);
  const fitting =
    candidates.find(({ body }) => (inCountry ? isState(body) : body.scope === 'local')) ??
    candidates.find(({ body }) => isState(body) || body.scope === 'local' || onlyViet(places));
  return fitting ? keyOf(fitting.body, places) : null;
}

function isState({ scope }: Body): boolean {
  return scope === 'state' || scope === 'abroad';
}

/** Whether Viet Nam has no such body: a text that names it without a country speaks of another. */
export function isAbroad(body: string): boolean {
  return bodies.get(body)?.scope === 'abroad';
}

function isCountryCode(place: string): boolean {
  return place.length === 2;
}

function onlyViet(places: readonly string[]): boolean {
  return places.length === 1 && places[0] === 'vn';
}

function keyOf(body: Body, places: readonly string[]): OrganisationKey {
  const none = { body: body.key, needsCountry: false, needsPlace: false };
  if (body.scope === 'world' || body.scope === 'vn') return { ...none, key: body.key };
  // A body of a province is known by the province, also where its country is named.
  const own = body.scope === 'local' && places.length > 1 ? places.filter((place) => place !== 'vn') : places;
  if (own.length > 0) return { ...none, key: `${body.key}:${own.join(':')}` };
  return { ...none, key: body.key, needsCountry: isState(body), needsPlace: body.scope === 'local' };
}

/** Kinds of place that stand before a place inside an organisation's name, as they are spelled. */
const PLACE_LINKS = new Set(
  'tỉnh tp tp. phố thành quận huyện xã phường province ville city district de du la d tinh pho thanh'.split(' '),
);

/**
 * The place a name ends with, and the words before it. Tried before looking for places everywhere in the name, where they
 * may be parts of its words (`Pháp` in `Bộ Tư pháp Việt Nam`).
 */
function endingPlace(words: readonly Word[], lang: string | null): { rest: readonly Word[]; place: string } | null {
  for (let length = Math.min(LONGEST_PLACE, words.length - 1); length > 0; length--) {
    let end = words.length - length;
    const place = placeCode(words.slice(end), lang, false);
    if (place === null) continue;
    if (isBelowProvince(words[end - 1]?.folded ?? '') && placeByKey(`vn/${place}`)) return null;
    while (end > 1 && PLACE_LINKS.has((words[end - 1] as Word).exact)) end--;
    return { rest: words.slice(0, end), place };
  }
  return null;
}

/** Takes the countries, adjectives of countries and known places out of a name: the other words, and the places' codes. */
function splitPlaces(words: readonly Word[], lang: string | null): { rest: Word[]; places: string[] } {
  const strict = words.some(isMarked) && lang !== 'fr' && lang !== 'en';
  const rest: Word[] = [];
  const places: string[] = [];
  for (let at = 0; at < words.length; at++) {
    let length = Math.min(LONGEST_PLACE, words.length - at);
    let code: string | null = null;
    for (; length > 0 && code === null; length--) code = placeCode(words.slice(at, at + length), lang, strict);
    // `xã Hòa Bình` is not the province.
    if (code !== null && isBelowProvince(rest.at(-1)?.folded ?? '') && placeByKey(`vn/${code}`)) code = null;
    if (code === null) {
      rest.push(words[at] as Word);
      continue;
    }
    places.push(code);
    while (rest.length > 0 && PLACE_LINKS.has((rest.at(-1) as Word).exact)) rest.pop();
    at += length;
  }
  return { rest, places };
}

function placeCode(words: readonly Word[], lang: string | null, strict: boolean): string | null {
  const place = placeOf(words, lang, strict);
  if (place) return place.kind === 'country' ? (place.country as string).toLowerCase() : place.key.replace('vn/', '');
  return lang === 'vi' ? null : (demonymOf(words)?.toLowerCase() ?? null);
}

/** A local body whose name goes on with a place, known or not: `Công an huyện Mèo Vạc`. */
function localBody(words: readonly Word[], places: readonly string[]): OrganisationKey | null {
  for (const { words: head, body } of localNames) {
    if (head.length >= words.length || !head.every((word, i) => words[i]?.folded === word)) continue;
    const after = words.slice(head.length);
    // `Công an tỉnh`: the kind of place alone, named before in the text.
    if (after.every((word) => PLACE_LINKS.has(word.exact))) return keyOf(body, places);
    const { words: own, head: kind } = placeName(after);
    const place = placeOf(own, null);
    if (place && isBelowProvince(kind) && place.kind !== 'city')
      return keyOf(body, [`${kind.replaceAll(' ', '')}-${joined(own, '')}`]);
    if (place?.kind === 'country') return keyOf(body, places);
    return keyOf(body, [place ? place.key.replace('vn/', '') : joined(own, '')]);
  }
  return null;
}

/** Whether a kind of place is smaller than a province: a commune may bear a province's name. */
export function isBelowProvince(kind: string): boolean {
  return BELOW_PROVINCE.has(kind);
}
const BELOW_PROVINCE = new Set([
  'xa',
  'phuong',
  'huyen',
  'quan',
  'thi tran',
  'thon',
  'ap',
  'ban',
  'lang',
  'khu pho',
  'duong',
  'pho',
  'cau',
  'cho',
  'commune',
  'commune de',
  'district',
  'district de',
  'rue',
  'quartier de',
]);

/**
 * Whether a longer name can be what a body's acronym stands for: at least half of its telling words are in one of the
 * body's own names (`World Wrestling Federation` is not the WWF of the table).
 */
export function fitsBody(body: string, name: string): boolean {
  const words = tellingWords(wordsOf(name)).map((word) => word.folded);
  return (longNames.get(body) ?? []).some(
    (known) => words.filter((word) => known.has(word)).length * 2 >= words.length,
  );
}

/** The name the shipped table shows for a body, or null. */
export function shownOrganisation(body: string): string | null {
  return bodies.get(body)?.name ?? null;
}

learnOrganisations();
