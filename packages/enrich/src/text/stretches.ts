/** Where a text changes its language: paragraphs that are plainly in another of the languages the text steps know. */
import { hashOf } from './hash.ts';
import { Gap, type Tokens } from './tokens.ts';

/** Tokens `from` to `to` (exclusive) in one language. */
export type Stretch = { from: number; to: number; lang: string };

/** Frequent words that neither of the others has, nor German, Spanish or Italian. */
const WORDS: Record<string, string> = {
  vi: 'của và là các những được cho không trong một người đã với này khi ông bà có từ theo tại về',
  fr: 'les dans pour avec est une aux ont été cette qui du et leur mais sont ses selon après être',
  en: 'the of and that for with by from has have this which were are their said after would he she',
};
const LANGUAGES = Object.keys(WORDS);
const known = new Map<number, number>(
  LANGUAGES.flatMap((lang, index) =>
    (WORDS[lang] ?? '').split(' ').map((word): [number, number] => [hashOf(word), index]),
  ),
);
/** A paragraph is in another language with this many of its words, and this many times as many as the document's own. */
const LEAST_WORDS = 4;
const LEAST_RATIO = 4;

/**
 * A text's stretches by language, in order, all of it covered. `lang` is the document's language ('' where unknown); a document in
 * a language that is not told apart here stays whole. Lines without a plain sign are in the document's language.
 */
export function stretchesOf(tokens: Tokens, lang: string): Stretch[] {
  const own = LANGUAGES.indexOf(lang);
  if (own < 0 && lang !== '') return [{ from: 0, to: tokens.count, lang }];
  const stretches: Stretch[] = [];
  const counts = LANGUAGES.map(() => 0);
  let from = 0;
  for (let i = 0; i <= tokens.count; i++) {
    if (i > from && (i === tokens.count || (tokens.gaps[i] as number) >= Gap.line)) {
      const best = counts.indexOf(Math.max(...counts));
      const most = counts[best] as number;
      const rest = own < 0 ? Math.max(...counts.filter((_, k) => k !== best)) : (counts[own] as number);
      const line = most >= LEAST_WORDS && most >= LEAST_RATIO * rest ? (LANGUAGES[best] as string) : lang;
      const last = stretches.at(-1);
      if (last && last.lang === line) last.to = i;
      else stretches.push({ from, to: i, lang: line });
      from = i;
      counts.fill(0);
    }
    if (i === tokens.count) break;
    const index = known.get(tokens.lowers[i] as number);
    if (index !== undefined) counts[index] = (counts[index] as number) + 1;
  }
  return stretches;
}

/** Some of a text's tokens as tokens of the same text; nothing is copied. */
export function partOf(tokens: Tokens, from: number, to: number): Tokens {
  return {
    text: tokens.text,
    nfc: tokens.nfc,
    count: to - from,
    starts: tokens.starts.subarray(from, to),
    ends: tokens.ends.subarray(from, to),
    nfcStarts: tokens.nfcStarts.subarray(from, to),
    nfcEnds: tokens.nfcEnds.subarray(from, to),
    kinds: tokens.kinds.subarray(from, to),
    gaps: tokens.gaps.subarray(from, to),
    sentenceStarts: tokens.sentenceStarts.subarray(from, to),
    words: tokens.words.subarray(from, to),
    lowers: tokens.lowers.subarray(from, to),
    folds: tokens.folds.subarray(from, to),
  };
}
