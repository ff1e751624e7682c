/** Describes title candidates in numbers, for the learned ranking. */
import { isInside, weighContainers } from './container.ts';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import type { TitleCandidate } from './title.ts';
import { isSiteName } from './title.ts';
import { keyOf } from './words.ts';

const KINDS = [
  'h1',
  'h2',
  'h3',
  'class',
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
const HINTS = [
  'title',
  'related',
  'card',
  'header',
  'content',
  'sidebar',
  'nav',
  'comment',
  'footer',
  'standfirst',
  'tag',
  'signup',
] as const;

/** Names of the features, in their order. */
export const TITLE_FEATURES: readonly string[] = [
  ...KINDS.map((kind) => `kind:${kind}`),
  'rank',
  'sameKind',
  'length',
  'words',
  'siteName',
  'shortKey',
  'tagStarts',
  'tagHolds',
  'tagShare',
  'sameAsTag',
  'sameAsTagCleaned',
  'sameAsOg',
  'sameAsOgCleaned',
  'sameAsHeadline',
  'sameAsH1',
  'agreeing',
  'exactAgreeing',
  'partOf',
  'holds',
  'block',
  'blockShare',
  'untilProse',
  'insideTop',
  'linkDensity',
  'hidden',
  'before',
  'question',
  'separator',
  'colon',
  'caps',
  'hasH1',
  'hasHeadline',
  'hasOg',
  'tagIsSite',
  'inUrl',
  ...HINTS.map((hint) => `hint:${hint}`),
];

function kindOf(one: TitleCandidate): (typeof KINDS)[number] {
  const at =
    one.from === 'title-tag' ||
    one.from === 'heading' ||
    one.from === 'json-ld' ||
    one.at.startsWith('og:title') ||
    one.at.startsWith('twitter:title')
      ? one.at
      : one.from;
  return (KINDS as readonly string[]).includes(at) ? (at as (typeof KINDS)[number]) : 'other';
}

/** What a candidate's text says by itself. */
type Wording = { words: number; siteName: number; caps: number; inUrl: number };

/** Reads a candidate's text; `slug` is the path of the page's address. */
function wordingOf(text: string, slug: string, facts: PageFacts): Wording {
  const letters = text.replace(/[^\p{L}]/gu, '');
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  const isInSlug = (word: string): boolean =>
    slug.includes(/^[a-z0-9]+$/.test(word) ? word : word.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd'));
  return {
    words: text.split(/\s+/).length,
    siteName: isSiteName(text, facts) ? 1 : 0,
    caps: letters.length > 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase() ? 1 : 0,
    inUrl: words.length === 0 ? 0 : words.filter(isInSlug).length / words.length,
  };
}

/** The features of all candidates of one page. */
export function titleFeatures(all: readonly TitleCandidate[], facts: PageFacts): Float64Array[] {
  const keys = all.map((one) => keyOf(one.text));
  const kinds = all.map(kindOf);
  const { blocks } = facts.survey;
  const { top } = weighContainers(facts.survey);
  const tagKey = keyOf(facts.survey.title ?? '');
  const keyAt = (kind: string): string => {
    const at = kinds.indexOf(kind as (typeof KINDS)[number]);
    return at < 0 ? '' : (keys[at] as string);
  };
  const og = keyAt('og:title');
  const ogCleaned = keyAt('og:title, site name taken off');
  const tagCleaned = keyAt('title, site name taken off');
  const headline = keyAt('headline');
  const h1 = keyAt('h1');
  const slug = facts.context.url.toLowerCase().split(/[/?#]/).slice(3).join('-');
  const tagIsSite = facts.survey.title !== null && isSiteName(facts.survey.title, facts);
  // Half of a page's candidates are the same text in another place.
  const wordings = new Map<string, Wording>();
  let firstHeadingSeen = 0;
  return all.map((one, at) => {
    const key = keys[at] as string;
    const kind = kinds[at];
    const block = one.block >= 0 ? blocks[one.block] : undefined;
    const origins = new Set<string>();
    let exact = 0;
    let partOf = 0;
    let holds = 0;
    all.forEach((other, otherAt) => {
      if (otherAt === at) return;
      const otherKey = keys[otherAt] as string;
      if (otherKey === key) {
        origins.add(other.from);
        if (other.text === one.text) exact++;
      } else if (key.length > 8 && otherKey.includes(key)) partOf++;
      else if (otherKey.length > 8 && key.includes(otherKey)) holds++;
    });
    let untilProse = 99;
    if (block)
      for (let next = block.index + 1; next < Math.min(blocks.length, block.index + 60); next++) {
        const candidate = blocks[next];
        if (
          candidate &&
          candidate.text.length >= 80 &&
          candidate.linkChars * 2 < candidate.text.length &&
          isInside(candidate.box, top)
        ) {
          untilProse = next - block.index;
          break;
        }
      }
    let wording = wordings.get(one.text);
    if (!wording) {
      wording = wordingOf(one.text, slug, facts);
      wordings.set(one.text, wording);
    }
    const row = [
      ...KINDS.map((name) => (name === kind ? 1 : 0)),
      one.rank,
      kinds.filter((other) => other === kind).length,
      one.text.length,
      wording.words,
      wording.siteName,
      key.length < 8 ? 1 : 0,
      tagKey.startsWith(key) ? 1 : 0,
      tagKey.includes(key) ? 1 : 0,
      tagKey.length === 0 ? 0 : key.length / tagKey.length,
      tagKey === key ? 1 : 0,
      tagCleaned === '' ? -1 : tagCleaned === key ? 1 : 0,
      og === '' ? -1 : og === key ? 1 : 0,
      ogCleaned === '' ? -1 : ogCleaned === key ? 1 : 0,
      headline === '' ? -1 : headline === key ? 1 : 0,
      h1 === '' ? -1 : h1 === key ? 1 : 0,
      origins.size,
      exact,
      partOf,
      holds,
      one.block,
      one.block < 0 ? -1 : one.block / Math.max(1, blocks.length),
      untilProse,
      block ? (isInside(block.box, top) ? 1 : 0) : -1,
      block ? block.linkChars / block.text.length : 0,
      block?.box.hidden ? 1 : 0,
      one.from === 'heading' ? firstHeadingSeen++ : -1,
      /[?!]$/.test(one.text) ? 1 : 0,
      /\s[|»–—-]\s/.test(one.text) ? 1 : 0,
      one.text.includes(':') ? 1 : 0,
      wording.caps,
      h1 === '' ? 0 : 1,
      headline === '' ? 0 : 1,
      og === '' ? 0 : 1,
      tagIsSite ? 1 : 0,
      wording.inUrl,
      ...HINTS.map((hint) => ((one.hints & HINT[hint]) !== 0 ? 1 : 0)),
    ];
    return new Float64Array(row);
  });
}

/** The way the page shows a chosen title: a first-level heading with the same letters, unless it shouts. */
export function shownForm(all: readonly TitleCandidate[], best: number): number {
  const pick = all[best];
  if (!pick || pick.from === 'json-ld' || (pick.from === 'heading' && pick.at === 'h1')) return best;
  const key = keyOf(pick.text);
  const heading = all.findIndex(
    (one) =>
      one.from === 'heading' &&
      keyOf(one.text) === key &&
      (one.text !== one.text.toUpperCase() || pick.text === pick.text.toUpperCase()),
  );
  return heading < 0 ? best : heading;
}
