/** What one walk over a page gathers: boxes, blocks, metas, links, images, times. */
import type { Element } from 'domhandler';

/** A block-level element with what is known about it and its ancestors. */
export type Box = {
  element: Element | null;
  name: string;
  parent: Box | null;
  depth: number;
  /** Hints of this element alone, and with all its ancestors'. */
  own: number;
  hints: number;
  words: readonly string[];
  /** Blocks directly inside (not in a child box), and in the whole subtree. */
  directBlocks: number;
  blocks: number;
  chars: number;
  linkChars: number;
  /** Characters of paragraph-like blocks in the subtree. */
  proseChars: number;
  proseBlocks: number;
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
  inlineWords: string;
  bold: number;
  images: number;
};

/** An image with where it stands. */
export type PageImage = { element: Element; src: string; box: Box; at: number; inNoscript: boolean };
/** A link with where it stands. */
export type PageLink = { href: string; text: string; rel: string; box: Box; at: number };
/** An element that may state a date: `<time>`, or one with a datetime, content, title or data attribute. */
export type PageTime = {
  element: Element;
  value: string;
  attribute: string;
  box: Box;
  at: number;
  itemprop: string;
  words: string;
};
/** A `<meta>`: the lower-case name, property or itemprop, and its content. */
export type PageMeta = { key: string; content: string; inHead: boolean };

/** Everything one walk over a page gathers. */
export type Survey = {
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
  authorElements: { element: Element; box: Box; at: number; how: string }[];
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
    element: null,
    name: '#root',
    parent: null,
    depth: 0,
    own: 0,
    hints: 0,
    words: [],
    directBlocks: 0,
    blocks: 0,
    chars: 0,
    linkChars: 0,
    proseChars: 0,
    proseBlocks: 0,
    kids: 0,
    hidden: false,
  };
}
