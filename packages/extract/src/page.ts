/** Reads one page: decodes it, builds its one DOM, and puts article, links and marks together. */
import { robotsDirectives } from '@newsloom/frontier';
import type { Article, FeedFacts, FieldOrigin, Provenance, ReadPage, SourceRules } from '@newsloom/model';
import { chooseBody } from './body.ts';
import { decode } from './charset.ts';
import { chooseAuthors, chooseImage, choosePageDates } from './choose-facts.ts';
import { chooseTitle } from './choose-title.ts';
import { gatherFacts, metaOf, type PageContext, type PageFacts } from './facts.ts';
import { readFeedText } from './feed.ts';
import { hiddenBody } from './hidden-body.ts';
import { judgeKind } from './kind.ts';
import { detectLanguage } from './language.ts';
import { canonicalUrl, outlinks, pageDirectives } from './links.ts';
import { placeBody } from './render.ts';
import { readByRules } from './rules/apply.ts';
import { scanHtml } from './scan.ts';
import { gunzipped, readSitemapText } from './sitemap.ts';
import { bodyParts, plainParts } from './structure/parts.ts';
import { survey } from './survey.ts';
import { keyOf, oneLine } from './words.ts';

/** What the caller of `readPage` knows about the bytes. */
export type ReadContext = {
  url: string;
  contentType?: string | null;
  xRobotsTag?: string | null;
  /** Product token that directives for one agent are read for. */
  agent?: string;
  fetchedAt: string;
  facts?: FeedFacts;
  asArticle?: boolean;
  /** The rules of the page's source, where it has any. */
  rules?: SourceRules;
  /** Whether the article carries the structure of its body. */
  structured?: boolean;
};

const NOT_HTML =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*|<!DOCTYPE[^>]{0,300}>\s*|<\?[^>]{0,300}\?>\s*)*<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)\b/i;

/**
 * Reads the bytes of one page. Pure, linear in the size of the page, and never throws for what a page holds.
 *
 * @returns the kind of the page, its links, and the article where it is one. Feeds and sitemaps are recognised by content.
 */
export function readPage(bytes: Uint8Array, context: ReadContext): ReadPage {
  const plain = gunzipped(bytes);
  if (!plain)
    return {
      kind: 'other',
      charset: 'utf-8',
      canonicalUrl: null,
      robots: [],
      links: [],
      article: null,
      note: 'undecodable',
    };
  const { text, charset } = decode(plain, context.contentType);
  return readDecodedPage(text, charset, context);
}

/** Reads a page that is text already. */
export function readDecodedPage(text: string, charset: string, context: ReadContext): ReadPage {
  const special = readSpecial(text, charset, context);
  if (special) return special;
  const read = (html: string, asArticle: boolean): ReadPage => {
    const of = asArticle ? { ...context, asArticle } : context;
    return assemble(gatherFacts(survey(scanHtml(html)), of), charset);
  };
  if (!context.rules) return read(text, false);
  const page = readByRules(text, context.rules, { ...context, read });
  // A body that rules have found has paragraphs, and no structure that is known here.
  if (context.structured && page.article?.provenance.body?.from === 'rule')
    page.article.structure = plainParts(page.article.body);
  return page;
}

function readSpecial(text: string, charset: string, context: ReadContext): ReadPage | null {
  const start = text.slice(0, 3000);
  const root = NOT_HTML.exec(start)?.[1]?.toLowerCase();
  const isJson = /^\s*\{/.test(start) && /jsonfeed\.org\/version|"items"\s*:/.test(start);
  const isTextSitemap = !root && !isJson && /^\ufeff?\s*https?:\/\/\S+\s*(?:\n|$)/i.test(start);
  if (!root && !isJson && !isTextSitemap) return null;
  const robots = robotsDirectives(context.xRobotsTag, context.agent ?? '');
  const read =
    isTextSitemap || root === 'urlset' || root === 'sitemapindex'
      ? readSitemapText(text, context.url, charset)
      : readFeedText(text, context.url, charset);
  if (!read) return null;
  return { kind: read.kind, charset, canonicalUrl: null, robots, links: read.links, article: null, note: read.kind };
}

function pickLanguage(facts: PageFacts, body: string): { lang: string | null; origin: FieldOrigin } | null {
  const guess = detectLanguage(body);
  const declared = facts.lang;
  if (guess.lang && (guess.confidence >= 0.25 || !declared || declared === guess.lang)) {
    const over = declared && declared !== guess.lang ? { over: [{ from: 'declared', value: declared }] } : {};
    return { lang: guess.lang, origin: { from: 'detected', at: `confidence ${guess.confidence.toFixed(2)}`, ...over } };
  }
  return declared ? { lang: declared, origin: { from: 'declared', at: 'html lang' } } : null;
}

function assemble(facts: PageFacts, charset: string): ReadPage {
  const provenance: Provenance = {};
  const title = chooseTitle(facts);
  const choice = chooseBody(facts, title?.text ?? null, title?.block ?? -1, false);
  const { text: visible, placed } = placeBody(facts.survey.blocks, choice.keep);
  const hidden = hiddenBody(facts, visible);
  const body = hidden?.text ?? visible;
  const language = pickLanguage(facts, body === '' ? (title?.text ?? '') : body);
  const marks = { titleBlock: title?.block ?? -1, first: choice.first, last: choice.last };
  const dates = choosePageDates(facts, language?.lang ?? null, marks);
  const canonical = canonicalUrl(facts);
  const base: Omit<ReadPage, 'kind' | 'article'> = {
    charset,
    canonicalUrl: canonical?.url ?? null,
    robots: pageDirectives(facts),
    links: outlinks(facts),
  };
  const verdict = judgeKind(facts, body, choice, dates.published !== null);
  if (verdict.kind !== 'article')
    return { ...base, kind: verdict.kind, article: null, ...(verdict.note ? { note: verdict.note } : {}) };

  const authors = chooseAuthors(facts, marks);
  const image = chooseImage(facts, marks);
  if (title) provenance.title = title.origin;
  if (dates.published) provenance.date = dates.published.origin;
  if (dates.modified) provenance.dateModified = dates.modified.origin;
  if (authors.origin) provenance.authors = authors.origin;
  if (language) provenance.lang = language.origin;
  if (image) provenance.image = image.origin;
  if (canonical) provenance.canonicalUrl = { from: canonical.from, at: canonical.at };
  provenance.body = hidden
    ? { from: hidden.from, at: hidden.at }
    : { from: 'visible', at: `${choice.keep.filter(Boolean).length} of ${choice.keep.length} blocks` };
  const linked = facts.linked.articles[0];
  const article: Article = {
    title: title?.text ?? null,
    date: dates.published?.date ?? null,
    dateModified: dates.modified?.date ?? null,
    authors: authors.names,
    agencies: authors.agencies,
    lang: language?.lang ?? null,
    body,
    image: image?.url ?? null,
    description: metaOf(facts, 'og:description', 'description', 'twitter:description') ?? linked?.description ?? null,
    section: metaOf(facts, 'article:section', 'og:section', 'section', 'dc.subject') ?? linked?.section ?? null,
    tags: tagsOf(facts),
    provenance,
  };
  if (facts.context.structured) article.structure = hidden ? plainParts(body) : bodyParts(facts, placed);
  return { ...base, kind: 'article', article };
}

function tagsOf(facts: PageFacts): string[] {
  const tags = new Map<string, string>();
  const add = (value: string): void => {
    const tag = oneLine(value);
    if (tag !== '' && tag.length < 80 && tags.size < 40 && !tags.has(keyOf(tag))) tags.set(keyOf(tag), tag);
  };
  for (const value of facts.metas.get('article:tag') ?? []) for (const one of value.split(',')) add(one);
  for (const value of facts.linked.articles[0]?.keywords ?? []) add(value);
  for (const name of ['news_keywords', 'keywords', 'parsely-tags'])
    for (const one of (facts.metas.get(name)?.[0] ?? '').split(/[,;]/)) add(one);
  return [...tags.values()];
}

export type { PageContext };
