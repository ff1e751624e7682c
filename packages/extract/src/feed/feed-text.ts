/** Reads the texts of feeds: plain, escaped markup, inline markup and base64, told apart as each format says. */

import { oneLine, unescapeOnce } from '../words.ts';
import { htmlEntity } from '../xml/references.ts';
import { localName, textOf, type XmlElement } from '../xml/xml-element.ts';
import type { FeedText } from './feed-types.ts';
import { CARRIERS, ELEMENTS, VOID } from './html-lists.ts';
import { attributeOut, sanitizeHtml } from './sanitize-html.ts';
import { type Scope, scopeOf, webAddress } from './scope.ts';

/** The rules a text follows: Atom's say what it is, others are guessed at where they say nothing. */
export type TextRules = {
  /** Atom 1.0 wraps XHTML in one div that is no content. */
  dialect: 'atom1' | 'atom03' | 'other';
  /** Type of a text that states none. */
  otherwise: 'text/plain' | 'text/html' | 'application/xhtml+xml';
};

/** Longest text of one field, in characters. */
const MAX_TEXT = 1_000_000;
/** Bytes of base64 that are decoded. */
const BASE64 = /^[A-Za-z0-9+/=\s]+$/;

/** Reads one text element. */
export function readText(element: XmlElement, around: Scope, rules: TextRules): FeedText {
  const scope = scopeOf(element, around);
  const stated = typeOf(element.attributes.get('type'));
  const mode = element.attributes.get('mode')?.toLowerCase() ?? null;
  let type = stated ?? rules.otherwise;
  const hasMarkup = element.children.some((child) => typeof child !== 'string');
  const src = webAddress(element.attributes.get('src'), scope.base);
  const detail = (value: string): FeedText => ({ value, type, language: scope.language, base: scope.base, src });

  if (hasMarkup) {
    // Markup that stands in the open is markup, whatever the type says.
    const inner = rules.dialect === 'atom1' && type === 'application/xhtml+xml' ? wrapped(element) : element;
    const markup = inlineMarkup(inner);
    if (type === 'text/plain' && rules.dialect !== 'atom1') type = 'text/html';
    return detail(sanitizeHtml(markup, scope));
  }
  let text = textOf(element).slice(0, MAX_TEXT);
  if (isBase64(stated, mode, text, rules)) {
    text = new TextDecoder().decode(Buffer.from(text, 'base64'));
    if (stated === null || !/^text\//.test(stated)) type = looksLikeHtml(text) ? 'text/html' : 'text/plain';
  }
  text = text.trim();
  if (type === 'text/plain' && rules.dialect !== 'atom1' && stated === null && looksLikeHtml(text)) type = 'text/html';
  if (type === 'application/xhtml+xml' && mode !== 'escaped' && !/[<&]/.test(text)) return detail(escapeText(text));
  return detail(/html|xml$/.test(type) ? sanitizeHtml(text, scope) : text);
}

/** Reads a text that is given as such, by JSON for example. */
export function textGiven(value: string, type: 'text/plain' | 'text/html', scope: Scope): FeedText {
  const text = value.slice(0, MAX_TEXT);
  return {
    value: type === 'text/html' ? sanitizeHtml(text, scope) : text,
    type,
    language: scope.language,
    base: scope.base,
    src: null,
  };
}

/** A text on one line with markup left out and references resolved; null for an empty one. */
export function plainLine(text: FeedText | null): string | null {
  if (!text) return null;
  const isMarkup = /html|xml$/.test(text.type);
  const bare = isMarkup ? resolved(text.value.replace(/<[^>]*>/g, betweenTags)) : unescapeOnce(text.value);
  return oneLine(bare) || null;
}

/** A tag that ends a line leaves a space behind. */
const betweenTags = (tag: string): string => (/^<\/?(?:p|div|br|li|h\d|td|tr)\b/i.test(tag) ? ' ' : '');

function resolved(text: string): string {
  return unescapeOnce(
    text.replace(/&([a-zA-Z][a-zA-Z0-9]{1,30});/g, (whole, name: string) => htmlEntity(name) ?? whole),
  );
}

function typeOf(value: string | undefined): string | null {
  const type = (value ?? '').trim().toLowerCase();
  if (type === '') return null;
  if (type === 'text') return 'text/plain';
  if (type === 'html') return 'text/html';
  return type === 'xhtml' ? 'application/xhtml+xml' : (type.split(';')[0] as string).trim();
}

function isBase64(stated: string | null, mode: string | null, text: string, rules: TextRules): boolean {
  if (mode === 'base64') return BASE64.test(text);
  // RFC 4287, 4.1.3.3: content of a type that is neither text nor XML is base64.
  const isBinary = stated?.includes('/') === true && !/^text\/|\+xml$|\/xml$/.test(stated);
  return isBinary && rules.dialect === 'atom1' && BASE64.test(text);
}

/** Whether a text without a type is markup: tags or references that are known, and no others. */
export function looksLikeHtml(text: string): boolean {
  if (!/<\/[a-zA-Z]\w*\s*>|<(?:br|hr|img|p)\b[^<>]*>|&#?\w+;/.test(text)) return false;
  for (const [, name] of text.matchAll(/<\/?([a-zA-Z]\w*)/g)) {
    const lower = (name as string).toLowerCase();
    if (!ELEMENTS.has(lower) && !CARRIERS.has(lower)) return false;
  }
  for (const [, name] of text.matchAll(/&([a-zA-Z]\w*);/g)) if (htmlEntity(name as string) === null) return false;
  return true;
}

/** The one div around Atom's XHTML, or the element itself. */
function wrapped(element: XmlElement): XmlElement {
  const inner = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const [only] = inner;
  return inner.length === 1 && only !== undefined && typeof only !== 'string' && localName(only.key) === 'div'
    ? only
    : element;
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What stands inside an element as markup, names without their prefixes. */
export function inlineMarkup(element: XmlElement): string {
  const out: string[] = [];
  type Step = { of: XmlElement; at: number; end: string };
  const open: Step[] = [{ of: element, at: 0, end: '' }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const child = top.of.children[top.at++];
    if (child === undefined) {
      out.push(top.end);
      open.pop();
    } else if (typeof child === 'string') out.push(escapeText(child));
    else {
      const name = localName(child.name);
      const attributes = child.written
        .filter(([spelt]) => !spelt.startsWith('xmlns'))
        .map(([spelt, value]) => ` ${spelt}="${attributeOut(escapeText(value).replaceAll('&gt;', '>'))}"`)
        .join('');
      const isVoid = VOID.has(name.toLowerCase()) && child.children.length === 0;
      out.push(`<${name}${attributes}${isVoid ? ' /' : ''}>`);
      open.push({ of: child, at: 0, end: isVoid ? '' : `</${name}>` });
    }
  }
  return out.join('').slice(0, MAX_TEXT).trim();
}
