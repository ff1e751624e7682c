/** The element and attribute names the scanner knows by number, and what each kind of element does to the tree around it. */
import { hashOf } from './characters.ts';

const list = (words: string): string[] => words.split(' ');

const VOID_TAGS = list(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);
const CLOSES_P_TAGS = list(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre section summary table ul',
);
/** Tags that an implied end may pass through on its way up to an open `p` or `a`. */
const FORMATTING_TAGS = list(
  'a abbr b bdi bdo big cite code data dfn em font i kbd label mark nobr q s samp small span strike strong sub sup time tt u var',
);
/** Elements that do not part blocks. */
const INLINE_TAGS = list(
  'a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark meter nobr ' +
    'output picture progress q s samp small source span strike strong sub sup svg time track tt u var wbr rp rt ruby o:p amp-img',
);
/** Elements whose content is never read as text. */
const SKIPPED_TAGS = list(
  'style template svg math canvas select textarea object embed applet map audio datalist option frame frameset noframes',
);
const OTHER_TAGS = list(
  'html head body title script noscript iframe video li dt dd tr td th tbody thead tfoot caption colgroup optgroup legend marquee figcaption xmp',
);

/** Names by number; the names of a page that are not among them get the numbers after these. */
export const TAG_NAMES: readonly string[] = [
  ...new Set([...VOID_TAGS, ...CLOSES_P_TAGS, ...FORMATTING_TAGS, ...INLINE_TAGS, ...SKIPPED_TAGS, ...OTHER_TAGS]),
];
const NUMBER = new Map(TAG_NAMES.map((name, at) => [name, at]));

/** The number of a known tag. */
export function tagNumber(name: string): number {
  const at = NUMBER.get(name);
  if (at === undefined) throw new RangeError(`no such tag: ${name}`);
  return at;
}

/** Properties of a tag, one bit each. */
export const TAG_IS = { void: 1, closesP: 2, formatting: 4, inline: 8, skipped: 16, heading: 32 } as const;

/** Room for the flags of unknown tags, which have none. */
const FLAGS = new Uint8Array(TAG_NAMES.length);
const mark = (names: readonly string[], bit: number): void => {
  for (const name of names) {
    const at = tagNumber(name);
    FLAGS[at] = (FLAGS[at] as number) | bit;
  }
};
mark(VOID_TAGS, TAG_IS.void);
mark(CLOSES_P_TAGS, TAG_IS.closesP);
mark(FORMATTING_TAGS, TAG_IS.formatting);
mark(INLINE_TAGS, TAG_IS.inline);
mark(SKIPPED_TAGS, TAG_IS.skipped);
mark(list('h1 h2 h3 h4 h5 h6'), TAG_IS.heading);

/** The properties of a tag by its number; none for names a page made up. */
export function flagsOf(tag: number): number {
  return tag < FLAGS.length ? (FLAGS[tag] as number) : 0;
}

/** Attributes that are kept, by number; all others are read past. */
export const ATTRIBUTE_NAMES = [
  'class',
  'id',
  'href',
  'style',
  'hidden',
  'aria-hidden',
  'role',
  'itemprop',
  'rel',
  'content',
  'title',
  'property',
  'datetime',
  'data-datetime',
  'data-date',
  'data-timestamp',
  'data-time',
  'data-published',
  'data-publishdate',
  'data-pubdate',
  'data-publish-date',
  'data-utime',
  'data-seconds',
  'time',
  'data-created',
  'data-dt',
  'date',
  'name',
  'value',
  'http-equiv',
  'type',
  'hreflang',
  'lang',
  'xml:lang',
  'src',
  'srcset',
  'alt',
  'width',
  'height',
  'fetchpriority',
  'loading',
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-url',
  'data-srcset',
  'colspan',
  'start',
] as const;

/** The name of a kept attribute. */
export type AttributeName = (typeof ATTRIBUTE_NAMES)[number];

/** The number of each kept attribute. */
export const ATTRIBUTE = Object.fromEntries(ATTRIBUTE_NAMES.map((name, at) => [name, at])) as Record<
  AttributeName,
  number
>;

/** Attributes from this number to the one before `LAST_DATE_ATTRIBUTE` may state a date. */
export const FIRST_DATE_ATTRIBUTE = ATTRIBUTE.datetime;
export const LAST_DATE_ATTRIBUTE = ATTRIBUTE.date;

/** The bit an attribute sets in its element's mask: one each for the first, one shared by those that state dates, none for others. */
export function maskBit(attribute: number): number {
  if (attribute < FIRST_DATE_ATTRIBUTE) return 1 << attribute;
  return attribute <= LAST_DATE_ATTRIBUTE ? 1 << FIRST_DATE_ATTRIBUTE : 0;
}

/** Looks names up by a hash of their lower-case ASCII letters, so that no text is cut out of the page for them. */
export type NameTable = { hashes: Int32Array; numbers: Int32Array; size: number };

/** Builds a table of names. */
export function nameTable(names: readonly string[]): NameTable {
  const size = 1024;
  const table: NameTable = { hashes: new Int32Array(size), numbers: new Int32Array(size).fill(-1), size };
  names.forEach((name, number) => {
    const hash = hashOf(name);
    let slot = hash & (size - 1);
    while ((table.numbers[slot] as number) >= 0) slot = (slot + 1) & (size - 1);
    table.hashes[slot] = hash;
    table.numbers[slot] = number;
  });
  return table;
}

/** The number of the name with this hash, or -1. */
export function findName(table: NameTable, hash: number): number {
  let slot = hash & (table.size - 1);
  for (;;) {
    const number = table.numbers[slot] as number;
    if (number < 0 || table.hashes[slot] === hash) return number;
    slot = (slot + 1) & (table.size - 1);
  }
}
