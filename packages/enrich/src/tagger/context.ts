/** What a document says about each of its tokens beyond the words next to it: runs of capitals, heads, brackets, memory. */
import { Gap, hashOf, TokenKind, type Tokens } from '../text/index.ts';
import { type Gazetteer, type Matches, maskOf, matchNames } from './gazetteer.ts';
import { isCapitalised } from './kinds.ts';
import type { Lexicon } from './lexicon.ts';

/** Languages the features tell apart; others share the weights all languages have in common. */
export const TAGGER_LANGUAGES = ['', 'vi', 'fr', 'en'] as const;

/** A tokenised document with what the features need, one value per token. */
export type Context = {
  tokens: Tokens;
  /** Index into `TAGGER_LANGUAGES`. */
  language: number;
  /** The hashes words are compared by: folded ones where the text has lost its diacritics. */
  lowers: Int32Array;
  /** What the lexicon knows of each word (0: nothing). */
  known: Uint16Array;
  matches: Matches;
  /** First and last token of the run of capitalised words a token is in; -1 outside. */
  runStart: Int32Array;
  runEnd: Int32Array;
  /** The token where the nearest organisation head on the left starts; -1 if none is in reach. */
  headStart: Int32Array;
  /** 1 inside quotation marks, 2 inside brackets (added). */
  enclosure: Uint8Array;
  /** `Memory` bits of a capitalised word, gathered over the document. */
  memory: Uint8Array;
  /** 1 where the line is written in capitals. */
  shouted: Uint8Array;
  /** 1 where the model looks at all; every other token is outside. */
  active: Uint8Array;
};

/** What the document showed about a word elsewhere. */
export const Memory = {
  lowerCase: 1,
  midSentence: 2,
  afterPersonCue: 4,
  afterPlaceCue: 8,
  endsPersonRun: 16,
  startsRun: 32,
  inBrackets: 64,
  placeList: 128,
} as const;

/** How far an organisation's head reaches to the right, in tokens: the longest ministry has 12. */
const HEAD_REACH = 14;
/**
 * How many lower-case tokens after a capital the model still looks at, by language (in the training sets Vietnamese names need 2,
 * French `Observatoire syrien des droits de l'homme` 6), and after an organisation's head: `Tòa án nhân dân tối cao` needs 4.
 */
const TAIL_REACH: readonly number[] = [3, 2, 6, 4];
const HEAD_TAIL_REACH = 6;
/** Below this share of non-ASCII letters a Vietnamese text has lost its diacritics (normal text has 25 to 35 %). */
const BARE_SHARE = 0.03;

const HEAD = maskOf('org-head');
const PERSON_CUE = maskOf('cue-person', 'office');
const PLACE_CUE = maskOf('cue-place', 'place-head');
const PERSON_NAME = maskOf('given', 'surname', 'surname-vn');
const PLACE_NAME = maskOf('country', 'place', 'place-vn', 'district-vn', 'region');
/** Lower-case words the model looks at although no capital stands before them, by language. */
const ANY_HEAD = maskOf('org-head', 'place-head', 'event-head');
const LOWER_PLACE = maskOf('country', 'place', 'place-vn', 'region');
const BODY_OR_PLACE = maskOf('org-head') | LOWER_PLACE;
const LOWER_START: readonly number[] = [BODY_OR_PLACE, BODY_OR_PLACE, ANY_HEAD | LOWER_PLACE, ANY_HEAD | LOWER_PLACE];
const BREAKS = new Set(['.', ';', ':', '?', '!', '"', '…', '|'].map(hashOf));
const HYPHEN = hashOf('-');
const QUOTE = hashOf('"');
const OPEN = new Set(['(', '['].map(hashOf));
const CLOSE = new Set([')', ']'].map(hashOf));
const JOINERS = new Set(['-', '.', "'", '&'].map(hashOf));

/** True where a Vietnamese text is written without diacritics. */
export function hasLostDiacritics(nfc: string): boolean {
  let letters = 0;
  let marked = 0;
  const end = Math.min(nfc.length, 2000);
  for (let i = 0; i < end; i++) {
    const code = nfc.charCodeAt(i);
    if (code > 64) letters++;
    if (code >= 0xc0) marked++;
  }
  return letters > 0 && marked / letters < BARE_SHARE;
}

/** Looks over a tokenised document once. */
export function lookOver(tokens: Tokens, language: number, gazetteer: Gazetteer, lexicon: Lexicon): Context {
  const { count } = tokens;
  const bare = TAGGER_LANGUAGES[language] === 'vi' && hasLostDiacritics(tokens.nfc);
  const context: Context = {
    tokens,
    language,
    lowers: bare ? tokens.folds : tokens.lowers,
    known: new Uint16Array(count),
    matches: matchNames(gazetteer, tokens, bare),
    runStart: new Int32Array(count).fill(-1),
    runEnd: new Int32Array(count).fill(-1),
    headStart: new Int32Array(count).fill(-1),
    enclosure: new Uint8Array(count),
    memory: new Uint8Array(count),
    shouted: new Uint8Array(count),
    active: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) context.known[i] = lexicon.of(context.lowers[i] as number);
  findRuns(context);
  findHeads(context);
  findEnclosures(context);
  findShoutedLines(context);
  remember(context);
  activate(context);
  return context;
}

function findRuns({ tokens, runStart, runEnd }: Context): void {
  const { count, kinds, gaps, sentenceStarts, lowers } = tokens;
  let i = 0;
  while (i < count) {
    if (!isCapitalised(kinds[i] as number)) {
      i++;
      continue;
    }
    let last = i;
    for (let j = i + 1; j < count; j++) {
      if ((gaps[j] as number) >= Gap.line || sentenceStarts[j] === 1) break;
      if (
        isCapitalised(kinds[j] as number) ||
        (kinds[j] === TokenKind.number && gaps[j] === Gap.none && last === j - 1)
      )
        last = j;
      else if (!(last === j - 1 && kinds[j] === TokenKind.symbol && JOINERS.has(lowers[j] as number))) break;
    }
    for (let j = i; j <= last; j++) {
      runStart[j] = i;
      runEnd[j] = last;
    }
    i = last + 1;
  }
}

function findHeads({ tokens, matches, headStart }: Context): void {
  const { count, gaps, lowers, kinds, sentenceStarts } = tokens;
  let head = -1;
  let covered = -1;
  for (let i = 0; i < count; i++) {
    if ((gaps[i] as number) >= Gap.line || sentenceStarts[i] === 1 || BREAKS.has(lowers[i] as number)) head = -1;
    const starts = ((matches.begins[i] as number) | (matches.singles[i] as number)) & HEAD;
    if (starts !== 0 && i > covered) {
      head = i;
      covered = i;
      if (((matches.begins[i] as number) & HEAD) !== 0) {
        do covered++;
        while (covered < count - 1 && ((matches.ends[covered] as number) & HEAD) === 0);
      }
    }
    if (head >= 0 && i - head > HEAD_REACH) head = -1;
    headStart[i] = kinds[i] === TokenKind.symbol && lowers[i] === QUOTE ? -1 : head;
  }
}

function findEnclosures({ tokens, enclosure }: Context): void {
  const { count, lowers, gaps, kinds } = tokens;
  let quoted = 0;
  let bracketed = 0;
  for (let i = 0; i < count; i++) {
    if ((gaps[i] as number) >= Gap.line) quoted = bracketed = 0;
    if (kinds[i] === TokenKind.symbol) {
      const hash = lowers[i] as number;
      if (hash === QUOTE) quoted = 1 - quoted;
      else if (OPEN.has(hash)) bracketed = 2;
      else if (CLOSE.has(hash)) bracketed = 0;
    }
    enclosure[i] = quoted + bracketed;
  }
}

function findShoutedLines({ tokens, shouted }: Context): void {
  const { count, kinds, gaps } = tokens;
  let from = 0;
  for (let i = 1; i <= count; i++) {
    if (i < count && (gaps[i] as number) < Gap.line) continue;
    let upper = 0;
    let other = 0;
    for (let j = from; j < i; j++) {
      if (kinds[j] === TokenKind.upper) upper++;
      else if (kinds[j] === TokenKind.lower || kinds[j] === TokenKind.title || kinds[j] === TokenKind.mixed) other++;
    }
    if (upper >= 4 && upper > 3 * other) shouted.fill(1, from, i);
    from = i;
  }
}

function remember(context: Context): void {
  const { tokens, matches, runStart, runEnd, enclosure, memory, shouted, lowers } = context;
  const { count, kinds, sentenceStarts } = tokens;
  const seen = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const kind = kinds[i] as number;
    if (kind === TokenKind.lower) continue;
    if (!isCapitalised(kind) || shouted[i] === 1) continue;
    const start = runStart[i] as number;
    const end = runEnd[i] as number;
    let bits = 0;
    if (sentenceStarts[i] === 0) bits |= Memory.midSentence;
    if (start > 0) {
      const before = (matches.singles[start - 1] as number) | (matches.ends[start - 1] as number);
      if (before & PERSON_CUE) bits |= Memory.afterPersonCue;
      if (before & PLACE_CUE) bits |= Memory.afterPlaceCue;
    }
    if (i === end && end > start && ((matches.singles[start] as number) & PERSON_NAME) !== 0)
      bits |= Memory.endsPersonRun;
    if (i === start && end > start) bits |= Memory.startsRun;
    if (enclosure[i] === 2) bits |= Memory.inBrackets;
    if (((matches.singles[i] as number) | (matches.begins[i] as number)) & PLACE_NAME) bits |= Memory.placeList;
    const hash = lowers[i] as number;
    seen.set(hash, (seen.get(hash) ?? 0) | bits);
  }
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== TokenKind.lower) continue;
    const hash = lowers[i] as number;
    const bits = seen.get(hash);
    if (bits !== undefined && (bits & Memory.lowerCase) === 0) seen.set(hash, bits | Memory.lowerCase);
  }
  for (let i = 0; i < count; i++) {
    if (isCapitalised(kinds[i] as number)) memory[i] = seen.get(lowers[i] as number) ?? 0;
  }
}

function activate({ tokens, matches, active, headStart, language }: Context): void {
  const { count, kinds, gaps, sentenceStarts } = tokens;
  const tail = TAIL_REACH[language] as number;
  const starters = LOWER_START[language] as number;
  let reach = -1;
  for (let i = 0; i < count; i++) {
    if ((gaps[i] as number) >= Gap.line || sentenceStarts[i] === 1) reach = -1;
    const kind = kinds[i] as number;
    const known = (matches.singles[i] as number) | (matches.begins[i] as number);
    const next = i + 1 < count ? (kinds[i + 1] as number) : TokenKind.symbol;
    if (
      isCapitalised(kind) ||
      kind === TokenKind.caseless ||
      kind === TokenKind.alphanumeric ||
      (known & starters) !== 0
    ) {
      reach = Math.max(reach, i + (headStart[i] === -1 ? tail : HEAD_TAIL_REACH));
    } else if (kind === TokenKind.number ? isCapitalised(next) : isParticle(tokens, i)) {
      // `2000 Canadian federal election`, `al-Bab`.
      reach = Math.max(reach, i + 1);
    }
    if (i <= reach) active[i] = 1;
  }
}

/** A small word joined to a capitalised one by a hyphen. */
function isParticle({ kinds, gaps, lowers, count }: Tokens, i: number): boolean {
  return (
    i + 2 < count &&
    kinds[i] === TokenKind.lower &&
    lowers[i + 1] === HYPHEN &&
    gaps[i + 1] === Gap.none &&
    isCapitalised(kinds[i + 2] as number)
  );
}
