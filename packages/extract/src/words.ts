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

const CLOSING = new Set([...'"\'”’»)]'].map((sign) => sign.charCodeAt(0)));
const ENDING = new Set([...'.!?…。！？।؟'].map((sign) => sign.charCodeAt(0)));

/** Whether a text ends the way a sentence ends: a mark, then nothing but closing quotes, brackets and white space. */
export function endsSentence(text: string): boolean {
  let at = text.length - 1;
  while (at >= 0 && isWhite(text.charCodeAt(at))) at--;
  while (at >= 0 && CLOSING.has(text.charCodeAt(at))) at--;
  return at >= 0 && ENDING.has(text.charCodeAt(at));
}

function isWhite(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0x3000 || unit === 0x2028;
}

const PER_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Lao}]/gu;

/** 1 for the units that part words. */
const SPACES = new Uint8Array(256);
for (const unit of [9, 10, 32, 0xa0]) SPACES[unit] = 1;

/** Whether a unit belongs to a script that does not space words. */
function isWide(unit: number): boolean {
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
