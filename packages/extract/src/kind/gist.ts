/** Digests what a page without an article says and where it leads, blind to numbers, so that one page under many addresses is known again. */
import type { Outlink } from '@newsloom/model';
import type { PageFacts } from '../facts.ts';

/** FNV-1a, 32 bits: offset basis and prime (RFC draft-eastlake-fnv). */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** A second, independent hash beside it: together 64 bits. */
const OTHER_BASIS = 0x9747b28c;

const isWordOfItsOwn = (word: string): boolean => word !== '' && !/\d/.test(word);

/**
 * The digest of a page's words without those that hold figures (a nonce, a time, a ticket), and of its links without their
 * queries: 16 hexadecimal digits. Pages that differ in a word or in a path differ.
 */
export function gistOf(facts: PageFacts, links: readonly Outlink[]): string {
  let one = BASIS;
  let two = OTHER_BASIS;
  const add = (text: string): void => {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      one = Math.imul(one ^ unit, PRIME);
      two = Math.imul(two ^ unit, PRIME) + unit;
    }
    one = Math.imul(one ^ 32, PRIME);
    two = Math.imul(two ^ 32, PRIME);
  };
  for (const block of facts.survey.blocks)
    for (const word of block.text.split(/\s+/)) if (isWordOfItsOwn(word)) add(word);
  const own = bare(facts.context.url);
  for (const link of links) {
    const url = bare(link.url);
    // A page that links to itself names its own address.
    if (url !== own) add(url);
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

const bare = (url: string): string => url.replace(/[?#].*$/s, '');
