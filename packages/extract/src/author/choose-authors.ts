/** Chooses a page's authors by the learned ranking of the groups of names it states. */
import type { FieldOrigin } from '@newsloom/model';
import { type Boost, loadBoost, probability } from '../boost.ts';
import type { Landmarks } from '../date/date-rank.ts';
import type { PageFacts } from '../facts.ts';
import { keyOf } from '../words.ts';
import { authorFeatures, authorGroups } from './author-rank.ts';
import { type AuthorCandidate, authorCandidates } from './authors.ts';

/** Below this expected F1 of the names no author is given. */
export const MIN_AUTHOR_PROBABILITY = 0.1;
/** Most names given. */
const MAX_NAMES = 30;
/** Most agencies given, and most beaten statements noted. */
const MAX_OTHERS = 5;

let model: Boost | null = null;

/** Chosen authors with the agencies the page names. */
export type ChosenAuthors = {
  names: string[];
  agencies: string[];
  origin: FieldOrigin | null;
  agenciesFrom: FieldOrigin | null;
};

/** Authors of a page: people where people are named, else the organisation or desk the page gives as its author. */
export function chooseAuthors(facts: PageFacts, marks: Landmarks): ChosenAuthors {
  const all = authorCandidates(facts, marks.titleBlock, marks.last);
  const groups = authorGroups(all);
  model ??= loadBoost('author.json');
  const ranking = model;
  let best = -1;
  let most = MIN_AUTHOR_PROBABILITY;
  authorFeatures(groups, facts, marks).forEach((row, at) => {
    const p = probability(ranking.score(row));
    if (p <= most) return;
    most = p;
    best = at;
  });
  const chosen = groups[best]?.members[0];
  const names = chosen?.names.slice(0, MAX_NAMES) ?? [];
  const taken = new Set(names.map(keyOf));
  const agencies = [...new Set(all.flatMap((one) => one.agencies))]
    .filter((name) => !taken.has(keyOf(name)))
    .slice(0, MAX_OTHERS);
  const naming =
    agencies.length === 0 ? undefined : all.find((one) => one.agencies.some((it) => agencies.includes(it)));
  const agenciesFrom = naming ? { from: naming.from, at: naming.at } : null;
  if (!chosen) return { names, agencies, origin: null, agenciesFrom };
  const over = groups
    .filter((_, at) => at !== best)
    .slice(0, MAX_OTHERS)
    .map(({ members }) => {
      const { from, names: beaten } = members[0] as AuthorCandidate;
      return { from, value: beaten.join(', ').slice(0, 200) };
    });
  const origin = { from: chosen.from, at: chosen.at, ...(over.length > 0 ? { over } : {}) };
  return { names, agencies, origin, agenciesFrom };
}
