/** Finds the links and the stressed stretches of one block, as offsets into its tidied text. */
import type { BodyMark } from '@newsloom/model';
import type { Block } from '../survey.ts';
import { ATTRIBUTE, flagsOf, maskBit, TAG_IS, tagNumber } from '../tags.ts';
import { END, type Tape, TEXT, TEXT_IS } from '../tape.ts';
import { absoluteUrl } from '../words.ts';

type Stress = Exclude<BodyMark['kind'], 'link'>;
const STRESS: readonly [string, Stress][] = [
  ['b strong', 'strong'],
  ['i em cite var dfn', 'emphasis'],
  ['code kbd samp tt', 'code'],
  ['sub', 'sub'],
  ['sup', 'sup'],
];
const KIND_OF = new Map<number, Stress>(
  STRESS.flatMap(([names, kind]) => names.split(' ').map((name) => [tagNumber(name), kind] as const)),
);
const A = tagNumber('a');
const BR = tagNumber('br');
const HREF = maskBit(ATTRIBUTE.href);
/** Elements inside a run that hold no text of it. */
const SILENT = new Set(['script', 'iframe', 'video', 'noscript', 'title'].map(tagNumber));
/** Most marks of one block. */
const MAX_MARKS = 400;

const INVISIBLE = new Set([0x200b, 0x2060, 0xfeff, 0xad]);
const isWhite = (unit: number): boolean => unit <= 32 || (unit >= 0xa0 && /\s/.test(String.fromCharCode(unit)));

/** A mark before its place in the tidied text is known. */
type RawMark = { kind: BodyMark['kind']; href: string; start: number; end: number };

/** Reads a block's run again: its untidied text, and the marks in it. */
function readRun(tape: Tape, block: Block, base: string): { text: string; marks: RawMark[] } {
  let text = '';
  const marks: RawMark[] = [];
  const open: { node: number; mark: RawMark | null }[] = [];
  for (let at = block.from; at < block.to; at++) {
    const kind = tape.kind(at);
    if (kind === TEXT) {
      const is = tape.textIs(at);
      if ((is & TEXT_IS.raw) === 0) text += (is & TEXT_IS.blank) !== 0 ? ' ' : tape.text(at);
    } else if (kind === END) {
      if (open.at(-1)?.node !== tape.elementOf(at)) continue;
      const closed = open.pop();
      if (closed?.mark) closed.mark.end = text.length;
    } else if (kind === BR) text += '\n';
    else if (SILENT.has(kind) || (flagsOf(kind) & TAG_IS.skipped) !== 0) at = tape.endOf(at);
    else {
      const stress = KIND_OF.get(kind);
      const href =
        kind === A && (tape.mask(at) & HREF) !== 0 ? absoluteUrl(tape.attribute(at, 'href') ?? '', base) : null;
      const mark: RawMark | null =
        marks.length < MAX_MARKS && (stress || href !== null)
          ? { kind: stress ?? 'link', href: href ?? '', start: text.length, end: -1 }
          : null;
      if (mark) marks.push(mark);
      open.push({ node: at, mark });
    }
  }
  for (const { mark } of open) if (mark) mark.end = text.length;
  return { text, marks };
}

/**
 * The marks of a block, each around characters that are no white space, in order of their starts; outer ones first.
 *
 * @param offset where the block's text begins in the body.
 */
export function marksOf(tape: Tape, block: Block, base: string, offset: number): BodyMark[] {
  const { text, marks } = readRun(tape, block, base);
  if (marks.length === 0) return [];
  // Tidying only drops or joins white space: the visible characters stand in both texts in the same order.
  const places = new Int32Array(text.length + 1).fill(-1);
  let to = 0;
  for (let from = 0; from < text.length; from++) {
    const unit = text.charCodeAt(from);
    if (isWhite(unit) || INVISIBLE.has(unit)) continue;
    while (to < block.text.length && isWhite(block.text.charCodeAt(to))) to++;
    if (to >= block.text.length) break;
    if (block.text.charCodeAt(to) !== unit) return [];
    places[from] = to++;
  }
  const found: BodyMark[] = [];
  for (const { kind, href, start, end } of marks) {
    let first = start;
    while (first < end && places[first] === -1) first++;
    let last = end - 1;
    while (last > first && places[last] === -1) last--;
    if (first >= end || places[first] === -1) continue;
    const span = { start: offset + (places[first] as number), end: offset + (places[last] as number) + 1 };
    found.push(kind === 'link' ? { kind, ...span, href } : { kind, ...span });
  }
  return found;
}
