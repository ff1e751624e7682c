/** Chooses dates and authors by the learned rankings of their candidates. */
import type { FieldOrigin } from '@newsloom/model';
import { authorFeatures } from './author-rank.ts';
import { type AuthorCandidate, authorCandidates } from './authors.ts';
import { type Boost, loadBoost, probability } from './boost.ts';
import { type DateCandidate, dateCandidates } from './date-candidates.ts';
import { type ChosenDate, chooseDates, dateProbability } from './date-choice.ts';
import { dateFeatures, type Landmarks } from './date-rank.ts';
import type { PageFacts } from './facts.ts';
import { imageCandidates, imageFeatures } from './image.ts';
import { nameLikeness } from './names.ts';
import { keyOf } from './words.ts';

/** Below this probability a date is not given: keeps precision near its goal at little cost in accuracy. */
export const MIN_DATE_PROBABILITY = 0.25;
/** Below this expected F1 of the names no author is given. */
export const MIN_AUTHOR_PROBABILITY = 0.1;

let dateModel: Boost | null = null;
let authorModel: Boost | null = null;

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

/** A group of neighbouring marked names must be at least this likely, compared with one of its names alone. */
const GROUP_SHARE = 0.3;

/** The group a chosen single name belongs to, where the page marks several names alike side by side. */
function wholeGroup(best: AuthorCandidate, chances: ReadonlyMap<AuthorCandidate, number>): AuthorCandidate {
  if (best.from !== 'microdata') return best;
  const mine = best.names.map(keyOf);
  for (const [one, p] of chances) {
    const isGroup =
      one.from === best.from &&
      best.at.startsWith(`${one.at} `) &&
      one.names.length > mine.length &&
      one.names.length <= 6;
    if (!isGroup || p < GROUP_SHARE * (chances.get(best) ?? 0)) continue;
    const theirs = one.names.map(keyOf);
    if (mine.every((key) => theirs.includes(key)) && one.names.every((name) => nameLikeness(name) === 1)) return one;
  }
  return best;
}

/** Chosen authors with the agencies the page names. */
export type ChosenAuthors = {
  names: string[];
  agencies: string[];
  origin: FieldOrigin | null;
  agenciesFrom: FieldOrigin | null;
};

/** Authors of a page: people where people are named, else the organisation the page gives as its author. */
export function chooseAuthors(facts: PageFacts, marks: Landmarks): ChosenAuthors {
  const all = authorCandidates(facts, marks.titleBlock, marks.last);
  const named = all.filter((one) => one.names.length > 0);
  authorModel ??= loadBoost('author.json');
  const ranking = authorModel;
  const rows = authorFeatures(all, facts, marks);
  let best: AuthorCandidate | null = null;
  let most = MIN_AUTHOR_PROBABILITY;
  const chances = new Map(
    named.map((one) => [one, probability(ranking.score(rows[all.indexOf(one)] as Float64Array))]),
  );
  for (const [one, p] of chances)
    if (p > most) {
      most = p;
      best = one;
    }
  best = best ? wholeGroup(best, chances) : null;
  const names = best?.names.slice(0, 30) ?? [];
  const taken = new Set(names.map(keyOf));
  const agencies = [...new Set(all.flatMap((one) => one.agencies))]
    .filter((name) => !taken.has(keyOf(name)))
    .slice(0, 5);
  const naming =
    agencies.length === 0 ? undefined : all.find((one) => one.agencies.some((it) => agencies.includes(it)));
  const agenciesFrom = naming ? { from: naming.from, at: naming.at } : null;
  if (!best) return { names, agencies, origin: null, agenciesFrom };
  const mine = names.map(keyOf).join('|');
  const over: { from: string; value: string }[] = [];
  for (const one of named) {
    const value = one.names.join(', ').slice(0, 200);
    if (
      one !== best &&
      one.names.map(keyOf).join('|') !== mine &&
      over.length < 5 &&
      !over.some((other) => other.value === value)
    )
      over.push({ from: one.from, value });
  }
  const origin = { from: best.from, at: best.at, ...(over.length > 0 ? { over } : {}) };
  return { names, agencies, origin, agenciesFrom };
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
