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
export type Boost = { features: readonly string[]; score: (row: Row, offset?: number) => number };

/** Most features and thresholds a feature of a model: a node packs both in eight bits each. */
const MAX_PACKED = 255;
/** Most nodes of a model: their index is packed in 15 bits. */
const MAX_NODES = 32_767;

/**
 * Prepares a stored model. The values of a row are first ranked among the thresholds of their features; the trees then
 * compare small integers, a node is one number, and a whole model fits the processor's nearest cache.
 *
 * @throws RangeError for a model with more nodes, features or thresholds than fit.
 */
export function prepareBoost(model: BoostModel): Boost {
  const used = [...new Set(model.feature.filter((feature) => feature >= 0))].sort((a, b) => a - b);
  const cuts = used.map((feature) => {
    const values = model.threshold.filter((_, at) => model.feature[at] === feature);
    return Float64Array.from([...new Set(values)].sort((a, b) => a - b));
  });
  if (used.length > MAX_PACKED || model.feature.length > MAX_NODES || cuts.some((one) => one.length > MAX_PACKED))
    throw new RangeError('the model is too large to be packed');
  const leaves = new Float64Array(model.feature.length);
  const nodes = Int32Array.from(model.feature, (feature, at) => {
    if (feature < 0) {
      leaves[at] = model.threshold[at] as number;
      return ~at;
    }
    const index = used.indexOf(feature);
    const rank = (cuts[index] as Float64Array).indexOf(model.threshold[at] as number);
    return ((model.left[at] as number) << 16) | (index << 8) | rank;
  });
  const roots = Int32Array.from(model.roots);
  const ranks = new Uint8Array(256);
  // All thresholds in one array, a feature's between two starts.
  const starts = new Int32Array(used.length + 1);
  cuts.forEach((one, at) => {
    starts[at + 1] = (starts[at] as number) + one.length;
  });
  const thresholds = new Float64Array(starts[used.length] as number);
  cuts.forEach((one, at) => void thresholds.set(one, starts[at]));
  const columns = Int32Array.from(used);
  const { base } = model;
  return {
    features: model.features,
    score(row: Row, offset = 0): number {
      for (let index = 0; index < columns.length; index++) {
        const value = row[offset + (columns[index] as number)] as number;
        const start = starts[index] as number;
        // The rank is how many thresholds lie below the value.
        let low = start;
        let high = starts[index + 1] as number;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (value <= (thresholds[middle] as number)) high = middle;
          else low = middle + 1;
        }
        ranks[index] = low - start;
      }
      let sum = base;
      for (let tree = 0; tree < roots.length; tree++) {
        let node = nodes[roots[tree] as number] as number;
        while (node >= 0) {
          // A rank above the threshold's own goes right: the sign of the difference, without a branch.
          const right = ((node & 255) - (ranks[(node >> 8) & 255] as number)) >>> 31;
          node = nodes[(node >> 16) + right] as number;
        }
        sum += leaves[~node] as number;
      }
      return sum;
    },
  };
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
