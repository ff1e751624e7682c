/** The selectors of rules: CSS, with ` @name` at the end for an attribute. */
import { type CheerioAPI, load } from 'cheerio/slim';

/** A selector, and the attribute to take instead of the text. */
export type RuleSelector = { css: string; attribute: string | null };

/** Longest selector: what is longer was copied out of a browser's tools, and breaks with the next build of the page. */
export const MOST_SELECTOR_CHARS = 300;
/** `:has` and its like run over the page once for every element; within each other they need its square. */
const COSTLY = /:(?:has|not|is|where|matches)\(/gi;
const MOST_COSTLY = 3;

/** Takes a rule's selector apart. */
export function selectorOf(text: string): RuleSelector {
  const [, css = '', attribute] = /^(.*?)(?:\s@([\w:-]+))?$/s.exec(text.trim()) ?? [];
  return { css: css.trim(), attribute: attribute ?? null };
}

let empty: CheerioAPI | null = null;

/** What is wrong with a rule's selector, as a sentence; null where it can be used. */
export function selectorFault(text: string): string | null {
  if (text.length > MOST_SELECTOR_CHARS) return `is longer than ${MOST_SELECTOR_CHARS} characters`;
  const { css } = selectorOf(text);
  if (css === '') return 'is empty';
  if ((css.match(COSTLY)?.length ?? 0) > MOST_COSTLY) return `has more than ${MOST_COSTLY} of :has, :not, :is`;
  try {
    empty ??= load('<p></p>');
    empty(css).length;
    return null;
  } catch (error) {
    return `is no CSS selector (${(error as Error).message.split('\n')[0]?.slice(0, 120)})`;
  }
}
