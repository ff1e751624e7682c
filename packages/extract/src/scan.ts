/** Scans a page's HTML once, left to right, into a tape of elements and texts; no markup is an error, and no step looks back. */
import { HASH_FACTOR, HASH_START } from './characters.ts';
import { OpenElements } from './open-elements.ts';
import { ATTRIBUTE_NAMES, findName, flagsOf, maskBit, nameTable, TAG_IS, TAG_NAMES, tagNumber } from './tags.ts';
import { Tape, TEXT_IS } from './tape.ts';

/** Most elements and texts of one page; the largest page of the development corpus has 60,000. Reading stops there. */
export const MAX_NODES = 400_000;
/** Most attributes kept per element; the rest is read past. */
export const MAX_ATTRIBUTES = 64;
/** Most characters of decoded page text read; a 163 kB page is the average. */
export const MAX_CHARACTERS = 24_000_000;
/** Longest name of an element, in characters. */
const MAX_NAME = 64;

const TAGS = nameTable(TAG_NAMES);
const ATTRIBUTES = nameTable(ATTRIBUTE_NAMES);
/** Attributes with a bit come first, so their bits are looked up rather than worked out. */
const BITS = Int32Array.from(ATTRIBUTE_NAMES, (_, at) => maskBit(at));

const SCRIPT = tagNumber('script');
const STYLE = tagNumber('style');
const TITLE = tagNumber('title');
const TEXTAREA = tagNumber('textarea');
const XMP = tagNumber('xmp');
const SVG = tagNumber('svg');

/** Script types whose text may carry facts; all other scripts and styles are read past. */
const DATA_SCRIPT = /json|ld\+/i;

const GREATER = 62;
const SLASH = 47;
const isSpace = (code: number): boolean => code === 32 || (code <= 13 && code >= 9 && code !== 11);

/** One scan's state: the page, where it stands, the tape it writes. */
class Scanner {
  private readonly source: string;
  private readonly tape: Tape;
  private readonly open: OpenElements;
  private at = 0;
  /** Where the next `</svg` stands, or the page's end where there is none; found once for all elements before it. */
  private svgEnd = -1;
  /** Where the next `&` stands, or the page's end. */
  private reference = -1;
  private selfClosing = false;
  private mask = 0;

  constructor(tape: Tape) {
    this.tape = tape;
    this.source = tape.source;
    this.open = new OpenElements(tape);
  }

  run(): void {
    const { source, tape } = this;
    const size = source.length;
    while (this.at < size) {
      if (tape.count > MAX_NODES) {
        tape.truncated = true;
        break;
      }
      const less = source.indexOf('<', this.at);
      if (less < 0) {
        this.addText(this.at, size);
        break;
      }
      const next = source.charCodeAt(less + 1) | 32;
      if (next >= 97 && next <= 122) {
        if (less > this.at) this.addText(this.at, less);
        this.at = less + 1;
        this.startTag();
      } else if (next === SLASH && source.charCodeAt(less + 1) === SLASH) {
        if (less > this.at) this.addText(this.at, less);
        this.at = less + 2;
        this.endTag();
      } else if (source.charCodeAt(less + 1) === 33 || source.charCodeAt(less + 1) === 63) {
        if (less > this.at) this.addText(this.at, less);
        this.declaration(less);
      } else {
        // A bare "<" is text, and so is what stands before the next one.
        const after = source.indexOf('<', less + 1);
        this.addText(this.at, after < 0 ? size : after);
        this.at = after < 0 ? size : after;
      }
    }
    this.open.finish();
  }

  private addText(start: number, end: number): void {
    const { source } = this;
    let at = start;
    while (at < end && isSpace(source.charCodeAt(at))) at++;
    if (at === end) {
      this.tape.addText(start, end, TEXT_IS.blank);
      return;
    }
    if (this.reference < at) {
      const found = source.indexOf('&', at);
      this.reference = found < 0 ? source.length : found;
    }
    this.tape.addText(start, end, this.reference < end ? TEXT_IS.references : TEXT_IS.plain);
  }

  /** Comments, doctypes, processing instructions: read past. */
  private declaration(less: number): void {
    const { source } = this;
    if (source.startsWith('!--', less + 1)) {
      const end = source.indexOf('-->', less + 2);
      this.at = end < 0 ? source.length : end + 3;
      return;
    }
    const end = source.indexOf('>', less + 1);
    this.at = end < 0 ? source.length : end + 1;
  }

  /** The number of the name that begins here; stops behind it. */
  private name(): number {
    const { source } = this;
    const start = this.at;
    let hash = HASH_START;
    let at = start;
    for (;;) {
      let code = source.charCodeAt(at);
      // NaN at the page's end fails every comparison but this one.
      if (!(code > 32) || code === GREATER || code === SLASH) break;
      if (code >= 65 && code <= 90) code |= 32;
      hash = Math.imul(hash ^ code, HASH_FACTOR);
      at++;
    }
    this.at = at;
    const known = findName(TAGS, hash);
    return known >= 0
      ? known
      : this.tape.numberOf(source.substring(start, Math.min(at, start + MAX_NAME)).toLowerCase());
  }

  private endTag(): void {
    const { source } = this;
    const code = source.charCodeAt(this.at) | 32;
    if (code >= 97 && code <= 122) this.open.close(this.name());
    if (source.charCodeAt(this.at) === GREATER) this.at++;
    else {
      const end = source.indexOf('>', this.at);
      this.at = end < 0 ? source.length : end + 1;
    }
  }

  /** Reads the attributes up to the tag's end; false where the page ends inside the tag. */
  private attributes(): boolean {
    const { source, tape } = this;
    const first = tape.nextAttribute;
    let mask = 0;
    let at = this.at;
    this.selfClosing = false;
    for (;;) {
      let code = source.charCodeAt(at);
      while (code === 32 || code === 10 || code === 9 || code === 13 || code === 12 || code === SLASH) {
        this.selfClosing = code === SLASH;
        code = source.charCodeAt(++at);
      }
      if (code === GREATER) break;
      if (Number.isNaN(code)) return false;
      this.selfClosing = false;
      let hash = HASH_START;
      do {
        if (code >= 65 && code <= 90) code |= 32;
        hash = Math.imul(hash ^ code, HASH_FACTOR);
        code = source.charCodeAt(++at);
      } while (code > 32 && code !== 61 && code !== GREATER && code !== SLASH);
      while (code === 32 || code === 10 || code === 9 || code === 13 || code === 12) code = source.charCodeAt(++at);
      let start = at;
      let end = at;
      if (code === 61) {
        code = source.charCodeAt(++at);
        while (code === 32 || code === 10 || code === 9 || code === 13 || code === 12) code = source.charCodeAt(++at);
        start = at;
        if (code === 34 || code === 39) {
          start++;
          end = source.indexOf(code === 34 ? '"' : "'", start);
          if (end < 0) return false;
          at = end + 1;
        } else {
          while (code > 32 && code !== GREATER) code = source.charCodeAt(++at);
          end = at;
        }
      }
      const known = findName(ATTRIBUTES, hash);
      if (known < 0) continue;
      if (tape.nextAttribute - first >= MAX_ATTRIBUTES) {
        tape.truncated = true;
        continue;
      }
      tape.addAttribute(known, start, end);
      mask |= BITS[known] as number;
    }
    this.at = at + 1;
    this.mask = mask;
    return true;
  }

  private startTag(): void {
    const { source, tape, open } = this;
    const tag = this.name();
    const first = tape.nextAttribute;
    if (!this.attributes()) {
      this.at = source.length;
      return;
    }
    open.implyEnds(tag);
    const element = tape.addElement(tag, first, this.mask);
    if ((flagsOf(tag) & TAG_IS.void) !== 0) {
      tape.addEnd(element);
      return;
    }
    if (tag === SCRIPT || tag === STYLE || tag === TITLE || tag === TEXTAREA || tag === XMP) {
      this.rawText(tag, element);
      return;
    }
    if (tag === SVG && (this.selfClosing || this.isPlainSvg())) {
      if (!this.selfClosing) {
        this.at = this.svgEnd;
        const end = source.indexOf('>', this.at);
        this.at = end < 0 ? source.length : end + 1;
      }
      tape.addEnd(element);
      return;
    }
    open.push(tag, element);
  }

  /** Whether a drawing ends without another one inside; its end is then known. */
  private isPlainSvg(): boolean {
    const { source } = this;
    if (this.svgEnd < this.at) {
      const end = source.indexOf('</svg', this.at);
      this.svgEnd = end < 0 ? source.length : end;
    }
    if (this.svgEnd === source.length) return false;
    const inner = source.indexOf('<svg', this.at);
    return inner < 0 || inner > this.svgEnd;
  }

  /** Elements that hold text up to their own end tag, whatever it looks like. */
  private rawText(tag: number, element: number): void {
    const { source, tape } = this;
    const start = this.at;
    const name = TAG_NAMES[tag] as string;
    let end = start;
    for (;;) {
      end = source.indexOf('</', end);
      if (end < 0) {
        end = source.length;
        break;
      }
      let match = 0;
      while (match < name.length && (source.charCodeAt(end + 2 + match) | 32) === name.charCodeAt(match)) match++;
      const next = source.charCodeAt(end + 2 + name.length);
      if (match === name.length && (next === GREATER || next === SLASH || isSpace(next))) break;
      end += 2;
    }
    if (end > start) {
      if (tag === TITLE) tape.addText(start, end, TEXT_IS.references);
      else if (tag === XMP) tape.addText(start, end, TEXT_IS.plain);
      else if (
        tag === SCRIPT &&
        DATA_SCRIPT.test(`${tape.attribute(element, 'type') ?? ''} ${tape.attribute(element, 'id') ?? ''}`)
      )
        tape.addText(start, end, TEXT_IS.raw);
    }
    tape.addEnd(element);
    const close = source.indexOf('>', end);
    this.at = close < 0 || end === source.length ? source.length : close + 1;
  }
}

/**
 * Scans one decoded page in linear time.
 *
 * @param text the page; beyond 24 million characters it is cut.
 */
export function scanHtml(text: string): Tape {
  const tooLong = text.length > MAX_CHARACTERS;
  const tape = new Tape(tooLong ? text.slice(0, MAX_CHARACTERS) : text);
  new Scanner(tape).run();
  if (tooLong) tape.truncated = true;
  return tape;
}
