/** Makes markup out of a feed safe to show: known elements and attributes only, nothing that runs, addresses absolute. */
import { absoluteUrl } from '../words.ts';
import { endOfTag } from '../xml/parse-xml.ts';
import { CARRIERS, ELEMENTS, isAttribute, LINKING, safeStyle, VOID } from './html-lists.ts';

/** Longest markup that is read; longer is cut. */
const MAX_MARKUP = 1_000_000;
/** Elements open at once; deeper ones are left out, their text stays. */
const MAX_DEPTH = 200;

const START = /^<(\/?)([a-zA-Z][^\s/><]{0,60})/;
/** Longest tag, in characters; pictures may stand in it as data. */
const MAX_TAG = 100_000;
const ATTRIBUTE = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const REFERENCE = /&(?!#\d+;|#[xX][\da-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)/g;

/** Schemes an address in a feed may have; anything else, scripts above all, is emptied. */
const SCHEMES =
  /^(?:https?|ftp|mailto|tel|sms|xmpp|news|nntp|irc|feed|magnet|geo|tag|urn|svn|git|ssh|sip|webcal|data:image\/(?:png|gif|jpe?g|webp)[;,])/i;

/** How addresses in markup are completed. */
export type Sanitizing = { base: string };

/**
 * Cleans markup. Elements that are not known lose their tags, those that carry no text for readers (scripts, styles,
 * frames, objects) are dropped with what they hold, end tags are put in where they lack.
 *
 * @returns markup whose elements are all closed; text keeps its references as they are written.
 */
export function sanitizeHtml(markup: string, { base }: Sanitizing): string {
  const text = markup.slice(0, MAX_MARKUP).replaceAll('\u0000', '');
  const out: string[] = [];
  const open: string[] = [];
  const lower = text.toLowerCase();
  const unended = new Set<string>();
  /** Whether an element that is dropped ends at all; looked for once a name, so that many starts cost nothing. */
  const ends = (name: string, from: number): boolean => {
    if (unended.has(name)) return false;
    if (lower.includes(`</${name}`, from)) return true;
    unended.add(name);
    return false;
  };
  let noComment = false;
  let noClose = false;
  let dropping: { name: string; depth: number } | null = null;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const until = next < 0 ? text.length : next;
    if (until > at) {
      if (!dropping) out.push(textOut(text.slice(at, until)));
      at = until;
      continue;
    }
    if (text.startsWith('<!--', at)) {
      const stop = noComment ? -1 : text.indexOf('-->', at + 4);
      if (stop < 0) noComment = true;
      at = stop < 0 ? at + 4 : stop + 3;
      continue;
    }
    if (text.startsWith('<?', at) || /^<![a-zA-Z]/.test(text.slice(at, at + 3))) {
      const stop = noClose ? -1 : text.indexOf('>', at);
      if (stop < 0) {
        noClose = true;
        if (!dropping) out.push('&lt;');
        at++;
      } else at = stop + 1;
      continue;
    }
    const tag = START.exec(text.slice(at, at + 64));
    const stop = tag ? endOfTag(text, at + tag[0].length, MAX_TAG) : -1;
    if (!tag || stop < 0) {
      if (!dropping) out.push('&lt;');
      at++;
      continue;
    }
    const inner = text.slice(at + tag[0].length, stop);
    at = stop + 1;
    const written = tag[2] as string;
    const name = written.toLowerCase();
    const isEnd = tag[1] === '/';
    if (dropping) {
      if (name === dropping.name) dropping.depth += isEnd ? -1 : /\/\s*$/.test(inner) ? 0 : 1;
      if (dropping.depth === 0) dropping = null;
      continue;
    }
    if (CARRIERS.has(name)) {
      if (!isEnd && !VOID.has(name) && !/\/\s*$/.test(inner) && ends(name, at)) dropping = { name, depth: 1 };
      continue;
    }
    const shown = ELEMENTS.get(name);
    if (shown === undefined) continue;
    if (isEnd) {
      const depth = open.lastIndexOf(shown);
      if (depth < 0) continue;
      while (open.length > depth) out.push(`</${open.pop()}>`);
      continue;
    }
    const closed = VOID.has(name);
    if (!closed && open.length >= MAX_DEPTH) continue;
    const attributes = attributesOut(name, inner, base);
    out.push(closed ? `<${shown}${attributes} />` : `<${shown}${attributes}>`);
    if (!closed) {
      if (/\/\s*$/.test(inner)) out.push(`</${shown}>`);
      else open.push(shown);
    }
  }
  while (open.length > 0) out.push(`</${open.pop()}>`);
  return out.join('').trim();
}

const textOut = (text: string): string => text.replace(REFERENCE, '&amp;');

/** A value between double quotes. */
export const attributeOut = (value: string): string =>
  value.replace(REFERENCE, '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function attributesOut(element: string, written: string, base: string): string {
  let out = '';
  const seen = new Set<string>();
  for (const [, spelt, double, single, bare] of written.matchAll(ATTRIBUTE)) {
    const name = (spelt as string).toLowerCase();
    if (seen.has(name) || !isAttribute(element, name)) continue;
    seen.add(name);
    let value = double ?? single ?? bare ?? '';
    if (name === 'style') {
      value = safeStyle(value);
      if (value === '') continue;
    } else if (LINKING.has(name)) value = safeAddress(value, base);
    else if (name === 'srcset') value = safeSources(value, base);
    out += ` ${spelt as string}="${attributeOut(value)}"`;
  }
  return out;
}

/** An address of markup, absolute; empty where its scheme is not one of those that are shown. */
export function safeAddress(value: string, base: string): string {
  // Browsers pass over white space and control characters inside a scheme, so do attackers; references count too.
  const plain = value.replace(/&#(?:x0*([\da-f]{1,6})|0*(\d{1,7}));?/gi, (_, hex?: string, decimal?: string) =>
    characterAt(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
  const bare = [...plain].filter((char) => char > ' ' && char !== '\u007f').join('');
  if (/^[^/?#]*(?::|&colon;?)/i.test(bare) && !SCHEMES.test(bare)) return '';
  if (value.trim() === '') return '';
  if (/^[a-z][a-z\d+.-]*:/i.test(bare) || value.startsWith('#')) return value.trim();
  return absoluteUrl(value.replaceAll('&amp;', '&'), base) === null ? value.trim() : joined(value.trim(), base);
}

const characterAt = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The absolute form, with letters beyond ASCII kept as they are written. */
function joined(value: string, base: string): string {
  const given = value.replaceAll('&amp;', '&');
  const url = new URL(given, base);
  const plain = /[^\p{ASCII}]/u.test(given) ? decodedPath(url) : url.href;
  return plain;
}

function decodedPath(url: URL): string {
  try {
    return decodeURI(url.href).replaceAll(' ', '%20');
  } catch {
    return url.href;
  }
}

function safeSources(value: string, base: string): string {
  return value
    .split(/,\s+/)
    .map((one) => {
      const [address = '', size] = one.trim().split(/\s+/);
      const safe = safeAddress(address, base);
      return safe === '' ? '' : size ? `${safe} ${size}` : safe;
    })
    .filter((one) => one !== '')
    .join(', ');
}
