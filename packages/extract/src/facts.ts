/** Gathers what a page says about itself: its survey with metas by name, linked data, site names, base address. */
import { type LinkedData, readLinkedData } from './json-ld.ts';
import type { Survey } from './survey.ts';
import { absoluteUrl, keyOf, oneLine, unescapeOnce } from './words.ts';

/** What the caller knows about a page. */
export type PageContext = {
  url: string;
  contentType?: string | null;
  xRobotsTag?: string | null;
  agent?: string;
  /** ISO time of the fetch: relative dates count back from it. */
  fetchedAt: string;
  facts?: import('@newsloom/model').FeedFacts;
  asArticle?: boolean;
  structured?: boolean;
};

/** A page ready for the choices. */
export type PageFacts = {
  survey: Survey;
  context: PageContext;
  base: string;
  /** Contents of metas by lower-case name, property or itemprop. */
  metas: Map<string, string[]>;
  linked: LinkedData;
  /** Keys of names of the site and its publisher. */
  siteKeys: Set<string>;
  siteNames: string[];
  /** Keys of the names in the page's host. */
  hostKeys: string[];
  lang: string | null;
};

/** The first content of the first of these metas that has one. */
export function metaOf(facts: PageFacts, ...names: string[]): string | null {
  for (const name of names) {
    const value = facts.metas.get(name)?.[0];
    if (value) return oneLine(unescapeOnce(value));
  }
  return null;
}

/** The registered name in a host: `news` of `www.news.example`, good enough to recognise a site's name in a title. */
export function hostLabels(url: string): string[] {
  try {
    const labels = new URL(url).hostname.replace(/^www\./, '').split('.');
    return labels.filter((label) => label.length > 2);
  } catch {
    return [];
  }
}

/** Tags by which pages still declare a language that has another (IANA's registry: deprecated, or covered by a macrolanguage). */
const SAME_LANGUAGE: Record<string, string> = { nb: 'no', nn: 'no', iw: 'he', in: 'id', ji: 'yi', mo: 'ro' };

const SITE_METAS = [
  'og:site_name',
  'application-name',
  'twitter:site',
  'dc.publisher',
  'publisher',
  'apple-mobile-web-app-title',
  'cre',
  'copyright',
];

/** Puts together a surveyed page and what the caller knows. */
export function gatherFacts(found: Survey, context: PageContext): PageFacts {
  const metas = new Map<string, string[]>();
  for (const { key, content } of found.metas) {
    const list = metas.get(key);
    if (list) list.push(content);
    else metas.set(key, [content]);
  }
  const linked = readLinkedData(found.jsonLd);
  const siteNames = [...linked.organisations];
  for (const name of SITE_METAS)
    for (const value of metas.get(name) ?? []) if (value.length < 60) siteNames.push(value.replace(/^@/, ''));
  const base = (found.baseHref ? absoluteUrl(found.baseHref, context.url) : null) ?? context.url;
  const declared = (
    found.htmlLang ??
    found.contentLanguage ??
    metas.get('og:locale')?.[0] ??
    metas.get('language')?.[0] ??
    null
  )
    ?.trim()
    .toLowerCase()
    .split(/[-_,]/)[0];
  return {
    survey: found,
    context,
    base,
    metas,
    linked,
    siteNames,
    hostKeys: hostLabels(context.url).map(keyOf),
    siteKeys: new Set(siteNames.map(keyOf).filter((key) => key.length > 1)),
    lang: declared && /^[a-z]{2,3}$/.test(declared) ? (SAME_LANGUAGE[declared] ?? declared) : null,
  };
}
