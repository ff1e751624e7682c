/** Names as a trie over the tokens of a text: where known names stand, longest first. */
import type { EntityType } from '@newsloom/model';
import { hashOf, join, TokenKind, type Tokens, tokenize } from '../text/index.ts';
import type { KnownName } from './known-names.ts';
import { demonymWords } from './places.ts';

/** Names by the joined hashes of their words; null where longer ones go on. */
export type NameBook = Map<number, BookedName | null>;

type BookedName = {
  types: Set<EntityType>;
  langs: Set<string | null>;
  /** Which of its words are written with a capital, one bit each from the first on. */
  capitals: number;
  words: number;
  /** Its words and the signs between them. */
  tokens: number;
  generic: boolean;
  national: boolean;
};

/** A known name in a text, by its first and last token. */
export type NameAt = { first: number; last: number; words: number; types: ReadonlySet<EntityType>; generic: boolean };

/** Tokens a name may have: `Ủy ban Giám sát tài chính Quốc gia` with room for apostrophes and hyphens. */
const MOST_TOKENS = 16;
/** Folded words are kept apart from words with diacritics by where their hashes start. */
const FOLDED = 0x5eed;

/** Whether a token is written with a capital. */
export function isCapital(kind: number | undefined): boolean {
  return (
    kind === TokenKind.title ||
    kind === TokenKind.upper ||
    kind === TokenKind.initial ||
    kind === TokenKind.mixed ||
    kind === TokenKind.alphanumeric
  );
}

/** A book of these names, found with their diacritics or, in texts of languages without them, folded. */
export function bookOf(names: Iterable<KnownName>): NameBook {
  const book: NameBook = new Map();
  for (const known of names) {
    const tokens = tokenize(known.name);
    if (tokens.count === 0 || tokens.count > MOST_TOKENS) continue;
    let capitals = 0;
    let words = 0;
    for (let i = 0; i < tokens.count; i++) {
      if (isCapital(tokens.kinds[i])) capitals |= 1 << i;
      if (tokens.kinds[i] !== TokenKind.symbol) words++;
    }
    const { type, lang, generic, national } = known;
    const whole = {
      types: new Set([type]),
      langs: new Set([lang]),
      capitals,
      words,
      tokens: tokens.count,
      generic,
      national,
    };
    enter(book, tokens.lowers, tokens.count, 0, whole);
    enter(book, tokens.folds, tokens.count, FOLDED, whole);
  }
  return book;
}

function enter(book: NameBook, hashes: Int32Array, count: number, seed: number, name: BookedName): void {
  let key = seed;
  for (let i = 0; i < count; i++) {
    key = join(key, hashes[i] as number);
    const there = book.get(key);
    if (i < count - 1) {
      if (there === undefined) book.set(key, null);
    } else if (there) {
      const types = new Set([...there.types, ...name.types]);
      const langs = new Set([...there.langs, ...name.langs]);
      book.set(key, {
        ...there,
        types,
        langs,
        capitals: there.capitals & name.capitals,
        generic: there.generic && name.generic,
      });
    } else book.set(key, name);
  }
}

/**
 * The known names of a text that are written with capitals as names are, the longest at each place, without overlap.
 * @param folded compares without diacritics, as for texts whose language has none in these names
 */
export function namesAt(book: NameBook, tokens: Tokens, lang: string | null, folded: boolean): NameAt[] {
  const found: NameAt[] = [];
  const inflected = lang !== 'vi';
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] === TokenKind.symbol || tokens.kinds[at] === TokenKind.number) continue;
    const best =
      longestAt(book, tokens, at, lang, folded, false) ??
      (inflected && longestAt(book, tokens, at, lang, folded, true));
    if (!best) continue;
    const { national, ...name } = best;
    if (inflected && national) withAdjective(tokens, name, found.at(-1)?.last ?? -1, lang);
    found.push(name);
    at = name.last;
  }
  return found;
}

/** The longest name that starts at a token; `skipping` allows an adjective of a country after its first word. */
function longestAt(
  book: NameBook,
  tokens: Tokens,
  at: number,
  lang: string | null,
  folded: boolean,
  skipping: boolean,
): (NameAt & { national: boolean }) | null {
  const hashes = folded ? tokens.folds : tokens.lowers;
  let key = join(folded ? FOLDED : 0, hashes[at] as number);
  let best: (NameAt & { national: boolean }) | null = null;
  const keep = (name: BookedName, last: number): void => {
    const { types, words, generic, national } = name;
    const from = skipping ? at + 1 : at;
    if (fits(name, tokens, from, lang) && (!skipping || national))
      best = { first: at, last, words, types, generic, national };
  };
  const whole = book.get(key);
  if (whole === undefined) return null;
  if (whole !== null && !skipping) keep(whole, at);
  let next = at + 1;
  if (skipping && !(next < tokens.count && isAdjective(tokens, next++))) return null;
  for (let i = next; i < tokens.count && i - at < MOST_TOKENS; i++) {
    if (tokens.sentenceStarts[i] === 1) break;
    key = join(key, hashes[i] as number);
    const name = book.get(key);
    if (name === undefined) break;
    if (name !== null) keep(name, i);
  }
  return best;
}

/** Takes the adjective of a country to a body's name: `Russian` + `Defence Ministry`, `Sénat` + `américain`. */
function withAdjective(tokens: Tokens, name: NameAt, after: number, lang: string | null): void {
  const before = name.first - 1;
  const next = name.last + 1;
  if (lang === 'en' && before > after && tokens.sentenceStarts[name.first] !== 1 && isAdjective(tokens, before))
    name.first = before;
  else if (lang === 'fr' && next < tokens.count && tokens.sentenceStarts[next] !== 1 && isAdjective(tokens, next))
    name.last = next;
}

function isAdjective({ folds }: Tokens, at: number): boolean {
  adjectives ??= new Set(demonymWords().map(hashOf));
  return adjectives.has(folds[at] as number);
}
let adjectives: Set<number> | undefined;

/**
 * Written with capitals where the name is: at half of them, and at the first unless that is the first word (`la mer Orientale`);
 * somewhere where the name has none.
 */
function fits(
  { langs, capitals, tokens: length }: BookedName,
  tokens: Tokens,
  at: number,
  lang: string | null,
): boolean {
  if (!langs.has(null) && !langs.has(lang)) return false;
  let wanted = 0;
  let there = 0;
  for (let i = 0; i < length; i++) {
    const capital = isCapital(tokens.kinds[at + i]);
    if (capitals === 0 && capital) return true;
    if ((capitals & (1 << i)) === 0) continue;
    wanted++;
    if (capital) there++;
    else if (wanted === 1 && i > 0) return false;
  }
  return there > 0 && there * 2 >= wanted;
}
