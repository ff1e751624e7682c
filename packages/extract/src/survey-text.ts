/** Small readings of elements: their plain text, tidied white space, the address of an image. */
import { END, type Tape, TEXT, TEXT_IS } from './tape.ts';

/** Collapses white space; single line breaks from `<br>` are kept as newlines. */
export function tidy(text: string): string {
  let isPlain = true;
  for (let at = 0, before = 32; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 ? code !== 32 || before === 32 : code === 0xa0 || code === 0xad || code >= 0x1680) {
      // Beyond the spaces of the general punctuation block nothing but U+3000 and U+FEFF is white.
      if (code <= 0xad || code < 0x2070 || code === 0x3000 || code === 0xfeff) {
        isPlain = false;
        break;
      }
    }
    before = code;
  }
  if (isPlain) return text.endsWith(' ') ? text.slice(0, -1) : text;
  let out = INVISIBLE.test(text) ? text.replace(INVISIBLE_ALL, '') : text;
  if (UNTIDY.test(out)) out = out.replace(/[^\S\n]+/g, ' ');
  if (out.includes('\n')) out = out.replace(/ ?\n ?/g, '\n').replace(/\n{2,}/g, '\n');
  return out.trim();
}

const INVISIBLE = /[\u200b\u2060\ufeff\u00ad]/;
const INVISIBLE_ALL = /[\u200b\u2060\ufeff\u00ad]/g;
const UNTIDY = /[^\S\n ]| {2}/;

const PLACEHOLDER = /\b(?:blank|placeholder|spacer|pixel|transparent)\b/i;

/** The best address an image element gives: lazy-loading attributes before a placeholder `src`. */
export function imageSource(tape: Tape, node: number): string | null {
  for (const name of ['data-src', 'data-original', 'data-lazy-src', 'data-url', 'src'] as const) {
    const value = tape.attribute(node, name);
    if (value && !value.startsWith('data:') && !PLACEHOLDER.test(value)) return value;
  }
  const set = tape.attribute(node, 'srcset') ?? tape.attribute(node, 'data-srcset');
  const first = set?.trim().split(/\s+/)[0];
  return first && !first.startsWith('data:') ? first.replace(/,$/, '') : null;
}

/** The texts inside an element of a page, one a line, at most about `most` characters; data scripts are left out. */
export function linesInside(tape: Tape, node: number, most: number): string {
  const end = tape.endOf(node);
  let text = '';
  for (let at = node + 1; at < end && text.length <= most; at++) {
    if (tape.kind(at) === END || tape.kind(at) !== TEXT) continue;
    if ((tape.textIs(at) & (TEXT_IS.raw | TEXT_IS.blank)) === 0) text += `${tape.text(at).replace(/\s+/g, ' ')}\n`;
  }
  return text;
}
