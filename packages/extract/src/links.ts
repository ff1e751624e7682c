/** Reads a page's links: anchors, declared feeds and sitemaps, the next page, canonical address and robots directives. */
import { robotsDirectives, tdmDirectives } from '@newsloom/frontier';
import type { FieldOrigin, Outlink } from '@newsloom/model';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { CONSENT_MATTER } from './kind/kind-words.ts';
import type { Block } from './survey-types.ts';
import { absoluteUrl, oneLine } from './words.ts';

/** Most links returned for one page. */
const MAX_OUTLINKS = 5_000;
const FEED_TYPE = /application\/(?:rss|atom|feed)\+(?:xml|json)|application\/rdf\+xml|application\/json;?.*feed/i;

/** All links of a page, resolved, without fragments, each address once. */
export function outlinks(facts: PageFacts): Outlink[] {
  const found: Outlink[] = [];
  const seen = new Map<string, Outlink>();
  const push = (href: string, text: string, rel: Outlink['rel'], nofollow: boolean): void => {
    if (found.length >= MAX_OUTLINKS) return;
    const resolved = absoluteUrl(href, facts.base);
    if (!resolved) return;
    const hash = resolved.indexOf('#');
    const url = hash < 0 ? resolved : resolved.slice(0, hash);
    const before = seen.get(url);
    if (before) {
      if (before.text.length < text.length && before.text.length < 20) before.text = text;
      return;
    }
    const link: Outlink = { url, text, rel };
    if (nofollow) link.nofollow = true;
    seen.set(url, link);
    found.push(link);
  };
  for (const link of facts.survey.headLinks) {
    const rels = link.rel.split(/\s+/);
    if ((rels.includes('alternate') || rels.includes('feed')) && (FEED_TYPE.test(link.type) || rels.includes('feed')))
      push(link.href, oneLine(link.title), 'feed', false);
    else if (rels.includes('sitemap')) push(link.href, oneLine(link.title), 'sitemap', false);
    else if (rels.includes('next')) push(link.href, '', 'next', false);
  }
  const pageNofollow = pageDirectives(facts).includes('nofollow');
  for (const link of facts.survey.links) {
    const rels = link.rel.toLowerCase();
    push(
      link.href,
      oneLine(link.text),
      /\bnext\b/.test(rels) ? 'next' : 'link',
      pageNofollow || /\bnofollow\b/.test(rels),
    );
  }
  return found;
}

/** A mark of a page with the place it stands at. */
export type PageMark = { mark: string; at: string };

/**
 * What the page and its X-Robots-Tag header say about its use, lower case, each once: for everybody, and for our agent
 * by name (`<meta name="newsloom">`); that it is not free to read (`paywall`), and that it asks for consent
 * (`consent-notice`).
 */
export function pageMarks(facts: PageFacts): PageMark[] {
  const agent = facts.context.agent ?? '';
  const { metas, context } = facts;
  const found = new Map<string, PageMark>();
  const add = (marks: readonly string[], at: string): void => {
    for (const mark of marks) if (!found.has(mark)) found.set(mark, { mark, at });
  };
  for (const name of ['robots', ...(agent === '' ? [] : [agent.toLowerCase()])])
    for (const value of metas.get(name) ?? []) add(robotsDirectives(value, agent), `meta ${name}`);
  add(robotsDirectives(context.xRobotsTag, agent), 'X-Robots-Tag');
  add(tdmDirectives(metas.get('tdm-reservation')?.[0], metas.get('tdm-policy')?.[0]), 'meta tdm-reservation');
  if (facts.linked.articles.some((article) => article.paywalled === true))
    add(['paywall'], 'JSON-LD isAccessibleForFree');
  if (CLOSED_TIER.test(metas.get('article:content_tier')?.[0]?.trim() ?? ''))
    add(['paywall'], 'meta article:content_tier');
  if (facts.survey.blocks.some(asksConsent)) add(['consent-notice'], 'a notice on the page');
  return [...found.values()];
}

/** The marks of a page alone. */
export const pageDirectives = (facts: PageFacts): string[] => pageMarks(facts).map(({ mark }) => mark);

/** A notice that asks for consent to cookies. */
const asksConsent = ({ box, text }: Block): boolean =>
  (box.hints & HINT.consent) !== 0 && text.length < 1_000 && CONSENT_MATTER.test(text);

/** Open Graph's word for articles that not everybody may read whole. */
const CLOSED_TIER = /^(?:locked|metered)$/i;

/** The canonical address a page names, with where it names it and what else is named: rel=canonical, og:url, JSON-LD. */
export function canonicalUrl(facts: PageFacts): { url: string; origin: FieldOrigin } | null {
  const usable = (href: string | null | undefined): string | null => {
    const url = href ? absoluteUrl(href, facts.base) : null;
    if (!url) return null;
    const parsed = new URL(url);
    const own = new URL(facts.context.url);
    // A canonical that names the front page while this is not it is a template's mistake.
    if (parsed.pathname === '/' && parsed.search === '' && own.pathname.length > 1) return null;
    return url;
  };
  const found: { url: string; from: string; at: string }[] = [];
  const offer = (url: string | null, from: string, at: string): void => {
    if (url !== null && !found.some((one) => one.url === url)) found.push({ url, from, at });
  };
  for (const link of facts.survey.headLinks)
    if (link.rel.split(/\s+/).includes('canonical')) offer(usable(link.href), 'meta', 'link rel=canonical');
  offer(usable(facts.metas.get('og:url')?.[0]), 'opengraph', 'og:url');
  offer(usable(facts.linked.articles[0]?.url), 'json-ld', 'url');
  const [best, ...others] = found;
  if (!best) return null;
  const over = others.slice(0, 5).map(({ from, url }) => ({ from, value: url.slice(0, 200) }));
  return { url: best.url, origin: { from: best.from, at: best.at, ...(over.length > 0 && { over }) } };
}
