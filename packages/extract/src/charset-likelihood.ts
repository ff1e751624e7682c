/** Guesses the charset of bytes that are not UTF-8 by how much each decoding looks like written language. */
import iconv from 'iconv-lite';

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

/** The Latin measure for an encoding of Vietnamese: what it decodes must be made of Vietnamese syllables. */
function vietnameseScore(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  let marked = 0;
  let valid = 0;
  let short = 0;
  for (const word of words) {
    if (word.length <= 7) short++;
    if (!/[^a-z]/.test(word)) continue;
    marked++;
    if (SYLLABLE.test(word)) valid++;
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

const CANDIDATES: { charset: string; score: (text: string) => number; bias: number }[] = [
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

/** The sample a guess reads: non-ASCII stretches with a little of their surroundings, markup left out. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  let first = 0;
  while (first < bytes.length && (bytes[first] as number) < 128) first++;
  const start = Math.max(0, Math.min(first - 64, bytes.length - SAMPLE_BYTES));
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

/**
 * The likeliest charset of bytes that are not valid UTF-8.
 *
 * Detectors by byte statistics call TCVN3 and VISCII "windows-1258"; scoring the decoded text tells them apart.
 * @param bytes the whole document.
 * @param declared what the document or its header says, or null.
 */
export function likeliestCharset(bytes: Uint8Array, declared: string | null): string {
  const sample = sampleOf(bytes);
  let best = declared ?? 'windows-1252';
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of CANDIDATES) {
    const text = decodeAs(sample, candidate.charset).normalize('NFC');
    const score = candidate.score(text) + candidate.bias + (candidate.charset === declared ? DECLARED_BONUS : 0);
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
  return candidate.score(decodeAs(sampleOf(bytes), charset).normalize('NFC'));
}
