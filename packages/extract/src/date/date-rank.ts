/** Describes date candidates in numbers, for the learned ranking. */

import type { PageFacts } from '../facts.ts';
import { HINT } from '../hints.ts';
import type { DateCandidate } from './date-candidates.ts';
import { dateOfUrl } from './date-candidates.ts';

/** Where a page's title and body stand, in blocks; -1 where unknown. */
export type Landmarks = { titleBlock: number; first: number; last: number };

const FROMS = ['json-ld', 'opengraph', 'microdata', 'meta', 'time', 'visible', 'url', 'feed', 'state'] as const;
const HINTS = [
  'date',
  'byline',
  'author',
  'related',
  'card',
  'sidebar',
  'comment',
  'footer',
  'header',
  'content',
  'nav',
  'title',
  'caption',
  'tag',
  'share',
  'box',
] as const;
const DAY_MS = 86_400_000;

/** Names of the features, in their order. */
export const DATE_FEATURES: readonly string[] = [
  ...FROMS.map((from) => `from:${from}`),
  'published',
  'modified',
  'publishedTime',
  'datePublished',
  'another',
  'rank',
  'sameFrom',
  'agreeing',
  'agreeingCount',
  'withJsonLd',
  'withOpengraph',
  'withUrl',
  'withTime',
  'withVisible',
  'withModified',
  'daysToEarliest',
  'daysToLatest',
  'isEarliest',
  'isLatest',
  'days',
  'daysToUrl',
  'urlMonth',
  'toTitle',
  'toBodyStart',
  'toBodyEnd',
  'insideBody',
  'beforeBody',
  'textLength',
  'offset',
  'share',
  'hasTime',
  'ambiguous',
  'copyright',
  'position',
  'precision',
  'visibleRank',
  'hasJsonLd',
  'hasOpengraph',
  'hasUrl',
  'visibleDays',
  ...HINTS.map((hint) => `hint:${hint}`),
];

const dayNumber = (value: string): number => Math.round(Date.parse(`${value.slice(0, 10)}T00:00:00Z`) / DAY_MS);
const clamp = (value: number, size: number): number => Math.max(-size, Math.min(size, value));

/** The features of all candidates of one page; candidates of month precision are described as the month's first day. */
export function dateFeatures(all: readonly DateCandidate[], facts: PageFacts, marks: Landmarks): Float64Array[] {
  const days = all.map((one) => dayNumber(one.value.length < 10 ? `${one.value}-01` : one.value));
  const earliest = Math.min(...days);
  const latest = Math.max(...days);
  const distinct = new Set(days).size;
  const ofUrl = dateOfUrl(facts.context.url);
  const urlDay = ofUrl?.precision === 'day' ? dayNumber(ofUrl.value) : null;
  const has = (from: string): number => (all.some((one) => one.from === from && one.kind === 'published') ? 1 : 0);
  const hasJsonLd = has('json-ld');
  const hasOpengraph = has('opengraph');
  const visibleDays = new Set(days.filter((_, at) => all[at]?.from === 'visible')).size;
  const blocks = Math.max(1, facts.survey.blocks.length);
  const rankOf = new Map<string, number>();
  let visibleRank = 0;
  return all.map((one, at) => {
    const day = days[at] as number;
    const agreeing = new Set<string>();
    let count = 0;
    let withModified = 0;
    all.forEach((other, otherAt) => {
      if (otherAt === at || days[otherAt] !== day) return;
      count++;
      agreeing.add(other.from);
      if (other.kind === 'modified') withModified = 1;
    });
    const rank = rankOf.get(one.from) ?? 0;
    rankOf.set(one.from, rank + 1);
    const inside = one.block >= 0 && marks.first >= 0 && one.block >= marks.first && one.block <= marks.last;
    const row = [
      ...FROMS.map((from) => (from === one.from ? 1 : 0)),
      one.kind === 'published' ? 1 : 0,
      one.kind === 'modified' ? 1 : 0,
      /published_time|article:published/.test(one.at) ? 1 : 0,
      /datePublished/i.test(one.at) ? 1 : 0,
      / of /.test(one.at) ? 1 : 0,
      rank,
      all.filter((other) => other.from === one.from).length,
      agreeing.size,
      Math.min(count, 8),
      agreeing.has('json-ld') ? 1 : 0,
      agreeing.has('opengraph') || agreeing.has('meta') ? 1 : 0,
      agreeing.has('url') ? 1 : 0,
      agreeing.has('time') || agreeing.has('microdata') ? 1 : 0,
      agreeing.has('visible') ? 1 : 0,
      withModified,
      clamp(day - earliest, 4000),
      clamp(latest - day, 4000),
      day === earliest ? 1 : 0,
      day === latest ? 1 : 0,
      distinct,
      urlDay === null ? 9999 : clamp(day - urlDay, 4000),
      ofUrl?.precision === 'month' ? (one.value.startsWith(ofUrl.value) ? 1 : -1) : 0,
      one.block < 0 || marks.titleBlock < 0 ? -300 : clamp(one.block - marks.titleBlock, 200),
      one.block < 0 || marks.first < 0 ? -300 : clamp(one.block - marks.first, 200),
      one.block < 0 || marks.last < 0 ? -300 : clamp(one.block - marks.last, 200),
      inside ? 1 : 0,
      one.block >= 0 && one.block < marks.first ? 1 : 0,
      one.textLength,
      one.offset,
      one.textLength === 0 ? 1 : Math.min(1, one.at.length / one.textLength),
      one.hasTime ? 1 : 0,
      one.ambiguous ? 1 : 0,
      /©|copyright/iu.test(one.label) ? 1 : 0,
      one.block < 0 ? -1 : one.block / blocks,
      one.value.length,
      one.from === 'visible' ? visibleRank++ : -1,
      hasJsonLd,
      hasOpengraph,
      urlDay === null ? 0 : 1,
      visibleDays,
      ...HINTS.map((hint) => ((one.hints & HINT[hint]) !== 0 ? 1 : 0)),
    ];
    return new Float64Array(row);
  });
}
