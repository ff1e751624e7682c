/** Chooses dates and the lead image by the learned rankings of their candidates. */
import type { FieldOrigin } from '@newsloom/model';
import { type Boost, loadBoost, probability } from './boost.ts';
import { type DateCandidate, dateCandidates } from './date/date-candidates.ts';
import { type ChosenDate, chooseDates, dateProbability } from './date/date-choice.ts';
import { dateFeatures, type Landmarks } from './date/date-rank.ts';
import type { PageFacts } from './facts.ts';
import { imageCandidates, imageFeatures } from './image.ts';

/** Below this probability a date is not given: keeps precision near its goal at little cost in accuracy. */
export const MIN_DATE_PROBABILITY = 0.3;

let dateModel: Boost | null = null;

/** Publication and modification date of a page. */
export function choosePageDates(
  facts: PageFacts,
  lang: string | null,
  marks: Landmarks,
): { published: ChosenDate | null; modified: ChosenDate | null } {
  const all = dateCandidates(facts, lang);
  if (all.length === 0) return { published: null, modified: null };
  dateModel ??= loadBoost('date.json');
  const ranking = dateModel;
  const scores = dateFeatures(all, facts, marks).map((row, at) =>
    dateProbability(probability(ranking.score(row)), all[at] as DateCandidate, marks),
  );
  return chooseDates(all, scores, MIN_DATE_PROBABILITY);
}

/** Below this probability no image is given. */
const MIN_IMAGE_PROBABILITY = 0.05;
let imageModel: Boost | null = null;

/** The lead image with its origin, or null where a page has none. */
export function chooseImage(facts: PageFacts, marks: Landmarks): { url: string; origin: FieldOrigin } | null {
  const all = imageCandidates(facts, marks);
  if (all.length === 0) return null;
  imageModel ??= loadBoost('image.json');
  const ranking = imageModel;
  const scored = imageFeatures(all, marks)
    .map((row, at) => ({ one: all[at] as (typeof all)[number], p: probability(ranking.score(row)) }))
    .sort((a, b) => b.p - a.p);
  const [best] = scored;
  if (!best || best.p < MIN_IMAGE_PROBABILITY) return null;
  const beaten = new Map<string, { from: string; value: string }>();
  for (const { one } of scored)
    if (one.url !== best.one.url) beaten.set(one.url, { from: one.from, value: one.url.slice(0, 200) });
  const over = [...beaten.values()].slice(0, 5);
  return { url: best.one.url, origin: { from: best.one.from, at: best.one.at, ...(over.length > 0 ? { over } : {}) } };
}
