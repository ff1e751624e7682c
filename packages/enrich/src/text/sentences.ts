/** Where sentences start in a tokenised text. */
import { hashOf } from './hash.ts';
import { Gap, TokenKind, type Tokens } from './tokens.ts';

const PERIOD = hashOf('.');
const ENDS = new Set(['.', '!', '?', '…', '。', '！', '？'].map(hashOf));
const CLOSERS = new Set(['"', "'", ')', ']'].map(hashOf));

/** Words whose following period does not end a sentence, in lower case. */
const ABBREVIATIONS = new Set(
  (
    'tp tx tt q p ths ts pgs gs bs ks cn th mr mrs ms dr prof st ste gen lt col sgt capt sen rep gov jr sr no vs inc co corp ' +
    'ltd m mm mme mlle me mgr av jan feb mar apr jun jul aug sep sept oct nov dec janv févr juil fig al vol ed etc art u.s'
  )
    .split(' ')
    .map(hashOf),
);

/** Fills `tokens.sentenceStarts`: after a line break, and after `. ! ?` before a capital, a number or a quote. */
export function markSentences(tokens: Tokens): void {
  const { count, gaps, kinds, lowers, sentenceStarts } = tokens;
  for (let i = 0; i < count; i++) {
    if (i === 0 || (gaps[i] as number) >= Gap.line) {
      sentenceStarts[i] = 1;
      continue;
    }
    if (gaps[i] === Gap.none || kinds[i] === TokenKind.lower) continue;
    let end = i - 1;
    while (end > 0 && CLOSERS.has(lowers[end] as number)) end--;
    if (end < 0 || !ENDS.has(lowers[end] as number)) continue;
    const before = end - 1;
    const single = lowers[end] === PERIOD && before >= 0 && gaps[end] === Gap.none;
    const abbreviated = single && (kinds[before] === TokenKind.initial || ABBREVIATIONS.has(lowers[before] as number));
    if (!abbreviated) sentenceStarts[i] = 1;
  }
}
