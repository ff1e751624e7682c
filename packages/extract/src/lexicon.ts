/** Scores words by how often they stood in article text rather than in page furniture, as learned from pages of many sites. */

/** Log-odds of words, in hundredths, positive for article text. */
export type Lexicon = Readonly<Record<string, number>>;

/** Words of a block that are looked up: its start and its end, where furniture shows. */
const START_WORDS = 10;
const END_WORDS = 4;

/** Distinct words and neighbouring pairs at the start and end of a block. */
export function lexiconWords(text: string): string[] {
  const start =
    text
      .slice(0, 140)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|\d+/gu) ?? [];
  const words = start.slice(0, START_WORDS);
  if (text.length > 140) {
    const end =
      text
        .slice(-60)
        .toLowerCase()
        .match(/[\p{L}\p{M}]+|\d+/gu) ?? [];
    words.push(...end.slice(-END_WORDS));
  } else words.push(...start.slice(START_WORDS).slice(-END_WORDS));
  const found = new Set<string>();
  let before = '^';
  for (const raw of words) {
    const word = /^\d/.test(raw) ? '0' : raw;
    found.add(word);
    found.add(`${before} ${word}`);
    before = word;
  }
  return [...found];
}

/** The mean, least and greatest log-odds of known words; zeros where none is known. */
export function lexiconScores(
  words: readonly string[],
  lexicon: Lexicon,
): { mean: number; least: number; most: number } {
  let sum = 0;
  let known = 0;
  let least = 0;
  let most = 0;
  for (const word of words) {
    const score = lexicon[word];
    if (score === undefined) continue;
    known++;
    sum += score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  return known === 0 ? { mean: 0, least: 0, most: 0 } : { mean: sum / known, least, most };
}
