/** Decides block by block what belongs to the article, by the learned trees. */
import { readFileSync } from 'node:fs';
import { type Boost, loadBoost } from './boost.ts';
import type { PageFacts } from './facts.ts';
import { blockFeatures, type Lexicons } from './features.ts';
import { type BodyChoice, spanOf } from './render.ts';

/** Score from which a block is kept: the best mean of body F1 and pieces F1 in cross-validation by site, swept -0.8 to 0.4. */
export const KEEP_SCORE = -0.2;

let learned: { model: Boost; lexicons: Lexicons } | null = null;

function load(): { model: Boost; lexicons: Lexicons } {
  learned ??= {
    model: loadBoost('body.json'),
    lexicons: JSON.parse(readFileSync(new URL('../data/lexicon.json', import.meta.url), 'utf8')) as Lexicons,
  };
  return learned;
}

/** Decides by the learned trees; the scores are log-odds. */
export function chooseBody(facts: PageFacts, title: string | null, titleBlock: number): BodyChoice {
  const { model, lexicons } = load();
  const table = blockFeatures(facts, title, titleBlock, lexicons);
  const scores = new Array<number>(table.count);
  for (let at = 0; at < table.count; at++) scores[at] = model.score(table.rows, at * table.width);
  return spanOf(scores, KEEP_SCORE);
}
