/** Describes a page's possible titles in numbers, for the learned ranking: each text once, with all places that say it. */
import { IS, kindOf } from '../characters.ts';
import { isInside, weighContainers } from '../container.ts';
import type { PageFacts } from '../facts.ts';
import { HINT } from '../hints.ts';
import type { Block } from '../survey-types.ts';
import { isSiteName, type TitleCandidate } from './title.ts';
import type { TitleText } from './title-form.ts';

const KINDS = [
  'h1',
  'h2',
  'h3',
  'class',
  'part',
  'headline',
  'og:title',
  'og:title, site name taken off',
  'twitter:title',
  'twitter:title, site name taken off',
  'title',
  'title, site name taken off',
  'title, longest piece',
  'feed',
  'other',
] as const;
type Kind = (typeof KINDS)[number];
const HINTS = [
  'title',
  'related',
  'card',
  'header',
  'content',
  'main',
  'sidebar',
  'nav',
  'comment',
  'footer',
  'standfirst',
  'tag',
  'signup',
] as const;
/** Kinds whose first text each other text is likened to. */
const BESIDE = ['h1', 'headline', 'og:title', 'title'] as const;

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4']);
/** Shorter texts stand in longer ones by chance, in letters. */
const SHORT_KEY = 8;
/** Marks farther from a heading than this count as if they stood there, in blocks. */
const FARTHEST_MARK = 40;
/** How far below a heading text is looked for, in blocks, and what stands for none. */
const PROSE_REACH = 60;
const NO_PROSE = 99;
/** Shortest block that counts as text below a heading, in characters. */
const PROSE_CHARS = 80;

/** Names of the features, in their order. */
export const TITLE_FEATURES: readonly string[] = [
  ...KINDS.map((kind) => `is:${kind}`),
  ...BESIDE.map((kind) => `like:${kind}`),
  'rank',
  'length',
  'words',
  'siteName',
  'shortKey',
  'tagShare',
  'places',
  'origins',
  'keyPlaces',
  'keyOrigins',
  'partOf',
  'holds',
  'untilProse',
  'headingsUntilProse',
  'toDate',
  'sinceDate',
  'toAuthor',
  'insideTop',
  'linkDensity',
  'hidden',
  'before',
  'tagIsSite',
  'question',
  'dots',
  'separator',
  'colon',
  'caps',
  'capitals',
  'apostrophe',
  'quotes',
  'inUrl',
  'urlIn',
  ...HINTS.map((hint) => `hint:${hint}`),
];

function placeOf(one: TitleCandidate): Kind {
  if (one.from === 'heading' && one.at.includes(',')) return 'part';
  const at =
    one.from === 'title-tag' ||
    one.from === 'heading' ||
    one.from === 'json-ld' ||
    one.at.startsWith('og:title') ||
    one.at.startsWith('twitter:title')
      ? one.at
      : one.from;
  return (KINDS as readonly string[]).includes(at) ? (at as Kind) : 'other';
}

/** How one text stands to another: 0 apart, 1 inside it, 2 around it, 3 the same letters. */
function relation(mine: string, other: string): number {
  if (mine === other) return 3;
  if (mine.length < other.length) return mine.length > SHORT_KEY && other.includes(mine) ? 1 : 0;
  return other.length > SHORT_KEY && mine.includes(other) ? 2 : 0;
}

/** The share of the words of two texts that both have. */
function likeness(mine: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of mine) if (other.has(word)) shared++;
  const all = mine.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** How far the next mark (a date, an author) stands below a block, or above it, in blocks. */
function distance(marks: readonly { at: number }[], block: number, step: 1 | -1): number {
  let nearest = FARTHEST_MARK;
  for (const mark of marks) {
    const away = (mark.at - block) * step;
    if (away >= 0 && away < nearest) nearest = away;
  }
  return nearest;
}

/** How many blocks below a heading the text begins, and how many headings stand between. */
function untilProse(facts: PageFacts, block: Block): { blocks: number; headings: number } {
  const { blocks } = facts.survey;
  const { top } = weighContainers(facts.survey);
  const end = Math.min(blocks.length, block.index + PROSE_REACH);
  let headings = 0;
  for (let next = block.index + 1; next < end; next++) {
    const one = blocks[next] as Block;
    if (HEADINGS.has(one.box.name)) headings++;
    if (one.text.length >= PROSE_CHARS && one.linkChars * 2 < one.text.length && isInside(one.box, top))
      return { blocks: next - block.index, headings };
  }
  return { blocks: NO_PROSE, headings };
}

/** What the wording of a text says by itself. */
function wordingOf(text: string, words: ReadonlySet<string>, slug: string, slugWords: readonly string[]): number[] {
  let letters = 0;
  let capitals = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if ((kind & IS.letter) === 0) continue;
    letters++;
    if ((kind & IS.upper) !== 0) capitals++;
  }
  const plain = folded(text.toLowerCase());
  let long = 0;
  let inSlug = 0;
  for (const word of words) {
    if (word.length < 4) continue;
    long++;
    if (slug.includes(folded(word))) inSlug++;
  }
  return [
    /[?!]$/.test(text) ? 1 : 0,
    /(?:…|\.{2,})$/.test(text) ? 1 : 0,
    /\s[|»–—-]\s/.test(text) ? 1 : 0,
    text.includes(':') ? 1 : 0,
    letters > 4 && capitals === letters ? 1 : 0,
    letters === 0 ? 0 : capitals / letters,
    /\p{L}’\p{L}/u.test(text) ? 2 : /\p{L}'\p{L}/u.test(text) ? 1 : 0,
    /[‘“”„«»…–]/.test(text) ? 2 : /"|\B'|\.\.\.| - /.test(text) ? 1 : 0,
    long === 0 ? 0 : inSlug / long,
    slugWords.length === 0 ? -1 : slugWords.filter((word) => plain.includes(word)).length / slugWords.length,
  ];
}

/** The features of all texts of one page. */
export function titleFeatures(texts: readonly TitleText[], facts: PageFacts): Float64Array[] {
  const { survey } = facts;
  const { blocks } = survey;
  const { top } = weighContainers(survey);
  const kinds = texts.map((one) => [...new Set(one.members.map((member) => KINDS.indexOf(placeOf(member))))]);
  const words = texts.map((one) => wordsOf(one.text));
  const firstOf = (kind: Kind): number => kinds.findIndex((some) => some.includes(KINDS.indexOf(kind)));
  const beside = BESIDE.map(firstOf);
  const tagKey = texts[firstOf('title')]?.key ?? '';
  const path = facts.context.url.toLowerCase().split(/[/?#]/).slice(3);
  const slug = path.join('-');
  const slugWords = (path.toSorted((a, b) => b.length - a.length)[0] ?? '').match(/[a-z]{4,}/g) ?? [];
  const tagIsSite = survey.title !== null && isSiteName(survey.title, facts) ? 1 : 0;
  let headings = 0;
  return texts.map((one, at) => {
    const { text, key, members } = one;
    const mine = words[at] as Set<string>;
    const heading = members.find((member) => member.block >= 0);
    const block = heading ? blocks[heading.block] : undefined;
    const relations = new Array<number>(KINDS.length).fill(-1);
    const keyOrigins = new Set<string>();
    let keyPlaces = 0;
    let partOf = 0;
    let holds = 0;
    texts.forEach((other, otherAt) => {
      const related = relation(key, other.key);
      if (related === 3) {
        keyPlaces += other.members.length;
        for (const member of other.members) keyOrigins.add(member.from);
      } else if (related === 1) partOf++;
      else if (related === 2) holds++;
      const value = otherAt === at ? 4 : related;
      for (const kind of kinds[otherAt] as number[]) if (value > (relations[kind] as number)) relations[kind] = value;
    });
    const prose = block ? untilProse(facts, block) : null;
    const hints = heading?.hints ?? 0;
    const row = [
      ...relations,
      ...beside.map((other) => (other < 0 ? -1 : other === at ? 1 : likeness(mine, words[other] as Set<string>))),
      heading ? heading.rank : -1,
      text.length,
      text.split(/\s+/).length,
      isSiteName(text, facts) ? 1 : 0,
      key.length < SHORT_KEY ? 1 : 0,
      tagKey.length === 0 ? 0 : key.length / tagKey.length,
      members.length,
      new Set(members.map((member) => member.from)).size,
      keyPlaces,
      keyOrigins.size,
      partOf,
      holds,
      prose ? prose.blocks : NO_PROSE,
      prose ? prose.headings : -1,
      block ? distance(survey.times, block.index, 1) : -1,
      block ? distance(survey.times, block.index, -1) : -1,
      block ? distance(survey.authorElements, block.index, 1) : -1,
      block ? (isInside(block.box, top) ? 1 : 0) : -1,
      block ? block.linkChars / block.text.length : 0,
      block?.box.hidden ? 1 : 0,
      heading ? headings++ : -1,
      tagIsSite,
      ...wordingOf(text, mine, slug, slugWords),
      ...HINTS.map((hint) => ((hints & HINT[hint]) !== 0 ? 1 : 0)),
    ];
    return new Float64Array(row);
  });
}

/** Lower case without diacritics, as addresses are made of titles. */
function folded(text: string): string {
  return /[^ -~]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd') : text;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
