/** Describes each block by the first scores around it, for the second, smoothing pass of the body's choice. */
import { shapeOf } from './features.ts';
import type { Scratch } from './scratch.ts';
import type { Block, Box } from './survey.ts';

/** Names of the features, in their order. */
export const CONTEXT_FEATURES: readonly string[] = [
  'score',
  'prev1',
  'prev2',
  'prev3',
  'next1',
  'next2',
  'next3',
  'meanAround',
  'mostBefore',
  'mostAfter',
  'parentMean',
  'listMean',
  'tableMean',
  'sameShapeMean',
  'grandMean',
  'keptBefore',
  'keptAfter',
  'runBefore',
  'runAfter',
  'sinceStrong',
  'untilStrong',
  'logChars',
  'linkDensity',
  'isHeading',
  'isItem',
  'isCell',
  'isParagraph',
  'headingScore',
  'nextIsHeading',
  'pageMean',
];

/** Bounds of which no score lies outside. */
const ALL_OPEN = { above: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY };
/** Scores are clipped to this many log-odds before they are averaged. */
const CLIP = 4;
/** What stands for a neighbour beyond the page's ends. */
const NONE = -CLIP;
/** A score from which a block surely is text. */
const STRONG = 1.5;

/** Means of scores over the blocks of each group, weighted by length; groups are numbered. */
class GroupMeans {
  private readonly sums: Float64Array;
  private readonly weights: Float64Array;

  constructor(groups: number) {
    this.sums = new Float64Array(groups);
    this.weights = new Float64Array(groups);
  }

  add(group: number, score: number, weight: number): void {
    this.sums[group] = (this.sums[group] as number) + score * weight;
    this.weights[group] = (this.weights[group] as number) + weight;
  }

  /** The mean of the group without the block itself; 0 where it is alone. */
  without(group: number, score: number, weight: number): number {
    const rest = (this.weights[group] as number) - weight;
    return rest < 1 ? 0 : ((this.sums[group] as number) - score * weight) / rest;
  }
}

/** The number of the nearest list or table a block stands in, within a few levels; -1 for none. */
function holder(box: Box, names: ReadonlySet<string>): number {
  let up: Box | null = box;
  for (let level = 0; up && level < 5; level++) {
    if (names.has(up.name)) return up.index;
    up = up.parent;
  }
  return -1;
}

const LIST = new Set(['ul', 'ol', 'dl']);
const TABLE = new Set(['table']);
const HEADING = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/**
 * The features of all blocks, row by row. `boxes` says how many the page has, `scores` are the first pass's log-odds.
 *
 * @param open blocks whose scores lie outside these bounds are decided: their rows stay empty.
 */
export function contextFeatures(
  blocks: readonly Block[],
  boxes: number,
  scores: readonly number[],
  scratch?: Scratch,
  open: Readonly<{ above: number; below: number }> = ALL_OPEN,
): Float32Array {
  const width = CONTEXT_FEATURES.length;
  const count = blocks.length;
  const rows = scratch ? scratch.take(count * width) : new Float32Array(count * width);
  const clipped = scores.map((score) => Math.max(-CLIP, Math.min(CLIP, score)));
  const parents = new GroupMeans(boxes);
  const grands = new GroupMeans(boxes);
  const lists = new GroupMeans(boxes);
  const tables = new GroupMeans(boxes);
  const shapes = new GroupMeans(count);
  const shapeNumbers = new Map<number, number>();
  const places = blocks.map((block) => {
    const { box } = block;
    const parent = box.parent ?? box;
    let shape = shapeNumbers.get(shapeOf(block));
    if (shape === undefined) {
      shape = shapeNumbers.size;
      shapeNumbers.set(shapeOf(block), shape);
    }
    return {
      parent: parent.index,
      grand: (parent.parent ?? parent).index,
      list: holder(box, LIST),
      table: holder(box, TABLE),
      shape,
      weight: Math.min(block.text.length, 400) + 10,
    };
  });
  let total = 0;
  let totalWeight = 0;
  blocks.forEach((_, at) => {
    const score = clipped[at] as number;
    const place = places[at] as (typeof places)[number];
    parents.add(place.parent, score, place.weight);
    grands.add(place.grand, score, place.weight);
    if (place.list >= 0) lists.add(place.list, score, place.weight);
    if (place.table >= 0) tables.add(place.table, score, place.weight);
    shapes.add(place.shape, score, place.weight);
    total += score * place.weight;
    totalWeight += place.weight;
  });
  const keptAfter = new Float64Array(count + 1);
  const runAfter = new Float64Array(count + 1);
  const untilStrong = new Float64Array(count + 1).fill(99);
  for (let at = count - 1; at >= 0; at--) {
    const score = clipped[at] as number;
    const size = (blocks[at] as Block).text.length;
    keptAfter[at] = (keptAfter[at + 1] as number) + (score > 0 ? size : 0);
    runAfter[at] = score > 0 ? (runAfter[at + 1] as number) + 1 : 0;
    untilStrong[at] = score > STRONG ? 0 : Math.min(99, (untilStrong[at + 1] as number) + 1);
  }
  let keptBefore = 0;
  let runBefore = 0;
  let sinceStrong = 99;
  let headingScore = 0;
  const putRow = (at: number, isHeading: boolean): void => {
    const block = blocks[at] as Block;
    const place = places[at] as (typeof places)[number];
    const score = clipped[at] as number;
    const near = (offset: number): number => clipped[at + offset] ?? NONE;
    let mostBefore = NONE;
    let mostAfter = NONE;
    for (let offset = 1; offset <= 6; offset++) {
      mostBefore = Math.max(mostBefore, near(-offset));
      mostAfter = Math.max(mostAfter, near(offset));
    }
    let cursor = at * width;
    const put = (value: number): void => {
      rows[cursor++] = value;
    };
    put(scores[at] as number);
    put(near(-1));
    put(near(-2));
    put(near(-3));
    put(near(1));
    put(near(2));
    put(near(3));
    put((near(-1) + near(-2) + near(-3) + near(1) + near(2) + near(3)) / 6);
    put(mostBefore);
    put(mostAfter);
    put(parents.without(place.parent, score, place.weight));
    put(place.list >= 0 ? lists.without(place.list, score, place.weight) : 0);
    put(place.table >= 0 ? tables.without(place.table, score, place.weight) : 0);
    put(shapes.without(place.shape, score, place.weight));
    put(grands.without(place.grand, score, place.weight));
    put(Math.log2(keptBefore + 1));
    put(Math.log2((keptAfter[at + 1] as number) + 1));
    put(Math.min(runBefore, 20));
    put(Math.min(runAfter[at + 1] as number, 20));
    put(sinceStrong);
    put(untilStrong[at + 1] as number);
    put(Math.log2(block.text.length + 1));
    put(block.linkChars / block.text.length);
    put(isHeading ? 1 : 0);
    put(block.box.name === 'li' ? 1 : 0);
    put(block.box.name === 'td' || block.box.name === 'th' ? 1 : 0);
    put(block.box.name === 'p' ? 1 : 0);
    put(headingScore);
    put(HEADING.has(blocks[at + 1]?.box.name ?? '') ? 1 : 0);
    put(totalWeight === 0 ? 0 : total / totalWeight);
  };
  for (let at = 0; at < count; at++) {
    const block = blocks[at] as Block;
    const score = clipped[at] as number;
    const isHeading = HEADING.has(block.box.name);
    if ((scores[at] as number) > open.above && (scores[at] as number) < open.below) putRow(at, isHeading);
    if (score > 0) {
      keptBefore += block.text.length;
      runBefore++;
    } else runBefore = 0;
    sinceStrong = score > STRONG ? 0 : Math.min(99, sinceStrong + 1);
    if (isHeading) headingScore = score;
  }
  return rows;
}
