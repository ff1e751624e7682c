/** Learns which words of classes and texts stand in bodies and which beside them. */
import { classWords } from '../src/hints.ts';
import { type Lexicon, lexiconWords } from '../src/lexicon.ts';
import type { Box } from '../src/survey.ts';
import type { Page } from './body.ts';

/** A word must stand on this many sites before its score is believed. */
const MIN_SITES = 4;
/** Pseudo-count of the log-odds, in sites. */
const SMOOTHING = 2;
/** Log-odds of words in hundredths, from pages outside one fold (or from all with -1). */
export function lexiconOf(
  pages: readonly Page[],
  without: number,
  wordsOf: (page: Page, block: number) => readonly string[],
): Lexicon {
  const keep = new Map<string, Map<string, number>>();
  const drop = new Map<string, Map<string, number>>();
  const note = (into: Map<string, Map<string, number>>, word: string, site: string): void => {
    const sites = into.get(word) ?? new Map<string, number>();
    sites.set(site, (sites.get(site) ?? 0) + 1);
    into.set(word, sites);
  };
  let keepSites = 0;
  let dropSites = 0;
  for (const page of pages) {
    if (page.fold === without) continue;
    keepSites++;
    dropSites++;
    page.labels.labels.forEach((value, block) => {
      if (value < 0) return;
      for (const word of wordsOf(page, block)) note(value === 1 ? keep : drop, word, page.one.site);
    });
  }
  const lexicon: Record<string, number> = {};
  for (const word of new Set([...keep.keys(), ...drop.keys()])) {
    const sites = new Set([...(keep.get(word)?.keys() ?? []), ...(drop.get(word)?.keys() ?? [])]);
    if (sites.size < MIN_SITES) continue;
    // A site counts by the share of its occurrences, so that one site's template is one vote.
    let yes = 0;
    let no = 0;
    for (const site of sites) {
      const a = keep.get(word)?.get(site) ?? 0;
      const b = drop.get(word)?.get(site) ?? 0;
      yes += a / (a + b);
      no += b / (a + b);
    }
    const odds =
      Math.log((yes + SMOOTHING) / (keepSites + SMOOTHING)) - Math.log((no + SMOOTHING) / (dropSites + SMOOTHING));
    const score = Math.round(odds * 100);
    if (Math.abs(score) >= 30) lexicon[word] = score;
  }
  return lexicon;
}

const wordsOfBoxes = new WeakMap<Box, readonly string[]>();
const wordsOf = (page: Page, box: Box): readonly string[] => {
  const known = wordsOfBoxes.get(box);
  if (known) return known;
  const { tape } = page.facts.survey;
  const made =
    box.node < 0
      ? []
      : classWords(`${tape.attribute(box.node, 'class') ?? ''} ${tape.attribute(box.node, 'id') ?? ''}`);
  wordsOfBoxes.set(box, made);
  return made;
};
/** The words of the classes, ids and elements around a block. */
export const classWordsOf = (page: Page, block: number): readonly string[] => {
  const words = new Set<string>();
  let box = page.facts.survey.blocks[block]?.box ?? null;
  for (let level = 0; box && level < 12; level++) {
    words.add(`<${box.name}>`);
    for (const word of wordsOf(page, box)) words.add(word);
    box = box.parent;
  }
  return [...words];
};
/** The words of a block's text that may speak for or against it. */
export const textWordsOf = (page: Page, block: number): readonly string[] =>
  lexiconWords(page.facts.survey.blocks[block]?.text ?? '');
