/** The one tokenisation every text step shares: runs of letters and digits, single punctuation marks. */
import { baseOf, CharClass, classOf, expansionOf, lowerOf } from './chars.ts';
import { HASH_SEED, hashStep, mix } from './hash.ts';
import { composeWithOffsets } from './nfc.ts';
import { markSentences } from './sentences.ts';
import { Gap, TokenKind, type Tokens } from './tokens.ts';

function kindOf(letters: number, uppers: number, firstUpper: boolean, digits: number, caseless: number): number {
  if (letters === 0) return TokenKind.number;
  if (digits > 0) return TokenKind.alphanumeric;
  if (caseless > 0 && uppers === 0) return TokenKind.caseless;
  if (uppers === 0) return TokenKind.lower;
  if (letters === 1) return TokenKind.initial;
  if (uppers === letters) return TokenKind.upper;
  return firstUpper && uppers === 1 ? TokenKind.title : TokenKind.mixed;
}

/**
 * Cuts a text into words (runs of letters, digits and combining marks) and single punctuation marks or symbols.
 * Offsets are UTF-16 code units of the text as given, also where it is NFD; the hashes are those of the NFC form.
 */
export function tokenize(text: string): Tokens {
  const nfc = text.normalize('NFC');
  const capacity = nfc.length;
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  const kinds = new Uint8Array(capacity);
  const gaps = new Uint8Array(capacity);
  const words = new Int32Array(capacity);
  const lowers = new Int32Array(capacity);
  const folds = new Int32Array(capacity);
  let count = 0;
  let gap: number = Gap.paragraph;
  let at = 0;
  while (at < nfc.length) {
    const code = nfc.charCodeAt(at);
    const kind = classOf(code);
    if (kind === CharClass.space) {
      if (gap === Gap.none) gap = Gap.space;
      at++;
      continue;
    }
    if (kind === CharClass.newline) {
      if (gap < Gap.line) gap = Gap.line;
      else if (!(code === 10 && nfc.charCodeAt(at - 1) === 13)) gap = Gap.paragraph;
      at++;
      continue;
    }
    starts[count] = at;
    gaps[count] = gap;
    gap = Gap.none;
    let word = HASH_SEED;
    let lower = HASH_SEED;
    let folded = HASH_SEED;
    if (kind === CharClass.symbol || kind === CharClass.mark) {
      word = lower = folded = hashStep(HASH_SEED, lowerOf(code));
      at++;
      kinds[count] = TokenKind.symbol;
    } else if (kind === CharClass.highSurrogate && !/^\p{L}/u.test(nfc.slice(at, at + 2))) {
      word = lower = folded = hashStep(hashStep(HASH_SEED, code), nfc.charCodeAt(at + 1));
      at += 2;
      kinds[count] = TokenKind.symbol;
    } else {
      let letters = 0;
      let uppers = 0;
      let digits = 0;
      let caseless = 0;
      let firstUpper = false;
      while (at < nfc.length) {
        const c = nfc.charCodeAt(at);
        const k = classOf(c);
        if (k === CharClass.highSurrogate) {
          if (!/^\p{L}/u.test(nfc.slice(at, at + 2))) break;
          const low = nfc.charCodeAt(at + 1);
          word = hashStep(hashStep(word, c), low);
          lower = hashStep(hashStep(lower, c), low);
          folded = hashStep(hashStep(folded, c), low);
          letters++;
          caseless++;
          at += 2;
          continue;
        }
        if (k === CharClass.lower) letters++;
        else if (k === CharClass.upper) {
          if (letters === 0 && digits === 0) firstUpper = true;
          letters++;
          uppers++;
        } else if (k === CharClass.digit) digits++;
        else if (k === CharClass.letter) {
          letters++;
          caseless++;
        } else if (k !== CharClass.mark) break;
        word = hashStep(word, c);
        lower = hashStep(lower, lowerOf(c));
        const base = baseOf(c);
        if (base !== 0) {
          const longer = base < 128 && c >= 128 ? expansionOf(c) : undefined;
          if (longer === undefined) folded = hashStep(folded, base);
          else for (let i = 0; i < longer.length; i++) folded = hashStep(folded, longer.charCodeAt(i));
        }
        at++;
      }
      kinds[count] = kindOf(letters, uppers, firstUpper, digits, caseless);
    }
    ends[count] = at;
    words[count] = mix(word);
    lowers[count] = mix(lower);
    folds[count] = mix(folded);
    count++;
  }
  const nfcStarts = starts;
  const nfcEnds = ends;
  if (nfc !== text) {
    const map = composeWithOffsets(text, nfc);
    starts = starts.map((offset, i) => (i < count ? (map[offset] as number) : 0));
    ends = ends.map((offset, i) => (i < count ? (map[offset] as number) : 0));
  }
  const tokens: Tokens = {
    text,
    nfc,
    count,
    starts,
    ends,
    nfcStarts,
    nfcEnds,
    kinds,
    gaps,
    sentenceStarts: new Uint8Array(count),
    words,
    lowers,
    folds,
  };
  markSentences(tokens);
  return tokens;
}

/** The NFC form of token `index`. */
export function tokenText(tokens: Tokens, index: number): string {
  return tokens.nfc.slice(tokens.nfcStarts[index], tokens.nfcEnds[index]);
}
