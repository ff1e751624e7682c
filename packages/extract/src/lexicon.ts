/** Scores words by how often they stood in article text rather than in page furniture, as learned from pages of many sites. */

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

/** A lexicon of text prepared for lookup: single words, and pairs by their first word. */
export type TextLexicon = {
  words: ReadonlyMap<string, number>;
  pairs: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

/** Prepares a stored lexicon: pairs are looked up without joining their words. */
export function prepareLexicon(lexicon: Lexicon): TextLexicon {
  const words = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  for (const [entry, score] of Object.entries(lexicon)) {
    const space = entry.indexOf(' ');
    if (space < 0) {
      words.set(entry, score);
      continue;
    }
    const first = entry.slice(0, space);
    const seconds = pairs.get(first) ?? new Map<string, number>();
    seconds.set(entry.slice(space + 1), score);
    pairs.set(first, seconds);
  }
  return { words, pairs };
}

/** The mean, least and greatest log-odds of the known words and pairs of a block; zeros where none is known. */
export function lexiconScores(text: string, lexicon: TextLexicon): { mean: number; least: number; most: number } {
  let sum = 0;
  let known = 0;
  let least = 0;
  let most = 0;
  const words = edgeWords(text);
  words.forEach((word, at) => {
    const before = at === 0 ? '^' : (words[at - 1] as string);
    const pair = seenPair(words, at, before, word) ? undefined : lexicon.pairs.get(before)?.get(word);
    const single = words.indexOf(word) < at ? undefined : lexicon.words.get(word);
    for (const score of [single, pair]) {
      if (score === undefined) continue;
      known++;
      sum += score;
      if (score < least) least = score;
      if (score > most) most = score;
    }
  });
  return known === 0 ? { mean: 0, least: 0, most: 0 } : { mean: sum / known, least, most };
}

function seenPair(words: readonly string[], at: number, before: string, word: string): boolean {
  for (let earlier = 1; earlier < at; earlier++)
    if (words[earlier] === word && words[earlier - 1] === before) return true;
  return false;
}
