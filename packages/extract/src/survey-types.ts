/** What one walk over a page gathers: boxes, blocks, metas, links, images, times. */
import type { Tape } from './tape.ts';

/** A block-level element with what is known about it and its ancestors. */
export type Box = {
  /** Place among the page's boxes, in document order. */
  index: number;
  /** Its token on the tape, -1 for the root. */
  node: number;
  name: string;
  parent: Box | null;
  depth: number;
  /** Hints of this element alone, and with all its ancestors'. */
  own: number;
  hints: number;
  /** Number of its element's name. */
  tag: number;
  /** Hashes of its class words, and a number of the page's that boxes with the same ones share. */
  words: readonly number[];
  wordsAt: number;
  /** A number that boxes of one name with the same class words share. */
  shape: number;
  /** Blocks in the whole subtree. */
  blocks: number;
  chars: number;
  linkChars: number;
  /** Characters of paragraph-like blocks in the subtree. */
  proseChars: number;
  kids: number;
  hidden: boolean;
};

/** A run of inline content between two block boundaries: the unit that is kept or dropped. */
export type Block = {
  index: number;
  box: Box;
  text: string;
  /** Characters inside links, and how many links. */
  linkChars: number;
  links: number;
  /** Hints of inline elements inside the run. */
  inline: number;
  bold: number;
  images: number;
  /** The tokens of its run on the tape: the first, and the one behind the last. */
  from: number;
  to: number;
};

/** An image with where it stands. */
export type PageImage = { node: number; src: string; box: Box; at: number; inNoscript: boolean };
/** A link with where it stands. */
export type PageLink = { href: string; text: string; rel: string; box: Box; at: number };
/** An element that may state a date: `<time>`, or one with a datetime, content, title or data attribute. */
export type PageTime = {
  /** Name of the element. */
  name: string;
  value: string;
  attribute: string;
  box: Box;
  at: number;
  itemprop: string;
  words: string;
};
/** A `<meta>`: the lower-case name, property or itemprop, and its content. */
export type PageMeta = { key: string; content: string };

/** Everything one walk over a page gathers. */
export type Survey = {
  tape: Tape;
  blocks: Block[];
  boxes: Box[];
  metas: PageMeta[];
  headLinks: { rel: string; href: string; type: string; title: string; hreflang: string }[];
  title: string | null;
  jsonLd: string[];
  states: string[];
  links: PageLink[];
  images: PageImage[];
  times: PageTime[];
  /** Elements with rel=author, itemprop=author and their like, in document order. */
  authorElements: { node: number; box: Box; at: number; how: string }[];
  htmlLang: string | null;
  baseHref: string | null;
  passwordField: boolean;
  videoPlayers: number;
  articleElements: number;
  contentLanguage: string | null;
};

/** The box above all others. */
export function rootBox(): Box {
  return {
    index: 0,
    node: -1,
    name: '#root',
    parent: null,
    depth: 0,
    own: 0,
    hints: 0,
    tag: -1,
    words: [],
    wordsAt: 0,
    shape: 0,
    blocks: 0,
    chars: 0,
    linkChars: 0,
    proseChars: 0,
    kids: 0,
    hidden: false,
  };
}
