/** What one document says about which of its names are the same: brackets, bodies without their country, short forms, types. */
import type { EntityType } from '@newsloom/model';
import { acronymAfter, bracketPairs, isAcronym } from './acronyms.ts';
import { type CountryAt, countriesIn, countryBeside, leadingCountry } from './context.ts';
import { fullestForms, personMention } from './coreference.ts';
import { type Item, type LinkDocument, take } from './items.ts';
import { entityKey } from './key.ts';
import { fitsBody, isAbroad } from './organisations.ts';
import { placeByKey } from './places.ts';
import { nameWords } from './words.ts';

/** `X (Y)`: the two are one where one is an acronym or a single word, unless the tables know them apart. */
export function joinBrackets(text: string, items: Item[]): void {
  const spans = items.map((item) => item.mention);
  const meanings = new Map<string, Item>();
  for (const [i, j] of bracketPairs(text, spans)) {
    const first = items[i] as Item;
    const second = items[j] as Item;
    if (first.type === 'PER' || second.type === 'PER' || first.type === 'LOC' || second.type === 'LOC') continue;
    if (first.name.known && second.name.known) continue;
    const acronym = isAcronym(second.mention.text) || isAcronym(first.mention.text);
    const nickname = first.type === 'ORG' && second.type === 'ORG' && !/[\s]/.test(second.mention.text);
    if (!acronym && !nickname) continue;
    const known = second.name.known ? second : first.name.known ? first : null;
    const other = known === second ? first : second;
    if (known !== null && isOther(known.mention.text, known.name.body, other.mention.text)) {
      meanings.set(`${known.type}|${known.key}`, other);
      take(known, other);
      continue;
    }
    const source = known ?? first;
    const target = source === first ? second : first;
    meanings.set(`${target.type}|${target.key}`, source);
    take(target, source);
  }
  for (const item of items) {
    if (item.type !== 'ORG' || item.name.known) continue;
    const acronym = acronymAfter(text, item.mention.end);
    if (acronym === null) continue;
    const { known, key, body } = entityKey('ORG', acronym, null);
    if (!known || isOther(acronym, body, item.mention.text)) meanings.set(`ORG|${key}`, item);
  }
  for (const item of items) {
    const meaning = meanings.get(`${item.type}|${item.key}`);
    if (meaning && meaning !== item && (!item.name.known || isAcronym(item.mention.text))) take(item, meaning);
  }
}

/** Letters under which an acronym often means several bodies. */
const SHORT_ACRONYM = 3;

/** Whether a short acronym of the tables means something else here: its name in this text has other words than the body's. */
function isOther(acronym: string, body: string | null, name: string): boolean {
  return body !== null && acronym.length <= SHORT_ACRONYM && nameWords(name).length > 1 && !fitsBody(body, name);
}

/** Gives each body of a state or province its country or place. */
export function placeBodies({ lang, text }: LinkDocument, items: Item[]): void {
  if (!items.some((item) => item.name.needsCountry || item.name.needsPlace)) return;
  let countries: CountryAt[] | undefined;
  for (const item of items) {
    const { body, needsCountry, needsPlace } = item.name;
    if (body === null || item.key !== body) continue;
    if (needsCountry) {
      countries ??= countriesIn(text, lang);
      const place =
        countryBeside(text, countries, item.mention.start, item.mention.end) ??
        sibling(items, item) ??
        item.name.likely ??
        spokenOf(countries, items, item, lang);
      if (place !== null) item.key = `${body}:${place}`;
    } else if (needsPlace) {
      const place = sibling(items, item) ?? provinceBefore(items, item);
      if (place === null) item.local = true;
      else item.key = `${body}:${place}`;
    }
  }
}

/** How often a Vietnamese text names another country, and never its own, before its ministries are that country's. */
const FOREIGN_MENTIONS = 2;

/**
 * The country a body without one belongs to: the one the document speaks of most. A Vietnamese text that names a ministry
 * without a country means its own, unless it speaks of another country only and has said so before, or of a body
 * Viet Nam does not have.
 */
function spokenOf(
  countries: readonly CountryAt[],
  items: readonly Item[],
  item: Item,
  lang: string | null,
): string | null {
  const abroad = isAbroad(item.name.body as string);
  const choice = abroad ? countries.filter((country) => country.code !== 'vn') : countries;
  const leading = leadingCountry(choice, item.mention.start) ?? countryOfPlaces(items);
  if (lang !== 'vi' || abroad) return leading;
  const domestic = countries.some((country) => country.code === 'vn') || countryOfPlaces(items) === 'vn';
  const before = countries.some((country) => country.start < item.mention.start);
  return domestic || !before || countries.length < FOREIGN_MENTIONS ? 'vn' : leading;
}

/** The country or place of the nearest mention of the same body that names one: before it, or else after. */
function sibling(items: readonly Item[], item: Item): string | null {
  const same = items.filter(
    (other) => !other.unsaid && other.name.body === item.name.body && other.name.key.startsWith(`${item.name.body}:`),
  );
  const before = same.filter((other) => other.mention.start < item.mention.start).at(-1);
  return (before ?? same[0])?.name.key.slice((item.name.body as string).length + 1) ?? null;
}

/** The country most of the document's known places are in. */
function countryOfPlaces(items: readonly Item[]): string | null {
  const counts = new Map<string, number>();
  for (const item of items) {
    const country = item.type === 'LOC' ? placeByKey(item.key)?.country : null;
    if (country) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0].toLowerCase() ?? null;
}

function provinceBefore(items: readonly Item[], item: Item): string | null {
  const provinces = items.filter((other) => other.type === 'LOC' && other.key.startsWith('vn/'));
  const before = provinces.filter((other) => other.mention.start < item.mention.start).at(-1);
  return (before ?? provinces[0])?.key.slice(3) ?? null;
}

/**
 * A shorter name of an organisation joins the nearest longer one before it that begins with it, or ends with it where
 * two words or more are left (`Cour d'appel` for `Cour d'appel de Reims`). A name that stands alone before its longer
 * form is its own thing (`Enron`, then `Enron Broadband Services`), and so is an acronym.
 */
export function joinShortForms(items: Item[]): void {
  const organisations = items.filter((item) => item.type === 'ORG');
  const called = new Map(organisations.map((item) => [item, nameWords(item.mention.text).join(' ')]));
  const alone = new Set<string>();
  organisations.forEach((item, at) => {
    const short = called.get(item) as string;
    if (item.name.known || short.length < 2 || isAcronym(item.mention.text) || alone.has(short)) return;
    const fuller = organisations.slice(0, at).findLast((other) => {
      const long = called.get(other) as string;
      return long.startsWith(`${short} `) || (short.includes(' ') && long.endsWith(` ${short}`));
    });
    if (fuller) take(item, fuller);
    else alone.add(short);
  });
}

/** Short forms of people's names join the full ones; a lone name without one means somebody in this document only. */
export function joinPeople({ lang }: LinkDocument, items: Item[]): void {
  const people = items.filter((item) => item.type === 'PER');
  const mentions = people.map((item) => personMention(item.mention.text, item.mention.start));
  fullestForms(mentions, lang === 'vi').forEach((full, at) => {
    const item = people[at] as Item;
    take(item, people[full] as Item);
    item.local = item.name.lone;
  });
}

/**
 * One name under two types in one document is one thing: what the tables know, or else the type it has most often. A lone
 * name of a person joins only an organisation of the tables, for given names are also names of countries.
 */
export function agreeOnType(items: Item[]): void {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const words = nameWords(item.mention.text).join(' ');
    groups.set(words, [...(groups.get(words) ?? []), item]);
  }
  for (const [words, group] of groups) {
    if (group.every((item) => item.type === (group[0] as Item).type)) continue;
    const known = group.find((item) => item.name.known && item.type === 'ORG');
    const best = known ?? mostFrequent(group);
    const lone = !words.includes(' ');
    for (const item of group) {
      if (item.type === best.type || (item.name.known && !known)) continue;
      if (lone && (item.type === 'PER' || best.type === 'PER') && !known) continue;
      if (item.type === 'PER' && !item.local && item.name.known) continue;
      take(item, best);
      item.local = best.local;
    }
  }
}

function mostFrequent(group: readonly Item[]): Item {
  const counts = new Map<EntityType, number>();
  for (const { type } of group) counts.set(type, (counts.get(type) ?? 0) + 1);
  return group.reduce((best, item) =>
    (counts.get(item.type) as number) > (counts.get(best.type) as number) ? item : best,
  );
}
