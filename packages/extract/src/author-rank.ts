/** Describes statements of authors in numbers, for the learned ranking. */
import type { AuthorCandidate } from './authors.ts';
import type { Landmarks } from './date-rank.ts';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { nameLikeness } from './names.ts';
import { keyOf } from './words.ts';

const KINDS = [
  'json-ld author',
  'json-ld other',
  'meta author',
  'meta article:author',
  'meta other',
  'microdata',
  'rel',
  'class',
  'class line',
  'class inner',
  'href',
  'href line',
  'byline',
  'bare name',
  'feed',
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
  ...KINDS.map((kind) => `kind:${kind}`),
  'rank',
  'names',
  'likeness',
  'leastLikeness',
  'fullNames',
  'rawShare',
  'rawLength',
  'organisation',
  'siteLike',
  'agreeing',
  'agreeingKinds',
  'withJsonLd',
  'withMeta',
  'withByline',
  'withClass',
  'subset',
  'superset',
  'conflicts',
  'toTitle',
  'toBodyStart',
  'toBodyEnd',
  'insideBody',
  'hasJsonLd',
  'hasMeta',
  'elements',
  'bodyMentions',
  'hasPerson',
  ...HINTS.map((hint) => `hint:${hint}`),
];

function kindOf(one: AuthorCandidate): (typeof KINDS)[number] {
  if (one.at.includes('(agency)')) return 'agency';
  if (one.from === 'feed') return 'feed';
  if (one.from === 'json-ld') return one.at === 'author' ? 'json-ld author' : 'json-ld other';
  if (one.from === 'microdata') return 'microdata';
  if (one.from === 'meta' || one.from === 'opengraph')
    return one.at === 'author' ? 'meta author' : one.at === 'article:author' ? 'meta article:author' : 'meta other';
  if (one.at.startsWith('rel')) return 'rel';
  return (KINDS as readonly string[]).includes(one.at)
    ? (one.at as (typeof KINDS)[number])
    : one.at.startsWith('href')
      ? 'href line'
      : 'class inner';
}

const clamp = (value: number, size: number): number => Math.max(-size, Math.min(size, value));

/** The features of all statements of one page. */
export function authorFeatures(all: readonly AuthorCandidate[], facts: PageFacts, marks: Landmarks): Float64Array[] {
  const keys = all.map((one) => one.names.map(keyOf));
  const kinds = all.map(kindOf);
  const hasPerson = all.some((one) => !one.isOrganisation && one.names.some((name) => nameLikeness(name) === 1))
    ? 1
    : 0;
  const siteKeys = [...facts.siteKeys];
  return all.map((one, at) => {
    const mine = new Set(keys[at] as string[]);
    const agreeing = new Set<string>();
    let agree = 0;
    let subset = 0;
    let superset = 0;
    let conflicts = 0;
    all.forEach((other, otherAt) => {
      if (otherAt === at || other.names.length === 0) return;
      const theirs = keys[otherAt] as string[];
      const shared = theirs.filter((key) => mine.has(key)).length;
      if (shared === 0) conflicts++;
      else if (shared === mine.size && shared === theirs.length) {
        agree++;
        agreeing.add(kinds[otherAt] as string);
      } else if (shared === mine.size) subset++;
      else if (shared === theirs.length) superset++;
    });
    const likeness = one.names.map(nameLikeness);
    const mean = likeness.length === 0 ? 0 : likeness.reduce((sum, value) => sum + value, 0) / likeness.length;
    const joined = one.names.join('').length;
    const kind = kinds[at] as string;
    const siteLike = one.names.some((name) => {
      const key = keyOf(name);
      return key.length > 3 && siteKeys.some((site) => site.includes(key) || key.includes(site));
    });
    const row = [
      ...KINDS.map((name) => (name === kind ? 1 : 0)),
      one.rank,
      one.names.length,
      mean,
      likeness.length === 0 ? 0 : Math.min(...likeness),
      likeness.filter((value) => value === 1).length,
      joined / Math.max(1, one.raw.length),
      one.raw.length,
      one.isOrganisation ? 1 : 0,
      siteLike ? 1 : 0,
      agree,
      agreeing.size,
      agreeing.has('json-ld author') ? 1 : 0,
      agreeing.has('meta author') || agreeing.has('meta other') ? 1 : 0,
      agreeing.has('byline') ? 1 : 0,
      agreeing.has('class') || agreeing.has('class line') || agreeing.has('class inner') ? 1 : 0,
      subset,
      superset,
      Math.min(conflicts, 20),
      one.block < 0 || marks.titleBlock < 0 ? -300 : clamp(one.block - marks.titleBlock, 200),
      one.block < 0 || marks.first < 0 ? -300 : clamp(one.block - marks.first, 200),
      one.block < 0 || marks.last < 0 ? -300 : clamp(one.block - marks.last, 200),
      one.block >= 0 && one.block >= marks.first && one.block <= marks.last ? 1 : 0,
      kinds.includes('json-ld author') ? 1 : 0,
      kinds.includes('meta author') ? 1 : 0,
      facts.survey.authorElements.length,
      all.length,
      hasPerson,
      ...HINTS.map((hint) => ((one.hints & HINT[hint]) !== 0 ? 1 : 0)),
    ];
    return new Float64Array(row);
  });
}
