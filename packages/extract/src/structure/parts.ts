/** Puts together the structure of a body: each kept block as a part with its containers and marks, and the images between them. */
import type { BodyContainer, BodyPart } from '@newsloom/model';
import type { PageFacts } from '../facts.ts';
import { HINT } from '../hints.ts';
import type { PlacedBlock } from '../render.ts';
import type { Block, Box, PageImage } from '../survey.ts';
import { absoluteUrl, oneLine } from '../words.ts';
import { marksOf } from './marks.ts';

const CONTAINERS = new Set(['blockquote', 'ul', 'ol', 'li', 'table', 'tr', 'td', 'th']);
/** Most containers around a part: the outer ones of deeper nesting are kept. */
const MAX_INSIDE = 12;
/** Most images of one body. */
const MAX_IMAGES = 60;
/** Images known to be smaller than this in width or height are signs and buttons, in pixels. */
const MIN_SIDE = 100;
/** Longest caption, in characters. */
const MAX_CAPTION = 600;
const NO_PICTURE =
  HINT.related | HINT.sidebar | HINT.nav | HINT.ad | HINT.comment | HINT.footer | HINT.share | HINT.author;
const DECORATION = /logo|sprite|icon|avatar|placeholder|spacer|pixel|1x1|emoji|button/i;

/** Lists, tables and quotes around a box. A list item or cell counts only with the list or table it belongs to. */
function containersOf(box: Box): BodyContainer[] {
  const path: BodyContainer[] = [];
  for (let up: Box | null = box; up; up = up.parent)
    if (CONTAINERS.has(up.name)) path.unshift({ tag: up.name as BodyContainer['tag'], id: up.index });
  const whole: BodyContainer[] = [];
  for (const one of path) {
    const outer = whole.at(-1)?.tag;
    const fits =
      one.tag === 'li'
        ? outer === 'ul' || outer === 'ol'
        : one.tag === 'tr'
          ? outer === 'table'
          : one.tag === 'td' || one.tag === 'th'
            ? outer === 'tr'
            : outer !== 'ul' && outer !== 'ol' && outer !== 'table' && outer !== 'tr';
    if (fits) whole.push(one);
  }
  // A list without an item around the part, a table without a cell, would hold bare text.
  while (/^(?:ul|ol|table|tr)$/.test(whole.at(-1)?.tag ?? '')) whole.pop();
  if (whole.length <= MAX_INSIDE) return whole;
  const cut = whole.slice(0, MAX_INSIDE);
  while (/^(?:ul|ol|table|tr)$/.test(cut.at(-1)?.tag ?? '')) cut.pop();
  return cut;
}

/** A table that lays out the page rather than data: its cells hold several blocks each. */
function layoutTables(placed: readonly PlacedBlock[]): Set<number> {
  const perCell = new Map<Box, { table: number; blocks: number }>();
  for (const { block } of placed) {
    let cell: Box | null = null;
    for (let up: Box | null = block.box; up; up = up.parent) {
      if (!cell && (up.name === 'td' || up.name === 'th')) cell = up;
      else if (cell && up.name === 'table') {
        const known = perCell.get(cell) ?? { table: up.index, blocks: 0 };
        known.blocks++;
        perCell.set(cell, known);
        cell = null;
      }
    }
  }
  const layout = new Set<number>();
  for (const { table, blocks } of perCell.values()) if (blocks > 2) layout.add(table);
  return layout;
}

function withoutLayout(path: BodyContainer[], layout: ReadonlySet<number>): BodyContainer[] {
  if (layout.size === 0) return path;
  let isInside = false;
  return path.filter(({ tag, id }) => {
    if (tag === 'table') isInside = layout.has(id);
    return !(isInside && (tag === 'table' || tag === 'tr' || tag === 'td' || tag === 'th'));
  });
}

/** Level of a line that opens an entry of a live report. */
const SUBHEAD_LEVEL = 3;

/** One kept block as a part; `isSubhead` where it is one whatever its element says. */
export function partOf(
  facts: PageFacts,
  { block, start, end }: PlacedBlock,
  layout: ReadonlySet<number>,
  isSubhead = false,
): BodyPart {
  const { name } = block.box;
  if (isSubhead && !/^h[1-6]$/.test(name))
    return { kind: 'heading', level: SUBHEAD_LEVEL, start, end, inside: [], marks: [] };
  const inside = withoutLayout(containersOf(block.box), layout);
  const marks = marksOf(facts.survey.tape, block, facts.base, start);
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]), start, end, inside, marks };
  return { kind: name === 'pre' ? 'preformatted' : 'paragraph', start, end, inside, marks };
}

const side = (value: string | undefined): number => Number.parseInt(value ?? '', 10);

/** The caption of an image: the texts of the figure it stands in, but for those that are kept as body. */
function captionOf(image: PageImage, blocks: readonly Block[], kept: ReadonlySet<Block> | null): string {
  let figure: Box | null = image.box;
  while (figure && figure.name !== 'figure') figure = figure.parent;
  if (!figure) return '';
  const texts: string[] = [];
  const isInFigure = (box: Box): boolean => {
    for (let up: Box | null = box; up && up.depth >= (figure as Box).depth; up = up.parent)
      if (up === figure) return true;
    return false;
  };
  for (let at = Math.max(0, image.at - 3); at < blocks.length && at < image.at + 6; at++) {
    const block = blocks[at] as Block;
    if (isInFigure(block.box) && !kept?.has(block)) texts.push(block.text);
  }
  return oneLine(texts.join(' ')).slice(0, MAX_CAPTION);
}

/** Longest name of a file that is looked at, in characters. */
const MAX_FILE = 200;

/** The file an image's address names, blind to its ending and to the size it is cut to. */
function fileOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const file = path.slice(path.lastIndexOf('/') + 1);
  const end = file.lastIndexOf('.');
  if (end <= 0 || file.length > MAX_FILE) return '';
  return file
    .slice(0, end)
    .replace(/[-_](?:\d{2,4}x\d{2,4}|w?\d{2,4})$/, '')
    .toLowerCase();
}

/** The caption of the image at an address, or of another size of it; null where the page shows none. */
export function captionOfImage(facts: PageFacts, url: string): string | null {
  const { images, blocks } = facts.survey;
  const file = fileOf(url);
  for (const image of images) {
    if (absoluteUrl(image.src, facts.base) !== url && (file.length < 4 || fileOf(image.src) !== file)) continue;
    const caption = captionOf(image, blocks, null);
    if (caption !== '') return caption;
  }
  return null;
}

/** Images between the first and the last kept block that show something, each once, as parts at the offset of the text behind them. */
function imageParts(facts: PageFacts, placed: readonly PlacedBlock[]): BodyPart[] {
  const { tape, images, blocks } = facts.survey;
  const first = placed[0];
  const last = placed.at(-1);
  if (!first || !last) return [];
  const kept = new Set(placed.map(({ block }) => block));
  const found: BodyPart[] = [];
  const seen = new Set<string>();
  let next = 0;
  for (const image of images) {
    // A lead image stands right above the text, often with its caption between.
    if (image.at < first.block.index - 2 || image.at > last.block.index || found.length >= MAX_IMAGES) continue;
    if (image.inNoscript || image.box.hidden || (image.box.hints & NO_PICTURE) !== 0) continue;
    const width = side(tape.attribute(image.node, 'width'));
    const height = side(tape.attribute(image.node, 'height'));
    const src = absoluteUrl(image.src, facts.base);
    if (width < MIN_SIDE || height < MIN_SIDE || src === null || seen.has(src) || DECORATION.test(src)) continue;
    seen.add(src);
    while (next < placed.length && (placed[next] as PlacedBlock).block.index < image.at) next++;
    const start = placed[next]?.start ?? last.end;
    const alt = oneLine(tape.attribute(image.node, 'alt') ?? '').slice(0, MAX_CAPTION);
    found.push({ kind: 'image', start, end: start, inside: [], src, alt, caption: captionOf(image, blocks, kept) });
  }
  return found;
}

/**
 * The structure of a body whose blocks stand where `placeBody` has put them.
 *
 * @param subheads blocks that are headings whatever their element says: the times of a live report's entries
 * @returns the parts in order; those with text hold all of the body but the white space and bars between them.
 */
export function bodyParts(
  facts: PageFacts,
  placed: readonly PlacedBlock[],
  subheads: ReadonlySet<number> = new Set(),
): BodyPart[] {
  const layout = layoutTables(placed);
  const texts = placed.map((one) => partOf(facts, one, layout, subheads.has(one.block.index)));
  const parts: BodyPart[] = [];
  const images = imageParts(facts, placed);
  let at = 0;
  for (const part of texts) {
    for (let image = images[at]; image && image.start <= part.start; image = images[++at])
      // Nothing but rows may stand between rows, nothing but items between items.
      parts.push({ ...image, inside: part.inside.filter(({ tag }) => tag === 'blockquote') });
    parts.push(part);
  }
  return parts.concat(images.slice(at));
}

/** The structure of a text that has none but its paragraphs. */
export function plainParts(body: string): BodyPart[] {
  const parts: BodyPart[] = [];
  for (const match of body.matchAll(/[^\n]+(?:\n(?!\n)[^\n]+)*/g))
    parts.push({
      kind: 'paragraph',
      start: match.index,
      end: match.index + match[0].length,
      inside: [],
      marks: [],
    });
  return parts;
}
