/** Keeps the elements that are open while a page is scanned: implied ends, stray ends, and the caps on depth and size. */

import { flagsOf, TAG_IS, TAG_NAMES, tagNumber } from './tags.ts';
import type { Tape } from './tape.ts';

/** Deepest nesting kept; browsers cap near 512 (Blink's kMaximumHTMLParserDOMTreeDepth). Deeper elements become siblings. */
export const MAX_DEPTH = 512;
/** How far up an implied end looks: deeper misnesting is left as it is, which keeps each tag's cost bounded. */
const IMPLIED_REACH = 24;

type Rule = { closes: Uint8Array; stops: Uint8Array };

const setOf = (words: string): Uint8Array => {
  const set = new Uint8Array(TAG_NAMES.length);
  for (const name of words.split(' ')) set[tagNumber(name)] = 1;
  return set;
};
const rule = (closes: string, stops: string): Rule => ({ closes: setOf(closes), stops: setOf(stops) });
/** What each of these closes when it opens, and where the search upwards ends. */
const RULES: readonly [string, Rule][] = [
  ['li', rule('li', 'ul ol menu table body nav section article')],
  ['dt dd', rule('dt dd', 'dl table body')],
  ['tr', rule('tr td th', 'table tbody thead tfoot')],
  ['td th', rule('td th', 'tr table tbody thead tfoot')],
  ['tbody thead tfoot', rule('tbody thead tfoot tr td th', 'table')],
  ['option', rule('option', 'select datalist optgroup')],
  ['optgroup', rule('option optgroup', 'select')],
  ['body', rule('head title link script', 'html')],
];
const RULE_OF: (Rule | undefined)[] = new Array(TAG_NAMES.length);
for (const [names, made] of RULES) for (const name of names.split(' ')) RULE_OF[tagNumber(name)] = made;

const P = tagNumber('p');
const A = tagNumber('a');
const BR = tagNumber('br');
const TD = tagNumber('td');
const TH = tagNumber('th');
const TR = tagNumber('tr');
const TABLE = tagNumber('table');
const TBODY = tagNumber('tbody');
const BODY = tagNumber('body');
const HEAD = tagNumber('head');
const HTML = tagNumber('html');

/** The open elements of one page; writes ends to the tape as elements close. */
export class OpenElements {
  private readonly tape: Tape;
  /** How many elements are open, their names' numbers and their tokens, the outermost first. */
  private depth = 0;
  private readonly tags = new Int32Array(MAX_DEPTH);
  private readonly elements = new Int32Array(MAX_DEPTH);
  /** How many elements of each name are open, by its number. */
  private readonly counts: number[] = new Array(TAG_NAMES.length).fill(0);
  /** Elements beyond the depth cap whose end tags must not close an ancestor. */
  private readonly unpushed = new Map<number, number>();

  constructor(tape: Tape) {
    this.tape = tape;
  }

  private popTo(index: number): void {
    const { tags, elements, counts, tape } = this;
    for (let at = this.depth - 1; at >= index; at--) {
      const tag = tags[at] as number;
      counts[tag] = (counts[tag] as number) - 1;
      tape.addEnd(elements[at] as number);
    }
    this.depth = index;
  }

  /** Closes what the opening of an element implies to be over. Called before the element is written. */
  implyEnds(tag: number): void {
    const { tags } = this;
    const made = RULE_OF[tag];
    if (made) {
      const least = Math.max(0, this.depth - IMPLIED_REACH);
      let found = -1;
      for (let at = this.depth - 1; at >= least; at--) {
        const open = tags[at] as number;
        if (made.closes[open] === 1) found = at;
        else if (made.stops[open] === 1) break;
      }
      if (found >= 0) this.popTo(found);
    }
    const flags = flagsOf(tag);
    // A page without `</head>` and `<body>`: the first block of text ends the head.
    if ((flags & TAG_IS.closesP) !== 0 && this.depth > 0 && tags[this.depth - 1] === HEAD) this.popTo(this.depth - 1);
    if ((flags & TAG_IS.closesP) !== 0 && (this.counts[P] as number) > 0) this.closeThroughFormatting(P);
    else if (tag === A && (this.counts[A] as number) > 0) this.closeThroughFormatting(A);
    if ((flags & TAG_IS.heading) !== 0 && this.depth > 0) {
      const top = tags[this.depth - 1] as number;
      if ((flagsOf(top) & TAG_IS.heading) !== 0) this.popTo(this.depth - 1);
    }
  }

  private closeThroughFormatting(tag: number): void {
    const { tags } = this;
    const least = Math.max(0, this.depth - IMPLIED_REACH);
    for (let at = this.depth - 1; at >= least; at--) {
      const open = tags[at] as number;
      if (open === tag) {
        this.popTo(at);
        return;
      }
      if ((flagsOf(open) & TAG_IS.formatting) === 0) return;
    }
  }

  /** Keeps an element open that was written to the tape, or ends it at once beyond the depth cap. */
  push(tag: number, element: number): void {
    if (this.depth >= MAX_DEPTH) {
      this.tape.truncated = true;
      this.tape.addEnd(element);
      this.unpushed.set(tag, (this.unpushed.get(tag) ?? 0) + 1);
      return;
    }
    this.tags[this.depth] = tag;
    this.elements[this.depth++] = element;
    this.counts[tag] = (this.counts[tag] ?? 0) + 1;
  }

  /** Reads an end tag: closes its element with all inside, or nothing where none is open. */
  close(tag: number): void {
    if (this.unpushed.size > 0) {
      const beyond = this.unpushed.get(tag) ?? 0;
      if (beyond > 0) {
        this.unpushed.set(tag, beyond - 1);
        return;
      }
    }
    if ((this.counts[tag] ?? 0) === 0) {
      if (tag === BR) this.tape.addEnd(this.tape.addElement(BR, this.tape.nextAttribute, 0));
      return;
    }
    if (tag === BODY || tag === HTML) return;
    const { tags } = this;
    for (let at = this.depth - 1; at >= 0; at--) {
      const open = tags[at] as number;
      if (open === tag) {
        this.popTo(at);
        return;
      }
      // A stray end tag does not close the table cell it stands in.
      if ((open === TD || open === TH) && tag !== TR && tag !== TABLE && tag !== TBODY) return;
    }
  }

  /** Ends all that is still open. */
  finish(): void {
    this.popTo(0);
  }
}
