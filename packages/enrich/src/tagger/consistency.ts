/** Makes a document agree with itself: the same name is the same thing wherever it stands. */
import { join, TokenKind, type Tokens } from '../text/index.ts';
import type { Context } from './context.ts';
import { maskOf } from './gazetteer.ts';
import { isCapitalised } from './kinds.ts';
import { MODEL_TYPES } from './labels.ts';
import type { Span } from './spans.ts';

const PERSON = MODEL_TYPES.indexOf('PER');
const PLACE = MODEL_TYPES.indexOf('LOC');
/** Names longer than this are not looked for elsewhere. */
const MAX_WORDS = 8;
/** A type needs this share of a name's votes to overrule the others. */
const MAJORITY = 0.6;
/** Buckets of the lexicon up to this one are words that are usually written small. */
const USUALLY_LOWER = 3;

/** The bucket of words that are written with a capital 97 times in 100 or more. */
const ALWAYS_CAPITAL = 6;

const COUNTRY = maskOf('country');
const KNOWN_PLACE = maskOf('country', 'place', 'place-vn', 'region');
const PERSON_CUE = maskOf('cue-person', 'office');

/** What a document called a name: votes by type, and how it is spelled. */
type Votes = { counts: number[]; total: number; length: number };

function keyOf(tokens: Tokens, first: number, last: number): number {
  let key = last - first + 1;
  for (let i = first; i <= last; i++) key = join(key, tokens.words[i] as number);
  return key;
}

/** The spans of a document after agreement: types by majority, names found elsewhere added, family names after full ones. */
export function agree(context: Context, spans: readonly Span[]): Span[] {
  const { tokens } = context;
  const votes = new Map<number, Votes>();
  for (const { first, last, type } of spans) {
    if (last - first >= MAX_WORDS || context.shouted[first] === 1) continue;
    const key = keyOf(tokens, first, last);
    let entry = votes.get(key);
    if (!entry) {
      entry = { counts: MODEL_TYPES.map(() => 0), total: 0, length: last - first + 1 };
      votes.set(key, entry);
    }
    const weight = hasPersonCue(context, first) && type === PERSON ? 2 : 1;
    entry.counts[type] = (entry.counts[type] ?? 0) + weight;
    entry.total += weight;
  }
  const familyNames = lastNames(context, spans);
  const retyped = spans.map((span) => ({ ...span, type: settledType(context, span, votes, familyNames) }));
  return addMissed(context, retyped, votes);
}

function hasPersonCue({ tokens, matches }: Context, first: number): boolean {
  return (
    first > 0 &&
    tokens.sentenceStarts[first] === 0 &&
    (((matches.singles[first - 1] as number) | (matches.ends[first - 1] as number)) & PERSON_CUE) !== 0
  );
}

/** Last words of full names of persons, for `ông Quang` after `Trần Đại Quang`, `Stock` after `Jürgen Stock`. */
function lastNames({ tokens }: Context, spans: readonly Span[]): Set<number> {
  const names = new Set<number>();
  for (const { first, last, type } of spans) {
    if (type === PERSON && last > first) names.add(tokens.words[last] as number);
  }
  return names;
}

function settledType(
  context: Context,
  span: Span,
  votes: ReadonlyMap<number, Votes>,
  familyNames: ReadonlySet<number>,
): number {
  const { tokens, matches } = context;
  const { first, last, type } = span;
  const known =
    first === last
      ? (matches.singles[first] as number)
      : (matches.begins[first] as number) & (matches.ends[last] as number);
  if (
    first === last &&
    type !== PERSON &&
    (known & KNOWN_PLACE) === 0 &&
    familyNames.has(tokens.words[first] as number)
  )
    return PERSON;
  // A country called a person is a country, unless a title stands before it.
  if (type === PERSON && (known & COUNTRY) !== 0 && !hasPersonCue(context, first)) return PLACE;
  const entry = votes.get(keyOf(tokens, first, last));
  if (!entry || entry.total < 2) return type;
  for (let other = 0; other < entry.counts.length; other++) {
    if ((entry.counts[other] as number) / entry.total >= MAJORITY) return other;
  }
  return type;
}

/** Adds names the model saw in one place and missed in another. */
function addMissed(context: Context, spans: readonly Span[], votes: ReadonlyMap<number, Votes>): Span[] {
  const { tokens } = context;
  const { count, kinds } = tokens;
  const starts = new Map<number, number[]>();
  for (const [, { length }] of votes) starts.set(length, []);
  const lengths = [...starts.keys()].sort((a, b) => b - a);
  const all: Span[] = [];
  let s = 0;
  let i = 0;
  while (i < count) {
    const next = spans[s];
    if (next && i === next.first) {
      all.push(next);
      i = next.last + 1;
      s++;
      continue;
    }
    const free = next ? next.first : count;
    const named = isCapitalised(kinds[i] as number) || ((context.matches.begins[i] as number) & COUNTRY) !== 0;
    const found = named ? missedAt(context, i, free, lengths, votes) : null;
    if (found) {
      all.push(found);
      i = found.last + 1;
    } else i++;
  }
  return all;
}

/** A country's name of several words, or of one that is never written small, standing by itself. */
function countryAt({ matches, runStart, runEnd, known, tokens }: Context, first: number, free: number): Span | null {
  const small = tokens.kinds[first] === TokenKind.lower;
  if (!small && (runStart[first] !== first || tokens.kinds[first] !== TokenKind.title)) return null;
  if (((matches.singles[first] as number) & COUNTRY) !== 0) {
    const always = (known[first] as number) >>> 12 === ALWAYS_CAPITAL;
    return always && runEnd[first] === first ? { first, last: first, type: PLACE } : null;
  }
  if (((matches.begins[first] as number) & COUNTRY) === 0) return null;
  let last = first + 1;
  while (last < free && ((matches.ends[last] as number) & COUNTRY) === 0) last++;
  return last < free && runEnd[first] === last ? { first, last, type: PLACE } : null;
}

function missedAt(
  context: Context,
  first: number,
  free: number,
  lengths: readonly number[],
  votes: ReadonlyMap<number, Votes>,
): Span | null {
  const { tokens, runStart, runEnd } = context;
  const country = countryAt(context, first, free);
  if (country) return country;
  for (const length of lengths) {
    const last = first + length - 1;
    if (last >= free) continue;
    const entry = votes.get(keyOf(tokens, first, last));
    if (!entry || entry.length !== length) continue;
    // One word that is often written small, or that is part of a longer run of capitals, may be another thing.
    if (length === 1) {
      const bucket = (context.known[first] as number) >>> 12;
      if (bucket !== 0 && bucket <= USUALLY_LOWER) continue;
      if (tokens.kinds[first] === TokenKind.initial) continue;
      if (runStart[first] !== first || runEnd[first] !== last) continue;
    } else if (runEnd[last] !== last && runEnd[last] !== -1) continue;
    const type = entry.counts.indexOf(Math.max(...entry.counts));
    return { first, last, type };
  }
  return null;
}
