/** Grows gradient-boosted regression trees on binned features with logistic loss (Friedman 2001; histograms as in LightGBM). */
import type { BoostModel } from '../src/boost.ts';

/** Training data: `count` rows of `width` values, labels 0 or 1, weights. */
export type Data = {
  rows: Float64Array | Float32Array;
  width: number;
  count: number;
  labels: Float32Array;
  weights: Float32Array;
};

/** How trees are grown. */
export type Growing = {
  trees: number;
  leaves: number;
  /** Most levels below a root: trees are walked four abreast, as deep as the deepest of them. */
  depth: number;
  rate: number;
  minWeight: number;
  lambda: number;
  rowShare: number;
  featureShare: number;
  seed: number;
};

const BINS = 64;

/** A small seeded generator (mulberry32), so that training is reproducible. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Bin edges per feature, from quantiles of the data. */
export function edgesOf(data: Data): Float64Array[] {
  const edges: Float64Array[] = [];
  const step = Math.max(1, Math.floor(data.count / 50_000));
  for (let feature = 0; feature < data.width; feature++) {
    const values: number[] = [];
    for (let row = 0; row < data.count; row += step) values.push(data.rows[row * data.width + feature] as number);
    values.sort((a, b) => a - b);
    const distinct = [...new Set(values)];
    if (distinct.length <= BINS)
      edges.push(
        Float64Array.from(distinct.slice(0, -1).map((value, at) => (value + (distinct[at + 1] as number)) / 2)),
      );
    else {
      const cuts = new Set<number>();
      for (let bin = 1; bin < BINS; bin++) cuts.add(values[Math.floor((bin * values.length) / BINS)] as number);
      edges.push(Float64Array.from([...cuts].sort((a, b) => a - b)));
    }
  }
  return edges;
}

/** Values as bin numbers, feature by feature. */
export function binned(data: Data, edges: readonly Float64Array[]): Uint8Array[] {
  return edges.map((cuts, feature) => {
    const bins = new Uint8Array(data.count);
    for (let row = 0; row < data.count; row++) {
      const value = data.rows[row * data.width + feature] as number;
      let low = 0;
      let high = cuts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= (cuts[middle] as number)) high = middle;
        else low = middle + 1;
      }
      bins[row] = low;
    }
    return bins;
  });
}

type Leaf = { rows: Int32Array; depth: number; gradient: number; hessian: number; split: Split | null; node: number };
type Split = { gain: number; feature: number; bin: number };

/** Grows a model on the rows named by `use`. */
export function grow(
  data: Data,
  edges: readonly Float64Array[],
  bins: readonly Uint8Array[],
  use: Int32Array,
  how: Growing,
  names: readonly string[],
  base: Float64Array | null = null,
): BoostModel {
  const random = seeded(how.seed);
  let positive = 0;
  let total = 0;
  for (const row of use) {
    total += data.weights[row] as number;
    positive += (data.weights[row] as number) * (data.labels[row] as number);
  }
  const prior = Math.log((positive + 1e-6) / (total - positive + 1e-6));
  const scores = new Float64Array(data.count).fill(base ? 0 : prior);
  if (base) scores.set(base);
  const model: BoostModel = {
    features: [...names],
    base: base ? 0 : Number(prior.toFixed(4)),
    roots: [],
    feature: [],
    threshold: [],
    left: [],
  };
  const gradients = new Float32Array(data.count);
  const hessians = new Float32Array(data.count);
  for (let tree = 0; tree < how.trees; tree++) {
    for (const row of use) {
      const p = 1 / (1 + Math.exp(-(scores[row] as number)));
      const weight = data.weights[row] as number;
      gradients[row] = weight * ((data.labels[row] as number) - p);
      hessians[row] = weight * Math.max(p * (1 - p), 1e-6);
    }
    const rows = use.filter(() => random() < how.rowShare);
    const features = edges
      .map((_, feature) => feature)
      .filter((feature) => (edges[feature] as Float64Array).length > 0 && random() < how.featureShare);
    growTree(model, edges, bins, rows, features, gradients, hessians, how);
    const root = model.roots[tree] as number;
    for (const row of use) {
      let node = root;
      while ((model.feature[node] as number) >= 0) {
        const feature = model.feature[node] as number;
        node =
          (model.left[node] as number) +
          ((data.rows[row * data.width + feature] as number) <= (model.threshold[node] as number) ? 0 : 1);
      }
      scores[row] = (scores[row] as number) + (model.threshold[node] as number);
    }
  }
  return model;
}

function growTree(
  model: BoostModel,
  edges: readonly Float64Array[],
  bins: readonly Uint8Array[],
  rows: Int32Array,
  features: readonly number[],
  gradients: Float32Array,
  hessians: Float32Array,
  how: Growing,
): void {
  const root = model.feature.length;
  model.roots.push(root);
  const addNode = (): number => {
    model.feature.push(-1);
    model.threshold.push(0);
    model.left.push(0);
    return model.feature.length - 1;
  };
  const leafOf = (members: Int32Array, node: number, depth: number): Leaf => {
    let gradient = 0;
    let hessian = 0;
    for (const row of members) {
      gradient += gradients[row] as number;
      hessian += hessians[row] as number;
    }
    return {
      rows: members,
      depth,
      gradient,
      hessian,
      split:
        depth < how.depth
          ? bestSplit(members, gradient, hessian, bins, edges, features, gradients, hessians, how)
          : null,
      node,
    };
  };
  const leaves: Leaf[] = [leafOf(rows, addNode(), 0)];
  while (leaves.length < how.leaves) {
    let pick = -1;
    leaves.forEach((leaf, at) => {
      if (leaf.split && (pick < 0 || leaf.split.gain > ((leaves[pick] as Leaf).split?.gain ?? 0))) pick = at;
    });
    if (pick < 0) break;
    const leaf = leaves[pick] as Leaf;
    const { feature, bin } = leaf.split as Split;
    const column = bins[feature] as Uint8Array;
    const left = leaf.rows.filter((row) => (column[row] as number) <= bin);
    const right = leaf.rows.filter((row) => (column[row] as number) > bin);
    const leftNode = addNode();
    const rightNode = addNode();
    model.feature[leaf.node] = feature;
    model.threshold[leaf.node] = Number(((edges[feature] as Float64Array)[bin] as number).toPrecision(6));
    model.left[leaf.node] = leftNode;
    leaves.splice(pick, 1, leafOf(left, leftNode, leaf.depth + 1), leafOf(right, rightNode, leaf.depth + 1));
  }
  for (const leaf of leaves)
    model.threshold[leaf.node] = Number(((how.rate * leaf.gradient) / (leaf.hessian + how.lambda)).toFixed(4));
}

function bestSplit(
  rows: Int32Array,
  gradient: number,
  hessian: number,
  bins: readonly Uint8Array[],
  edges: readonly Float64Array[],
  features: readonly number[],
  gradients: Float32Array,
  hessians: Float32Array,
  how: Growing,
): Split | null {
  if (hessian < 2 * how.minWeight) return null;
  const parent = (gradient * gradient) / (hessian + how.lambda);
  let best: Split | null = null;
  const sums = new Float64Array(BINS * 2 + 2);
  for (const feature of features) {
    const column = bins[feature] as Uint8Array;
    const cuts = (edges[feature] as Float64Array).length;
    sums.fill(0);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const bin = (column[row] as number) * 2;
      sums[bin] = (sums[bin] as number) + (gradients[row] as number);
      sums[bin + 1] = (sums[bin + 1] as number) + (hessians[row] as number);
    }
    let leftGradient = 0;
    let leftHessian = 0;
    for (let bin = 0; bin < cuts; bin++) {
      leftGradient += sums[bin * 2] as number;
      leftHessian += sums[bin * 2 + 1] as number;
      const rightHessian = hessian - leftHessian;
      if (leftHessian < how.minWeight || rightHessian < how.minWeight) continue;
      const rightGradient = gradient - leftGradient;
      const gain =
        (leftGradient * leftGradient) / (leftHessian + how.lambda) +
        (rightGradient * rightGradient) / (rightHessian + how.lambda) -
        parent;
      if (gain > 1e-4 && (!best || gain > best.gain)) best = { gain, feature, bin };
    }
  }
  return best;
}
