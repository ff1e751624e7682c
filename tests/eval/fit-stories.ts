/**
 * Fits the weights of the story score to pairs of the labelled articles, with and without their publication dates, and
 * prints them: logistic regression by gradient descent, each weight held to its sign and pulled towards what we expect of
 * news in general, for a hundred short articles know less about it than we do (retellings often differ in their numbers).
 *
 *   node bin/node.mjs tests/eval/fit-stories.ts [--all]        (--all: both halves of the set, not only the development half)
 */
import { isNearDuplicate, type Likeness, likeness } from '@newsloom/enrich';
import { readArticles, readSignatures } from './story-scores.ts';

const STEPS = 6000;
const RATE = 0.4;
/** Pull towards the expected weights, as a share of the distance per step. */
const PULL = 0.05;
/** What we expect before looking at the articles. */
const EXPECTED: Record<keyof Likeness | 'bias', number> = {
  bias: -5.5,
  entities: 2,
  entityShare: 3,
  rareEntities: 1.5,
  numbers: 3,
  otherNumbers: -1.5,
  days: 2,
  concepts: 2,
  scene: 2,
  terms: 4,
  acrossLanguages: 1.2,
  gap: -8,
  namedGap: -3,
};
/** A wrong merge costs more than a wrong split: a story that took in another is hard to take apart. */
const NEGATIVE_WEIGHT = 1.5;
const HINDERING: ReadonlySet<string> = new Set(['otherNumbers', 'gap', 'namedGap']);

type Pair = { values: number[]; same: number; weight: number };

const articles = readArticles().filter((article) => article.split === 'dev' || process.argv.includes('--all'));
let names: (keyof Likeness)[] = [];
const pairs: Pair[] = [];
for (const dated of [true, false]) {
  const read = readSignatures(articles, dated);
  read.forEach((a, i) => {
    for (const b of read.slice(i + 1)) {
      if (!a.signature.keys.some((key) => b.signature.keys.includes(key))) continue;
      if (isNearDuplicate(a.signature.fingerprint, b.signature.fingerprint)) continue;
      const common = likeness(a.signature, b.signature);
      names = Object.keys(common) as (keyof Likeness)[];
      const same = a.article.event === b.article.event ? 1 : 0;
      pairs.push({ values: names.map((name) => common[name]), same, weight: same === 1 ? 1 : NEGATIVE_WEIGHT });
    }
  });
}

const weights = names.map((name) => EXPECTED[name]);
let bias = EXPECTED.bias;
for (let step = 0; step < STEPS; step++) {
  const slopes = names.map(() => 0);
  let biasSlope = 0;
  for (const { values, same, weight } of pairs) {
    const sum = values.reduce((total, value, i) => total + value * (weights[i] as number), bias);
    const error = (same - 1 / (1 + Math.exp(-sum))) * weight;
    biasSlope += error;
    values.forEach((value, i) => {
      slopes[i] = (slopes[i] as number) + error * value;
    });
  }
  bias += (RATE * biasSlope) / Math.sqrt(pairs.length) + PULL * (EXPECTED.bias - bias);
  names.forEach((name, i) => {
    const weight = weights[i] as number;
    const next = weight + PULL * (EXPECTED[name] - weight) + (RATE * (slopes[i] as number)) / Math.sqrt(pairs.length);
    weights[i] = name === 'acrossLanguages' ? next : HINDERING.has(name) ? Math.min(0, next) : Math.max(0, next);
  });
}
console.log(`${pairs.length} pairs, ${pairs.filter((pair) => pair.same === 1).length} of one event`);
console.log(`  bias: ${bias.toFixed(1)},`);
names.forEach((name, i) => {
  console.log(`  ${name}: ${(weights[i] as number).toFixed(1)},`);
});
