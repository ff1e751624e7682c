/** Resolves the mentions of one document to entities. */
import {
  ENTITY_TYPES,
  type EntityId,
  type EntityRef,
  type EntityType,
  type LinkedMention,
  type Mention,
} from '@newsloom/model';
import { acronymAfter, bracketPairs, isAcronym } from './acronyms.ts';
import { type CountryAt, countriesIn, countryBeside, leadingCountry } from './context.ts';
import { fullestForms, personMention } from './coreference.ts';
import { entityId } from './id.ts';
import { entityKey, type NameKey } from './key.ts';
import { fullestName, shownName } from './name.ts';
import { exactWords, nameWords, sameSpelling } from './words.ts';

/** A document as far as linking needs it. `text` is what the mentions' offsets point into. */
export type LinkDocument = {
  id: string;
  lang: string | null;
  text: string;
  mentions: readonly Mention[];
  /** ISO 8601, as exact as known. */
  date?: string | null;
};

/** A name already known to mean an entity. */
export type Alias = {
  name: string;
  entityId: EntityId;
  key: string;
  /** Language of the text the name was read in: Vietnamese texts write diacritics, so there `Thanh` is not `Thành`. */
  lang: string | null;
};

/** The names known under a type and key: from earlier documents, a person's decisions or an import; oldest first. */
export type AliasLookup = (type: EntityType, key: string) => readonly Alias[];

/** The linked mentions, in the order given, and the entities they name, in order of first mention. */
export type LinkedDocument = { mentions: LinkedMention[]; entities: EntityRef[] };

type Item = { index: number; mention: Mention; type: EntityType; key: string; name: NameKey; local: boolean };

/**
 * Links every PER, ORG, LOC and MISC mention to an entity; the others get `entityId: null`. Without `aliases` the result
 * depends on the document alone, so separate processes agree; with it, names already known decide between homonyms.
 */
export function linkMentions(document: LinkDocument, aliases?: AliasLookup): LinkedDocument {
  const items = readItems(document);
  joinBrackets(document.text, items);
  placeBodies(document, items);
  joinShortForms(items);
  joinPeople(document, items);
  agreeOnType(items);
  return name(document, items, aliases);
}

function readItems({ lang, mentions }: LinkDocument): Item[] {
  const items: Item[] = [];
  mentions.forEach((mention, index) => {
    const type = ENTITY_TYPES.find((known) => known === mention.type);
    if (!type) return;
    const name = entityKey(type, mention.text, lang);
    items.push({ index, mention, type: name.type, key: name.key, name, local: false });
  });
  return items.sort((a, b) => a.mention.start - b.mention.start);
}

function take(item: Item, from: Item): void {
  item.type = from.type;
  item.key = from.key;
  item.name = from.name;
}

/** `X (Y)`: the two are one where either is an acronym or both are organisations, unless the tables know them apart. */
function joinBrackets(text: string, items: Item[]): void {
  const spans = items.map((item) => item.mention);
  const meanings = new Map<string, Item>();
  for (const [i, j] of bracketPairs(text, spans)) {
    const first = items[i] as Item;
    const second = items[j] as Item;
    if (
      first.type === 'PER' ||
      second.type === 'PER' ||
      first.type === 'LOC' ||
      (second.type === 'LOC' && second.name.known)
    )
      continue;
    if (first.name.known && second.name.known) continue;
    const short = isAcronym(second.mention.text) || isAcronym(first.mention.text);
    if (!short && (first.type !== 'ORG' || second.type !== 'ORG')) continue;
    const source = second.name.known ? second : first;
    const target = source === first ? second : first;
    meanings.set(`${target.type}|${target.key}`, source);
    take(target, source);
  }
  for (const item of items) {
    if (item.type !== 'ORG' || item.name.known) continue;
    const acronym = acronymAfter(text, item.mention.end);
    if (acronym === null) continue;
    const known = entityKey('ORG', acronym, null);
    if (!known.known) meanings.set(`ORG|${known.key}`, item);
  }
  for (const item of items) {
    const meaning = meanings.get(`${item.type}|${item.key}`);
    if (meaning && meaning !== item && !item.name.known) take(item, meaning);
  }
}

/** Gives each body of a state or province its country or place. */
function placeBodies({ lang, text }: LinkDocument, items: Item[]): void {
  if (!items.some((item) => item.name.needsCountry || item.name.needsPlace)) return;
  const countries = countriesIn(text, lang);
  for (const item of items) {
    const { body, needsCountry, needsPlace } = item.name;
    if (body === null || item.key !== body) continue;
    if (needsCountry) {
      const country =
        countryBeside(countries, item.mention.start, item.mention.end) ??
        sibling(items, item) ??
        defaultCountry(countries, item, lang);
      if (country !== null) item.key = `${body}:${country}`;
    } else if (needsPlace) {
      const place = sibling(items, item) ?? provinceBefore(items, item);
      if (place === null) item.local = true;
      else item.key = `${body}:${place}`;
    }
  }
}

/** The country or place of the nearest mention of the same body that names one: before it, or else after. */
function sibling(items: readonly Item[], item: Item): string | null {
  const same = items.filter(
    (other) => other.name.body === item.name.body && other.name.key.startsWith(`${item.name.body}:`),
  );
  const before = same.filter((other) => other.mention.start < item.mention.start).at(-1);
  return (before ?? same[0])?.name.key.slice((item.name.body as string).length + 1) ?? null;
}

function defaultCountry(countries: readonly CountryAt[], item: Item, lang: string | null): string | null {
  // A Vietnamese text that names a ministry without a country means its own.
  return lang === 'vi' ? 'vn' : leadingCountry(countries, item.mention.start);
}

function provinceBefore(items: readonly Item[], item: Item): string | null {
  const provinces = items.filter((other) => other.type === 'LOC' && other.key.startsWith('vn/'));
  return (
    (provinces.filter((other) => other.mention.start < item.mention.start).at(-1) ?? provinces[0])?.key.slice(3) ?? null
  );
}

/** A shorter name of an organisation joins the nearest longer one that begins or ends with it. */
function joinShortForms(items: Item[]): void {
  const organisations = items.filter((item) => item.type === 'ORG');
  const words = new Map(organisations.map((item) => [item, nameWords(item.mention.text).join(' ')]));
  for (const item of organisations) {
    const short = words.get(item) as string;
    if (item.name.known || short.length < 3) continue;
    const longer = organisations.filter((other) => {
      const long = words.get(other) as string;
      return long.length > short.length && (long.startsWith(`${short} `) || long.endsWith(` ${short}`));
    });
    const fuller = longer.filter((other) => other.mention.start < item.mention.start).at(-1) ?? longer[0];
    if (fuller) take(item, fuller);
  }
}

function joinPeople({ lang }: LinkDocument, items: Item[]): void {
  const people = items.filter((item) => item.type === 'PER');
  const strict = lang === 'vi';
  const mentions = people.map((item) => personMention(item.mention.text, item.mention.start));
  fullestForms(mentions, strict).forEach((full, at) => {
    const item = people[at] as Item;
    const fuller = people[full] as Item;
    take(item, fuller);
    item.local = fuller.name.lone;
  });
}

/** One key under two types in one document, neither known to the tables, is one thing: the type named most often. */
function agreeOnType(items: Item[]): void {
  const counts = new Map<string, Map<EntityType, number>>();
  for (const item of items) {
    if (item.name.known || item.type === 'PER') continue;
    const types = counts.get(item.key) ?? new Map<EntityType, number>();
    types.set(item.type, (types.get(item.type) ?? 0) + 1);
    counts.set(item.key, types);
  }
  for (const item of items) {
    const types = counts.get(item.key);
    if (!types || types.size < 2 || item.name.known || item.type === 'PER') continue;
    item.type = [...types].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  }
}

function name(document: LinkDocument, items: Item[], aliases: AliasLookup | undefined): LinkedDocument {
  const entities: EntityRef[] = [];
  const linked: LinkedMention[] = document.mentions.map((mention) => ({ ...mention, entityId: null }));
  const taken = new Set<EntityId>();
  for (const { members, base } of groups(document, items)) {
    const first = members[0] as Item;
    const form = fullestName(members.map((item) => item.mention.text));
    const { id, key } = identity(first, base, form, document.lang, taken, aliases);
    taken.add(id);
    entities.push({ id, type: first.type, name: shownName(first.type, key) ?? form, key });
    for (const item of members) (linked[item.index] as LinkedMention).entityId = id;
  }
  return { mentions: linked, entities };
}

/** Items that name one entity; `base` is its key before names spelled differently were told apart. */
type Group = { base: string; members: Item[]; spelling: string };

function groups(document: LinkDocument, items: readonly Item[]): Group[] {
  const found: Group[] = [];
  for (const item of items) {
    const base = item.local ? `${item.key}@${document.id}` : item.key;
    const spelling = item.mention.text;
    const own = item.type === 'PER' && !item.name.known && !item.local;
    const group = found.find(
      (other) =>
        other.base === base &&
        (other.members[0] as Item).type === item.type &&
        (!own || sameName(other.spelling, spelling, document.lang === 'vi')),
    );
    if (!group) found.push({ base, members: [item], spelling });
    else {
      group.members.push(item);
      if (nameWords(spelling).length > nameWords(group.spelling).length) group.spelling = spelling;
    }
  }
  return found;
}

/** Whether two forms with one key can be one person: as long as both have the same number of words, each is spelled alike. */
function sameName(a: string, b: string, strict: boolean): boolean {
  const left = exactWords(a);
  const right = exactWords(b);
  if (left.length !== right.length || nameWords(a).join(' ') !== nameWords(b).join(' ')) return true;
  const bothMarked = strict && hasMarks(a) && hasMarks(b);
  return left.every((word, i) => sameSpelling(word, right[i] as string, bothMarked));
}

function hasMarks(name: string): boolean {
  return /\p{M}|đ/iu.test(name.normalize('NFD'));
}

/** The entity of a group: one already known under its key and spelling, or the key's own, or one for this spelling. */
function identity(
  item: Item,
  base: string,
  form: string,
  lang: string | null,
  taken: ReadonlySet<EntityId>,
  aliases: AliasLookup | undefined,
): { id: EntityId; key: string } {
  const own = { id: entityId(item.type, base), key: base };
  const known = item.local ? [] : (aliases?.(item.type, base) ?? []);
  const [first] = known;
  if (first && (item.type !== 'PER' || item.name.known)) return { id: first.entityId, key: first.key };
  const match = known.find(
    (alias) => !taken.has(alias.entityId) && sameName(alias.name, form, lang === 'vi' && alias.lang === 'vi'),
  );
  if (match) return { id: match.entityId, key: match.key };
  if (!first && !taken.has(own.id)) return own;
  const spelled = `${base}~${exactWords(form).join(' ')}`;
  return { id: entityId(item.type, spelled), key: spelled };
}
