/** Mends what a tagger found by names that are known: spans that are too short or too long, types, names it missed. */
import { ENTITY_TYPES, type EntityType, type Mention } from '@newsloom/model';
import { Gap, TokenKind, type Tokens } from '../text/index.ts';
import { titleLength } from './heads.ts';
import { entityKey } from './key.ts';
import { type KnownName, knownNames } from './known-names.ts';
import { bookOf, isCapital, type NameAt, type NameBook, namesAt } from './name-book.ts';
import { isAddress } from './offices.ts';
import { apart } from './run-together.ts';
import { addShortForms, wholeShortNames } from './short-forms.ts';
import { isMarked, wordsOf } from './words.ts';

/** A mention by its first and last token. */
export type Piece = { first: number; last: number; type: Mention['type']; value?: string };

/** Letters of a name of one word that is believed wherever it stands by itself. */
const TELLING_LETTERS = 4;
/** The same at the start of a sentence, where every word has a capital. */
const TELLING_AT_START = 6;
/** Words of a name that is believed also beside other words with capitals. */
const LONG_NAME = 3;
/** Words that join two names into what a tagger takes for one. */
const JOINING = /^(?:et|and|và|với|,|;|&)(?:\s+(?:la|le|les|l['’]|the|avec|with))?$/iu;
/** Words between a body and what it belongs to. */
const PART_OF = /^(?:de|du|des|d['’]|de la|de l['’]|of|of the|của)$/iu;
/** Words that go on with a name though they are written small. */
const GOING_ON = /^(?:de|du|des|d|la|le|les|l|of|the|for|và|et|and|'|’|-|của|về)$/iu;

let shipped: NameBook | undefined;

/**
 * The mentions with what known names tell: a known name wins over a part of it, over a span that runs on behind it, and
 * over another type; known names that were missed are added, and so are last names of persons named in full before.
 * @param learned names from outside the shipped tables, as `namesToAsk` asked for them
 */
export function mendMentions(
  tokens: Tokens,
  mentions: readonly Mention[],
  lang: string | null,
  learned: readonly KnownName[] = [],
): Mention[] {
  shipped ??= bookOf(knownNames());
  const folded = lang !== 'vi' || !isVietnameseSpelled(tokens.text);
  const known = namesAt(shipped, tokens, lang, folded);
  if (learned.length > 0) known.push(...namesAt(bookOf(learned), tokens, lang, folded));
  const pieces = piecesOf(tokens, mentions).flatMap((piece) => apart(tokens, lang, piece));
  const names = learned.length > 0 ? longest(known) : known;
  const mended = addMissed(tokens, lang, applyNames(tokens, lang, pieces, names), names);
  return addShortForms(tokens, lang, wholeShortNames(tokens, mended)).map((piece) => mentionOf(tokens, piece));
}

/** Marks in this share of letters make a text one that writes Vietnamese with its diacritics. */
const MARKED_SHARE = 0.05;

function isVietnameseSpelled(text: string): boolean {
  const head = text.slice(0, 2000).normalize('NFC');
  const marks = head.match(/[à-ỹđ]/giu)?.length ?? 0;
  return marks >= head.length * MARKED_SHARE;
}

/** Mentions as tokens; their ends fall on those of tokens, for the tagger's do. */
function piecesOf(tokens: Tokens, mentions: readonly Mention[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, type, value } of [...mentions].sort((a, b) => a.start - b.start)) {
    while (at < tokens.count && (tokens.ends[at] as number) <= start) at++;
    let last = at;
    while (last + 1 < tokens.count && (tokens.starts[last + 1] as number) < end) last++;
    if (at < tokens.count) pieces.push({ first: at, last, type, ...(value !== undefined && { value }) });
  }
  return pieces;
}

function mentionOf({ text, starts, ends }: Tokens, { first, last, type, value }: Piece): Mention {
  const start = starts[first] as number;
  const end = ends[last] as number;
  return { start, end, text: text.slice(start, end), type, ...(value !== undefined && { value }) };
}

/** Names without overlap, longer ones before shorter ones. */
function longest(names: NameAt[]): NameAt[] {
  const chosen: NameAt[] = [];
  for (const name of [...names].sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first))
    if (!chosen.some((other) => other.first <= name.last && name.first <= other.last)) chosen.push(name);
  return chosen.sort((a, b) => a.first - b.first);
}

const isEntity = (type: Mention['type']): type is EntityType => ENTITY_TYPES.some((known) => known === type);
const only = (types: ReadonlySet<EntityType>): EntityType | null =>
  types.size === 1 ? ([...types][0] as EntityType) : null;

/** Lets known names win over the pieces they overlap. */
function applyNames(tokens: Tokens, lang: string | null, pieces: readonly Piece[], names: readonly NameAt[]): Piece[] {
  let mended = [...pieces];
  for (const piece of pieces) {
    if (!isEntity(piece.type)) continue;
    const over = names.filter((name) => name.first <= piece.last && piece.first <= name.last);
    if (over.length === 0) continue;
    const [name] = over as [NameAt];
    if (over.length === 1 && name.first === piece.first && name.last === piece.last) {
      mended = mended.map((other) => (other === piece ? { ...piece, type: retyped(tokens, piece, name) } : other));
    } else if (over.every((it) => it.first >= piece.first && it.last <= piece.last)) {
      const cut = cutAt(tokens, lang, piece, over);
      if (cut) mended = mended.flatMap((other) => (other === piece ? cut : [other]));
    } else if (over.length === 1 && name.words > 1) {
      const type = only(name.types) ?? (name.types.has(piece.type as EntityType) ? piece.type : null);
      const others = mended.filter((other) => other !== piece && other.first <= name.last && name.first <= other.last);
      if (
        type === null ||
        others.some((other) => !isEntity(other.type) || other.first < name.first || other.last > name.last)
      )
        continue;
      if (piece.first < name.first && isCapital(tokens.kinds[piece.first]) && piece.type === 'PER') continue;
      if (name.first < piece.first && name.last === piece.last && isHead(tokens, lang, piece, name, others)) continue;
      mended = mended.filter((other) => other !== piece && !others.includes(other));
      mended.push({ first: name.first, last: name.last, type });
      mended.sort((a, b) => a.first - b.first);
    }
  }
  return mended;
}

/** Whether what a known name has before a piece only says what it is: `the`, a title, `đảng`, or a part without which it is the same. */
function isHead(tokens: Tokens, lang: string | null, piece: Piece, name: NameAt, others: readonly Piece[]): boolean {
  if (others.length > 0) return false;
  const added = tokens.kinds.subarray(name.first, piece.first);
  if (lang === 'vi' && added.every((kind) => kind === TokenKind.lower)) return true;
  if (piece.type === 'PER') return isTitled(tokens, piece.first);
  const text = (from: number): string => tokens.text.slice(tokens.starts[from], tokens.ends[name.last]);
  const short = entityKey(piece.type as EntityType, text(piece.first), lang);
  return short.known && short.key === entityKey(piece.type as EntityType, text(name.first), lang).key;
}

/** What the tables know wins over the tagger's type, but for a person with a title: places bear persons' names. */
function retyped(tokens: Tokens, piece: Piece, name: NameAt): Piece['type'] {
  const type = only(name.types);
  if (type === null || type === piece.type || piece.type === 'MISC' || name.generic) return piece.type;
  if (name.words === 1 && (tokens.ends[name.last] as number) - (tokens.starts[name.first] as number) < TELLING_LETTERS)
    return piece.type;
  if (piece.type === 'PER' && isTitled(tokens, piece.first)) return piece.type;
  return type;
}

/** Whether a title or form of address stands before a token. */
export function isTitled({ text, starts, sentenceStarts }: Tokens, first: number): boolean {
  let from = first;
  while (from > 0 && first - from < 4 && sentenceStarts[from] !== 1) from--;
  const before = wordsOf(text.slice(starts[from], starts[first]));
  // A title is never all of a name: a word stands in for it.
  return before.some((_, i) => titleLength([...before.slice(i), { folded: 'x', exact: 'x' }]) === before.length - i);
}

/** The known names in a span that runs together what is several, or runs on behind one; null where it is one name. */
function cutAt(tokens: Tokens, lang: string | null, piece: Piece, names: readonly NameAt[]): Piece[] | null {
  const between = (from: number, to: number): string => tokens.text.slice(tokens.starts[from], tokens.ends[to - 1]);
  if (entityKey(piece.type as EntityType, between(piece.first, piece.last + 1), lang).known) return null;
  const [head] = names as [NameAt];
  if (head.first > piece.first) return null;
  const parts: Piece[] = [];
  let several = false;
  for (const [i, { first, last, types }] of names.entries()) {
    const before = names[i - 1];
    const type = only(types) ?? piece.type;
    const part = parts.at(-1);
    if (before && part) {
      const gap = first - before.last - 1;
      const words = gap === 0 ? '' : between(before.last + 1, first);
      if (gap > 0 && PART_OF.test(words) && part.type === 'ORG' && type === 'LOC') {
        part.last = last;
        continue;
      }
      const clause = lang !== 'vi' && /^\p{Ll}{4,}(?:\s+\p{Ll}+)*$/u.test(words) && !GOING_ON.test(words);
      if ((gap > 0 && !JOINING.test(words) && !clause) || (gap === 0 && type === part.type)) return null;
      several = true;
    }
    parts.push({ first, last, type });
  }
  const at = (names.at(-1) as NameAt).last + 1;
  if (at > piece.last) return several ? parts : null;
  const next = between(at, at + 1);
  if (JOINING.test(next) && at < piece.last && isCapital(tokens.kinds[at + 1]) && head.words > 1)
    return [...parts, { first: at + 1, last: piece.last, type: piece.type }];
  if (isAddress(between(at, piece.last + 1))) return parts;
  // A known body, and words after it that are no names: `... de la Défense enverra des hélicoptères`.
  const small = tokens.kinds[at] === TokenKind.lower && !GOING_ON.test(next);
  return small && head.words > 1 && piece.type === 'ORG' && lang !== 'vi' ? parts : null;
}

/** Known names that nothing was found at, where they stand by themselves. */
function addMissed(tokens: Tokens, lang: string | null, pieces: readonly Piece[], names: readonly NameAt[]): Piece[] {
  const added = names.flatMap((name): Piece[] => {
    const type = only(name.types);
    const free = !pieces.some((piece) => piece.first <= name.last && name.first <= piece.last);
    return free && type !== null && !name.generic && standsAlone(tokens, name, lang)
      ? [{ first: name.first, last: name.last, type }]
      : [];
  });
  return added.length === 0 ? [...pieces] : [...pieces, ...added].sort((a, b) => a.first - b.first);
}

function standsAlone(tokens: Tokens, name: NameAt, lang: string | null): boolean {
  const { kinds, gaps, sentenceStarts, starts, ends } = tokens;
  const { first, last, words } = name;
  const beside = (i: number, gap: number): boolean => gaps[gap] === Gap.space && isCapital(kinds[i]);
  const before =
    first > 0 && sentenceStarts[first] !== 1 && beside(first - 1, first) && sentenceStarts[first - 1] !== 1;
  const after = last + 1 < tokens.count && sentenceStarts[last + 1] !== 1 && beside(last + 1, last + 1);
  if (words >= LONG_NAME) return true;
  if (before || after) return false;
  if (words > 1) return true;
  if (name.types.has('PER')) return false;
  const letters = (ends[last] as number) - (starts[first] as number);
  if (kinds[first] === TokenKind.upper && letters >= TELLING_LETTERS - 1) return !isShouted(tokens, first);
  if (sentenceStarts[first] !== 1) return letters >= TELLING_LETTERS;
  const text = tokens.text.slice(starts[first], ends[last]);
  return letters >= TELLING_AT_START && (lang !== 'vi' || !wordsOf(text).some(isMarked));
}

/** Whether the words around are in capitals too. */
function isShouted({ kinds, count }: Tokens, at: number): boolean {
  let capitals = 0;
  for (let i = Math.max(0, at - 3); i < Math.min(count, at + 4); i++) if (kinds[i] === TokenKind.upper) capitals++;
  return capitals > 2;
}
