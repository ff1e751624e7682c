/** Chooses an article's title among headings, metadata and the title tag, and takes the site's name off. */

import { metaOf, type PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { keyOf, oneLine, unescapeOnce } from './words.ts';

/** One text that may be the title. */
export type TitleCandidate = {
  text: string;
  from: string;
  at: string;
  /** Index of the block it stands in, or -1. */
  block: number;
  /** Hints of its place, 0 where it has none. */
  hints: number;
  /** Rank among the candidates of the same origin. */
  rank: number;
};

const SEPARATOR =
  /\s+[|\u2013\u2014\-\u00bb\u00ab\u2022\u00b7\u203a:/]{1,2}\s+|\s*[|\u00bb]\s*|\s+::\s+|:\s+(?=[\p{Lu}])/u;
const SEPARATORS = new RegExp(SEPARATOR.source, 'gu');
const LONGEST_TITLE = 300;

/** Whether a piece of a title tag is the site's or section's name rather than the headline. */
export function isSiteName(piece: string, facts: PageFacts): boolean {
  const key = keyOf(piece);
  if (key === '') return true;
  if (facts.siteKeys.has(key)) return true;
  const bare = key.replace(/(?:com|org|net|de|fr|vn|online|news)$/, '');
  for (const host of facts.hostKeys)
    if (
      host === key ||
      host === bare ||
      (host.length > 4 && key.length < 40 && (key.startsWith(host) || host.startsWith(key) || key.endsWith(host)))
    )
      return true;
  return /^(?:home|news|startseite|blog|accueil|trang chủ)$/iu.test(piece.trim());
}

/** The headline in a title tag or og:title: pieces that name the site are taken off its ends. */
export function withoutSiteName(title: string, facts: PageFacts): string {
  let text = title;
  for (let round = 0; round < 4; round++) {
    const pieces = splitEnds(text);
    if (!pieces) break;
    if (pieces.tail && isSiteName(pieces.tail.piece, facts) && pieces.tail.rest.length >= 8) text = pieces.tail.rest;
    else if (pieces.head && isSiteName(pieces.head.piece, facts) && pieces.head.rest.length >= 8)
      text = pieces.head.rest;
    else break;
  }
  return text;
}

/** Whether a cut is the closing mark of a quotation that stands in the text («So») rather than a separator. */
function closesQuote(text: string, cut: RegExpExecArray): boolean {
  return cut[0].trim() === '\u00bb' && text.slice(0, cut.index).includes('\u00ab');
}

function splitEnds(
  text: string,
): { head: { piece: string; rest: string } | null; tail: { piece: string; rest: string } | null } | null {
  const cuts = [...text.matchAll(SEPARATORS)].filter((cut) => !closesQuote(text, cut));
  const first = cuts[0];
  const last = cuts[cuts.length - 1];
  if (!first || !last) return null;
  return {
    head: { piece: text.slice(0, first.index), rest: text.slice(first.index + first[0].length).trim() },
    tail: { piece: text.slice(last.index + last[0].length), rest: text.slice(0, last.index).trim() },
  };
}

const META_TITLES = [
  'og:title',
  'twitter:title',
  'dc.title',
  'dcterms.title',
  'title',
  'headline',
  'sailthru.title',
  'parsely-title',
  'citation_title',
  'hdl',
  'article:title',
  'cxenseparse:title',
  'name',
  'vr:title',
];

/** All texts of a page that may be its title, strongest kinds first. */
export function titleCandidates(facts: PageFacts): TitleCandidate[] {
  const found: TitleCandidate[] = [];
  const push = (raw: string | null, from: string, at: string, block = -1, hints = 0): void => {
    const text = raw === null ? '' : oneLine(unescapeOnce(raw));
    if (text === '' || text.length > LONGEST_TITLE) return;
    const rank = found.filter((one) => one.from === from && one.at === at).length;
    found.push({ text, from, at, block, hints, rank });
  };
  const { blocks } = facts.survey;
  let last: { box: unknown; at: number } | null = null;
  for (const block of blocks) {
    const { name: tag } = block.box;
    const level = tag === 'h1' || tag === 'h2' || tag === 'h3';
    const isTitle = !level && (block.box.own & HINT.title) !== 0 && block.text.length < 250;
    if (!level && !isTitle) continue;
    const name = level ? block.box.name : 'class';
    // A heading broken by <br><br> is two blocks of one box.
    if (last && last.box === block.box) {
      const before = found[last.at];
      if (before) before.text = oneLine(`${before.text} ${block.text}`);
      continue;
    }
    if (found.filter((one) => one.at === name).length >= (name === 'h1' ? 8 : 4)) continue;
    push(block.text, 'heading', name, block.index, block.box.hints | block.inline);
    last = { box: block.box, at: found.length - 1 };
  }
  for (const article of facts.linked.articles.slice(0, 2)) push(article.headline, 'json-ld', 'headline');
  for (const name of META_TITLES) {
    const value = metaOf(facts, name);
    if (value === null) continue;
    const from = name.startsWith('og:') ? 'opengraph' : 'meta';
    push(value, from, name);
    const cleaned = withoutSiteName(value, facts);
    if (cleaned !== value) push(cleaned, from, `${name}, site name taken off`);
  }
  const tag = facts.survey.title;
  if (tag) {
    push(tag, 'title-tag', 'title');
    const cleaned = withoutSiteName(tag, facts);
    if (cleaned !== tag) push(cleaned, 'title-tag', 'title, site name taken off');
    const pieces = tag
      .split(SEPARATOR)
      .map((piece) => piece.trim())
      .filter((piece) => piece.length > 7);
    const longest = pieces.sort((a, b) => b.length - a.length)[0];
    if (longest && longest !== tag) push(longest, 'title-tag', 'title, longest piece');
  }
  if (facts.context.facts?.title) push(facts.context.facts.title, 'feed', 'title');
  return found;
}
