/** Chooses an article's title among headings, metadata and the title tag, and takes the site's name off. */

import { metaOf, type PageFacts } from '../facts.ts';
import { HINT } from '../hints.ts';
import { linesInside } from '../survey-text.ts';
import type { Box } from '../survey-types.ts';
import { tagNumber } from '../tags.ts';
import { type Tape, TEXT, TEXT_IS } from '../tape.ts';
import { keyOf, oneLine, unescapeOnce } from '../words.ts';

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
  /\s+[|\uff5c\u3163\u2013\u2014\-\u00bb\u00ab\u2022\u00b7\u203a:/]{1,2}\s+|\s*[|\uff5c\u3163\u00bb]\s*|\s+::\s+|:\s+(?=[\p{Lu}])/u;
const SEPARATORS = new RegExp(SEPARATOR.source, 'gu');
const LONGEST_TITLE = 300;
/** Marks of markdown, and signs that join a headline to a kicker before it, at a title's start. */
const MARKS = /^(?:#{1,6}\s+|[:|\u2013\u2014]\s+)/u;

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
export function withoutSiteName(title: string, facts: PageFacts, sections: ReadonlySet<string> = NONE): string {
  let text = title;
  const isOutside = (piece: string): boolean => sections.has(keyOf(piece)) || isSiteName(piece, facts);
  for (let round = 0; round < 4; round++) {
    const pieces = splitEnds(text);
    if (!pieces) break;
    if (pieces.tail && isOutside(pieces.tail.piece) && pieces.tail.rest.length >= 8) text = pieces.tail.rest;
    else if (pieces.head && isOutside(pieces.head.piece) && pieces.head.rest.length >= 8) text = pieces.head.rest;
    else break;
  }
  return text;
}

const NONE: ReadonlySet<string> = new Set();

/** Keys of the sections a page says it belongs to. */
function sectionsOf(facts: PageFacts): Set<string> {
  const names = facts.linked.breadcrumbs.slice(0, -1);
  for (const meta of ['article:section', 'og:section', 'section']) names.push(...(facts.metas.get(meta) ?? []));
  for (const article of facts.linked.articles) if (article.section) names.push(article.section);
  return new Set(names.map(keyOf).filter((key) => key !== ''));
}

/** Longest text that is looked at for a site's name at its ends, in characters. */
const MAX_SPLIT = 2_000;

/** Whether a cut is the closing mark of a quotation that stands in the text («So») rather than a separator. */
function closesQuote(text: string, cut: RegExpExecArray): boolean {
  return cut[0].trim() === '\u00bb' && text.slice(0, cut.index).includes('\u00ab');
}

function splitEnds(
  text: string,
): { head: { piece: string; rest: string } | null; tail: { piece: string; rest: string } | null } | null {
  // No headline is longer: a text of separators would cost its square.
  if (text.length > MAX_SPLIT) return null;
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

/** Elements that stress words of a headline rather than set a part of it apart. */
const STRESS = new Set(['b', 'strong', 'i', 'em', 'u', 'abbr', 'sup', 'sub', 'mark', 'wbr', 'font'].map(tagNumber));
/** Longest text before a headline in the same heading, in characters. */
const LONGEST_KICKER = 80;

/** The texts directly below a heading, piece by piece: what stands in an element of its own is one piece. */
function piecesOf(tape: Tape, node: number): { text: string; isElement: boolean }[] {
  const pieces: { text: string; isElement: boolean }[] = [];
  const end = tape.endOf(node);
  for (let at = node + 1; at < end; ) {
    const kind = tape.kind(at);
    if (kind === TEXT || STRESS.has(kind)) {
      const text =
        kind === TEXT
          ? (tape.textIs(at) & (TEXT_IS.raw | TEXT_IS.blank)) === 0
            ? tape.text(at)
            : ' '
          : linesInside(tape, at, 300);
      const last = pieces[pieces.length - 1];
      if (last && !last.isElement) last.text += text;
      else pieces.push({ text, isElement: false });
      at = kind === TEXT ? at + 1 : tape.endOf(at) + 1;
    } else if (kind >= 0) {
      pieces.push({ text: linesInside(tape, at, 300), isElement: true });
      at = tape.endOf(at) + 1;
    } else at++;
  }
  return pieces.map(({ text, isElement }) => ({ text: oneLine(text), isElement })).filter(({ text }) => text !== '');
}

/** What is left of a heading without the kicker that stands in an element of its own before the headline, or without what follows it. */
function headingParts(tape: Tape, node: number): { text: string; what: string }[] {
  let from = node;
  let pieces = piecesOf(tape, from);
  for (let level = 0; pieces.length === 1 && pieces[0]?.isElement && level < 3; level++) {
    const end = tape.endOf(from);
    let only = -1;
    for (let at = from + 1; at < end; at = tape.endOf(at) + 1) {
      while (at < end && tape.kind(at) < 0) at++;
      if (at >= end) break;
      if (oneLine(linesInside(tape, at, 300)) !== '') only = at;
    }
    if (only < 0) break;
    from = only;
    pieces = piecesOf(tape, from);
  }
  const said = pieces.filter(({ text }) => keyOf(text) !== '');
  const [first] = said;
  if (said.length < 2 || !first) return [];
  const join = (some: typeof said): string => some.map(({ text }) => text).join(' ');
  const found: { text: string; what: string }[] = [];
  if (first.isElement && first.text.length <= LONGEST_KICKER)
    found.push({ text: join(said.slice(1)), what: 'kicker taken off' });
  if (said[1]?.isElement) found.push({ text: first.text, what: 'first part' });
  return found;
}

/** All texts of a page that may be its title, strongest kinds first. */
export function titleCandidates(facts: PageFacts): TitleCandidate[] {
  const found: TitleCandidate[] = [];
  const ranks = new Map<string, number>();
  const push = (raw: string | null, from: string, at: string, block = -1, hints = 0): void => {
    const text = raw === null ? '' : oneLine(unescapeOnce(raw)).replace(MARKS, '');
    if (text === '' || text.length > LONGEST_TITLE) return;
    const place = from === 'heading' ? at : `${from} ${at}`;
    const rank = ranks.get(place) ?? 0;
    ranks.set(place, rank + 1);
    found.push({ text, from, at, block, hints, rank });
  };
  const { blocks } = facts.survey;
  const sections = sectionsOf(facts);
  let last: { box: unknown; at: number } | null = null;
  const withParts: { box: Box; name: string; at: number }[] = [];
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
    if ((ranks.get(name) ?? 0) >= (name === 'h1' ? 8 : 4)) continue;
    push(block.text, 'heading', name, block.index, block.box.hints | block.inline);
    last = { box: block.box, at: found.length - 1 };
    if (name === 'h1') withParts.push({ box: block.box, name, at: found.length - 1 });
  }
  for (const { box, name, at } of withParts) {
    const whole = found[at];
    if (!whole) continue;
    for (const part of headingParts(facts.survey.tape, box.node))
      if (part.text !== whole.text) push(part.text, 'heading', `${name}, ${part.what}`, whole.block, whole.hints);
  }
  for (const article of facts.linked.articles.slice(0, 2)) push(article.headline, 'json-ld', 'headline');
  for (const name of META_TITLES) {
    const value = metaOf(facts, name);
    if (value === null) continue;
    const from = name.startsWith('og:') ? 'opengraph' : 'meta';
    push(value, from, name);
    const cleaned = withoutSiteName(value, facts, sections);
    if (cleaned !== value) push(cleaned, from, `${name}, site name taken off`);
  }
  const tag = facts.survey.title;
  if (tag) {
    push(tag, 'title-tag', 'title');
    const cleaned = withoutSiteName(tag, facts, sections);
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
