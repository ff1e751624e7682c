/** Kinds of event and thing a text speaks of, the same in Vietnamese, French and English. */
import { readTable } from '../entities/tables.ts';
import { fold, TokenKind, type Tokens, tokenText } from '../text/index.ts';
import type { Weighted } from './weighted.ts';

/** Words of one concept in one language; the last word matches every word that begins so where `prefix`. */
type Phrase = { words: string[]; prefix: boolean; concept: string };

const LANGUAGES = ['vi', 'fr', 'en'] as const;
const MOST_CONCEPTS = 16;
/** Letters of a word that find the phrases it may begin. */
const INDEX_LETTERS = 3;
/** Concepts of the title and the first lines count twice; measured in tokens. */
const LEAD_TOKENS = 60;
/** Words remembered per language with the phrases they begin; beyond this many it starts anew. */
const MOST_REMEMBERED = 100_000;

/** Concept -> 1 for a rare one, towards 0 for one in every text. */
const rarities = new Map<string, number>();
/** Share of texts under which a concept counts in full. */
const RARE_SHARE = 0.004;

type Table = {
  byStart: Map<string, Phrase[]>;
  /** By the hash of a word: the phrases it begins, longest first. */
  remembered: Map<number, readonly Phrase[]>;
};
const tables = new Map<string, Table>();

function learnConcepts(): void {
  const rows = readTable('concepts.tsv');
  for (const [concept, , , , share] of rows) {
    rarities.set(
      `c:${concept}`,
      Math.min(1, Math.log(1 / Math.max(RARE_SHARE, Number(share))) / Math.log(1 / RARE_SHARE)),
    );
  }
  LANGUAGES.forEach((lang, column) => {
    const byStart = new Map<string, Phrase[]>();
    for (const row of rows) {
      for (const phrase of (row[column + 1] ?? '').split('|')) {
        const text = phrase.trim();
        if (text === '') continue;
        const prefix = text.endsWith('*');
        const words = (prefix ? text.slice(0, -1) : text).split(/[ -]/).map((word) => written(word, lang));
        const start = (words[0] as string).slice(0, INDEX_LETTERS);
        byStart.set(start, [...(byStart.get(start) ?? []), { words, prefix, concept: `c:${row[0]}` }]);
      }
    }
    for (const phrases of byStart.values()) phrases.sort((a, b) => b.words.length - a.words.length);
    tables.set(lang, { byStart, remembered: new Map() });
  });
}

/** Vietnamese words are compared with their tones, which tell them apart; French and English ones without accents. */
function written(word: string, lang: string): string {
  return lang === 'vi' ? word.normalize('NFC').toLowerCase() : fold(word);
}

/** The concepts of a text in a language of the table, heaviest first, at most 16; none in other languages. */
export function conceptsIn(tokens: Tokens, lang: string | null): Weighted[] {
  const table = lang === null ? undefined : tables.get(lang);
  if (!table || lang === null) return [];
  const hashes = lang === 'vi' ? tokens.lowers : tokens.folds;
  const counts = new Map<string, number>();
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] === TokenKind.symbol) continue;
    const phrases = table.remembered.get(hashes[at] as number) ?? beginning(table, tokens, at, lang);
    if (phrases.length === 0) continue;
    for (const phrase of phrases) {
      const end = matchEnd(tokens, at, phrase, lang);
      if (end < 0) continue;
      counts.set(phrase.concept, (counts.get(phrase.concept) ?? 0) + (at < LEAD_TOKENS ? 2 : 1));
      at = end;
      break;
    }
  }
  return [...counts]
    .map(([concept, count]): Weighted => [concept, weigh(concept, count)])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_CONCEPTS);
}

function weigh(concept: string, count: number): number {
  return Math.round(Math.log2(1 + count) * (rarities.get(concept) ?? 1) * 1000) / 1000;
}

/** The phrases whose first word the word at a token can be; remembered by its hash. */
function beginning({ byStart, remembered }: Table, tokens: Tokens, at: number, lang: string): readonly Phrase[] {
  const word = written(tokenText(tokens, at), lang);
  const start = byStart.get(word.slice(0, INDEX_LETTERS)) ?? [];
  const phrases = start.filter((phrase) => fits(phrase, 0, word));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set((lang === 'vi' ? tokens.lowers : tokens.folds)[at] as number, phrases);
  return phrases;
}

/** The last token of a phrase that begins at a token, or -1. Hyphens and apostrophes between words do not matter. */
function matchEnd(tokens: Tokens, at: number, phrase: Phrase, lang: string): number {
  let place = at;
  for (let k = 1; k < phrase.words.length; k++) {
    place++;
    if (tokens.kinds[place] === TokenKind.symbol) place++;
    if (place >= tokens.count || !fits(phrase, k, written(tokenText(tokens, place), lang))) return -1;
  }
  return place;
}

/** Whether a word of a text is word `k` of a phrase. */
function fits({ words, prefix }: Phrase, k: number, word: string): boolean {
  const wanted = words[k] as string;
  return prefix && k === words.length - 1 ? word.startsWith(wanted) : word === wanted;
}

learnConcepts();
