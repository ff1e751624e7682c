/** Finds the article's text where the page shows none of it: in JSON-LD, in the state a script carries, in a template. */
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { endsInCredit, isCredit } from './labels.ts';
import { scanHtml } from './scan.ts';
import { scriptsOf, scriptValues } from './script-state.ts';
import { survey } from './survey.ts';
import { countWords, endsSentence, keyOf, unescapeOnce } from './words.ts';

/** Fewest words of a hidden text that is taken for an article. */
const MIN_WORDS = 60;
/** How many times longer than the visible body a hidden one must be. */
const MUCH_LONGER = 3;
/** The same where the hidden text begins as the visible one does: that was its teaser. */
const LONGER = 1.5;
/** Characters that are compared to tell a teaser. */
const SAME_START = 60;
/** Most values visited in one page's states. */
const MAX_VALUES = 60_000;
/** Deepest look into a paragraph made of pieces, and most pieces of one. */
const MAX_INLINE = 5;
/** Longest line that may be a caption with its credit, in characters. */
const MAX_CAPTION = 260;
/** Most characters of templates that are read. */
const MAX_TEMPLATE = 1_000_000;
/** Fields of page states that hold text, and those that hold the pieces of one. */
const TEXT_FIELD =
  /^(?:text|content|html|body|bodytext|bodyhtml|articlebody|paragraph|paragraphs|value|rawhtml|story|storyhtml|markup|description_html|contents|noidung|contenthtml|detail)$/i;
const PIECES_FIELD = /^(?:children|content|nodes|paragraphs)$/i;
/** Elements of a streamed page that hold running text. */
const TEXT_ELEMENT = /^(?:p|h[2-6]|li|blockquote)$/;

/** A text found outside the visible page. */
export type HiddenBody = { text: string; from: string; at: string };

/** The hidden text that stands in for the visible one, if any does, and those that do not. */
export type HiddenChoice = { chosen: HiddenBody | null; others: HiddenBody[] };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A place held for what a script puts there: `$$AD$$`, `[[video-12]]`, `{{embed}}`. */
const PLACEHOLDER =
  /^(?:\$\$.{1,60}\$\$|\[\[.{1,60}\]\]|\{\{.{1,60}\}\}|%%.{1,60}%%|\[(?:caption|gallery|embed|video|ad)\b.{0,200}\])$/iu;

/** The running text of markup: no captions, credits, lines of links, places held for advertisements. */
function runningText(html: string): string {
  return survey(scanHtml(html))
    .blocks.filter(
      ({ text, box, linkChars }) =>
        (box.hints & HINT.caption) === 0 &&
        linkChars * 2 <= text.length &&
        !PLACEHOLDER.test(text) &&
        !(text.length <= MAX_CAPTION && (isCredit(text) || endsInCredit(text))),
    )
    .map((block) => block.text)
    .join('\n\n');
}

/** Text of a value that may hold markup, even escaped, paragraph by paragraph. */
export function plain(value: string): string {
  const html = /<\w+[^>]{0,500}>/.test(value)
    ? value
    : /&lt;(?:p|div|br|h\d)\b/i.test(value)
      ? unescapeOnce(value)
      : null;
  if (html !== null) return runningText(html);
  return value
    .replace(/\r/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !PLACEHOLDER.test(line))
    .join('\n\n');
}

/** The text of a paragraph that a state holds in pieces: marks, links, children. */
function inlineText(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value.startsWith('$') ? '' : value;
  if (depth > MAX_INLINE) return '';
  if (Array.isArray(value)) {
    if (value[0] === '$' && typeof value[1] === 'string')
      return isObject(value[3]) ? inlineText(value[3].children, depth + 1) : '';
    return value.map((one) => inlineText(one, depth + 1)).join('');
  }
  if (!isObject(value)) return '';
  for (const field of ['text', 'value']) {
    const own = value[field];
    if (typeof own === 'string') return own;
  }
  for (const [key, inner] of Object.entries(value))
    if (PIECES_FIELD.test(key) && Array.isArray(inner)) return inlineText(inner, depth + 1);
  return '';
}

/** Normalised stores keep each paragraph under a name, and name it where it belongs. */
function named(root: unknown): Map<string, Json> {
  const names = new Map<string, Json>();
  const stores = [root, ...(isObject(root) ? Object.values(root) : [])];
  for (const store of stores)
    if (isObject(store))
      for (const [key, value] of Object.entries(store)) if (key.includes(':') && isObject(value)) names.set(key, value);
  return names;
}

/** The longest running text in a state: one long string, or the paragraphs of one list together. */
function longestText(root: unknown): string {
  let best = '';
  const offer = (text: string): void => {
    if (text.length > best.length) best = text;
  };
  let names: Map<string, Json> | null = null;
  const resolved = (one: unknown): unknown => {
    if (!isObject(one)) return one;
    const name = one.__ref ?? (one.type === 'id' ? one.id : undefined);
    if (typeof name !== 'string') return one;
    names ??= named(root);
    return names.get(name) ?? one;
  };
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < MAX_VALUES; at++) {
    const value = queue[at];
    if (Array.isArray(value)) {
      const pieces: string[] = [];
      for (const item of value) {
        const one = resolved(item);
        if (typeof one === 'string') pieces.push(one);
        else if (typeof one === 'object' && one !== null) {
          if (one === item) queue.push(one);
          const before = pieces.length;
          if (Array.isArray(one)) {
            if (one[0] === '$' && TEXT_ELEMENT.test(String(one[1]))) pieces.push(inlineText(one));
          } else
            for (const [key, inner] of Object.entries(one))
              if (typeof inner === 'string' && TEXT_FIELD.test(key)) pieces.push(inner);
          if (pieces.length === before && isObject(one)) pieces.push(inlineText(one));
        }
      }
      const running = pieces.filter(
        (piece) => piece.length > 40 && /\s/.test(piece) && (endsSentence(piece) || /<p\b|&lt;p\b/i.test(piece)),
      );
      if (running.length > 1) offer(running.join('\n\n'));
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner === 'string') {
          if (TEXT_FIELD.test(key) && inner.length > 300) offer(inner);
        } else if (inner !== null) queue.push(inner);
      }
  }
  return best;
}

/** The markup of a page's templates, which no browser shows before a script asks. */
function templates(source: string): string {
  let html = '';
  let at = 0;
  for (let count = 0; count < 50 && html.length < MAX_TEMPLATE; count++) {
    const open = source.indexOf('<template', at);
    const start = open < 0 ? -1 : source.indexOf('>', open);
    const end = start < 0 ? -1 : source.indexOf('</template', start);
    if (end < 0) break;
    html += `${source.slice(start + 1, Math.min(end, start + MAX_TEMPLATE))}\n`;
    at = end;
  }
  return html;
}

/** The paragraphs of a page's templates that read as running text. */
function templateText(facts: PageFacts): string {
  const html = templates(facts.survey.tape.source);
  if (html === '') return '';
  return survey(scanHtml(html))
    .blocks.filter((block) => block.linkChars * 2 <= block.text.length && endsSentence(block.text))
    .map((block) => block.text)
    .join('\n\n');
}

/** Looks for a hidden text that is so much longer than the visible body that it must be the article's. */
export function hiddenBody(facts: PageFacts, visible: string): HiddenChoice {
  const others: HiddenBody[] = [];
  // Most pages show enough and give no other text: their words need no counting to the end.
  if (facts.linked.articles.every((one) => !one.body) && countWords(visible, MIN_WORDS) >= MIN_WORDS)
    return { chosen: null, others };
  const shown = countWords(visible);
  const start = keyOf(visible.slice(0, 400)).slice(0, SAME_START);
  const isBetter = (text: string): boolean => {
    const words = countWords(text);
    const isWhole = start.length >= SAME_START && keyOf(text.slice(0, 2_000)).includes(start);
    return words >= Math.max(MIN_WORDS, (isWhole ? LONGER : MUCH_LONGER) * shown);
  };
  const weigh = (one: HiddenBody): boolean => {
    if (one.text !== '' && isBetter(one.text)) return true;
    if (one.text !== '' && others.length < 3) others.push(one);
    return false;
  };
  for (const article of facts.linked.articles) {
    if (!article.body) continue;
    // What is not longer as it stands is not longer without its markup.
    const mayBeLonger = article.body.length >= LONGER * visible.length;
    const one = { text: mayBeLonger ? plain(article.body) : article.body, from: 'json-ld', at: 'articleBody' };
    if (!mayBeLonger) {
      if (others.length < 3) others.push(one);
    } else if (weigh(one)) return { chosen: one, others };
  }
  if (shown >= MIN_WORDS) return { chosen: null, others };
  for (const value of scriptValues(scriptsOf(facts.survey.tape.source))) {
    const one = { text: plain(longestText(value)), from: 'text', at: 'script state' };
    if (weigh(one)) return { chosen: one, others };
  }
  const one = { text: templateText(facts), from: 'text', at: 'template' };
  return weigh(one) ? { chosen: one, others } : { chosen: null, others };
}
