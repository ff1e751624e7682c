/** Scores words by how often they stood in article text rather than in page furniture, as learned from pages of many sites. */
import { foldOf, HASH_FACTOR, HASH_START, hashOf, IS, kindOf } from './characters.ts';

/** Log-odds of words, in hundredths, positive for article text. */
export type Lexicon = Readonly<Record<string, number>>;

/** Words of a block that are looked up: its start and its end, where furniture shows. */
const START_WORDS = 10;
const END_WORDS = 4;

const WORD = /[\p{L}\p{M}]+|\d+/gu;
/** Characters read at the start of a block, and at the end of a longer one. */
const START_CHARS = 140;
const END_CHARS = 60;

/** The words at the start and end of a block; numbers are all `0`. */
function edgeWords(text: string): string[] {
  const start = text.slice(0, START_CHARS).toLowerCase().match(WORD) ?? [];
  const words: string[] = start.slice(0, START_WORDS);
  if (text.length > START_CHARS)
    words.push(...(text.slice(-END_CHARS).toLowerCase().match(WORD) ?? []).slice(-END_WORDS));
  else words.push(...start.slice(START_WORDS).slice(-END_WORDS));
  for (let at = 0; at < words.length; at++) if (/^\d/.test(words[at] as string)) words[at] = '0';
  return words;
}

/** Distinct words and neighbouring pairs at the start and end of a block. */
export function lexiconWords(text: string): string[] {
  const found = new Set<string>();
  let before = '^';
  for (const word of edgeWords(text)) {
    found.add(word);
    found.add(`${before} ${word}`);
    before = word;
  }
  return [...found];
}

/** A lexicon of text prepared for lookup: scores by the hash of a word or of a pair, so that no word is cut out of a text. */
export type TextLexicon = { slots: Int32Array; mask: number };

/** What a slot without an entry holds in place of a score. */
const EMPTY = 0x7fffffff;

/** The hash of a pair, from those of its words. */
const pairOf = (first: number, second: number): number => Math.imul(first ^ (second >>> 15), 0x9e3779b1) ^ second;

/** The hash that stands for the start of a block, and the one of all numbers. */
const BEGIN = hashOf('^');
const NUMBER = hashOf('0');

/** Prepares a stored lexicon. Two of its entries share a hash about once in 2^32 / entries² lexicons. */
export function prepareLexicon(lexicon: Lexicon): TextLexicon {
  const entries = Object.entries(lexicon);
  let size = 1024;
  while (size < entries.length * 2) size *= 2;
  // A hash and its score lie side by side: a look-up waits for one memory.
  const made: TextLexicon = { slots: new Int32Array(size * 2).fill(EMPTY), mask: size - 1 };
  for (const [entry, score] of entries) {
    const space = entry.indexOf(' ');
    const hash = space < 0 ? hashOf(entry) : pairOf(hashOf(entry.slice(0, space)), hashOf(entry.slice(space + 1)));
    let slot = hash & made.mask;
    while (made.slots[slot * 2 + 1] !== EMPTY) slot = (slot + 1) & made.mask;
    made.slots[slot * 2] = hash;
    made.slots[slot * 2 + 1] = score;
  }
  return made;
}

function scoreOf(lexicon: TextLexicon, hash: number): number {
  const { slots, mask } = lexicon;
  let slot = hash & mask;
  for (;;) {
    const score = slots[slot * 2 + 1] as number;
    if (score === EMPTY || slots[slot * 2] === hash) return score;
    slot = (slot + 1) & mask;
  }
}

/** Hashes of the words of the piece at hand, the first `MAX_HASHES` of them. */
const MAX_HASHES = 160;
const found = new Int32Array(MAX_HASHES);
/** Hashes of the words that are looked up. */
const words = new Int32Array(START_WORDS + END_WORDS);

const WORD_FOLD = IS.word << 16;
const DIGIT_FOLD = IS.digit << 16;

/** Hashes the words of a piece of text; returns how many there are. */
function hashWords(text: string, start: number, end: number): number {
  let count = 0;
  let at = start;
  while (at < end && count < MAX_HASHES) {
    const fold = foldOf(text.charCodeAt(at));
    if ((fold & WORD_FOLD) !== 0) {
      let hash = Math.imul(HASH_START ^ (fold & 0xffff), HASH_FACTOR);
      for (at++; at < end; at++) {
        const next = foldOf(text.charCodeAt(at));
        if ((next & WORD_FOLD) === 0) break;
        hash = Math.imul(hash ^ (next & 0xffff), HASH_FACTOR);
      }
      found[count++] = hash;
    } else if ((fold & DIGIT_FOLD) !== 0) {
      for (at++; at < end; at++) if ((kindOf(text.charCodeAt(at)) & IS.digit) === 0) break;
      found[count++] = NUMBER;
    } else at++;
  }
  return count;
}

/** Hashes the words at a block's edges; returns how many there are. */
function hashEdges(text: string): number {
  const { length } = text;
  let count = hashWords(text, 0, Math.min(length, START_CHARS));
  let size = Math.min(count, START_WORDS);
  for (let at = 0; at < size; at++) words[at] = found[at] as number;
  let from = START_WORDS;
  if (length > START_CHARS) {
    count = hashWords(text, length - END_CHARS, length);
    from = 0;
  }
  for (let at = Math.max(from, count - END_WORDS); at < count; at++) words[size++] = found[at] as number;
  return size;
}

/** Mean, least and greatest of log-odds. */
export type LexiconScores = { mean: number; least: number; most: number };

/** The mean, least and greatest log-odds of the known words and pairs of a block, each counted once; zeros where none is known. */
export function lexiconScores(text: string, lexicon: TextLexicon): LexiconScores {
  const count = hashEdges(text);
  let sum = 0;
  let known = 0;
  let least = 0;
  let most = 0;
  let before = BEGIN;
  for (let at = 0; at < count; at++) {
    const word = words[at] as number;
    let seenWord = false;
    let seenPair = false;
    for (let earlier = 0; earlier < at && !seenPair; earlier++)
      if (words[earlier] === word) {
        seenWord = true;
        if (earlier > 0 && words[earlier - 1] === before) seenPair = true;
      }
    for (let turn = 0; turn < 2; turn++) {
      if (turn === 0 ? seenWord : seenPair) continue;
      const score = scoreOf(lexicon, turn === 0 ? word : pairOf(before, word));
      if (score === EMPTY) continue;
      known++;
      sum += score;
      if (score < least) least = score;
      if (score > most) most = score;
    }
    before = word;
  }
  return known === 0 ? { mean: 0, least: 0, most: 0 } : { mean: sum / known, least, most };
}
