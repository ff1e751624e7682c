/** Small readings of elements: their plain text, tidied white space, the address of an image. */
import { ATTRIBUTE } from './tags.ts';
import { END, type Tape, TEXT, TEXT_IS } from './tape.ts';
import { TextBuffer } from './text-buffer.ts';

/** What units are white space: parting words, parting lines, there but not seen, and the mark that is both first and third. */
const IS = { space: 1, break: 2, unseen: 4 } as const;
const WHITE = new Uint8Array(65_536);
for (const unit of [9, 11, 12, 13, 32, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]) WHITE[unit] = IS.space;
for (let unit = 0x2000; unit <= 0x200a; unit++) WHITE[unit] = IS.space;
WHITE[10] = IS.break;
for (const unit of [0x200b, 0x2060, 0xad]) WHITE[unit] = IS.unseen;
WHITE[0xfeff] = IS.space | IS.unseen;

const BUFFER = new TextBuffer();

/** Collapses white space; single line breaks from `<br>` are kept as newlines, and what is not seen is taken out. */
export function tidy(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE[text.charCodeAt(start)] !== 0) start++;
  while (end > start && WHITE[text.charCodeAt(end - 1)] !== 0) end--;
  let before = 0;
  let at = start;
  for (; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (WHITE[unit] !== 0 && (unit !== 32 || before === 32)) break;
    before = unit;
  }
  if (at < end) return squeezed(text, start, end);
  return end - start === text.length ? text : text.slice(start, end);
}

function squeezed(text: string, start: number, end: number): string {
  BUFFER.begin(end - start);
  let white = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    const kind = WHITE[unit] as number;
    if (kind === 0) {
      if (white !== 0) BUFFER.add((white & IS.break) !== 0 ? 10 : 32);
      white = 0;
      BUFFER.add(unit);
    } else if ((kind & IS.unseen) === 0) white |= kind;
  }
  return BUFFER.take();
}

/** Makes one space of each run of white space, as text is read outside of `<pre>`. */
export function unbroken(text: string): string {
  BUFFER.begin(text.length);
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const white = (WHITE[unit] as number) & (IS.space | IS.break);
    if (white === 0) BUFFER.add(unit);
    else if (before === 0) BUFFER.add(32);
    before = white;
  }
  return BUFFER.take();
}

/** A size behind an address, as in `srcset`. */
const SIZED = /\s\d[\d.]{0,8}[wx]\s?(?:,|$)/;
const PLACEHOLDER = /\b(?:blank|placeholder|spacer|pixel|transparent)\b/i;

/** Attributes that give an image's address, the best first. */
const SOURCES = (['data-src', 'data-original', 'data-lazy-src', 'data-url', 'src'] as const).map(
  (name) => ATTRIBUTE[name],
);

/** The best address an image element gives: lazy-loading attributes before a placeholder `src`. */
export function imageSource(tape: Tape, node: number): string | null {
  for (const attribute of SOURCES) {
    const value = tape.attributeOf(node, attribute);
    if (!value || value.startsWith('data:') || PLACEHOLDER.test(value)) continue;
    // Some pages give a whole `srcset` where an address is due.
    const listed = SIZED.exec(value);
    return listed ? value.slice(0, listed.index).trim() : value;
  }
  const set = tape.attributeOf(node, ATTRIBUTE.srcset) ?? tape.attributeOf(node, ATTRIBUTE['data-srcset']);
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
