/** Small readings of elements: their plain text, tidied white space, the address of an image. */
import { Element, Text } from 'domhandler';

/** Elements that do not part blocks. */
export const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark meter nobr ' +
    'output picture progress q s samp small source span strike strong sub sup svg time track tt u var wbr rp rt ruby o:p amp-img'
  ).split(' '),
);
/** Collapses white space; single line breaks from `<br>` are kept as newlines. */
export function tidy(text: string): string {
  let out = INVISIBLE.test(text) ? text.replace(INVISIBLE_ALL, '') : text;
  if (UNTIDY.test(out)) out = out.replace(/[^\S\n]+/g, ' ');
  if (out.includes('\n')) out = out.replace(/ ?\n ?/g, '\n').replace(/\n{2,}/g, '\n');
  return out.trim();
}

const INVISIBLE = /[\u200b\u2060\ufeff\u00ad]/;
const INVISIBLE_ALL = /[\u200b\u2060\ufeff\u00ad]/g;
const UNTIDY = /[^\S\n ]| {2}/;

/** The best address an image element gives: lazy-loading attributes before a placeholder `src`. */
export function imageSource(attribs: Record<string, string>): string | null {
  const candidates = [
    attribs['data-src'],
    attribs['data-original'],
    attribs['data-lazy-src'],
    attribs['data-url'],
    attribs.src,
  ];
  for (const candidate of candidates)
    if (
      candidate &&
      !candidate.startsWith('data:') &&
      !/\b(?:blank|placeholder|spacer|pixel|transparent)\b/i.test(candidate)
    )
      return candidate;
  const set = attribs.srcset ?? attribs['data-srcset'];
  const first = set?.trim().split(/\s+/)[0];
  return first && !first.startsWith('data:') ? first.replace(/,$/, '') : null;
}

/** Most characters `plainText` gathers: names, link texts and titles are shorter, and nested calls stay linear. */
const MAX_PLAIN = 1_000;

/** The text of an element and its descendants, at most about 1,000 characters; depth is bounded by the DOM's cap. */
export function plainText(element: Element): string {
  let text = '';
  for (const child of element.children) {
    if (text.length > MAX_PLAIN) break;
    if (child instanceof Text) text += child.data.slice(0, MAX_PLAIN);
    else if (child instanceof Element && child.name !== 'script' && child.name !== 'style')
      text += INLINE.has(child.name) && child.name !== 'br' ? plainText(child) : ` ${plainText(child)} `;
  }
  return text;
}
