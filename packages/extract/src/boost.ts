/** Runs gradient-boosted trees that a training script wrote: feature values in, a score out. */
import { readFileSync } from 'node:fs';

/** The stored form: nodes of all trees in arrays. A node with feature -1 is a leaf and holds its value in `threshold`. */
export type BoostModel = {
  features: string[];
  base: number;
  /** First node of each tree. */
  roots: number[];
  feature: number[];
  threshold: number[];
  /** Index of the left child; the right one follows it. */
  left: number[];
};

/** Feature values of one or more rows. */
export type Row = Float64Array | Float32Array;

/** A model ready to run. */
export type Boost = {
  features: readonly string[];
  score: (row: Row, offset?: number, gates?: readonly Gate[]) => number;
  /** Whether the score reaches a bound; no tree is asked that cannot change the answer. */
  reaches: (bound: number, row: Row, offset?: number) => boolean;
  /** The least and the most that any score can be. */
  least: number;
  most: number;
};

/** After how many trees (a multiple of four) a row whose score so far lies below a bound is given up: that sum is its score. */
export type Gate = { trees: number; below: number };

/** Most thresholds of a feature: a place below their search tree is packed in eight bits. */
const MAX_CUTS = 127;
/** Most nodes of a model: their index is packed in 15 bits. */
const MAX_NODES = 32_767;
/** The feature of leaves: its place is 0, and so is their threshold. */
const NO_FEATURE = 255;
/** Trees walked side by side: the processor waits for four memories at once rather than for one after the other. */
const ABREAST = 4;

/** What sums of leaves taken in differing orders may differ by, and more. */
const ROUNDING = 1e-6;

/** Levels below a node. */
function depthOf(model: BoostModel, node: number): number {
  if ((model.feature[node] as number) < 0) return 0;
  const left = model.left[node] as number;
  return 1 + Math.max(depthOf(model, left), depthOf(model, left + 1));
}

/**
 * Prepares a stored model. The values of a row are first ranked among the thresholds of their features, each in a search
 * tree of its own, all of them level by level; the trees then compare small integers, a node is one number, and a whole model fits the processor's nearest cache. A leaf is its own
 * left child, so that trees of differing depths can be walked together.
 *
 * @throws RangeError for a model with more nodes, features or thresholds than fit.
 */
export function prepareBoost(model: BoostModel): Boost {
  const cutsOf = new Map<number, Float64Array>();
  for (const feature of new Set(model.feature.filter((one) => one >= 0))) {
    const values = model.threshold.filter((_, at) => model.feature[at] === feature);
    cutsOf.set(feature, Float64Array.from([...new Set(values)].sort((a, b) => a - b)));
  }
  // Features with the highest search trees come first: each level is then walked for the first so many.
  const used = [...cutsOf.keys()].sort((a, b) => heightOf(cutsOf.get(b)) - heightOf(cutsOf.get(a)) || a - b);
  const cuts = used.map((feature) => cutsOf.get(feature) as Float64Array);
  const count = model.feature.length;
  if (used.length >= NO_FEATURE || count >= MAX_NODES || cuts.some((one) => one.length > MAX_CUTS))
    throw new RangeError('the model is too large to be packed');
  // One leaf more, of value 0, fills the last group of trees.
  const leaves = new Float64Array(count + 1);
  const nodes = new Int32Array(count + 1);
  nodes[count] = (count << 16) | (NO_FEATURE << 8);
  const indexOf = new Map(used.map((feature, index) => [feature, index]));
  model.feature.forEach((feature, at) => {
    const index = indexOf.get(feature);
    if (index === undefined) {
      leaves[at] = model.threshold[at] as number;
      nodes[at] = (at << 16) | (NO_FEATURE << 8);
      return;
    }
    const cut = cuts[index] as Float64Array;
    const rank = (1 << heightOf(cut)) + cut.indexOf(model.threshold[at] as number);
    nodes[at] = ((model.left[at] as number) << 16) | (index << 8) | rank;
  });
  const trees = Math.ceil(model.roots.length / ABREAST) * ABREAST;
  const roots = new Int32Array(trees).fill(count);
  roots.set(model.roots);
  const depths = Int32Array.from({ length: trees / ABREAST }, (_, group) =>
    Math.max(...model.roots.slice(group * ABREAST, (group + 1) * ABREAST).map((root) => depthOf(model, root))),
  );
  const ranks = new Uint8Array(256);
  // All search trees in one array, and how many features have a level.
  const starts = new Int32Array(used.length);
  for (let at = 1; at < used.length; at++) starts[at] = (starts[at - 1] as number) + (1 << heightOf(cuts[at - 1]));
  const thresholds = Float64Array.from(cuts.flatMap((one) => [...searchTree(one)]));
  const levels = Int32Array.from(
    { length: heightOf(cuts[0]) },
    (_, level) => cuts.filter((one) => heightOf(one) > level).length,
  );
  const columns = Int32Array.from(used);
  const { most, least } = restsOf(model, trees / ABREAST);
  const { base } = model;
  const addTrees = (start: number, end: number, before: number): number => {
    let sum = before;
    for (let tree = start; tree < end; tree += ABREAST) {
      let a = roots[tree] as number;
      let b = roots[tree + 1] as number;
      let c = roots[tree + 2] as number;
      let d = roots[tree + 3] as number;
      // A rank above the threshold's own goes right: the sign of the difference, without a branch.
      for (let level = depths[tree >> 2] as number; level > 0; level--) {
        const nodeA = nodes[a] as number;
        const nodeB = nodes[b] as number;
        const nodeC = nodes[c] as number;
        const nodeD = nodes[d] as number;
        a = (nodeA >> 16) + (((nodeA & 255) - (ranks[(nodeA >> 8) & 255] as number)) >>> 31);
        b = (nodeB >> 16) + (((nodeB & 255) - (ranks[(nodeB >> 8) & 255] as number)) >>> 31);
        c = (nodeC >> 16) + (((nodeC & 255) - (ranks[(nodeC >> 8) & 255] as number)) >>> 31);
        d = (nodeD >> 16) + (((nodeD & 255) - (ranks[(nodeD >> 8) & 255] as number)) >>> 31);
      }
      sum += leaves[a] as number;
      sum += leaves[b] as number;
      sum += leaves[c] as number;
      sum += leaves[d] as number;
    }
    return sum;
  };
  const values = new Float64Array(used.length);
  const rank = (row: Row, offset: number): void => {
    // One level down, without a branch: the comparison is the bit that says where to go.
    for (let index = 0; index < columns.length; index++) {
      const value = row[offset + (columns[index] as number)] as number;
      values[index] = value;
      ranks[index] = 2 | +(value > (thresholds[(starts[index] as number) + 1] as number));
    }
    for (let level = 1; level < levels.length; level++) {
      const many = levels[level] as number;
      for (let index = 0; index < many; index++) {
        const at = ranks[index] as number;
        const threshold = thresholds[(starts[index] as number) + at] as number;
        ranks[index] = (at << 1) | +((values[index] as number) > threshold);
      }
    }
  };
  return {
    features: model.features,
    least: base + (least[0] as number) - ROUNDING,
    most: base + (most[0] as number) + ROUNDING,
    score(row: Row, offset = 0, gates: readonly Gate[] = NO_GATES): number {
      rank(row, offset);
      let sum = base;
      let done = 0;
      for (const gate of gates) {
        sum = addTrees(done, gate.trees, sum);
        if (sum < gate.below) return sum;
        done = gate.trees;
      }
      return addTrees(done, trees, sum);
    },
    reaches(bound: number, row: Row, offset = 0): boolean {
      rank(row, offset);
      let sum = base;
      for (let tree = 0; tree < trees; tree += STRETCH) {
        const end = Math.min(trees, tree + STRETCH);
        sum = addTrees(tree, end, sum);
        if (end === trees) break;
        const rest = end / ABREAST;
        if (sum + (least[rest] as number) > bound + ROUNDING) return true;
        if (sum + (most[rest] as number) < bound - ROUNDING) return false;
      }
      return sum >= bound;
    },
  };
}

/** Levels of the search tree that holds so many thresholds. */
const heightOf = (cuts: Float64Array | undefined): number => 32 - Math.clz32(cuts?.length ?? 0);

/**
 * Thresholds as a search tree in an array: the root stands at 1, the children of a node at twice its place and the one
 * behind it. The place below the bottom says how many thresholds lie below a value, plus the size of the tree.
 */
function searchTree(cuts: Float64Array): Float64Array {
  const size = 1 << heightOf(cuts);
  const tree = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  let next = 0;
  const fill = (at: number): void => {
    if (at >= size) return;
    fill(at * 2);
    tree[at] = cuts[next++] ?? Number.POSITIVE_INFINITY;
    fill(at * 2 + 1);
  };
  fill(1);
  return tree;
}

const NO_GATES: readonly Gate[] = [];
/** Trees walked before it is asked whether the rest can change an answer: a multiple of `ABREAST`. */
const STRETCH = 8;

/** The most and the least that the trees from each group on can add, in the order of the groups. */
function restsOf(model: BoostModel, groups: number): { most: Float64Array; least: Float64Array } {
  const most = new Float64Array(groups + 1);
  const least = new Float64Array(groups + 1);
  for (let group = groups - 1; group >= 0; group--) {
    const ranges = model.roots.slice(group * ABREAST, (group + 1) * ABREAST).map((root) => rangeOf(model, root));
    most[group] = ranges.reduce((sum, range) => sum + range.most, most[group + 1] as number);
    least[group] = ranges.reduce((sum, range) => sum + range.least, least[group + 1] as number);
  }
  return { most, least };
}

/** The greatest and the least leaf below a node. */
function rangeOf(model: BoostModel, node: number): { most: number; least: number } {
  if ((model.feature[node] as number) < 0) {
    const leaf = model.threshold[node] as number;
    return { most: leaf, least: leaf };
  }
  const left = rangeOf(model, model.left[node] as number);
  const right = rangeOf(model, (model.left[node] as number) + 1);
  return { most: Math.max(left.most, right.most), least: Math.min(left.least, right.least) };
}

/** Loads a model shipped in the package's data folder. */
export function loadBoost(name: string): Boost {
  const text = readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');
  return prepareBoost(JSON.parse(text) as BoostModel);
}

/** The logistic function: a score as a probability. */
export function probability(score: number): number {
  return 1 / (1 + Math.exp(-score));
}
