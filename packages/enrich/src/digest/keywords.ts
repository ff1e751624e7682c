/** The phrases a document is about, as they stand in it. */
import { termRarity } from '../stories/terms.ts';
import { Gap, hashOf, join, TokenKind, type Tokens, tokenize } from '../text/index.ts';
import { functionWords } from './function-words.ts';

export type KeywordText = {
  title: string | null;
  text: string;
  lang: string | null;
  /** Spans that are named already: no keyword is taken out of a name. */
  mentions?: readonly { start: number; end: number }[];
};

const MOST_KEYWORDS = 10;
/** Words of a keyword: Vietnamese writes one word as two or three syllables. */
const WORDS = { vi: { least: 2, most: 5 }, other: { least: 1, most: 5 } };
/** Phrases so much longer are counted too: what always stands within one is a piece of it, and no keyword. */
const BEYOND = 3;
const LEAST_LETTERS = 4;
/** Once in the body is chance; a phrase of the title may stand there once. */
const LEAST_COUNT = 2;
const TITLE_FACTOR = 2;
/** The commonest words of news tell nothing: below this mean rarity (0 to 1) a phrase is left out. */
const LEAST_RARITY = 0.5;
/** A phrase that stands this often within one longer phrase is a piece of it. */
const PIECE_SHARE = 0.7;

/** A phrase by the hash of its folded words: how often, of how many words, and where it stood first. */
type Phrase = { count: number; words: number; tokens: Tokens; at: number; title: boolean };

/** At most ten phrases, the most telling first; none for an empty text. */
export function keywordsOf({ title, text, lang, mentions = [] }: KeywordText): string[] {
  const phrases = new Map<number, Phrase>();
  const { least, most } = lang === 'vi' ? WORDS.vi : WORDS.other;
  count(tokenize(text), lang, mentions, phrases, false);
  if (title) count(tokenize(title), lang, [], phrases, true);
  const repeated = [...phrases].filter(([, it]) => it.count >= LEAST_COUNT);
  const pieces = piecesOf(repeated, phrases);
  const ranked = repeated
    .filter(([key, it]) => it.words >= least && it.words <= most && !pieces.has(key) && letters(it) >= LEAST_LETTERS)
    .map(([, it]) => ({ it, rarity: rarityOf(it, lang) }))
    .filter(({ rarity }) => rarity >= LEAST_RARITY)
    .map(({ it, rarity }) => ({ it, score: scoreOf(it, rarity) }))
    .sort((a, b) => b.score - a.score || a.it.at - b.it.at);
  const chosen: { text: string; folded: string }[] = [];
  for (const { it } of ranked) {
    if (chosen.length >= MOST_KEYWORDS) break;
    const written = textOf(it);
    const folded = ` ${written.toLowerCase()} `;
    // Two phrases of which one lies within the other are one keyword: the better one.
    if (!chosen.some((other) => other.folded.includes(folded) || folded.includes(other.folded))) {
      chosen.push({ text: written, folded });
    }
  }
  return chosen.map((it) => it.text);
}

/** In the spirit of the C-value (Frantzi et al. 2000): longer phrases tell more, and each occurrence less than the one before. */
const scoreOf = ({ count, words, title }: Phrase, rarity: number): number =>
  Math.log2(1 + count) * (1 + Math.log2(words)) * rarity * (title ? TITLE_FACTOR : 1);

/** Phrases that nearly always stand within one and the same longer phrase: "phạm mạng" of "tội phạm mạng". */
function piecesOf(repeated: [number, Phrase][], phrases: ReadonlyMap<number, Phrase>): Set<number> {
  const pieces = new Set<number>();
  for (const [, { count, words, tokens, at }] of repeated) {
    if (words < 2) continue;
    for (const piece of [keyAt(tokens, at + 1, words - 1), keyAt(tokens, at, words - 1)]) {
      const shorter = phrases.get(piece);
      if (shorter && count >= PIECE_SHARE * shorter.count) pieces.add(piece);
    }
  }
  return pieces;
}

/** Counts every phrase that neither begins nor ends with a function word, nor crosses a sign or a name. */
function count(
  tokens: Tokens,
  lang: string | null,
  mentions: readonly { start: number; end: number }[],
  phrases: Map<number, Phrase>,
  title: boolean,
): void {
  const { most } = lang === 'vi' ? WORDS.vi : WORDS.other;
  const usable = usableTokens(tokens, lang, mentions);
  for (let first = 0; first < tokens.count; first++) {
    if (usable[first] !== USABLE) continue;
    let key = 0;
    for (let words = 1; words <= most + BEYOND && first + words <= tokens.count; words++) {
      const last = first + words - 1;
      const use = usable[last] as number;
      if (use === NEVER || (words > 1 && !follows(tokens, last))) break;
      // The joints of French stand within its phrases ("lutte contre la fraude"); elsewhere function words part them.
      if (use === JOINT && lang !== 'fr') break;
      key = join(key, tokens.folds[last] as number);
      if (use === JOINT) continue;
      const known = phrases.get(key);
      if (known) {
        known.count++;
        known.title ||= title;
      } else {
        phrases.set(key, { count: 1, words, tokens, at: first, title });
      }
    }
  }
}

/** True where a token goes on after the one before: behind a space, or around an apostrophe ("trafic d'anguilles"). */
function follows({ gaps, lowers, sentenceStarts }: Tokens, at: number): boolean {
  if (sentenceStarts[at] === 1) return false;
  return (
    gaps[at] === Gap.space || (gaps[at] === Gap.none && (lowers[at] === APOSTROPHE || lowers[at - 1] === APOSTROPHE))
  );
}

function keyAt({ folds }: Tokens, first: number, words: number): number {
  let key = 0;
  for (let at = first; at < first + words; at++) key = join(key, folds[at] as number);
  return key;
}

const APOSTROPHE = hashOf("'");
const NEVER = 0;
const JOINT = 1;
const USABLE = 2;

const stopHashes = new Map<string, ReadonlySet<number>>();

function usableTokens(
  tokens: Tokens,
  lang: string | null,
  mentions: readonly { start: number; end: number }[],
): Uint8Array {
  let stops = stopHashes.get(lang ?? '');
  if (!stops) {
    stops = new Set([...functionWords(lang)].map(hashOf));
    stopHashes.set(lang ?? '', stops);
  }
  const usable = new Uint8Array(tokens.count);
  const spans = [...mentions].sort((a, b) => a.start - b.start);
  let next = 0;
  for (let at = 0; at < tokens.count; at++) {
    const kind = tokens.kinds[at] as number;
    while (next < spans.length && (spans[next]?.end ?? 0) <= (tokens.starts[at] as number)) next++;
    const named = (spans[next]?.start ?? Number.POSITIVE_INFINITY) < (tokens.ends[at] as number);
    if (lang === 'fr' && !named && tokens.lowers[at] === APOSTROPHE) usable[at] = JOINT;
    if (kind === TokenKind.symbol || kind === TokenKind.number || named) continue;
    usable[at] = stops.has(tokens.lowers[at] as number) ? JOINT : USABLE;
  }
  return usable;
}

/** Mean of the rarities of a phrase's words; in Vietnamese of its pairs of syllables. */
function rarityOf({ tokens, at, words }: Phrase, lang: string | null): number {
  const from = lang === 'vi' && words > 1 ? at + 1 : at;
  let sum = 0;
  for (let token = from; token < at + words; token++) sum += termRarity(tokens, token, lang);
  return sum / (at + words - from);
}

const letters = ({ tokens, at, words }: Phrase): number =>
  (tokens.nfcEnds[at + words - 1] as number) - (tokens.nfcStarts[at] as number) - (words - 1);

/** As it stands in the text; a word that is capital only because its sentence begins there is written small. */
function textOf({ tokens, at, words }: Phrase): string {
  const text = tokens.nfc.slice(tokens.nfcStarts[at], tokens.nfcEnds[at + words - 1]).replace(/\s+/g, ' ');
  const capital = tokens.kinds[at] === TokenKind.title && !/\s\p{Lu}/u.test(text);
  return capital ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
