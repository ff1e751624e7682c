/** Judges what a page is: an article, or one of the other kinds, with the note that counts it. */
import type { PageKind } from '@newsloom/model';
import type { Body } from '../article-body.ts';
import type { PageFacts } from '../facts.ts';
import type { Block } from '../survey-types.ts';
import { countWords } from '../words.ts';
import {
  CONSENT_MATTER,
  CONSENT_PHRASE,
  ERROR_ALONE,
  ERROR_PHRASE,
  LOGIN_TITLE,
  REFUSAL_PHRASE,
  VIDEO_PATH,
} from './kind-words.ts';

/** Fewest words of a body that alone make an article; short notices with a date and a headline need fewer. */
const ARTICLE_WORDS = 80;
const NOTICE_WORDS = 20;
/** A list of summaries can add up to this many words of seeming body. */
const SECTION_WORDS = 200;
/** Above this share of link text over the whole page, with many links, a page is a list. */
const LIST_LINK_SHARE = 0.6;
/** Longer bodies are no error, whatever their headline says; a dated article needs fewer words to be believed. */
const ERROR_WORDS = 150;
const TOLD_WORDS = 40;
/** A page that says so in its text alone has no more words than this. */
const ERROR_TEXT_WORDS = 60;
/** Most words of a page that asks for consent, and the share of its text that does. */
const CONSENT_WORDS = 600;
const CONSENT_SHARE = 0.4;
/** Most words of a login page's text, and of its headline. */
const LOGIN_WORDS = 120;
const LOGIN_HEADLINE = 7;
/** Most words beside a film. */
const VIDEO_WORDS = 150;

/** A verdict with its note and what told it; articles have no note. */
export type KindVerdict = { kind: PageKind; note: string | null; why: string };

const verdict = (kind: PageKind, note: string | null, why: string): KindVerdict => ({ kind, note, why });

/** Judges a page by its address, its own declarations and what was found of a body. */
export function judgeKind(facts: PageFacts, body: Body, hasDate: boolean): KindVerdict {
  const words = countWords(body.text, CONSENT_WORDS);
  const ogType = facts.metas.get('og:type')?.[0]?.toLowerCase() ?? '';
  const isLinkedArticle = facts.linked.articles.some((one) => /article|posting|report/i.test(one.type));
  const of: Known = {
    facts,
    body,
    words,
    hasDate,
    ogType,
    isLinkedArticle,
    declared: ogType === 'article' || isLinkedArticle,
  };
  const wall = errorOf(of) ?? consentOf(of) ?? loginOf(of);
  if (wall) return wall;
  if (facts.context.asArticle && body.kind === null)
    return words > 0 ? verdict('article', null, 'known to be an article') : verdict('other', 'no-article', 'no text');
  return listOf(of) ?? specialOf(of) ?? textOf(of);
}

type Known = {
  facts: PageFacts;
  body: Body;
  words: number;
  hasDate: boolean;
  ogType: string;
  isLinkedArticle: boolean;
  declared: boolean;
};

/** Most characters looked at of a title or headline. */
const MAX_HEADING = 300;

/** What a page is headed by: its title, cut at the site's name, and its first headline. */
function headingsOf({ survey }: PageFacts): string[] {
  const title = (survey.title ?? '').slice(0, MAX_HEADING);
  const heading = survey.blocks.find((block) => block.box.name === 'h1' || block.box.name === 'h2');
  const headings = [title, ...title.split(/\s+[|–—·»:-]\s+|\s*[|»]\s*/), heading?.text ?? ''];
  return [...new Set(headings.map((one) => one.slice(0, MAX_HEADING).trim()).filter((one) => one !== ''))];
}

/** Short lines that a page without much text says, links left out. */
function linesOf({ survey }: PageFacts): Block[] {
  return survey.blocks
    .filter((block) => block.text.length < 300 && block.linkChars * 2 <= block.text.length)
    .slice(0, 40);
}

const quoted = (text: string): string => `says “${text.slice(0, 80)}”`;

function errorOf({ facts, words, hasDate, declared }: Known): KindVerdict | null {
  if (words >= ERROR_WORDS || (declared && hasDate && words >= TOLD_WORDS)) return null;
  const error = (said: string): KindVerdict =>
    verdict('error', REFUSAL_PHRASE.test(said) ? 'refused' : 'soft-404', quoted(said));
  const heading = headingsOf(facts).find(
    (one) => one.length < 200 && (ERROR_PHRASE.test(one) || REFUSAL_PHRASE.test(one) || ERROR_ALONE.test(one)),
  );
  if (heading !== undefined) return error(heading);
  if (words >= ERROR_TEXT_WORDS || declared || hasDate) return null;
  const line = linesOf(facts).find(({ text }) => ERROR_PHRASE.test(text) || REFUSAL_PHRASE.test(text));
  return line ? error(line.text) : null;
}

function consentOf({ facts, body, words, declared, hasDate }: Known): KindVerdict | null {
  // A dated text of some length below a notice is an article, whatever it speaks of.
  if (words >= CONSENT_WORDS || (words >= SECTION_WORDS && (declared || hasDate))) return null;
  const shareOf = (texts: readonly string[]): number => {
    const all = texts.reduce((sum, one) => sum + one.length, 0);
    const asking = texts.reduce((sum, one) => sum + (CONSENT_PHRASE.test(one) ? one.length : 0), 0);
    return all === 0 ? 0 : asking / all;
  };
  const own = body.text.split(/\n+/);
  if (words >= NOTICE_WORDS && (declared || hasDate) && shareOf(own) < CONSENT_SHARE) return null;
  const heading = headingsOf(facts).find((one) => CONSENT_PHRASE.test(one));
  const texts =
    words >= NOTICE_WORDS
      ? own
      : facts.survey.blocks.filter((it) => it.linkChars * 2 <= it.text.length).map((it) => it.text);
  const share = shareOf(texts);
  if (!CONSENT_MATTER.test(texts.join(' ')) || texts.length < 2) return null;
  if (share < (heading === undefined ? CONSENT_SHARE : CONSENT_SHARE / 2)) return null;
  return verdict(
    'consent',
    'consent-wall',
    heading ? quoted(heading) : `${Math.round(share * 100)} % of its text asks for consent`,
  );
}

function loginOf({ facts, words, declared, hasDate }: Known): KindVerdict | null {
  if (declared && words >= NOTICE_WORDS) return null;
  if (facts.survey.passwordField && words < ERROR_TEXT_WORDS)
    return verdict('login', 'login-wall', 'asks for a password and has next to no text');
  if (words >= LOGIN_WORDS || (hasDate && words >= TOLD_WORDS)) return null;
  const heading = headingsOf(facts).find((one) => LOGIN_TITLE.test(one) && countWords(one) <= LOGIN_HEADLINE);
  return heading === undefined ? null : verdict('login', 'login-wall', quoted(heading));
}

const SECTION_PATH =
  /\/(?:tags?|topics?|category|categories|section|author|authors|search|archive|archives|rubrique|thema|chu-de|page)(?:\/|$)/i;

function listOf({ facts, body, words, declared, hasDate, ogType }: Known): KindVerdict | null {
  const front = (why: string): KindVerdict => verdict('front', 'front', why);
  const path = pathOf(facts.context.url);
  let chars = 0;
  let linkChars = 0;
  let teasers = 0;
  for (const block of facts.survey.blocks) {
    chars += block.text.length;
    linkChars += block.linkChars;
    if (/^h[2-4]$/.test(block.box.name) && block.linkChars * 2 > block.text.length) teasers++;
  }
  const linkShare = chars === 0 ? 0 : linkChars / chars;
  const bodyShare = chars === 0 ? 0 : body.text.length / chars;
  const isRoot = path === '/' || path === '' || /^\/(?:index\.\w+|home|[a-z]{2})\/?$/.test(path);
  if (isRoot && !(declared && ogType === 'article')) return front('the address is that of the site');
  // A report or a gallery says what it is; its entries are no teasers.
  if (body.kind !== null && (declared || teasers < 8)) return null;
  if (SECTION_PATH.test(path) && !declared) return front('the address is that of a section');
  if (declared) return null;
  // A list page has many linked headlines of which the longest body is but a small part.
  const isTold = hasDate && words >= ARTICLE_WORDS && isArticlePath(path);
  if (teasers >= 8 && !isTold && (bodyShare < 0.25 || words < 150))
    return front(`${teasers} linked headlines, ${Math.round(bodyShare * 100)} % of its text is running`);
  // A small section has few teasers, each with its own date; its address and the lack of running text tell it apart.
  if (teasers > 0 && words < SECTION_WORDS && isSectionPath(path))
    return front('the address is that of a section, and there is little running text');
  if (!hasDate && linkShare > LIST_LINK_SHARE && words < 150)
    return front(`${Math.round(linkShare * 100)} % of its text are links`);
  return null;
}

function specialOf({ facts, body, words, ogType, isLinkedArticle }: Known): KindVerdict | null {
  if (body.kind !== null) return verdict(body.kind, body.kind, body.origin.at ?? body.kind);
  // Declared and empty: its entries are written by a script.
  if (facts.linked.types.has('LiveBlogPosting')) return verdict('live', 'live', 'JSON-LD LiveBlogPosting');
  const path = VIDEO_PATH.test(pathOf(facts.context.url));
  const said = facts.linked.types.has('VideoObject');
  const isFilm = /^video/.test(ogType) || ((said || path) && facts.survey.videoPlayers > 0) || (said && path);
  if (!isFilm || words >= VIDEO_WORDS || isLinkedArticle) return null;
  return verdict(
    'video',
    'video',
    /^video/.test(ogType) ? `og:type ${ogType}` : said ? 'JSON-LD VideoObject' : 'a film at the address of films',
  );
}

function textOf({ body, words, declared, hasDate }: Known): KindVerdict {
  if (words < NOTICE_WORDS || body.text === '') return verdict('other', 'no-article', `${words} words of running text`);
  if (words >= ARTICLE_WORDS) return verdict('article', null, 'running text');
  if (declared || hasDate) return verdict('article', null, declared ? 'declared an article' : 'a dated notice');
  return verdict('other', 'no-article', `${words} words of running text, no date, not declared`);
}

/** An address that names one article: a number of some length, a date, or many words. */
function isArticlePath(path: string): boolean {
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  return /\d{5,}|\/(?:19|20)\d\d\/[01]?\d\//.test(path) || last.split('-').length >= 5 || /\.s?html?$/.test(last);
}

/** An address that names a section and no article: short words without digits, no file name. */
function isSectionPath(path: string): boolean {
  const segments = path.split('/').filter(Boolean);
  return (
    segments.length <= 3 &&
    segments.every((segment) => /^[^\d.]{1,30}$/.test(segment) && segment.split('-').length <= 4)
  );
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}
