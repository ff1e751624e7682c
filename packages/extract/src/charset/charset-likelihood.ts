/** Guesses the charset of bytes that are not UTF-8 by how much each decoding looks like written language. */
import iconv from 'iconv-lite';
import { IS, kindOf } from '../characters.ts';

/** Bytes looked at for a guess: enough for a few hundred words outside the markup. */
const SAMPLE_BYTES = 65_536;

/** Letters of Vietnamese that no other common language uses; the strongest sign of a right decoding. */
const VIETNAMESE = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/;
const VIETNAMESE_ONLY = /[ăđơưảạằẳẵắặầẩẫấậẻẽẹềểễếệỉĩịỏọồổỗốộờởỡớợủũụừửữứựỳỷỹỵ]/;
const LATIN = /[a-zA-Zà-öø-ÿÀ-ÖØ-ßœŒšŠžŽŸčćđńśźżłęąćóőűřěůňťďľĺŕğışİäöüăâîșțşţ]/;
/** Frequent Cyrillic lower-case letters of Russian, Ukrainian and Bulgarian. */
const CYRILLIC_FREQUENT = /[оеаинтсрвлкмдпуяы]/;
const QUOTES = /[“”‘’«»–—…•€°§№·]/;

/** Decodes bytes by a canonical charset name; iconv-lite where the platform has no decoder. */
export function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset === 'tcvn3') return iconv.decode(Buffer.from(bytes), 'tcvn');
  if (charset === 'viscii') return iconv.decode(Buffer.from(bytes), 'viscii');
  if (charset === 'utf-32le' || charset === 'utf-32be') return iconv.decode(Buffer.from(bytes), charset);
  return new TextDecoder(charset).decode(bytes);
}

/** Points per non-ASCII character for text of a Latin script, Vietnamese included. */
function latinScore(text: string): number {
  let score = 0;
  let counted = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      // Control characters inside text are what a wrong single-byte decoding leaves.
      if (code < 32 && code !== 9 && code !== 10 && code !== 13) score -= 2;
      continue;
    }
    counted++;
    const char = text[at] as string;
    const lower = char.toLowerCase();
    const before = text[at - 1] ?? ' ';
    const after = text[at + 1] ?? ' ';
    const isUpper = lower !== char;
    const inWord = /\p{L}/u.test(before) || /\p{L}/u.test(after);
    if (VIETNAMESE.test(lower) || LATIN.test(char)) {
      const upperBefore = before !== before.toLowerCase();
      if (isUpper && /\p{L}/u.test(before) && !upperBefore) score -= 1;
      else score += VIETNAMESE_ONLY.test(lower) ? 1.2 : 1;
    } else if (QUOTES.test(char)) score += /\p{L}/u.test(before) && /\p{L}/u.test(after) && char !== '’' ? -1 : 0.5;
    else if (code === 0xa0) score += 0.2;
    else if (code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900)) score -= 3;
    else score -= inWord ? 2 : 0.5;
  }
  return counted === 0 ? 0 : score / counted;
}

/** One Vietnamese syllable: initial consonants, one to three vowels, final consonant. */
const SYLLABLE =
  /^(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?[aeiouyăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]{1,3}(?:ch|ng|nh|[cmnpt])?$/;
/** Vietnamese marks a fifth of its letters and more; French, the most marked of its rivals, one in fifteen. */
const VIETNAMESE_MARKED_SHARE = 0.1;

/** Longest word that counts as short: about that of the longest syllable. */
const SHORT_WORD = 7;

/**
 * The Latin measure for an encoding of Vietnamese: what it decodes must be made of Vietnamese syllables.
 *
 * @param shortWords short words of plain letters that were left out of the text.
 */
function vietnameseScore(text: string, shortWords: number): number {
  let marked = 0;
  let valid = 0;
  let short = shortWords;
  for (let at = 0; at < text.length; at++) {
    const start = at;
    let isPlain = true;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if ((kindOf(unit) & IS.word) === 0) break;
      if (unit > 127) isPlain = false;
    }
    if (at === start) continue;
    if (at - start <= SHORT_WORD) short++;
    if (isPlain) continue;
    marked++;
    if (SYLLABLE.test(text.slice(start, at).toLowerCase())) valid++;
  }
  if (marked === 0) return 0;
  const share = marked / Math.max(1, short);
  return latinScore(text) * (valid / marked) - (share < VIETNAMESE_MARKED_SHARE ? 0.3 : 0) - 0.6 * (1 - valid / marked);
}

/** Points per non-ASCII character for Cyrillic: frequent lower-case letters, few upper-case ones inside words. */
function cyrillicScore(text: string): number {
  let score = 0;
  let counted = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) continue;
    counted++;
    const char = text[at] as string;
    if (CYRILLIC_FREQUENT.test(char)) score += 1.2;
    else if (code >= 0x430 && code <= 0x45f) score += 0.6;
    else if (code >= 0x400 && code < 0x430) score += /[а-яё]/.test(text[at - 1] ?? ' ') ? -2 : 0.5;
    else score += QUOTES.test(char) || code === 0xa0 ? 0.3 : -2;
  }
  return counted === 0 ? 0 : score / counted;
}

/** Points per non-ASCII character for East Asian text: common ideographs, kana and syllables against rare ones. */
function eastAsianScore(text: string, want: 'ja' | 'ko' | 'zh'): number {
  let score = 0;
  let counted = 0;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code < 128) continue;
    counted++;
    if (code === 0xfffd) score -= 5;
    else if (code >= 0x3040 && code <= 0x30ff) score += want === 'ja' ? 1.3 : -1;
    else if (code >= 0xac00 && code <= 0xd7a3) score += want === 'ko' ? 1.2 : -1;
    else if (code >= 0x4e00 && code <= 0x9fff)
      score +=
        '的一是不了在人有我他这個中大来上国個到说们為子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本見經頭面公同'.includes(
          char,
        )
          ? 1.5
          : want === 'ko'
            ? -0.3
            : 0.45;
    else if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef)) score += 0.8;
    else score -= 1.5;
  }
  return counted === 0 ? 0 : score / counted;
}

/** Points per non-ASCII character for one more alphabet, by its Unicode range. */
function rangeScore(text: string, from: number, to: number): number {
  let score = 0;
  let counted = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) continue;
    counted++;
    const besideLatin = /[a-z]/.test(text[at - 1] ?? ' ') || /[a-z]/.test(text[at + 1] ?? ' ');
    score +=
      code >= from && code <= to ? (besideLatin ? -1 : 1) : QUOTES.test(text[at] as string) || code === 0xa0 ? 0.2 : -2;
  }
  return counted === 0 ? 0 : score / counted;
}

const CANDIDATES: { charset: string; score: (text: string, shortWords: number) => number; bias: number }[] = [
  { charset: 'windows-1252', score: latinScore, bias: 0.05 },
  { charset: 'iso-8859-15', score: latinScore, bias: 0.02 },
  { charset: 'windows-1258', score: vietnameseScore, bias: 0.1 },
  { charset: 'tcvn3', score: vietnameseScore, bias: 0.1 },
  { charset: 'viscii', score: vietnameseScore, bias: 0.1 },
  { charset: 'windows-1250', score: latinScore, bias: -0.06 },
  { charset: 'iso-8859-2', score: latinScore, bias: -0.07 },
  { charset: 'windows-1254', score: latinScore, bias: -0.06 },
  { charset: 'windows-1251', score: cyrillicScore, bias: 0 },
  { charset: 'koi8-r', score: cyrillicScore, bias: -0.02 },
  { charset: 'ibm866', score: cyrillicScore, bias: -0.1 },
  { charset: 'gb18030', score: (text) => eastAsianScore(text, 'zh'), bias: 0 },
  { charset: 'big5', score: (text) => eastAsianScore(text, 'zh'), bias: 0 },
  { charset: 'shift_jis', score: (text) => eastAsianScore(text, 'ja'), bias: 0 },
  { charset: 'euc-jp', score: (text) => eastAsianScore(text, 'ja'), bias: 0 },
  { charset: 'euc-kr', score: (text) => eastAsianScore(text, 'ko'), bias: 0 },
  { charset: 'windows-1253', score: (text) => rangeScore(text, 0x370, 0x3ff), bias: 0 },
  { charset: 'windows-1256', score: (text) => rangeScore(text, 0x600, 0x6ff), bias: 0 },
  { charset: 'windows-1255', score: (text) => rangeScore(text, 0x590, 0x5ff), bias: 0 },
  { charset: 'windows-874', score: (text) => rangeScore(text, 0xe00, 0xe7f), bias: 0 },
];
/** Points a declared charset gets for being declared: a plain guess must be clearly better to win. */
const DECLARED_BONUS = 0.35;

/** Plain bytes kept on either side of others: decoders of several bytes a character are back in step after three. */
const MARGIN = 8;
const isLetter = (byte: number): boolean => (byte | 32) >= 97 && (byte | 32) <= 122;
/** Whether a byte means the same in all charsets; TCVN3 and VISCII have letters among the control characters. */
const isPlain = (byte: number): boolean => byte < 128 && (byte >= 32 || byte === 9 || byte === 10 || byte === 13);

/** What a guess reads: the bytes that are not plain with the words around them, and how many short words were left out. */
type Sample = { bytes: Uint8Array; shortWords: number };

/** Takes a sample: from a little before the first byte beyond ASCII on, of which only what can differ is kept. */
function sampleOf(bytes: Uint8Array): Sample {
  let start = 0;
  if (bytes.length > SAMPLE_BYTES) {
    while (start < bytes.length && (bytes[start] as number) < 128) start++;
    start = Math.max(0, Math.min(start - 64, bytes.length - SAMPLE_BYTES));
  }
  const all = bytes.subarray(start, start + SAMPLE_BYTES);
  const kept = new Uint8Array(all.length);
  let size = 0;
  let shortWords = 0;
  let at = 0;
  while (at < all.length) {
    let next = at;
    while (next < all.length && isPlain(all[next] as number)) next++;
    // From the end of a word after the last one kept to the start of a word before the next one.
    let from = at === 0 ? 0 : Math.min(next, at + MARGIN);
    while (from < next && from > 0 && isLetter(all[from - 1] as number)) from++;
    let to = next === all.length ? next : Math.max(from, next - MARGIN);
    while (to > from && isLetter(all[to] as number)) to--;
    kept.set(all.subarray(at, from), size);
    size += from - at;
    for (let word = from; word < to; word++) {
      const first = word;
      while (word < to && isLetter(all[word] as number)) word++;
      if (word > first && word - first <= SHORT_WORD) shortWords++;
    }
    let end = next;
    while (end < all.length && !isPlain(all[end] as number)) end++;
    kept.set(all.subarray(to, end), size);
    size += end - to;
    at = end;
  }
  return { bytes: kept.subarray(0, size), shortWords };
}

/**
 * The likeliest charset of bytes that are not valid UTF-8.
 *
 * Detectors by byte statistics call TCVN3 and VISCII "windows-1258"; scoring the decoded text tells them apart.
 * @param bytes the whole document.
 * @param declared what the document or its header says, or null.
 */
export function likeliestCharset(bytes: Uint8Array, declared: string | null): string {
  const { bytes: sample, shortWords } = sampleOf(bytes);
  let best = declared ?? 'windows-1252';
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of CANDIDATES) {
    const text = decodeAs(sample, candidate.charset).normalize('NFC');
    const score =
      candidate.score(text, shortWords) + candidate.bias + (candidate.charset === declared ? DECLARED_BONUS : 0);
    if (score > bestScore) {
      best = candidate.charset;
      bestScore = score;
    }
  }
  return best;
}

/** How well a decoding fits its charset's own language, or null where there is no measure for that charset. */
export function fitOf(bytes: Uint8Array, charset: string): number | null {
  const candidate = CANDIDATES.find((one) => one.charset === charset);
  if (!candidate) return null;
  const sample = sampleOf(bytes);
  return candidate.score(decodeAs(sample.bytes, charset).normalize('NFC'), sample.shortWords);
}
