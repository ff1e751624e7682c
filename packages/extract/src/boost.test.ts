/** What the trees say, asked for a sum and asked for a side. */
import { expect, test } from 'vitest';
import { type BoostModel, prepareBoost } from './boost.ts';

/** Thirty trees of two leaves, the later ones of ever less weight. */
function thirtyTrees(): BoostModel {
  const model: BoostModel = { features: ['a', 'b'], base: -0.1, roots: [], feature: [], threshold: [], left: [] };
  for (let tree = 0; tree < 30; tree++) {
    const root = tree * 3;
    model.roots.push(root);
    model.feature.push(tree % 2, -1, -1);
    model.threshold.push(tree / 30, -1 / (tree + 1), 1 / (tree + 2));
    model.left.push(root + 1, 0, 0);
  }
  return model;
}

test('a row reaches a bound exactly where its score does', () => {
  const boost = prepareBoost(thirtyTrees());
  for (const a of [-1, 0, 0.2, 0.5, 0.51, 0.9, 2])
    for (const b of [-1, 0.1, 0.5, 0.95, 3]) {
      const row = new Float64Array([a, b]);
      const score = boost.score(row);
      for (const bound of [-3, -0.4, 0, 0.4, 2, score, score + 1e-9, score - 1e-9])
        expect(boost.reaches(bound, row)).toBe(score >= bound);
    }
});
