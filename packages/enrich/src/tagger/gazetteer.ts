/** Lists of names as one hash trie over token hashes, and where they match in a text. */
import { readdirSync, readFileSync } from 'node:fs';
import { hashOf } from '../text/hash.ts';
import { Gap, join as joinHashes, TokenKind, type Tokens, tokenize } from '../text/index.ts';

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
  'band',
  'creed',
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

const SEPARATOR = hashOf('|');

/** Adds names under the classes in `mask`; `tokens` holds them separated by `|` or line ends. */
export function addNames(gazetteer: Gazetteer, tokens: Tokens, mask: number): void {
  const { count, gaps, kinds } = tokens;
  for (const hashes of [tokens.lowers, tokens.folds]) {
    // The trie of folded words is kept apart by its start value, so that `ban` (folded) is not `bạn`.
    const root = hashes === tokens.lowers ? 0 : FOLDED_ROOT;
    let key = root;
    let inside = false;
    for (let i = 0; i < count; i++) {
      if (kinds[i] === TokenKind.symbol && hashes[i] === SEPARATOR) {
        inside = false;
        continue;
      }
      if (!inside || (gaps[i] as number) >= Gap.line) key = root;
      inside = true;
      key = joinHashes(key, hashes[i] as number);
      const last = i + 1 === count || (gaps[i + 1] as number) >= Gap.line || hashes[i + 1] === SEPARATOR;
      mark(gazetteer, key, last ? mask : PREFIX);
    }
  }
}

const FOLDED_ROOT = hashOf('folded');

/** Reads the lists in a folder: one file per class, names separated by `|` or line ends, `#` starts a comment line. */
export function readGazetteer(folder: URL): Gazetteer {
  const lists: { tokens: Tokens; mask: number }[] = [];
  for (const file of readdirSync(folder).sort()) {
    const index = GAZETTEER_CLASSES.indexOf(file.replace(/\.txt$/, '') as GazetteerClass);
    if (index < 0) continue;
    const text = readFileSync(new URL(file, folder), 'utf8').replace(/^#.*$/gm, '');
    lists.push({ tokens: tokenize(text), mask: 1 << index });
  }
  lists.push({ tokens: tokenize(countryNames().join('\n')), mask: maskOf('country') });
  const gazetteer = emptyGazetteer(2 * lists.reduce((sum, { tokens }) => sum + tokens.count, 0));
  for (const { tokens, mask } of lists) addNames(gazetteer, tokens, mask);
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
