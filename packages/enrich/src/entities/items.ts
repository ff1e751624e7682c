/** The mentions of one document on their way to entities. */
import { ENTITY_TYPES, type EntityType, type Mention } from '@newsloom/model';
import { entityKey, type NameKey } from './key.ts';
import { placeByKey } from './places.ts';
import { nameWords } from './words.ts';

/** A document as far as linking needs it. `text` is what the mentions' offsets point into. */
export type LinkDocument = {
  id: string;
  lang: string | null;
  text: string;
  mentions: readonly Mention[];
  /** ISO 8601, as exact as known. */
  date?: string | null;
};

/** A mention with the type and key it has so far. */
export type Item = {
  /** Its place in the document's list of mentions. */
  index: number;
  mention: Mention;
  type: EntityType;
  key: string;
  /** What a name by itself says: the item's own, or that of the fuller form it was joined to. */
  name: NameKey;
  /** The key means something in this document only. */
  local: boolean;
  /** Only a role names it: it follows from others, and nothing follows from it. */
  unsaid: boolean;
};

/** Gives an item the entity of another. */
export function take(item: Item, from: Item): void {
  item.type = from.type;
  item.key = from.key;
  item.name = from.name;
}

/** Kinds of place smaller than a province, standing before a name. */
const SMALL_HEAD =
  /(?:^|[\s(])(xã|phường|huyện|quận|thị trấn|thôn|ấp|bản|làng|commune d[e’']|district d[e’']|quartier d[e’'])\s*$/iu;
/** Things named after places and people. */
const NAMED_AFTER = /(?:^|[\s(])(đường|phố|cầu|chợ|ngõ|rue d[e’']|avenue d[e’']|boulevard d[e’']|pont d[e’'])\s*$/iu;
/** Kinds of place of which a country has several with one name. */
const REPEATED_HEAD = /^(?:xã|phường|thị trấn|thôn|ấp|bản|làng|commune)/iu;
/** The district or town a commune is in, said right after it. */
const PARENT =
  /^\s*[,(]?\s*(?:huyện|thị xã|quận|thành phố|TP\.?|district d[e’']|arrondissement d[e’']|ville d[e’'])\s*(\p{Lu}[\p{L}\p{M}]*(?:[ -]\p{Lu}[\p{L}\p{M}]*)*)/u;
/** Code units before a mention in which its head stands. */
const HEAD_REACH = 16;
const PARENT_REACH = 60;

/** The items of a document in text order: every PER, ORG, LOC and MISC mention with the key of its name; those that only roles name come after them in index. */
export function readItems({ lang, mentions, text }: LinkDocument, unsaid: readonly Mention[] = []): Item[] {
  const items: Item[] = [];
  [...mentions, ...unsaid].forEach((mention, index) => {
    const type = ENTITY_TYPES.find((known) => known === mention.type);
    if (!type) return;
    const name = entityKey(type, mention.text, lang);
    items.push({
      index,
      mention,
      type: name.type,
      key: name.key,
      name,
      local: false,
      unsaid: index >= mentions.length,
    });
  });
  for (const item of items) if (item.type === 'LOC') readHead(item, text);
  joinParents(items);
  return items.sort((a, b) => a.mention.start - b.mention.start);
}

/** What stands before a place decides which of several with its name it is: `xã Hòa Bình` is not the province. */
function readHead(item: Item, text: string): void {
  const { start, end } = item.mention;
  const before = text.slice(Math.max(0, start - HEAD_REACH), start);
  const place = item.name.known ? placeByKey(item.key) : null;
  const after = NAMED_AFTER.exec(before);
  const head = after?.[1] ?? SMALL_HEAD.exec(before)?.[1];
  if (head === undefined) return;
  const own = nameWords(item.mention.text).join('');
  if (place && (after || place.kind !== 'city')) become(item, `${nameWords(head).join('')}/${own}`);
  if (!REPEATED_HEAD.test(head)) return;
  const parent = PARENT.exec(text.slice(end, end + PARENT_REACH))?.[1];
  if (parent !== undefined) become(item, `${own}<${nameWords(parent).join('')}`);
}

function become(item: Item, key: string): void {
  item.key = key;
  item.name = { ...item.name, type: 'LOC', key, known: false };
}

/** A commune whose district is said once is in that district all through the document. */
function joinParents(items: readonly Item[]): void {
  const parents = new Map<string, Item>();
  for (const item of items) if (item.key.includes('<')) parents.set(item.key.replace(/<.*/, ''), item);
  if (parents.size === 0) return;
  for (const item of items) {
    const fuller = item.type === 'LOC' && !item.name.known ? parents.get(item.key) : undefined;
    if (fuller) take(item, fuller);
  }
}
