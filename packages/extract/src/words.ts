/** Small text measures shared by the choices: keys for comparison, sentence ends, word counts. */
import { IS, kindOf, lowerOf } from './characters.ts';

/** Keys of texts at most this long are put together in a buffer, in characters. */
const KEY_BUFFER = 100_000;
const units = new Uint16Array(KEY_BUFFER);
const bytes = Buffer.alloc(KEY_BUFFER);
const wide = Buffer.from(units.buffer);

/** The Greek sigma at a word's end: the same letter. */
const FINAL_SIGMA = 0x3c2;
const SIGMA = 0x3c3;

/** Letters and digits only, case folded: blind to white space, quotes and dashes. */
export function keyOf(text: string): string {
  const { length } = text;
  if (length > KEY_BUFFER) return slowKeyOf(text);
  let size = 0;
  let isSame = true;
  let all = 0;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    const kind = kindOf(unit);
    if ((kind & IS.unstable) !== 0) return slowKeyOf(text);
    if ((kind & (IS.letter | IS.number)) === 0) {
      isSame = false;
      continue;
    }
    const lower = unit === FINAL_SIGMA ? SIGMA : lowerOf(unit);
    if (lower !== unit) isSame = false;
    all |= lower;
    bytes[size] = lower;
    units[size++] = lower;
  }
  if (isSame) return text;
  if (all < 256) return bytes.toString('latin1', 0, size);
  return wide.toString('utf16le', 0, size * 2);
}

/** Whether the key of a text begins with another key; reads no more of the text than that takes. */
export function keyStartsWith(text: string, key: string): boolean {
  let size = 0;
  for (let at = 0; at < text.length && size < key.length; at++) {
    const unit = text.charCodeAt(at);
    const kind = kindOf(unit);
    // What follows a letter may change it: only unstable units do.
    if ((kind & IS.unstable) !== 0) return keyOf(text).startsWith(key);
    if ((kind & (IS.letter | IS.number)) === 0) continue;
    const lower = unit === FINAL_SIGMA ? SIGMA : lowerOf(unit);
    if (lower !== key.charCodeAt(size++)) {
      const next = at + 1 < text.length ? kindOf(text.charCodeAt(at + 1)) : 0;
      return (next & IS.unstable) !== 0 && keyOf(text).startsWith(key);
    }
  }
  return size === key.length;
}

function slowKeyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll('ς', 'σ');
}

const UNTIDY = /[^\S ]| {2}|^ | $|[\u200b\ufeff\u00ad]/;

/** One line: white space collapsed, ends trimmed, NFC. */
export function oneLine(text: string): string {
  if (!UNTIDY.test(text)) return text.normalize('NFC');
  return text
    .replace(/[\u200b\ufeff\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

const ENTITY: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
};

/** Decodes character references that a page escaped once too often. */
export function unescapeOnce(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-zA-Z]{2,8}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return ENTITY[name as string] ?? whole;
  });
}

/** 1 for marks that close a quotation or a bracket, 2 for those that end a sentence. */
const MARKS = new Uint8Array(65_536);
for (const sign of '"\'”’»)]') MARKS[sign.charCodeAt(0)] = 1;
for (const sign of '.!?…。！？।؟') MARKS[sign.charCodeAt(0)] = 2;

/**
 * Whether a text ends the way a sentence ends: a mark, then nothing but closing quotes, brackets and white space.
 *
 * @param reach how many characters of its end are looked at.
 */
export function endsSentence(text: string, reach = text.length): boolean {
  const least = Math.max(0, text.length - reach);
  let at = text.length - 1;
  while (at >= least && isWhite(text.charCodeAt(at))) at--;
  while (at >= least && MARKS[text.charCodeAt(at)] === 1) at--;
  return at >= least && MARKS[text.charCodeAt(at)] === 2;
}

function isWhite(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0x3000 || unit === 0x2028;
}

const PER_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Lao}]/gu;

/** 1 for the units that part words. */
export const SPACES = new Uint8Array(256);
for (const unit of [9, 10, 32, 0xa0]) SPACES[unit] = 1;

/** Whether a unit from U+0E00 on belongs to a script that does not space words. */
export function isWide(unit: number): boolean {
  return (
    unit < 0x0f00 ||
    (unit >= 0x1000 && unit < 0x10a0) ||
    (unit >= 0x1780 && unit < 0x1800) ||
    (unit >= 0x3040 && unit < 0xa000)
  );
}

/**
 * Words of a text; scripts that do not space words count one word for two characters.
 *
 * @param enough counting stops at so many.
 */
export function countWords(text: string, enough = Number.POSITIVE_INFINITY): number {
  let words = 0;
  let wide = 0;
  let before = 1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x0e00 && isWide(unit)) wide++;
    const space = unit < 256 ? (SPACES[unit] as number) : 0;
    words += before & (space ^ 1);
    before = space;
    if (words >= enough) return words;
  }
  return wide === 0 ? words : words + Math.floor(wide / 2);
}

/** Whether a text is mostly written in a script without spaces between words. */
export function isUnspaced(text: string): boolean {
  return (text.match(PER_CHARACTER)?.length ?? 0) * 2 > text.length;
}

/** An address that stands as it is: lower-case host, no port, nothing to encode, no dot segments. */
const PLAIN_URL =
  /^https?:\/\/(?![^/]*xn--)[a-z][a-z0-9-]*(?:\.[a-z0-9-]*[a-z][a-z0-9-]*)+\/(?!\.)(?:[\w~%!$&()*+,;=:@?#-]|\/(?!\.)|\.)*$/;
const PLAIN_PATH = /^\/(?![/.])(?:[\w~%!$&()*+,;=:@?#-]|\/(?!\.)|\.)*$/;
let lastBase = '';
let lastOrigin: string | null = null;

/** The origin of a base address, of the last one without parsing it again; null where it has none to be joined with. */
function originOf(base: string): string | null {
  if (base !== lastBase) {
    lastBase = base;
    lastOrigin = URL.canParse(base) && /^https?:/i.test(base) ? new URL(base).origin : null;
  }
  return lastOrigin;
}

/** An absolute http(s) URL, or null where there is none. */
export function absoluteUrl(href: string, base: string): string | null {
  if (PLAIN_URL.test(href)) return href;
  if (PLAIN_PATH.test(href)) {
    const origin = originOf(base);
    if (origin !== null) return origin + href;
  }
  try {
    const url = new URL(href.trim(), base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
