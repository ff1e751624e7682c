/** Describes who a page may say wrote it in numbers, for the learned ranking: each group of names once, with all places that state it. */

import type { Landmarks } from '../date/date-rank.ts';
import type { PageFacts } from '../facts.ts';
import { HINT } from '../hints.ts';
import { keyOf } from '../words.ts';
import type { AuthorCandidate } from './authors.ts';
import { nameLikeness } from './names.ts';

const KINDS = [
  'json-ld author',
  'json-ld other',
  'meta author',
  'meta article:author',
  'meta other',
  'microdata',
  'microdata line',
  'rel',
  'class',
  'class line',
  'class inner',
  'href',
  'href line',
  'byline',
  'bare name',
  'feed',
  'stated',
  'house',
  'desk',
  'agency',
] as const;
const HINTS = [
  'author',
  'byline',
  'date',
  'related',
  'card',
  'sidebar',
  'comment',
  'footer',
  'header',
  'content',
  'caption',
  'share',
  'nav',
] as const;

/** Names of the features, in their order. */
export const AUTHOR_FEATURES: readonly string[] = [
  ...KINDS.map((kind) => `is:${kind}`),
  'rank',
  'names',
  'likeness',
  'leastLikeness',
  'fullNames',
  'rawShare',
  'rawLength',
  'organisation',
  'siteLike',
  'hostLike',
  'places',
  'kinds',
  'subset',
  'superset',
  'conflicts',
  'toTitle',
  'toBodyStart',
  'toBodyEnd',
  'insideBody',
  'before',
  'elements',
  'groups',
  'persons',
  ...HINTS.map((hint) => `hint:${hint}`),
];

function kindOf(one: AuthorCandidate): (typeof KINDS)[number] {
  if (one.at.includes('(agency)')) return 'agency';
  if (one.at.includes('(desk)')) return 'desk';
  if (one.from === 'feed') return 'feed';
  if (one.from === 'json-ld') return one.at === 'author' ? 'json-ld author' : 'json-ld other';
  if (one.from === 'microdata') return one.at.includes(' ') ? 'microdata line' : 'microdata';
  if (one.from === 'meta' || one.from === 'opengraph')
    return one.at === 'author' ? 'meta author' : one.at === 'article:author' ? 'meta article:author' : 'meta other';
  if (one.at.startsWith('rel')) return 'rel';
  if (one.at === 'byline (organisation)') return 'house';
  return (KINDS as readonly string[]).includes(one.at)
    ? (one.at as (typeof KINDS)[number])
    : one.at.startsWith('href')
      ? 'href line'
      : 'class inner';
}

/** One group of names, with all candidates that state it. */
export type AuthorGroup = { keys: string[]; members: AuthorCandidate[] };

/** How well the names of a candidate are written, as names of people are. */
const writing = (one: AuthorCandidate): number => one.names.reduce((sum, name) => sum + nameLikeness(name), 0);

/** The candidates of a page by the names they state, whatever their order; the one that writes them best comes first. */
export function authorGroups(all: readonly AuthorCandidate[]): AuthorGroup[] {
  const groups = new Map<string, AuthorGroup>();
  for (const one of all) {
    if (one.names.length === 0) continue;
    const keys = one.names.map(keyOf);
    const id = keys.toSorted().join('|');
    const known = groups.get(id);
    if (!known) groups.set(id, { keys, members: [one] });
    else if (writing(one) > writing(known.members[0] as AuthorCandidate)) known.members.unshift(one);
    else known.members.push(one);
  }
  return [...groups.values()];
}

const clamp = (value: number, size: number): number => Math.max(-size, Math.min(size, value));

/** How the names of one group stand to another's: 0 none shared, 1 all of mine are among them, 2 some shared, 3 all of theirs are among mine, 4 the same. */
function relation(mine: readonly string[], other: readonly string[]): number {
  let shared = 0;
  for (const key of other) if (mine.includes(key)) shared++;
  if (shared === 0) return 0;
  if (shared === mine.length) return shared === other.length ? 4 : 1;
  return shared === other.length ? 3 : 2;
}

/** The features of all groups of one page. */
export function authorFeatures(groups: readonly AuthorGroup[], facts: PageFacts, marks: Landmarks): Float64Array[] {
  const kinds = groups.map((group) => [...new Set(group.members.map((one) => KINDS.indexOf(kindOf(one))))]);
  const likenesses = groups.map((group) => (group.members[0] as AuthorCandidate).names.map(nameLikeness));
  const persons = groups.filter(
    (group, at) => !group.members[0]?.isOrganisation && likenesses[at]?.every((value) => value === 1),
  ).length;
  const siteKeys = [...facts.siteKeys];
  const distanceOf = (one: AuthorCandidate): number =>
    one.block < 0 ? 1000 : marks.titleBlock < 0 ? one.block : Math.abs(one.block - marks.titleBlock);
  let seen = 0;
  return groups.map(({ keys, members }, at) => {
    const nearest = members.reduce((best, one) => (distanceOf(one) < distanceOf(best) ? one : best));
    const { block } = nearest;
    const relations = new Array<number>(KINDS.length).fill(-1);
    let subset = 0;
    let superset = 0;
    let conflicts = 0;
    groups.forEach((other, otherAt) => {
      const related = relation(keys, other.keys);
      for (const kind of kinds[otherAt] as number[])
        if (related > (relations[kind] as number)) relations[kind] = related;
      if (otherAt === at) return;
      if (related === 1) subset += other.members.length;
      else if (related === 3) superset += other.members.length;
      else if (related === 0) {
        conflicts += other.members.length;
      }
    });
    const likeness = likenesses[at] as number[];
    const least = members.reduce((best, one) => (one.raw.length < best.raw.length ? one : best));
    const row = [
      ...relations,
      Math.min(...members.map((one) => one.rank)),
      keys.length,
      likeness.reduce((sum, value) => sum + value, 0) / likeness.length,
      Math.min(...likeness),
      likeness.filter((value) => value === 1).length,
      least.names.join('').length / Math.max(1, least.raw.length),
      least.raw.length,
      members.every((one) => one.isOrganisation) ? 1 : 0,
      keys.some((key) => key.length > 3 && siteKeys.some((site) => site.includes(key) || key.includes(site))) ? 1 : 0,
      keys.some((key) => key.length > 3 && facts.hostKeys.some((host) => host.includes(key))) ? 1 : 0,
      members.length,
      (kinds[at] as number[]).length,
      subset,
      superset,
      Math.min(conflicts, 20),
      block < 0 || marks.titleBlock < 0 ? -300 : clamp(block - marks.titleBlock, 200),
      block < 0 || marks.first < 0 ? -300 : clamp(block - marks.first, 200),
      block < 0 || marks.last < 0 ? -300 : clamp(block - marks.last, 200),
      block >= 0 && block >= marks.first && block <= marks.last ? 1 : 0,
      block < 0 ? -1 : seen++,
      facts.survey.authorElements.length,
      groups.length,
      persons,
      ...HINTS.map((hint) => ((nearest.hints & HINT[hint]) !== 0 ? 1 : 0)),
    ];
    return new Float64Array(row);
  });
}
