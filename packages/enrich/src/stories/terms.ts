/** The telling words of a text, for comparing texts of one language. */
import { readTable } from '../entities/tables.ts';
import { fold, hashOf, join, stem, TokenKind, type Tokens, tokenText } from '../text/index.ts';
import type { Weighted } from './weighted.ts';

const MOST_TERMS = 48;
/** Words of the title and the first lines count more; measured in tokens. */
const LEAD_TOKENS = 60;
const LEAD_FACTOR = 1.5;
/** Share of texts taken for a term the table does not have: it lists those in one text of a hundred or more. */
const RARE_SHARE = 0.004;
/** Words remembered with their stem; beyond this many it starts anew. */
const MOST_REMEMBERED = 100_000;

/** Terms common in news, per language: hash -> 1 for a rare term, towards 0 for one in every text. */
const rarities = new Map<string, Map<number, number>>();

function learnTerms(): void {
  for (const [term, share] of readTable('common-terms.tsv')) {
    const [lang, words] = (term as string).split(':', 2) as [string, string];
    const ofLanguage = rarities.get(lang) ?? new Map<number, number>();
    const [first, second] = words.split(' ');
    const hash = lang === 'vi' ? join(hashOf(first as string), hashOf(second as string)) : hashOf(words);
    ofLanguage.set(hash, Math.log(1 / Number(share)) / Math.log(1 / RARE_SHARE));
    rarities.set(lang, ofLanguage);
  }
}

type Count = { count: number; at: number };

/** Terms of a text with weights, heaviest first, at most 48: pairs of syllables in Vietnamese, stems elsewhere. */
export function termsIn(tokens: Tokens, lang: string | null): Weighted[] {
  if (lang === null) return [];
  const rarity = rarities.get(lang);
  const weights: { at: number; weight: number }[] = [];
  for (const [hash, { count, at }] of lang === 'vi' ? countPairs(tokens) : countStems(tokens)) {
    weights.push({ at, weight: (1 + Math.log2(count)) * (rarity?.get(hash) ?? 1) });
  }
  return weights
    .sort((a, b) => b.weight - a.weight || a.at - b.at)
    .slice(0, MOST_TERMS)
    .map(({ at, weight }): Weighted => [`${lang}:${termAt(tokens, at, lang)}`, Math.round(weight * 1000) / 1000]);
}

/**
 * How rare the term that ends at a token is in news, 0 to 1: in Vietnamese the pair with the syllable before it, elsewhere
 * the word's stem. 1 where the table does not have it.
 */
export function termRarity(tokens: Tokens, at: number, lang: string | null): number {
  const rarity = lang === null ? undefined : rarities.get(lang);
  if (!rarity) return 1;
  const hash =
    lang === 'vi'
      ? join(tokens.lowers[at - 1] as number, tokens.lowers[at] as number)
      : hashOf(stem(fold(tokenText(tokens, at))));
  return rarity.get(hash) ?? 1;
}

/** How telling each word of a text is, by its folded hash: how often it stands there, and how rare it is elsewhere. */
export function termWeights(tokens: Tokens, lang: string | null): Map<number, number> {
  const counts = new Map<number, Count>();
  for (let at = 0; at < tokens.count; at++) if (isWord(tokens, at)) add(counts, tokens.folds[at] as number, at);
  const weights = new Map<number, number>();
  for (const [word, { count, at }] of counts) {
    const long = (tokens.nfcEnds[at] as number) - (tokens.nfcStarts[at] as number) >= LEAST_LETTERS;
    const before = lang === 'vi' && at > 0 ? termRarity(tokens, at, lang) : 1;
    const rarity = lang === 'vi' ? before : termRarity(tokens, at, lang);
    if (long || lang === 'vi') weights.set(word, Math.log2(1 + count) * rarity);
  }
  return weights;
}

function termAt(tokens: Tokens, at: number, lang: string): string {
  if (lang !== 'vi') return stem(fold(tokenText(tokens, at)));
  return `${tokenText(tokens, at - 1).toLowerCase()} ${tokenText(tokens, at).toLowerCase()}`;
}

function isWord(tokens: Tokens, at: number): boolean {
  return tokens.kinds[at] !== TokenKind.symbol && tokens.kinds[at] !== TokenKind.number;
}

function add(counts: Map<number, Count>, hash: number, at: number): void {
  const factor = at < LEAD_TOKENS ? LEAD_FACTOR : 1;
  const seen = counts.get(hash);
  if (seen) seen.count += factor;
  else counts.set(hash, { count: factor, at });
}

function countPairs(tokens: Tokens): Map<number, Count> {
  const counts = new Map<number, Count>();
  for (let at = 1; at < tokens.count; at++) {
    if (!isWord(tokens, at) || !isWord(tokens, at - 1)) continue;
    add(counts, join(tokens.lowers[at - 1] as number, tokens.lowers[at] as number), at);
  }
  return counts;
}

/** Least letters of a word that can tell something. */
const LEAST_LETTERS = 3;
const stems = new Map<number, number>();

function countStems(tokens: Tokens): Map<number, Count> {
  const counts = new Map<number, Count>();
  for (let at = 0; at < tokens.count; at++) {
    if (!isWord(tokens, at) || (tokens.nfcEnds[at] as number) - (tokens.nfcStarts[at] as number) < LEAST_LETTERS)
      continue;
    const word = tokens.folds[at] as number;
    let hash = stems.get(word);
    if (hash === undefined) {
      hash = hashOf(stem(fold(tokenText(tokens, at))));
      if (stems.size >= MOST_REMEMBERED) stems.clear();
      stems.set(word, hash);
    }
    add(counts, hash, at);
  }
  return counts;
}

learnTerms();
