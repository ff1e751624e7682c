/** Turns bytes into NFC text: byte order mark, validity as UTF-8, declarations, likelihood, and twice-encoded UTF-8 undone. */
import { isUtf8 } from 'node:buffer';
import { lookAtUtf8 } from './charset-composed.ts';
import { charsetOfBom, charsetOfContentType, charsetOfMeta, charsetOfXml, mayBeJis } from './charset-declared.ts';
import { decodeAs, fitOf, likeliestCharset } from './charset-likelihood.ts';

/** Decoded text and the charset it was decoded with, in lower case. */
export type Decoded = { text: string; charset: string };

/** Bytes looked at when telling UTF-16 without a mark by its zero bytes. */
const UTF16_SAMPLE = 2000;
/** Share of undecodable bytes up to which a page that declares UTF-8 is taken for UTF-8 with some broken bytes. */
const BROKEN_UTF8_SHARE = 0.02;
/** Below this fit (points per non-ASCII character, of about 1) a declared charset is doubted. */
const DOUBTED_FIT = 0.3;
/** Declared charsets that often stand in for Vietnamese legacy encodings, so their fit is always compared. */
const OFTEN_WRONG = new Set(['windows-1252', 'windows-1258', 'iso-8859-2', 'windows-1250', 'iso-8859-15']);

const UNICODE = new Set(['utf-8', 'utf-16le', 'utf-16be']);

/** UTF-16 without a byte order mark shows as zeros in every other byte of the markup, UTF-32 in three of four. */
function utf16ByZeros(bytes: Uint8Array): string | null {
  // Three zeros of four are UTF-32, which no standard wants any more and some feeds still use.
  const [a, b, c, d] = bytes;
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return 'utf-32be';
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return 'utf-32le';
  const length = Math.min(bytes.length & ~1, UTF16_SAMPLE);
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const half = length / 2;
  if (even > half * 0.3 && odd < half * 0.05) return 'utf-16be';
  if (odd > half * 0.3 && even < half * 0.05) return 'utf-16le';
  return null;
}

const UTF8 = new TextDecoder('utf-8');

/** Decodes valid UTF-8. Looking at the bytes first costs a tenth of what asking the text for its NFC does. */
function decodeUtf8(bytes: Uint8Array): Decoded {
  const text = UTF8.decode(bytes);
  const { composed, twiceSigns } = lookAtUtf8(bytes);
  const repaired = twiceSigns < FEWEST_SIGNS ? null : repairTwiceEncoded(text);
  if (repaired !== null) return nfc(repaired, 'utf-8');
  return composed ? { text, charset: 'utf-8' } : nfc(text, 'utf-8');
}

/** The windows-1252 code points of bytes 0x80 to 0x9F, the way a wrong reading turned them into characters. */
const CP1252: ReadonlyMap<string, number> = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at))].map((char, at) => [
    char,
    0x80 + at,
  ]),
);
/** UTF-8 lead and continuation bytes read as windows-1252: the look of text encoded twice. */
const TWICE_ENCODED =
  /[\u00c3-\u00c6][\u0080-\u00bf\u0152-\u2122]|\u00e1[\u00ba\u00bb][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac/g;

/** Fewest of them in a text of that kind. */
const FEWEST_SIGNS = 3;

/** Looked for first: one of these stands in every text of that kind. */
const TWICE_SIGNS = ['\u00c3', '\u00c4', '\u00c5', '\u00c6', '\u00e1\u00ba', '\u00e1\u00bb', '\u00e2\u20ac'];

/**
 * Undoes UTF-8 that was read as windows-1252 and encoded again, where the whole text shows it.
 *
 * @returns the repaired text, or null when the text is not of that kind.
 */
export function repairTwiceEncoded(text: string): string | null {
  if (!TWICE_SIGNS.some((sign) => text.includes(sign))) return null;
  const hits = text.match(TWICE_ENCODED)?.length ?? 0;
  if (hits < FEWEST_SIGNS) return null;
  const out = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 256) out[at] = code;
    else {
      const byte = CP1252.get(text[at] as string);
      if (byte === undefined) return null;
      out[at] = byte;
    }
  }
  return isUtf8(out) ? UTF8.decode(out) : null;
}

/**
 * Decodes a document. Text is NFC; a byte order mark is dropped; bytes that fit nothing become U+FFFD.
 *
 * Order: byte order mark; UTF-16 by its zero bytes; UTF-8 where the bytes are valid UTF-8, whatever is declared (charset
 * headers lie, and text of another charset is almost never valid UTF-8); then HTTP header, meta and XML declaration,
 * checked against how the text reads; then likelihood.
 */
export function decode(bytes: Uint8Array, contentType?: string | null): Decoded {
  const bom = charsetOfBom(bytes);
  if (bom) return nfc(decodeAs(bytes.subarray(bom.length), bom.charset), bom.charset);
  const wide = utf16ByZeros(bytes);
  if (wide) return nfc(decodeAs(bytes, wide), wide);

  const declarations = (): string[] =>
    [charsetOfContentType(contentType), charsetOfMeta(bytes), charsetOfXml(bytes)].filter((name) => name !== null);
  // The one charset whose bytes are all ASCII.
  if (mayBeJis(bytes, contentType) && declarations()[0] === 'iso-2022-jp')
    return nfc(decodeAs(bytes, 'iso-2022-jp'), 'iso-2022-jp');
  if (isUtf8(bytes)) return decodeUtf8(bytes);

  const named = declarations();
  const legacy = named.find((name) => !UNICODE.has(name)) ?? null;
  if (named.includes('utf-8') || legacy === null) {
    const loose = decodeAs(bytes, 'utf-8');
    const broken = loose.match(/\ufffd/g)?.length ?? 0;
    const beyondAscii = loose.match(/[^\p{ASCII}]/gu)?.length ?? 1;
    if (broken / beyondAscii < 0.2 || (named.includes('utf-8') && broken / loose.length < BROKEN_UTF8_SHARE / 20))
      return nfc(loose, 'utf-8');
  }
  if (legacy !== null && !OFTEN_WRONG.has(legacy)) {
    const fit = fitOf(bytes, legacy);
    if (fit === null || fit >= DOUBTED_FIT) return nfc(decodeAs(bytes, legacy), legacy);
  }
  const charset = likeliestCharset(bytes, legacy);
  return nfc(decodeAs(bytes, charset), charset);
}

function nfc(text: string, charset: string): Decoded {
  return { text: text.normalize('NFC'), charset };
}
