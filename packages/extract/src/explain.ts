/** Tells of every block of a page whether it is in the body, and why. */
import type { ReadPage } from '@newsloom/model';
import { type Body, readBody } from './article-body.ts';
import { chooseBody, HOPELESS, KEEP_SCORE } from './body.ts';
import { decode } from './charset/charset.ts';
import { gatherFacts } from './facts.ts';
import { HINT, HINT_NAMES, type HintName } from './hints.ts';
import { type ReadContext, readPage } from './page.ts';
import { placeBody } from './render.ts';
import { scanHtml } from './scan.ts';
import { gunzipped } from './sitemap.ts';
import { survey } from './survey.ts';
import type { Block, Box } from './survey-types.ts';
import { chooseTitle } from './title/choose-title.ts';

/** A block of a page: a run of text that stands apart. */
export type ExplainedBlock = {
  text: string;
  kept: boolean;
  why: string;
  /** Log-odds that it is body text, as the trees see it among its neighbours. */
  score: number;
  /** Share of its characters that are links, from 0 to 1. */
  linkShare: number;
  /** Where it stands: names of the elements around it, the innermost last. */
  path: string;
  /** What tags and class names around it suggest. */
  hints: string[];
};

/** A page with the verdict on each of its blocks; none for a feed or sitemap. */
export type ExplainedPage = { page: ReadPage; blocks: ExplainedBlock[] };

const MOST_PATH = 6;

/** Reads a page as `readPage` does, and its blocks beside it. Costs about twice as much. */
export function explainPage(bytes: Uint8Array, context: ReadContext): ExplainedPage {
  const page = readPage(bytes, context);
  const plain = gunzipped(bytes);
  if (!plain || page.kind === 'feed' || page.kind === 'sitemap') return { page, blocks: [] };
  const facts = gatherFacts(survey(scanHtml(decode(plain, context.contentType).text)), context);
  const title = chooseTitle(facts);
  const choice = chooseBody(facts, title?.text ?? null, title?.block ?? -1);
  const body = readBody(facts, choice, title);
  const { scores } = choice;
  const { keep } = body;
  const placed = new Set(placeBody(facts.survey.blocks, keep).placed.map((it) => it.block.index));
  return {
    page,
    blocks: facts.survey.blocks.map((block) => {
      const score = scores[block.index] ?? HOPELESS;
      const kept = placed.has(block.index) || body.captions.has(block.index);
      return {
        text: block.text,
        kept,
        why: whyOf(block, {
          score,
          kept,
          body,
          chosen: choice.keep[block.index] === true,
          isTitle: block.index === title?.block,
        }),
        score: Math.round(score * 100) / 100,
        linkShare: block.text.length === 0 ? 0 : Math.round((100 * block.linkChars) / block.text.length) / 100,
        path: pathOf(block.box),
        hints: hintsOf(block.box),
      };
    }),
  };
}

type Verdict = { score: number; kept: boolean; body: Body; chosen: boolean; isTitle: boolean };

function whyOf(block: Block, { score, kept, body, chosen, isTitle }: Verdict): string {
  if (body.captions.has(block.index)) return 'caption of a picture of the gallery';
  if (kept && body.kind === 'live') return 'in an entry of the live report';
  if (body.keep.length === 0 && chosen) return `shown, but the text comes from ${body.origin.at ?? body.origin.from}`;
  if (kept) return score >= KEEP_SCORE ? 'body text' : 'completes its list or table, most of which is kept';
  if (body.keep[block.index]) return 'a copy of a paragraph above';
  if (isTitle) return 'the headline';
  const place = PLACES.find(([hint]) => (block.box.hints & HINT[hint]) !== 0)?.[1];
  const where = place ? `, ${place}` : '';
  if (score <= HOPELESS) return `navigation beyond doubt${where}`;
  if (score >= KEEP_SCORE)
    return 'looked like body text, but is a headline, byline, date line, caption or credit at its edge';
  return `${block.linkChars * 2 > block.text.length ? 'more links than text' : 'unlike body text'}${where}`;
}

/** Where a block that was left out stands, as its tags and class names say; the most telling first. */
const PLACES: readonly [HintName, string][] = [
  ['comment', 'among comments'],
  ['consent', 'in a notice'],
  ['ad', 'in an advertisement'],
  ['related', 'among links to other articles'],
  ['share', 'in a bar to share by'],
  ['signup', 'in a form'],
  ['nav', 'in a menu'],
  ['sidebar', 'beside the text'],
  ['footer', 'at the foot of the page'],
  ['caption', 'in a caption'],
  ['byline', 'in a byline'],
  ['author', 'about the author'],
  ['tag', 'among tags'],
  ['header', 'at the head of the page'],
];

function pathOf(box: Box): string {
  const names: string[] = [];
  for (let up: Box | null = box; up && names.length < MOST_PATH; up = up.parent)
    if (up.name !== '') names.unshift(up.name);
  return names.join(' > ');
}

/** What the elements around a block suggest, each once. */
const hintsOf = ({ hints }: Box): string[] => HINT_NAMES.filter((_, at) => (hints >> at) & 1);
