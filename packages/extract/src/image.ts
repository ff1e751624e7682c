/** Collects the images of a page that may be its lead image, and describes them in numbers for the learned ranking. */
import type { Landmarks } from './date/date-rank.ts';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { absoluteUrl } from './words.ts';

/** One image that may be the lead image. */
export type ImageCandidate = {
  url: string;
  from: string;
  at: string;
  /** Index of the block it stands before, or -1 for metadata. */
  block: number;
  hints: number;
  rank: number;
  width: number;
  height: number;
  eager: boolean;
  alt: string;
  named: boolean;
};

const NOT_A_LEAD =
  /(?:logo|sprite|icon|avatar|favicon|placeholder|blank|spacer|pixel|default[-_.]|fallback|1x1|badge|author|profile|gravatar|emoji|button)/i;
/** File names of what is never a picture of the story, not even where a page names it as such: logos, placeholders, tracking pixels. */
const NEVER_A_LEAD =
  /(?:^|[-_.])(?:logos?|place-?holder|spacer|blank|pixel|1x1|fav-?icon|avatar|gravatar|sprite)s?(?:[-_.]|\d|$)/;
/** Renditions made for social networks: cropped, with a logo or the headline on them. */
const SOCIAL = /(?:facebook|social|ogp|[/_.-]og[/_.-]|opengraph|share|metadaten|teaser|seo)/i;
/** Images known to be smaller than this in width or height are no lead images, in pixels. */
const MIN_SIDE = 60;
/** Most images of the text that are considered. */
const MAX_SHOWN = 12;

function side(value: string | undefined): number {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? -1 : number;
}

/** All candidates, metadata first, then the images around the article in order. */
export function imageCandidates(facts: PageFacts, marks: Landmarks): ImageCandidate[] {
  const found: ImageCandidate[] = [];
  const push = (
    src: string | null | undefined,
    from: string,
    at: string,
    rank = 0,
    more: Partial<ImageCandidate> = {},
  ): void => {
    const url = src ? absoluteUrl(src, facts.base) : null;
    if (url && !NEVER_A_LEAD.test(fileOf(url)))
      found.push({
        url,
        from,
        at,
        block: -1,
        hints: 0,
        rank,
        width: -1,
        height: -1,
        eager: false,
        alt: '',
        named: false,
        ...more,
      });
  };
  for (const name of ['og:image', 'og:image:secure_url', 'og:image:url']) {
    const value = facts.metas.get(name)?.[0];
    if (!value) continue;
    push(value, 'opengraph', name, 0, {
      width: side(facts.metas.get('og:image:width')?.[0]),
      height: side(facts.metas.get('og:image:height')?.[0]),
    });
    break;
  }
  for (const name of ['twitter:image', 'twitter:image:src']) push(facts.metas.get(name)?.[0], 'meta', name);
  for (const article of facts.linked.articles.slice(0, 2))
    article.images.slice(0, 3).forEach((image, rank) => void push(image, 'json-ld', 'image', rank));
  for (const name of [
    'parsely-image-url',
    'sailthru.image.full',
    'thumbnail',
    'image',
    'thumbnailurl',
    'cxenseparse:image',
  ])
    push(facts.metas.get(name)?.[0], 'meta', name);
  for (const link of facts.survey.headLinks)
    if (link.rel === 'image_src') push(link.href, 'meta', 'link rel=image_src');
  // What the body stands in too says nothing of an image: pages hang such words on their outermost element.
  const around = (facts.survey.blocks[marks.first]?.box.hints ?? 0) & ~(HINT.media | HINT.caption | HINT.content);
  let rank = 0;
  for (const image of facts.survey.images) {
    if (rank >= MAX_SHOWN || image.at > marks.last + 1) break;
    if (marks.titleBlock >= 0 && image.at < marks.titleBlock - 12) continue;
    const { tape } = facts.survey;
    const { node } = image;
    const width = side(tape.attribute(node, 'width'));
    const height = side(tape.attribute(node, 'height'));
    if ((width >= 0 && width < MIN_SIDE) || (height >= 0 && height < MIN_SIDE)) continue;
    push(image.src, 'visible', 'img', rank, {
      block: image.at,
      hints: image.box.hints & ~around,
      width,
      height,
      eager: tape.attribute(node, 'fetchpriority') === 'high' || tape.attribute(node, 'loading') === 'eager',
      alt: tape.attribute(node, 'alt') ?? '',
      named: tape.attribute(node, 'itemprop') === 'image',
    });
    rank++;
  }
  return found;
}

const FROMS = ['opengraph', 'meta', 'json-ld', 'visible'] as const;
const HINTS = [
  'media',
  'caption',
  'content',
  'sidebar',
  'related',
  'card',
  'header',
  'author',
  'nav',
  'ad',
  'comment',
  'share',
] as const;

/** Names of the features, in their order. */
export const IMAGE_FEATURES: readonly string[] = [
  ...FROMS.map((from) => `from:${from}`),
  'rank',
  'social',
  'notLead',
  'sameAsOg',
  'likeOg',
  'sameAsLinked',
  'sameFile',
  'shownLikeOg',
  'toTitle',
  'toBody',
  'insideBody',
  'width',
  'height',
  'eager',
  'alt',
  'named',
  'webp',
  'png',
  'svg',
  'query',
  'sizeInName',
  'shown',
  'hasOg',
  'ogSocial',
  ...HINTS.map((hint) => `hint:${hint}`),
];

function fileOf(url: string): string {
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
/** The parts of an address that name a picture: long numbers, digests and phrases. */
function identityOf(url: string): Set<string> {
  const parts = decodeURIComponentSafe(url)
    .toLowerCase()
    .slice(8)
    .split(/[^a-z0-9]+/);
  return new Set(parts.filter((part) => (/\d/.test(part) ? part.length >= 6 : part.length >= 9)));
}
function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The features of all candidates of one page. */
export function imageFeatures(all: readonly ImageCandidate[], marks: Landmarks): Float64Array[] {
  const og = all.find((one) => one.from === 'opengraph');
  const ogIdentity = og ? identityOf(og.url) : new Set<string>();
  const linked = all.find((one) => one.from === 'json-ld');
  const identities = all.map((one) => identityOf(one.url));
  const likeOg = identities.map((identity) => [...identity].filter((part) => ogIdentity.has(part)).length);
  const shownLikeOg = all.some((one, at) => one.from === 'visible' && (likeOg[at] as number) > 0) ? 1 : 0;
  const shown = all.filter((one) => one.from === 'visible').length;
  const files = all.map((one) => fileOf(one.url));
  const sameFile = files.map((file) => files.reduce((count, other) => (other === file ? count + 1 : count), -1));
  return all.map(
    (one, at) =>
      new Float64Array([
        ...FROMS.map((from) => (from === one.from ? 1 : 0)),
        one.rank,
        SOCIAL.test(one.url.slice(8)) ? 1 : 0,
        NOT_A_LEAD.test(one.url.slice(8).split('?')[0] ?? '') ? 1 : 0,
        og && og.url === one.url ? 1 : 0,
        likeOg[at] as number,
        linked && linked.url === one.url ? 1 : 0,
        sameFile[at] as number,
        shownLikeOg,
        one.block < 0 || marks.titleBlock < 0 ? -100 : one.block - marks.titleBlock,
        one.block < 0 ? -100 : one.block - marks.first,
        one.block > marks.first && one.block <= marks.last ? 1 : 0,
        one.width,
        one.height,
        one.eager ? 1 : 0,
        Math.min(200, one.alt.length),
        one.named ? 1 : 0,
        /\.webp/i.test(one.url) ? 1 : 0,
        /\.png/i.test(one.url) ? 1 : 0,
        /\.(?:svg|gif)/i.test(one.url) ? 1 : 0,
        one.url.includes('?') ? 1 : 0,
        /\d{3,4}x\d{3,4}|[_-]w?\d{3,4}\b/i.test(files[at] as string) ? 1 : 0,
        shown,
        og ? 1 : 0,
        og && SOCIAL.test(og.url.slice(8)) ? 1 : 0,
        ...HINTS.map((hint) => ((one.hints & HINT[hint]) !== 0 ? 1 : 0)),
      ]),
  );
}
