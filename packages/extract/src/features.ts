/** Describes each block of a page in numbers, for the learned choice of the article's blocks. */
import { BLOCK_FEATURES, C, FIRST_LEVEL, INLINE_COLUMNS, TAG_COLUMN, TAG_OF } from './block-columns.ts';
import { bestRun, runWeight } from './block-run.ts';
import { caseOf, countText, LOG_MARGIN, measureTexts } from './block-texts.ts';
import { type ClassLexicon, INSIDE, LEVELS, readBoxes } from './box-numbers.ts';
import { linkDensity, weighContainers } from './container.ts';
import type { PageFacts } from './facts.ts';
import { BRACKETED_CREDIT, BYLINE_LINE, endsInCredit, FURNITURE_LINE, RELATED_LINE } from './labels.ts';
import { lexiconScores, type TextLexicon } from './lexicon.ts';
import type { Scratch } from './scratch.ts';
import type { Block, Box } from './survey.ts';
import { keyOf, keyStartsWith } from './words.ts';

/** Word scores the features use: of class names and of the text. */
export type Lexicons = { classes: ClassLexicon; text: TextLexicon };

/** The features of all blocks of one page, row by row. Rows of hopeless blocks stay empty: they are navigation beyond doubt. */
export type FeatureTable = { rows: Float32Array; width: number; count: number; hopeless: Uint8Array };

/** From this share of link text on, a short block away from the prose is navigation: none of 60,000 such blocks was text. */
const NAVIGATION_LINKS = 0.85;
/** Longest such block, in characters. */
const NAVIGATION_CHARS = 100;
/** How near prose a block must stand to be looked at, in blocks. */
const NEAR_PROSE = 6;

/** A number that blocks in boxes of the same names and class words share, two levels up. */
export function shapeOf(block: Block): number {
  return (Math.imul(block.box.shape, 31) ^ (block.box.parent?.shape ?? 0)) | 0;
}

/**
 * Describes all blocks of a page.
 *
 * @param title the title chosen for the page, for telling the headline from the text.
 * @param titleBlock index of the block the title stands in, or -1.
 * @param scratch where the rows may be put, if they are not kept beyond the next page.
 */
export function blockFeatures(
  facts: PageFacts,
  title: string | null,
  titleBlock: number,
  lexicons: Lexicons,
  scratch?: Scratch,
): FeatureTable {
  const { blocks } = facts.survey;
  const width = BLOCK_FEATURES.length;
  const rows = scratch ? scratch.take(blocks.length * width) : new Float32Array(blocks.length * width);
  const { weights, top } = weighContainers(facts.survey);
  const numbers = readBoxes(facts.survey.boxes, lexicons.classes, top);
  const isInTop = (box: Box): boolean => ((numbers.inside[box.index] as number) & INSIDE.top) !== 0;
  const topWeight = top ? (weights[top.index] as number) : 1;
  const root = facts.survey.boxes[0] as Box;
  const pageProse = Math.max(1, root.proseChars);
  const run = bestRun(blocks.map(runWeight));
  const titleKey = keyOf(title ?? '');
  const descriptionKey = keyOf(
    facts.metas.get('og:description')?.[0] ?? facts.metas.get('description')?.[0] ?? '',
  ).slice(0, 120);
  const descriptionStart = descriptionKey.slice(0, 40);
  const linkedBody =
    facts.linked.articles.map((one) => one.body).find((body) => body !== null && body.length > 200) ?? null;
  const linkedKey = linkedBody ? keyOf(linkedBody.slice(0, 100_000)) : '';
  // Longer texts cannot be the title, a part of it or a site's name.
  const longestKeyed = Math.max(60, 2 * (title ?? '').length + 20);
  const shapes = new Map<number, number>();
  const { logs, ends, chars, linkChars, repeats } = measureTexts(blocks);
  const shapeNumbers = blocks.map(shapeOf);
  blocks.forEach((block, at) => {
    const shape = shapeNumbers[at] as number;
    if (block.text.length > 60 && block.linkChars * 3 < block.text.length)
      shapes.set(shape, (shapes.get(shape) ?? 0) + block.text.length);
  });
  const isProse = blocks.map(
    (block) => block.text.length >= 80 && block.linkChars * 2 < block.text.length && isInTop(block.box),
  );
  let proseTotal = 0;
  for (const one of isProse) if (one) proseTotal++;
  const untilProse = new Array<number>(blocks.length).fill(99);
  for (let at = blocks.length - 1, distance = 99; at >= 0; at--) {
    untilProse[at] = distance;
    distance = isProse[at] ? 1 : Math.min(99, distance + 1);
  }
  let charsBefore = 0;
  let proseBefore = 0;
  let sinceProse = 99;
  let sinceHeading = 99;
  let heading = { mean: 0, least: 0, inTop: 0 };
  const totalChars = Math.max(1, root.chars);
  let row = 0;
  const hopeless = new Uint8Array(blocks.length);
  const set = (at: number, value: number): void => {
    rows[row + at] = value;
  };

  for (const block of blocks) {
    const at = block.index;
    row = at * width;
    const { text, box } = block;
    const size = text.length;
    const place = box.index;
    const isInside = numbers.inside[place] as number;
    const inside = (isInside & INSIDE.top) !== 0;
    const density = block.linkChars / size;
    const tag = TAG_OF[box.name] ?? 'div';
    if (
      density >= NAVIGATION_LINKS &&
      size <= NAVIGATION_CHARS &&
      tag !== 'heading' &&
      !inside &&
      Math.min(sinceProse, untilProse[at] as number) > NEAR_PROSE
    ) {
      hopeless[at] = 1;
      charsBefore += size;
      sinceProse = Math.min(99, sinceProse + 1);
      sinceHeading = Math.min(99, sinceHeading + 1);
      continue;
    }
    const lexicon = lexiconScores(text, lexicons.text);
    const { words, counted, digits, upper, punctuation } = countText(text);
    set(C.logChars, logs[at + LOG_MARGIN] as number);
    set(C.words, Math.min(words, 300));
    set(C.linkDensity, density);
    set(C.links, Math.min(block.links, 20));
    set(C.punctuation, (100 * punctuation) / counted);
    set(C.endsSentence, ends[at] as number);
    set(C.startsUpper, caseOf(text.charCodeAt(0)));
    set(C.digits, digits / counted);
    set(C.upper, upper / counted);
    set(C.bold, block.bold / size);
    set(C.wordLength, size / Math.max(1, words));
    set(C.images, Math.min(block.images, 3));
    const isShort = size < 400;
    set(C.hasYear, isShort && digits >= 4 && /(?:19|20)\d{2}/.test(text) ? 1 : 0);
    set(C.copyright, text.includes('©') ? 1 : 0);
    set(C.textMean, lexicon.mean);
    set(C.textLeast, lexicon.least);
    set(C.textMost, lexicon.most);
    if (isShort) {
      const bracketed = text.includes('(') || text.includes('[');
      if (bracketed) set(C.credit, BRACKETED_CREDIT.test(text) ? 1 : 0);
      if (bracketed || text.includes(':')) set(C.creditEnd, endsInCredit(text) ? 1 : 0);
      set(C.relatedLine, RELATED_LINE.test(text) ? 1 : 0);
      set(C.bylineLine, BYLINE_LINE.test(text) ? 1 : 0);
      set(C.furnitureLine, FURNITURE_LINE.test(text) ? 1 : 0);
      set(C.colonEnd, text.endsWith(':') ? 1 : 0);
    }
    set(TAG_COLUMN.get(tag) as number, 1);
    if (tag === 'heading') set(C.headingLevel, Number(box.name[1]));
    set(C.inLi, isInside & INSIDE.li ? 1 : 0);
    set(C.inTable, isInside & INSIDE.table ? 1 : 0);
    set(C.inFigure, isInside & INSIDE.figure ? 1 : 0);
    set(C.inArticle, isInside & INSIDE.article ? 1 : 0);
    set(C.hidden, box.hidden ? 1 : 0);
    set(C.depth, Math.min(box.depth, 60));
    for (let bit = 0; bit < LEVELS; bit++)
      rows[row + FIRST_LEVEL + bit] = numbers.levels[place * LEVELS + bit] as number;
    if (block.inline !== 0)
      for (const { bit, at: where } of INLINE_COLUMNS) if ((block.inline & bit) !== 0) set(where, 1);
    const parent = box.parent ?? box;
    const grand = parent.parent ?? parent;
    set(C.classOwn, numbers.own[place] as number);
    set(C.classParent, numbers.own[parent.index] as number);
    set(C.classLeast, numbers.least[place] as number);
    set(C.classMost, numbers.most[place] as number);
    set(C.classSum, numbers.sum[place] as number);
    set(C.position, at / blocks.length);
    set(C.charsBefore, charsBefore / totalChars);
    set(C.fromTitle, titleBlock < 0 ? -200 : Math.max(-100, Math.min(100, at - titleBlock)));
    set(C.afterTitle, titleBlock < 0 ? 0 : at > titleBlock ? 1 : -1);
    set(C.parentProse, parent.proseChars / pageProse);
    set(C.parentLinks, linkDensity(parent));
    set(C.parentBlocks, Math.min(parent.blocks, 200));
    set(C.parentChars, parent.chars / Math.max(1, parent.blocks));
    set(C.parentKids, Math.min(parent.kids, 200));
    set(C.grandProse, grand.proseChars / pageProse);
    set(C.grandLinks, linkDensity(grand));
    set(C.grandBlocks, Math.min(grand.blocks, 300));
    set(C.grandChars, grand.chars / Math.max(1, grand.blocks));
    set(C.insideTop, inside ? 1 : 0);
    set(C.levelsToTop, inside && top ? box.depth - top.depth : -(numbers.climb[place] as number));
    set(C.parentWeight, (weights[parent.index] as number) / topWeight);
    set(C.grandWeight, (weights[grand.index] as number) / topWeight);
    set(C.topProse, top ? top.proseChars / pageProse : 0);
    const insideRun = at >= run.start && at <= run.end;
    set(C.insideRun, insideRun ? 1 : 0);
    set(C.toRunStart, Math.max(-60, Math.min(60, at - run.start)));
    set(C.toRunEnd, Math.max(-60, Math.min(60, run.end - at)));
    set(C.runShare, run.sum / totalChars);
    const previous = blocks[at - 1];
    const next = blocks[at + 1];
    if (previous) {
      set(C.prevChars, logs[at + LOG_MARGIN - 1] as number);
      set(C.prevLinks, previous.linkChars / previous.text.length);
      set(C.prevEnds, ends[at - 1] as number);
      set(C.prevSameTag, previous.box.name === box.name ? 1 : 0);
      set(C.prevSameBox, previous.box === box ? 2 : previous.box.parent === box.parent ? 1 : 0);
    }
    if (next) {
      set(C.nextChars, logs[at + LOG_MARGIN + 1] as number);
      set(C.nextLinks, next.linkChars / next.text.length);
      set(C.nextEnds, ends[at + 1] as number);
      set(C.nextSameTag, next.box.name === box.name ? 1 : 0);
      set(C.nextSameBox, next.box === box ? 2 : next.box.parent === box.parent ? 1 : 0);
    }
    set(C.prev2Chars, logs[at + LOG_MARGIN - 2] as number);
    set(C.next2Chars, logs[at + LOG_MARGIN + 2] as number);
    const windowStart = Math.max(0, at - 3);
    const windowEnd = Math.min(blocks.length, at + 4);
    const window = (chars[windowEnd] as number) - (chars[windowStart] as number);
    const windowLinks = (linkChars[windowEnd] as number) - (linkChars[windowStart] as number);
    set(C.window, window);
    set(C.windowLinks, windowLinks / Math.max(1, window));
    set(C.proseBefore, Math.min(proseBefore, 60));
    set(C.proseAfter, Math.min(proseTotal - proseBefore - (isProse[at] ? 1 : 0), 60));
    set(C.sinceProse, sinceProse);
    set(C.untilProse, untilProse[at] as number);
    if (size <= longestKeyed) {
      const key = keyOf(text);
      set(C.isTitle, key === titleKey ? 1 : 0);
      set(C.inTitle, key.length > 3 && titleKey.includes(key) ? 1 : 0);
      set(C.siteName, facts.siteKeys.has(key) ? 1 : 0);
    }
    if (descriptionKey.length > 25 && size > 25)
      set(C.isDescription, keyStartsWith(text.slice(0, 200), descriptionStart) ? 1 : 0);
    if (linkedKey !== '' && size >= 25) set(C.inLinkedBody, linkedKey.includes(keyOf(text.slice(0, 80))) ? 1 : -1);
    set(C.repeats, Math.min(5, repeats[at] as number));
    set(C.sinceHeading, sinceHeading);
    set(C.headingMean, heading.mean);
    set(C.headingLeast, heading.least);
    set(C.headingInTop, heading.inTop);
    set(C.pageProse, Math.log2(pageProse));
    set(C.pageBlocks, Math.log2(blocks.length + 1));
    set(C.sameShape, (shapes.get(shapeNumbers[at] as number) ?? 0) / pageProse);

    charsBefore += size;
    if (isProse[at]) {
      proseBefore++;
      sinceProse = 1;
    } else sinceProse = Math.min(99, sinceProse + 1);
    if (tag === 'heading') {
      sinceHeading = 1;
      heading = { mean: lexicon.mean, least: lexicon.least, inTop: inside ? 1 : 0 };
    } else sinceHeading = Math.min(99, sinceHeading + 1);
  }
  return { rows, width, count: blocks.length, hopeless };
}
