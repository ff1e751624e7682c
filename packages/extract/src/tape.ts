/** The DOM of a page as a tape: elements, texts and ends in document order, in one array of numbers over the page's text. */
import { HASH_FACTOR } from './characters.ts';
import { decodeReferences } from './references.ts';
import { ATTRIBUTE, type AttributeName, maskBit, TAG_NAMES } from './tags.ts';

/** Numbers kept for one token: kind, and what the kind needs. */
const WIDTH = 5;
/** Numbers kept for one attribute: its number, and where its value begins and ends. */
const ATTRIBUTE_WIDTH = 3;

/** Kinds of tokens that are no elements; an element's kind is the number of its name. */
export const TEXT = -1;
export const END = -2;

/** What is known of a text token. */
export const TEXT_IS = { plain: 0, references: 1, blank: 2, raw: 4 } as const;

/** Memory of tapes that are read no more: fresh memory of this size costs more than what is written to it. */
type Spare = { tokens: Int32Array; attributes: Int32Array };
const SPARES: Spare[] = [];
/** Most tapes whose memory is kept: a page may hold another one in its scripts. */
const MOST_SPARES = 2;
/** Most numbers of a tape that is kept; a page of 160 kB has about 60,000. */
const MOST_SPARE_NUMBERS = 1 << 20;
const NOTHING = new Int32Array(0);

const grown = (from: Int32Array): Int32Array => {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
};

/**
 * The tokens of one page. An element token holds its name's number, its first attribute, how many it has, which of the
 * attributes with a bit it has, and the token that ends it; a text token holds where it begins and ends in the page.
 */
export class Tape {
  readonly source: string;
  /** Tokens so far. */
  count = 0;
  /** A cap cut the page. */
  truncated = false;
  private tokens: Int32Array;
  private attributes: Int32Array;
  private attributeCount = 0;
  private readonly ownNames: string[] = [];
  private readonly ownNumbers = new Map<string, number>();

  constructor(source: string) {
    this.source = source;
    // Real pages have a token for every 20 characters or fewer, and about as many kept attributes.
    const room = 64 + (source.length >> 4);
    const spare = SPARES.pop();
    const isRoomy = spare !== undefined && spare.tokens.length >= room * WIDTH;
    this.tokens = isRoomy ? spare.tokens : new Int32Array(room * WIDTH);
    this.attributes = isRoomy ? spare.attributes : new Int32Array(room * ATTRIBUTE_WIDTH);
  }

  /** Gives the tape's memory to the next one; nothing can be read of it any more. */
  release(): void {
    const { tokens, attributes } = this;
    if (tokens.length + attributes.length <= MOST_SPARE_NUMBERS && SPARES.length < MOST_SPARES && tokens.length > 0)
      SPARES.push({ tokens, attributes });
    this.tokens = NOTHING;
    this.attributes = NOTHING;
  }

  /** The number of a name that is not among the known ones. */
  numberOf(name: string): number {
    const known = this.ownNumbers.get(name);
    if (known !== undefined) return known;
    const number = TAG_NAMES.length + this.ownNames.length;
    this.ownNames.push(name);
    this.ownNumbers.set(name, number);
    return number;
  }

  /** The name of an element. */
  nameOf(tag: number): string {
    return TAG_NAMES[tag] ?? (this.ownNames[tag - TAG_NAMES.length] as string);
  }

  private push(kind: number, a: number, b: number, c: number): number {
    const at = this.count++;
    let { tokens } = this;
    const offset = at * WIDTH;
    if (offset + WIDTH > tokens.length) {
      tokens = grown(tokens);
      this.tokens = tokens;
    }
    tokens[offset] = kind;
    tokens[offset + 1] = a;
    tokens[offset + 2] = b;
    tokens[offset + 3] = c;
    tokens[offset + 4] = at + 1;
    return at;
  }

  /** Where the next attribute will stand. */
  get nextAttribute(): number {
    return this.attributeCount;
  }

  /** Notes an attribute of the element that comes next. */
  addAttribute(attribute: number, start: number, end: number): void {
    const offset = this.attributeCount++ * ATTRIBUTE_WIDTH;
    if (offset + ATTRIBUTE_WIDTH > this.attributes.length) this.attributes = grown(this.attributes);
    this.attributes[offset] = attribute;
    this.attributes[offset + 1] = start;
    this.attributes[offset + 2] = end;
  }

  addElement(tag: number, firstAttribute: number, mask: number): number {
    return this.push(tag, firstAttribute, this.attributeCount - firstAttribute, mask);
  }

  addText(start: number, end: number, is: number): void {
    this.push(TEXT, start, end, is);
  }

  /** Ends the element at a token. */
  addEnd(element: number): void {
    const at = this.push(END, element, 0, 0);
    this.tokens[element * WIDTH + 4] = at;
  }

  /** The number of an element's name, or `TEXT` or `END`. */
  kind(at: number): number {
    return this.tokens[at * WIDTH] as number;
  }

  /** The token that ends an element. */
  endOf(element: number): number {
    return this.tokens[element * WIDTH + 4] as number;
  }

  /** The element that an end token ends. */
  elementOf(end: number): number {
    return this.tokens[end * WIDTH + 1] as number;
  }

  /** What is known of a text: bits of `TEXT_IS`. */
  textIs(at: number): number {
    return this.tokens[at * WIDTH + 3] as number;
  }

  /** The characters of a text, references decoded. */
  text(at: number): string {
    const offset = at * WIDTH;
    const text = this.source.substring(this.tokens[offset + 1] as number, this.tokens[offset + 2] as number);
    return (this.tokens[offset + 3] as number) & TEXT_IS.references ? decodeReferences(text, false) : text;
  }

  /** Which of the attributes with a bit an element has. */
  mask(element: number): number {
    return this.tokens[element * WIDTH + 3] as number;
  }

  /** The value of an element's attribute, or undefined where it has none. */
  attribute(element: number, name: AttributeName): string | undefined {
    return this.attributeOf(element, ATTRIBUTE[name]);
  }

  /** The same by the attribute's number. */
  attributeOf(element: number, wanted: number): string | undefined {
    const offset = element * WIDTH;
    const bit = maskBit(wanted);
    if (bit !== 0 && ((this.tokens[offset + 3] as number) & bit) === 0) return undefined;
    const first = this.tokens[offset + 1] as number;
    const end = first + (this.tokens[offset + 2] as number);
    for (let at = first; at < end; at++) if (this.attributes[at * ATTRIBUTE_WIDTH] === wanted) return this.value(at);
    return undefined;
  }

  /**
   * Adds the characters of an attribute's value, as the page writes them, to two hashes that `mixed` holds; nothing where
   * the element has no such attribute.
   */
  mixAttribute(element: number, attribute: number, mixed: Int32Array): void {
    const offset = element * WIDTH;
    const first = this.tokens[offset + 1] as number;
    const last = first + (this.tokens[offset + 2] as number);
    for (let at = first; at < last; at++) {
      if (this.attributes[at * ATTRIBUTE_WIDTH] !== attribute) continue;
      const end = this.attributes[at * ATTRIBUTE_WIDTH + 2] as number;
      let one = mixed[0] as number;
      let two = mixed[1] as number;
      for (let place = this.attributes[at * ATTRIBUTE_WIDTH + 1] as number; place < end; place++) {
        const unit = this.source.charCodeAt(place);
        one = Math.imul(one ^ unit, HASH_FACTOR);
        two = Math.imul(two, 31) + unit;
      }
      mixed[0] = one;
      mixed[1] = two;
      return;
    }
  }

  /** The first of an element's attributes whose number lies in a range, with its value. */
  attributeBetween(element: number, from: number, to: number): { attribute: number; value: string } | null {
    const offset = element * WIDTH;
    const first = this.tokens[offset + 1] as number;
    const end = first + (this.tokens[offset + 2] as number);
    for (let at = first; at < end; at++) {
      const attribute = this.attributes[at * ATTRIBUTE_WIDTH] as number;
      if (attribute >= from && attribute <= to) return { attribute, value: this.value(at) };
    }
    return null;
  }

  private value(at: number): string {
    const offset = at * ATTRIBUTE_WIDTH;
    const text = this.source.substring(this.attributes[offset + 1] as number, this.attributes[offset + 2] as number);
    return text.includes('&') ? decodeReferences(text, true) : text;
  }
}
