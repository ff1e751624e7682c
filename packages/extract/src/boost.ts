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

/** Prepares a stored model. */
export function prepareBoost(model: BoostModel): Boost {
  const roots = Int32Array.from(model.roots, (root) => root * NODE);
  // A node's three numbers lie side by side: one walk down a tree then touches few cache lines.
  const nodes = new Float64Array(model.feature.length * NODE);
  model.feature.forEach((feature, at) => {
    nodes[at * NODE] = feature;
    nodes[at * NODE + 1] = model.threshold[at] as number;
    nodes[at * NODE + 2] = (model.left[at] as number) * NODE;
  });
  const { base } = model;
  return {
    features: model.features,
    score(row: Row, offset = 0): number {
      let sum = base;
      for (let tree = 0; tree < roots.length; tree++) {
        let node = roots[tree] as number;
        let feature = nodes[node] as number;
        while (feature >= 0) {
          const goesLeft = (row[offset + feature] as number) <= (nodes[node + 1] as number);
          node = (nodes[node + 2] as number) + (goesLeft ? 0 : NODE);
          feature = nodes[node] as number;
        }
        sum += nodes[node + 1] as number;
      }
      return sum;
    },
  };
}

/** Numbers kept for one node: feature, threshold, left child. */
const NODE = 3;

/** Loads a model shipped in the package's data folder. */
export function loadBoost(name: string): Boost {
  const text = readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');
  return prepareBoost(JSON.parse(text) as BoostModel);
}

/** The logistic function: a score as a probability. */
export function probability(score: number): number {
  return 1 / (1 + Math.exp(-score));
}
