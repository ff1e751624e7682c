/** Chooses the lead image: the one metadata names, else the first large image at the head of the article. */
import type { FieldOrigin } from '@newsloom/model';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { absoluteUrl } from './words.ts';

/** Where the body stands, in blocks; -1 where there is none. */
export type BodySpan = { first: number; last: number };

const NOT_A_LEAD =
  /(?:logo|sprite|icon|avatar|favicon|placeholder|blank|spacer|pixel|default[-_.]|fallback|1x1|badge|author|profile|banner[-_]ad|share[-_]|gravatar|emoji|button)/i;
/** Images known to be smaller than this in width or height are no lead images, in pixels. */
const MIN_SIDE = 120;

function side(value: string | undefined): number | null {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? null : number;
}

/** The lead image with its origin, or null where a page has none. */
export function leadImage(facts: PageFacts, body: BodySpan): { url: string; origin: FieldOrigin } | null {
  const candidates: { url: string; from: string; at: string; points: number }[] = [];
  const push = (src: string | null | undefined, from: string, at: string, points: number): void => {
    const url = src ? absoluteUrl(src, facts.base) : null;
    if (!url) return;
    const penalty = NOT_A_LEAD.test(url.slice(8).split('?')[0] ?? '') ? 4 : 0;
    candidates.push({ url, from, at, points: points - penalty });
  };
  for (const name of ['og:image', 'og:image:secure_url', 'og:image:url'])
    push(facts.metas.get(name)?.[0], 'opengraph', name, 6);
  for (const name of ['twitter:image', 'twitter:image:src']) push(facts.metas.get(name)?.[0], 'meta', name, 5);
  facts.linked.articles.slice(0, 2).forEach((article, rank) => {
    push(article.images[0], 'json-ld', 'image', 5.2 - rank);
  });
  for (const name of [
    'parsely-image-url',
    'sailthru.image.full',
    'thumbnail',
    'image',
    'thumbnailurl',
    'cxenseparse:image',
  ])
    push(facts.metas.get(name)?.[0], 'meta', name, 4);
  for (const link of facts.survey.headLinks)
    if (link.rel === 'image_src') push(link.href, 'meta', 'link rel=image_src', 4);
  let rank = 0;
  for (const image of facts.survey.images) {
    if (image.at > body.last + 1) break;
    const { attribs } = image.element;
    const width = side(attribs.width);
    const height = side(attribs.height);
    if ((width !== null && width < MIN_SIDE) || (height !== null && height < MIN_SIDE)) continue;
    if (
      (image.box.hints &
        (HINT.nav | HINT.sidebar | HINT.comment | HINT.footer | HINT.related | HINT.ad | HINT.share)) !==
      0
    )
      continue;
    const near = image.at >= body.first - 8;
    const points =
      2.2 +
      (near ? 1 : -1.5) -
      rank * 0.3 +
      (attribs.itemprop === 'image' ? 1 : 0) +
      ((image.box.hints & HINT.media) !== 0 ? 0.4 : 0);
    push(image.src, 'visible', 'img', points);
    if (++rank >= 6) break;
  }
  candidates.sort((a, b) => b.points - a.points);
  const [best] = candidates;
  if (!best || best.points < 0.5) return null;
  const over = [
    ...new Map(
      candidates.filter((one) => one.url !== best.url).map((one) => [one.url, { from: one.from, value: one.url }]),
    ).values(),
  ].slice(0, 5);
  return { url: best.url, origin: { from: best.from, at: best.at, ...(over.length > 0 ? { over } : {}) } };
}
