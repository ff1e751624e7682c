/** Labels the blocks of pages: from what their cases expect, and where these are silent from what trees said of them. */

import { HOPELESS } from '../src/body.ts';
import type { PageFacts } from '../src/facts.ts';
import type { Case, Scorer } from './corpus.ts';

/** Labels of a page's blocks: 1 keep, 0 drop, -1 unknown, and their weights. */
export type Labels = { labels: Int8Array; weights: Float32Array };

/** Above this share of its 4-token shingles in the expected body a block counts as part of it. */
const PART = 0.5;

/** From this score on, to either side, the trees' own verdict on a block that no case speaks of becomes its label. */
const SURE = 1.5;
/** What such a label weighs beside one from an expected body. */
const MADE_WEIGHT = 0.3;
/** Weight of a whole expected body, the most words of one block that count, and what is added so that short ones count. */
const BODY_WEIGHT = 40;
const MOST_WORDS = 150;
const LEAST_WORDS = 3;

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

const weightOf = (words: number, bodyWords: number): number =>
  (BODY_WEIGHT * (Math.min(words, MOST_WORDS) + LEAST_WORDS)) / (bodyWords + MOST_WORDS);

/** Labels the blocks of a page from what its case expects. */
export function labelsOf(one: Case, facts: PageFacts, scorer: Scorer): Labels {
  const { blocks } = facts.survey;
  const labels = new Int8Array(blocks.length).fill(-1);
  const weights = new Float32Array(blocks.length);
  const trust = one.gt === 'snapshot' ? 0.3 : 1;
  if (one.body !== undefined && one.body.trim() !== '') {
    const gold = scorer.tokenize(one.body);
    const shingles = new Set<string>();
    for (let at = 0; at + 4 <= gold.length; at++) shingles.add(gold.slice(at, at + 4).join('\u0001'));
    const lines = new Set(one.body.split(/\n+/).map((line) => scorer.tokenize(line).join(' ')));
    for (const block of blocks) {
      const tokens = scorer.tokenize(block.text);
      let part: number;
      if (tokens.length < 4) part = lines.has(tokens.join(' ')) && tokens.length > 0 ? 1 : 0;
      else {
        let hits = 0;
        for (let at = 0; at + 4 <= tokens.length; at++)
          if (shingles.has(tokens.slice(at, at + 4).join('\u0001'))) hits++;
        part = hits / (tokens.length - 3);
      }
      labels[block.index] = part >= PART ? 1 : 0;
      weights[block.index] = trust * weightOf(tokens.length, gold.length);
    }
    return { labels, weights };
  }
  const wanted = (one.with ?? []).map(squeeze);
  const unwanted = (one.without ?? []).map(squeeze);
  if (one.starts !== undefined && one.source !== 'postlight') wanted.push(squeeze(one.starts).slice(0, 60));
  for (const block of blocks) {
    const text = squeeze(block.text);
    if (wanted.some((piece) => text.includes(piece) || (text.length > 25 && piece.includes(text))))
      labels[block.index] = 1;
    else if (unwanted.some((piece) => text.includes(piece) || (text.length > 25 && piece.includes(text))))
      labels[block.index] = 0;
    weights[block.index] = 2.5 * trust;
  }
  return { labels, weights };
}

/**
 * Completes labels by the scores that trees grown without the page's fold gave (self-training): two thirds of the pages
 * say of six pieces only whether they belong, which leaves most languages' words and classes unlearned.
 */
export function completed(given: Labels, facts: PageFacts, scores: readonly number[], scorer: Scorer): Labels {
  const lengths = facts.survey.blocks.map((block) => scorer.tokenize(block.text).length);
  const bodyWords = lengths.reduce((sum, words, at) => sum + ((scores[at] as number) > 0 ? words : 0), 0);
  const labels = given.labels.slice();
  const weights = given.weights.slice();
  labels.forEach((value, at) => {
    const score = scores[at] as number;
    if (value >= 0 || score <= HOPELESS || Math.abs(score) < SURE) return;
    labels[at] = score > 0 ? 1 : 0;
    weights[at] = MADE_WEIGHT * weightOf(lengths[at] as number, bodyWords);
  });
  return { labels, weights };
}
