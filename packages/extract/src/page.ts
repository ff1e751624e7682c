/** Reads one page: decodes it, builds its one DOM, and puts article, links and marks together. */
import { robotsDirectives } from '@newsloom/frontier';
import type { FeedFacts, FieldOrigin, Provenance, ReadPage, SourceRules } from '@newsloom/model';
import { readBody } from './article-body.ts';
import { chooseAuthors } from './author/choose-authors.ts';
import { chooseBody } from './body.ts';
import { decode } from './charset/charset.ts';
import { chooseImage, choosePageDates } from './choose-facts.ts';
import { gatherFacts, type PageContext, type PageFacts } from './facts.ts';
import { readFeedText } from './feed.ts';
import { gistOf } from './kind/gist.ts';
import { judgeKind } from './kind/kind.ts';
import { detectLanguage } from './language/language.ts';
import { canonicalUrl, outlinks, type PageMark, pageMarks } from './links.ts';
import { readByRules } from './rules/apply.ts';
import { scanHtml } from './scan.ts';
import { gunzipped, readSitemapText } from './sitemap.ts';
import { statedFacts } from './stated-facts.ts';
import { captionOfImage, plainParts } from './structure/parts.ts';
import { survey } from './survey.ts';
import { chooseTitle } from './title/choose-title.ts';

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

/** Longest place named in a provenance, in characters. */
const MAX_AT = 200;
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
    const tape = scanHtml(html);
    try {
      return assemble(gatherFacts(survey(tape), of), charset);
    } finally {
      tape.release();
    }
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

/** Confidence from which a detected language stands against a declared one, and by itself: a title alone says little. */
const SURE = 0.25;
const LIKELY = 0.1;

function pickLanguage(facts: PageFacts, body: string): { lang: string | null; origin: FieldOrigin } | null {
  const guess = detectLanguage(body);
  const declared = facts.lang;
  const least = declared ? SURE : LIKELY;
  if (guess.lang && (guess.confidence >= least || declared === guess.lang)) {
    const over = declared && declared !== guess.lang ? { over: [{ from: 'declared', value: declared }] } : {};
    return { lang: guess.lang, origin: { from: 'detected', at: `confidence ${guess.confidence.toFixed(2)}`, ...over } };
  }
  return declared ? { lang: declared, origin: { from: 'declared', at: 'html lang' } } : null;
}

function assemble(facts: PageFacts, charset: string): ReadPage {
  const title = chooseTitle(facts);
  const choice = chooseBody(facts, title?.text ?? null, title?.block ?? -1, false);
  const body = readBody(facts, choice, title);
  const language = pickLanguage(facts, body.text === '' ? (title?.text ?? '') : body.text);
  const marks = { titleBlock: title?.block ?? -1, first: choice.first, last: choice.last };
  const dates = choosePageDates(facts, language?.lang ?? null, marks);
  const canonical = canonicalUrl(facts);
  const marked = pageMarks(facts);
  const { kind, note, why } = judgeKind(facts, body, dates.published !== null);
  const page: ReadPage = {
    kind,
    why,
    charset,
    canonicalUrl: canonical?.url ?? null,
    robots: marked.map(({ mark }) => mark),
    links: outlinks(facts),
    article: null,
    ...(note && { note }),
  };
  const isText = kind === 'article' || kind === 'live' || kind === 'gallery';
  if (!facts.context.asArticle && (!isText || body.text === '')) return { ...page, gist: gistOf(facts, page.links) };

  const authors = chooseAuthors(facts, marks);
  const image = chooseImage(facts, marks);
  const said = statedFacts(facts);
  const provenance: Provenance = { ...said.provenance };
  if (title) provenance.title = title.origin;
  if (dates.published) provenance.date = dates.published.origin;
  if (dates.modified) provenance.dateModified = dates.modified.origin;
  if (authors.origin) provenance.authors = authors.origin;
  if (language) provenance.lang = language.origin;
  if (image) provenance.image = image.origin;
  if (canonical) provenance.canonicalUrl = canonical.origin;
  provenance.body = body.origin;
  if (authors.agenciesFrom) provenance.agencies = authors.agenciesFrom;
  if (marked.length > 0) provenance.directives = { from: 'page', at: placesOf(marked).slice(0, MAX_AT) };
  const caption = image ? captionOfImage(facts, image.url) : null;
  page.article = {
    title: title?.text ?? null,
    date: dates.published?.date ?? null,
    dateModified: dates.modified?.date ?? null,
    authors: authors.names,
    agencies: authors.agencies,
    lang: language?.lang ?? null,
    body: body.text,
    image: image?.url ?? null,
    ...(caption !== null && { imageCaption: caption }),
    description: said.description,
    section: said.section,
    tags: said.tags,
    provenance,
  };
  if (facts.context.structured) page.article.structure = body.parts();
  return page;
}

/** The places of marks, each with its marks: `meta robots: noai, noarchive; X-Robots-Tag: noindex`. */
function placesOf(marks: readonly PageMark[]): string {
  const places = new Map<string, string[]>();
  for (const { mark, at } of marks) places.set(at, [...(places.get(at) ?? []), mark]);
  return [...places].map(([at, own]) => `${at}: ${own.join(', ')}`).join('; ');
}

export type { PageContext };
