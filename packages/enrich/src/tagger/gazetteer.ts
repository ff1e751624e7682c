/** Lists of names as one hash trie over token hashes, and where they match in a text. */
import { readdirSync, readFileSync } from 'node:fs';
import { hashOf } from '../text/hash.ts';
import { join as joinHashes, TokenKind, type Tokens, tokenize } from '../text/index.ts';

/** What a list holds; the number is its bit. The names are the files' names in `data/gazetteer`. */
export const GAZETTEER_CLASSES = [
  'country',
  'place-vn',
  'place',
  'org',
  'org-head',
  'company',
  'media',
  'team',
  'given',
  'surname',
  'surname-vn',
  'given-vn',
  'office',
  'misc',
  'demonym',
  'cue-person',
  'cue-place',
  'district-vn',
  'region',
  'calendar',
  'event-head',
  'place-head',
  'party',
  'common',
] as const;
export type GazetteerClass = (typeof GAZETTEER_CLASSES)[number];

/** The bit mask of some classes. */
export function maskOf(...names: GazetteerClass[]): number {
  let mask = 0;
  for (const name of names) mask |= 1 << GAZETTEER_CLASSES.indexOf(name);
  return mask;
}

/** Classes that match whatever the case. */
const ANY_CASE = maskOf(
  'org-head',
  'office',
  'demonym',
  'cue-person',
  'cue-place',
  'calendar',
  'event-head',
  'place-head',
  'common',
);
const PLACES = maskOf('country', 'place', 'place-vn', 'region');
const PREFIX = 1 << 30;
const MAX_WORDS = 12;

/** A trie of names as an open-addressing table: hash of the words so far -> classes that end here, or go on. */
export type Gazetteer = { keys: Int32Array; values: Int32Array; bits: number; size: number };

/** An empty gazetteer with room for `capacity` names' prefixes. */
export function emptyGazetteer(capacity: number): Gazetteer {
  const bits = Math.ceil(Math.log2(capacity * 2));
  return { keys: new Int32Array(1 << bits), values: new Int32Array(1 << bits), bits, size: 0 };
}

function slotOf({ keys, values, bits }: Gazetteer, key: number): number {
  const mask = (1 << bits) - 1;
  let slot = key & mask;
  while (values[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

function mark(gazetteer: Gazetteer, key: number, value: number): void {
  const slot = slotOf(gazetteer, key);
  if (gazetteer.values[slot] === 0) gazetteer.size++;
  gazetteer.keys[slot] = key;
  gazetteer.values[slot] = (gazetteer.values[slot] as number) | value;
}

/** Adds a name (any number of words) under the classes in `mask`. */
export function addName(gazetteer: Gazetteer, name: string, mask: number): void {
  const tokens = tokenize(name);
  for (const hashes of [tokens.lowers, tokens.folds]) {
    // The trie of folded words is kept apart by its start value, so that `ban` (folded) is not `bạn`.
    let key = hashes === tokens.lowers ? 0 : FOLDED_ROOT;
    for (let i = 0; i < tokens.count; i++) {
      key = joinHashes(key, hashes[i] as number);
      mark(gazetteer, key, i === tokens.count - 1 ? mask : PREFIX);
    }
  }
}

const FOLDED_ROOT = hashOf('folded');

/** Reads the lists in a folder: one file per class, names separated by `|` or line ends, `#` starts a comment line. */
export function readGazetteer(folder: URL): Gazetteer {
  const lists: [string, number][] = [];
  let words = 0;
  for (const file of readdirSync(folder).sort()) {
    const index = GAZETTEER_CLASSES.indexOf(file.replace(/\.txt$/, '') as GazetteerClass);
    if (index < 0) continue;
    for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
      if (line.startsWith('#')) continue;
      for (const part of line.split('|')) {
        const name = part.trim();
        if (name === '') continue;
        lists.push([name, 1 << index]);
        words += name.split(' ').length + 1;
      }
    }
  }
  for (const name of countryNames()) {
    lists.push([name, maskOf('country')]);
    words += 4;
  }
  const gazetteer = emptyGazetteer(words * 2);
  for (const [name, mask] of lists) addName(gazetteer, name, mask);
  return gazetteer;
}

/** Languages whose names of countries are known (CLDR, through Intl). */
const COUNTRY_LANGUAGES = ['vi', 'fr', 'en', 'de', 'es'];

/** Every country's name in those languages. */
export function countryNames(): string[] {
  const names: string[] = [];
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const language of COUNTRY_LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const a of letters) {
      for (const b of letters) {
        const name = display.of(a + b);
        if (name && !/^(EU|UN|QO|EZ|ZZ|XA|XB)$/.test(a + b)) names.push(name.replace(/\s*\(.*\)$/, ''));
      }
    }
  }
  return names;
}

/** Where names matched: bit masks of classes per token, by the token's place in the name. */
export type Matches = { begins: Int32Array; insides: Int32Array; ends: Int32Array; singles: Int32Array };

const walkMasks = new Int32Array(MAX_WORDS);

/** Finds the longest name of each class at every token. `folded` compares without diacritics. */
export function matchNames(gazetteer: Gazetteer, tokens: Tokens, folded: boolean): Matches {
  const { count, kinds } = tokens;
  const hashes = folded ? tokens.folds : tokens.lowers;
  const matches: Matches = {
    begins: new Int32Array(count),
    insides: new Int32Array(count),
    ends: new Int32Array(count),
    singles: new Int32Array(count),
  };
  const { begins, insides, ends, singles } = matches;
  const { values } = gazetteer;
  const root = folded ? FOLDED_ROOT : 0;
  for (let i = 0; i < count; i++) {
    let key = root;
    let length = 0;
    let any = 0;
    for (let j = i; j < count && length < MAX_WORDS; j++) {
      key = joinHashes(key, hashes[j] as number);
      const value = values[slotOf(gazetteer, key)] as number;
      if (value === 0) break;
      walkMasks[length++] = value & ~PREFIX;
      any |= value & ~PREFIX;
      if ((value & PREFIX) === 0) break;
    }
    if (any === 0) continue;
    let open = kinds[i] === TokenKind.lower || kinds[i] === TokenKind.number ? ANY_CASE : -1;
    let closed = 0;
    for (let n = length; n > 0; n--) {
      const walked = walkMasks[n - 1] as number;
      // `châu Á` starts small but goes on with a capital.
      const places =
        n > 1 && kinds[i] === TokenKind.lower && kinds[i + 1] !== TokenKind.lower ? walked & PLACES & ~closed : 0;
      const mask = (walked & open) | places;
      if (mask === 0) continue;
      open &= ~mask;
      closed |= mask;
      if (n === 1) singles[i] = (singles[i] as number) | mask;
      else {
        begins[i] = (begins[i] as number) | mask;
        for (let k = i + 1; k < i + n - 1; k++) insides[k] = (insides[k] as number) | mask;
        ends[i + n - 1] = (ends[i + n - 1] as number) | mask;
      }
    }
  }
  return matches;
}
