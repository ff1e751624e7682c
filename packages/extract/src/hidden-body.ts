/** Finds the article's text where the page shows none of it: in JSON-LD or in the state a script carries. */
import type { PageFacts } from './facts.ts';
import { scanHtml } from './scan.ts';
import { survey } from './survey.ts';
import { countWords, endsSentence } from './words.ts';

/** Fewest words of a hidden text that is taken for an article. */
const MIN_WORDS = 60;
/** How many times longer than the visible body a hidden one must be. */
const MUCH_LONGER = 3;
/** Most values visited in one page's states. */
const MAX_VALUES = 60_000;
/** Deepest brackets of a state that is parsed: `JSON.parse` recurses. */
const MAX_NESTING = 300;
/** Fields of page states that hold text. */
const TEXT_FIELD =
  /^(?:text|content|html|body|articlebody|paragraph|paragraphs|value|rawhtml|story|markup|description_html|contents)$/i;

/** A text found outside the visible page. */
export type HiddenBody = { text: string; from: string; at: string };

/** Text of a value that may hold markup, paragraph by paragraph. */
function plain(value: string): string {
  if (!/<\w+[^>]*>/.test(value))
    return value
      .replace(/\r/g, '')
      .replace(/\n{2,}/g, '\n')
      .trim()
      .replace(/\n/g, '\n\n');
  return survey(scanHtml(value))
    .blocks.map((block) => block.text)
    .join('\n\n');
}

function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) most = Math.max(most, ++depth);
    else if (code === 93 || code === 125) depth--;
  }
  return most;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || nesting(text) > MAX_NESTING) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The longest running text in a state: one long string, or the paragraphs of one list together. */
function longestText(root: unknown): string {
  let best = '';
  const offer = (text: string): void => {
    if (text.length > best.length) best = text;
  };
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < MAX_VALUES; at++) {
    const value = queue[at];
    if (Array.isArray(value)) {
      const pieces: string[] = [];
      for (const one of value) {
        if (typeof one === 'string') pieces.push(one);
        else if (typeof one === 'object' && one !== null) {
          queue.push(one);
          for (const [key, inner] of Object.entries(one))
            if (typeof inner === 'string' && TEXT_FIELD.test(key)) pieces.push(inner);
        }
      }
      const running = pieces.filter(
        (piece) => piece.length > 40 && /\s/.test(piece) && (endsSentence(piece) || /<p\b/i.test(piece)),
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

/** The hidden text of a page whose visible body is much shorter, or null. */
export function hiddenBody(facts: PageFacts, visible: string): HiddenBody | null {
  if (facts.survey.states.length === 0 && facts.linked.articles.every((one) => !one.body)) return null;
  const shown = countWords(visible);
  const isBetter = (text: string): boolean => countWords(text) >= Math.max(MIN_WORDS, MUCH_LONGER * shown);
  for (const article of facts.linked.articles) {
    if (!article.body) continue;
    const text = plain(article.body);
    if (isBetter(text)) return { text, from: 'json-ld', at: 'articleBody' };
  }
  if (shown >= MIN_WORDS) return null;
  for (const state of facts.survey.states) {
    const text = plain(longestText(parsed(state)));
    if (isBetter(text)) return { text, from: 'text', at: 'script state' };
  }
  return null;
}
