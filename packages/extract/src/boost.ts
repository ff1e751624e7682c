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

/** A model ready to run. */
export type Boost = { features: readonly string[]; score: (row: Float64Array, offset?: number) => number };

/** Prepares a stored model. */
export function prepareBoost(model: BoostModel): Boost {
  const roots = Int32Array.from(model.roots);
  const feature = Int16Array.from(model.feature);
  const threshold = Float64Array.from(model.threshold);
  const left = Int32Array.from(model.left);
  const { base } = model;
  return {
    features: model.features,
    score(row: Float64Array, offset = 0): number {
      let sum = base;
      for (let tree = 0; tree < roots.length; tree++) {
        let node = roots[tree] as number;
        let at = feature[node] as number;
        while (at >= 0) {
          node = (left[node] as number) + ((row[offset + at] as number) <= (threshold[node] as number) ? 0 : 1);
          at = feature[node] as number;
        }
        sum += threshold[node] as number;
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
