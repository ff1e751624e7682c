/** Small text measures shared by the choices: keys for comparison, sentence ends, word counts. */

/** Letters and digits only, case folded: blind to white space, quotes and dashes. */
export function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** One line: white space collapsed, ends trimmed, NFC. */
export function oneLine(text: string): string {
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

/** Whether a text ends the way a sentence ends. */
export function endsSentence(text: string): boolean {
  return /[.!?…。！？।؟]["'”’»)\]]*\s*$/.test(text);
}

const PER_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Lao}]/gu;

/** Words of a text; scripts that do not space words count one word for two characters. */
export function countWords(text: string): number {
  let words = 0;
  let inWord = false;
  let wide = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isSpace = code === 32 || code === 10 || code === 0xa0 || code === 9;
    if (
      code >= 0x0e00 &&
      (code < 0x0f00 ||
        (code >= 0x1000 && code < 0x10a0) ||
        (code >= 0x1780 && code < 0x1800) ||
        (code >= 0x3040 && code < 0xa000))
    )
      wide++;
    if (isSpace) inWord = false;
    else if (!inWord) {
      inWord = true;
      words++;
    }
  }
  return wide === 0 ? words : words + Math.floor(wide / 2);
}

/** Whether a text is mostly written in a script without spaces between words. */
export function isUnspaced(text: string): boolean {
  return (text.match(PER_CHARACTER)?.length ?? 0) * 2 > text.length;
}

/** An absolute http(s) URL, or null where there is none. */
export function absoluteUrl(href: string, base: string): string | null {
  try {
    const url = new URL(href.trim(), base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
