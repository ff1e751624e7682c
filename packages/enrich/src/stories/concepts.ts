/** Kinds of event and thing a text speaks of, the same in Vietnamese, French and English. */
import { readTable } from '../entities/tables.ts';
import { fold, TokenKind, type Tokens, tokenText } from '../text/index.ts';
import type { Weighted } from './signature.ts';

/** Words of one concept in one language; a last word that ends in `*` matches every word that begins so. */
type Phrase = { words: string[]; prefix: boolean; concept: string };

const LANGUAGES = ['vi', 'fr', 'en'] as const;
const MOST_CONCEPTS = 16;
/** Letters of a word that find the phrases it may begin. */
const INDEX_LETTERS = 3;
/** Concepts of the first lines and the title weigh more; measured in tokens. */
const LEAD_TOKENS = 60;

const tables = new Map<string, Map<string, Phrase[]>>();

function learnConcepts(): void {
  const rows = readTable('concepts.tsv');
  LANGUAGES.forEach((lang, column) => {
    const index = new Map<string, Phrase[]>();
    for (const row of rows) {
      for (const phrase of (row[column + 1] ?? '').split('|')) {
        const text = phrase.trim();
        if (text === '') continue;
        const prefix = text.endsWith('*');
        const words = (prefix ? text.slice(0, -1) : text).split(' ').map((word) => written(word, lang));
        const start = (words[0] as string).slice(0, INDEX_LETTERS);
        index.set(start, [...(index.get(start) ?? []), { words, prefix, concept: `c:${row[0]}` }]);
      }
    }
    for (const phrases of index.values()) phrases.sort((a, b) => b.words.length - a.words.length);
    tables.set(lang, index);
  });
}

/** Vietnamese words are compared with their tones, which tell them apart; French and English ones without accents. */
function written(word: string, lang: string): string {
  return lang === 'vi' ? word.normalize('NFC').toLowerCase() : fold(word);
}

/** The concepts of a text in a language of the table, heaviest first, at most 16; none in other languages. */
export function conceptsIn(tokens: Tokens, lang: string | null): Weighted[] {
  const table = lang === null ? undefined : tables.get(lang);
  if (!table) return [];
  const words: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    words.push(tokens.kinds[i] === TokenKind.symbol ? '' : written(tokenText(tokens, i), lang as string));
  }
  const counts = new Map<string, number>();
  for (let i = 0; i < words.length; i++) {
    const phrases = table.get((words[i] as string).slice(0, INDEX_LETTERS));
    const found = phrases?.find((phrase) => matches(words, i, phrase));
    if (!found) continue;
    counts.set(found.concept, (counts.get(found.concept) ?? 0) + (i < LEAD_TOKENS ? 2 : 1));
    i += found.words.length - 1;
  }
  return [...counts]
    .map(([concept, count]): Weighted => [concept, Math.round(Math.log2(1 + count) * 1000) / 1000])
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_CONCEPTS);
}

function matches(words: readonly string[], at: number, { words: phrase, prefix }: Phrase): boolean {
  const last = phrase.length - 1;
  return phrase.every((word, k) => {
    const other = words[at + k];
    if (other === undefined) return false;
    return prefix && k === last ? other.startsWith(word) : other === word;
  });
}

learnConcepts();
