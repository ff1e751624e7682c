/** The telling words of a text, for comparing texts of one language. */
import { readTable } from '../entities/tables.ts';
import { fold, TokenKind, type Tokens, tokenText } from '../text/index.ts';
import type { Weighted } from './signature.ts';

const MOST_TERMS = 48;
const LEAD_TOKENS = 60;
const LEAD_FACTOR = 1.5;

/** How common a term is in news: the share of texts it is in, per language. */
const shares = new Map<string, number>();
for (const [term, share] of readTable('common-terms.tsv')) shares.set(term as string, Number(share));
/** Share of texts taken for a term the table does not have: it lists those in one text of a hundred or more. */
const RARE_SHARE = 0.004;

/** Terms of a text with weights, heaviest first, at most 48: pairs of syllables in Vietnamese, words elsewhere. */
export function termsIn(tokens: Tokens, lang: string | null): Weighted[] {
  if (lang === null) return [];
  const counts = new Map<string, number>();
  let before = '';
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i];
    if (kind === TokenKind.symbol || kind === TokenKind.number) {
      before = '';
      continue;
    }
    const word = tokenText(tokens, i).toLowerCase();
    const factor = i < LEAD_TOKENS ? LEAD_FACTOR : 1;
    if (lang === 'vi') {
      if (before !== '') add(counts, `${lang}:${before} ${word}`, factor);
      before = word;
    } else if (word.length > 2) add(counts, `${lang}:${stem(fold(word))}`, factor);
  }
  return [...counts]
    .map(([term, count]): Weighted => [term, Math.round((1 + Math.log2(count)) * rarity(term) * 1000) / 1000])
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_TERMS);
}

function add(counts: Map<string, number>, term: string, factor: number): void {
  counts.set(term, (counts.get(term) ?? 0) + factor);
}

/** Takes the commonest endings of French and English words off. */
function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ements?|ations?|ings?|ies|ees|es|ed|e|s)$/, '') : word.replace(/s$/, '');
}

/** Inverse document frequency: 1 for a rare term, towards 0 for one in every text. */
function rarity(term: string): number {
  return Math.log(1 / (shares.get(term) ?? RARE_SHARE)) / Math.log(1 / RARE_SHARE);
}
