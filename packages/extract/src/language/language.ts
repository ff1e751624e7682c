/** Detects the language of a text by its script, then by its frequent words and marked letters. */
import { foldOf, HASH_FACTOR, HASH_START, hashOf, IS } from '../characters.ts';
import { FREQUENT_WORDS } from './language-words.ts';

/** A language guess. `confidence` runs from 0 (no idea) to 1. */
export type LanguageGuess = { lang: string | null; confidence: number };

/** Characters of text read: more changes nothing on the development pages. */
const SAMPLE = 4_000;
/** Fewest letters that allow a guess. */
const MIN_LETTERS = 8;

const SCRIPTS: readonly [string, RegExp][] = [
  ['latin', /\p{Script=Latin}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['han', /\p{Script=Han}/gu],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['hangul', /\p{Script=Hangul}/gu],
  ['greek', /\p{Script=Greek}/gu],
  ['hebrew', /\p{Script=Hebrew}/gu],
  ['devanagari', /\p{Script=Devanagari}/gu],
  ['bengali', /\p{Script=Bengali}/gu],
  ['thai', /\p{Script=Thai}/gu],
  ['lao', /\p{Script=Lao}/gu],
  ['khmer', /\p{Script=Khmer}/gu],
  ['burmese', /\p{Script=Myanmar}/gu],
  ['georgian', /\p{Script=Georgian}/gu],
  ['armenian', /\p{Script=Armenian}/gu],
  ['tamil', /\p{Script=Tamil}/gu],
  ['telugu', /\p{Script=Telugu}/gu],
  ['gujarati', /\p{Script=Gujarati}/gu],
  ['gurmukhi', /\p{Script=Gurmukhi}/gu],
  ['kannada', /\p{Script=Kannada}/gu],
  ['malayalam', /\p{Script=Malayalam}/gu],
  ['sinhala', /\p{Script=Sinhala}/gu],
  ['ethiopic', /\p{Script=Ethiopic}/gu],
  ['tibetan', /\p{Script=Tibetan}/gu],
];
/** Scripts that stand for one language. */
const ONE_LANGUAGE: Record<string, string> = {
  hangul: 'ko',
  greek: 'el',
  hebrew: 'he',
  bengali: 'bn',
  thai: 'th',
  lao: 'lo',
  khmer: 'km',
  burmese: 'my',
  georgian: 'ka',
  armenian: 'hy',
  tamil: 'ta',
  telugu: 'te',
  gujarati: 'gu',
  gurmukhi: 'pa',
  kannada: 'kn',
  malayalam: 'ml',
  sinhala: 'si',
  ethiopic: 'am',
  tibetan: 'bo',
};
const GROUPS: Record<string, readonly string[]> = {
  latin: 'en fr de es pt it nl pl cs sk sv da no fi hu ro hr sl tr id ms vi tl sq lt lv et ca eu af'.split(' '),
  cyrillic: 'ru uk bg sr mk be'.split(' '),
  arabic: 'ar fa ur'.split(' '),
  devanagari: 'hi mr ne'.split(' '),
};

/** Letters that point to a language, with points per letter; they decide short texts. */
const LETTERS: readonly [RegExp, Record<string, number>][] = [
  [/[ăđơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/g, { vi: 1 }],
  [/ß/g, { de: 1.5 }],
  [/[äö]/g, { de: 0.35, sv: 0.35, fi: 0.5, et: 0.35, hu: 0.05 }],
  [/ü/g, { de: 0.5, tr: 0.4, hu: 0.2, et: 0.3, es: 0.05 }],
  [/å/g, { sv: 0.6, da: 0.5, no: 0.6 }],
  [/[æø]/g, { da: 0.8, no: 0.7 }],
  [/[ñ¿¡]/g, { es: 1 }],
  [/[ãõ]/g, { pt: 1, vi: 0.3 }],
  [/[éêèàç]/g, { fr: 0.3, pt: 0.15, it: 0.1, ca: 0.15, vi: 0.1 }],
  [/[œû]/g, { fr: 0.8 }],
  [/[íóáú]/g, { es: 0.25, pt: 0.2, cs: 0.2, hu: 0.2, sk: 0.2, vi: 0.1 }],
  [/[òìù]/g, { it: 0.5, ca: 0.2, vi: 0.1 }],
  [/[ąęłńśźż]/g, { pl: 1, lt: 0.15 }],
  [/[řěů]/g, { cs: 1 }],
  [/[ľĺŕô]/g, { sk: 0.6, fr: 0.1, vi: 0.1 }],
  [/[čšž]/g, { cs: 0.3, sk: 0.3, hr: 0.4, sl: 0.5, lt: 0.2, lv: 0.2 }],
  [/[ćđ]/g, { hr: 0.5, vi: 0.2, pl: 0.3 }],
  [/[őű]/g, { hu: 1.2 }],
  [/[țșăâî]/g, { ro: 0.5, vi: 0.15 }],
  [/[ğış]/g, { tr: 0.8 }],
  [/ë/g, { sq: 0.7, nl: 0.15 }],
  [/[ėųūį]/g, { lt: 0.9 }],
  [/[āēīļņķģ]/g, { lv: 0.9 }],
  [/õ/g, { et: 0.4 }],
  [/[іїєґ]/g, { uk: 1 }],
  [/[ыэё]/g, { ru: 0.6, be: 0.3 }],
  [/ў/g, { be: 2 }],
  [/ъ/g, { bg: 0.8, ru: 0.05 }],
  [/[ђћљњџј]/g, { sr: 1, mk: 0.5 }],
  [/[ѓќѕ]/g, { mk: 2 }],
  [/[پچژگ]/g, { fa: 0.8, ur: 0.4 }],
  [/[ٹڈڑںےہھ]/g, { ur: 1.5 }],
  [/[ةىأإ]/g, { ar: 0.8 }],
  [/[یک]/g, { fa: 0.3, ur: 0.2 }],
];

const LANGS = [...new Set(Object.keys(FREQUENT_WORDS).concat(...Object.values(GROUPS)))];
const NUMBER_OF = new Map(LANGS.map((lang, at) => [lang, at]));

/** What words and letters say: of each the numbers of languages and the points they get, from one start to the next. */
class Worths {
  readonly langs: number[] = [];
  readonly points: number[] = [];
  readonly starts: number[] = [0];

  /** Adds what one word or letter says; returns its place. */
  add(worths: readonly (readonly [lang: string, points: number])[]): number {
    for (const [lang, points] of worths) {
      this.langs.push(NUMBER_OF.get(lang) as number);
      this.points.push(points);
    }
    return this.starts.push(this.langs.length) - 2;
  }

  /** Gives the languages their points. */
  give(place: number, to: Float64Array): void {
    const { langs, points } = this;
    const end = this.starts[place + 1] as number;
    for (let at = this.starts[place] as number; at < end; at++) {
      const lang = langs[at] as number;
      to[lang] = (to[lang] as number) + (points[at] as number);
    }
  }
}
const WORTHS = new Worths();

/** Places in `WORTHS` by the hash of a word. Earlier words of a list are more frequent, and so is their evidence. */
const WORD_PLACES = new Map<number, number>();
const wordWorths = new Map<string, [string, number][]>();
for (const [lang, words] of Object.entries(FREQUENT_WORDS)) {
  const unique = [...new Set(words.split(' '))];
  unique.forEach((word, rank) => {
    wordWorths.set(word, [...(wordWorths.get(word) ?? []), [lang, 1.2 - (0.6 * rank) / unique.length]]);
  });
}
for (const [word, worths] of wordWorths) WORD_PLACES.set(hashOf(word), WORTHS.add(worths));

/** Places in `WORTHS` of single letters by their unit, -1 for others. */
const LETTER_PLACES = new Int16Array(65_536).fill(-1);
const letterWorths = new Map<string, [string, number][]>();
for (const [pattern, worths] of LETTERS)
  for (const letter of pattern.source.replace(/[[\]]/g, ''))
    letterWorths.set(letter, [...(letterWorths.get(letter) ?? []), ...Object.entries(worths)]);
for (const [letter, worths] of letterWorths) LETTER_PLACES[letter.charCodeAt(0)] = WORTHS.add(worths);

const WORD_FOLD = IS.word << 16;

/** Adds up the points of a text's words and letters; returns how many words there are. */
function addPoints(text: string, points: Float64Array): number {
  let words = 0;
  let hash = 0;
  let isInside = false;
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 32;
    const fold = foldOf(unit);
    if ((fold & WORD_FOLD) === 0) {
      if (isInside) {
        const place = WORD_PLACES.get(hash);
        if (place !== undefined) WORTHS.give(place, points);
      }
      if (unit > 127 && (LETTER_PLACES[unit] as number) >= 0) WORTHS.give(LETTER_PLACES[unit] as number, points);
      isInside = false;
      continue;
    }
    const lower = fold & 0xffff;
    if (!isInside) {
      isInside = true;
      words++;
      hash = HASH_START;
    }
    hash = Math.imul(hash ^ lower, HASH_FACTOR);
    if (lower > 127 && (LETTER_PLACES[lower] as number) >= 0) WORTHS.give(LETTER_PLACES[lower] as number, points);
  }
  return words;
}

/** Characters read to tell the script. */
const SCRIPT_SAMPLE = 800;

function scriptOf(whole: string): { script: string; letters: number; counts: Map<string, number> } {
  // Mostly ASCII letters: no need to try two dozen scripts.
  const sample = whole.length > SCRIPT_SAMPLE ? whole.slice(0, SCRIPT_SAMPLE) : whole;
  let ascii = 0;
  for (let at = 0; at < sample.length; at++) {
    const unit = sample.charCodeAt(at) | 32;
    if (unit >= 97 && unit <= 122) ascii++;
  }
  if (ascii > sample.length * 0.7) return { script: 'latin', letters: ascii, counts: new Map([['latin', ascii]]) };
  const counts = new Map<string, number>();
  let script = '';
  let most = 0;
  let letters = 0;
  for (const [name, pattern] of SCRIPTS) {
    const count = sample.match(pattern)?.length ?? 0;
    if (count === 0) continue;
    // One ideograph or syllable carries about as much text as three letters.
    const weight = name === 'han' || name === 'kana' || name === 'hangul' ? count * 3 : count;
    counts.set(name, weight);
    letters += weight;
    if (weight > most) {
      most = weight;
      script = name;
    }
  }
  return { script, letters, counts };
}

/**
 * Detects the language of a text.
 *
 * @param text plain text, NFC; its first 4,000 characters are read.
 * @returns the BCP 47 primary subtag, or null for too little or unknown text; `confidence` is the lead over the runner-up.
 */
export function detectLanguage(text: string): LanguageGuess {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  const { script, letters, counts } = scriptOf(sample);
  if (letters < MIN_LETTERS) return { lang: null, confidence: 0 };
  const share = (counts.get(script) ?? 0) / letters;
  if (script === 'han' || script === 'kana') {
    const kana = counts.get('kana') ?? 0;
    return { lang: kana > letters * 0.08 ? 'ja' : 'zh', confidence: Math.min(1, share + 0.1) };
  }
  const only = ONE_LANGUAGE[script];
  if (only) return { lang: only, confidence: share };
  const group = GROUPS[script];
  if (!group) return { lang: null, confidence: 0 };

  const points = new Float64Array(LANGS.length);
  const words = addPoints(sample, points);
  let lang = '';
  let first = 0;
  let second = 0;
  for (const one of group) {
    const own = points[NUMBER_OF.get(one) as number] as number;
    if (own > first) {
      second = first;
      first = own;
      lang = one;
    } else if (own > second) second = own;
  }
  if (first === 0 || first < words * 0.04) return { lang: null, confidence: 0 };
  const lead = (first - second) / first;
  return { lang, confidence: Math.min(1, lead * 2) * Math.min(1, words / 12) };
}
