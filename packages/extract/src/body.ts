/** Decides block by block what belongs to the article, by the learned trees. */
import { readFileSync } from 'node:fs';
import { type Boost, type Gate, loadBoost } from './boost.ts';
import { prepareClasses } from './box-numbers.ts';
import { completeGroups } from './complete.ts';
import { CONTEXT_FEATURES, contextFeatures } from './context.ts';
import type { PageFacts } from './facts.ts';
import { blockFeatures, type Lexicons } from './features.ts';
import { type Lexicon, prepareLexicon } from './lexicon.ts';
import { type BodyChoice, spanOf } from './render.ts';
import { Scratch } from './scratch.ts';
import { trimEdges } from './trim.ts';

/**
 * Score from which a block is kept. In cross-validation by site, swept -0.8 to 0.2, body F1 and pieces F1 move by 0.001 between
 * -0.6 and 0; first words are found most often at the low end.
 */
export const KEEP_SCORE = -0.6;

/** The score of a block that is navigation beyond doubt. */
export const HOPELESS = -6;

/**
 * Rows that are given up before all trees were asked. In 28,000 rows of the development pages none that fell below these
 * bounds came back above -1; the second pass, which clips scores at -4, is trained on what this leaves.
 */
export const BODY_GATES: readonly Gate[] = [
  { trees: 40, below: -3.3 },
  { trees: 80, below: -3.8 },
];

const ROWS = new Scratch();
const CONTEXT_ROWS = new Scratch();

let learned: { model: Boost; smoothing: Boost; lexicons: Lexicons } | null = null;

function load(): { model: Boost; smoothing: Boost; lexicons: Lexicons } {
  if (learned) return learned;
  const stored = JSON.parse(readFileSync(new URL('../data/lexicon.json', import.meta.url), 'utf8')) as Record<
    'classes' | 'text',
    Lexicon
  >;
  learned = {
    model: loadBoost('body.json'),
    smoothing: loadBoost('context.json'),
    lexicons: { classes: prepareClasses(stored.classes), text: prepareLexicon(stored.text) },
  };
  return learned;
}

/**
 * Decides by the learned trees; the scores are log-odds.
 *
 * @param exact whether the scores are to be exact; otherwise they only say on which side of `KEEP_SCORE` a block lies.
 */
export function chooseBody(facts: PageFacts, title: string | null, titleBlock: number, exact = true): BodyChoice {
  const { model, smoothing, lexicons } = load();
  const table = blockFeatures(facts, title, titleBlock, lexicons, ROWS);
  const scores = new Array<number>(table.count);
  for (let at = 0; at < table.count; at++)
    scores[at] = table.hopeless[at] === 1 ? HOPELESS : model.score(table.rows, at * table.width, BODY_GATES);
  // The second pass sees each block's score among its neighbours', its list's and its table's, and says what that adds.
  const open = exact
    ? { above: HOPELESS, below: Number.POSITIVE_INFINITY }
    : { above: KEEP_SCORE - smoothing.most, below: KEEP_SCORE - smoothing.least };
  const rows = contextFeatures(facts.survey.blocks, facts.survey.boxes.length, scores, CONTEXT_ROWS, open);
  const width = CONTEXT_FEATURES.length;
  const smooth = scores.map((score, at) => {
    if (score <= open.above || score >= open.below) return score;
    if (exact) return score + smoothing.score(rows, at * width);
    return smoothing.reaches(KEEP_SCORE - score, rows, at * width) ? KEEP_SCORE : HOPELESS;
  });
  const choice = spanOf(smooth, KEEP_SCORE);
  completeGroups(facts.survey.blocks, choice.keep);
  trimEdges(facts.survey.blocks, choice.keep, title);
  return { ...choice, first: choice.keep.indexOf(true), last: choice.keep.lastIndexOf(true) };
}
