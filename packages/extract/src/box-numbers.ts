/** Describes boxes in numbers: hint levels, class-word scores, what they stand in. */
import { HINT_NAMES } from './hints.ts';
import type { Lexicon } from './lexicon.ts';
import type { Box } from './survey.ts';

/** What stands for "no ancestor has this hint" in the level features. */
const FAR = 40;

/** What is computed once per box. */
export type BoxNumbers = {
  levels: Uint8Array;
  own: number;
  least: number;
  most: number;
  sum: number;
  inLi: number;
  inTable: number;
  inFigure: number;
  inArticle: number;
  inTop: boolean;
  climb: number;
};

/** Computes the numbers of boxes, each once, from those of its parent. */
export class BoxReader {
  private readonly made = new Map<Box, BoxNumbers>();
  private readonly lexicon: Lexicon;

  private readonly top: Box | null;
  private readonly aboveTop = new Set<Box>();

  constructor(lexicon: Lexicon, top: Box | null) {
    this.lexicon = lexicon;
    this.top = top;
    for (let up = top?.parent ?? null; up; up = up.parent) this.aboveTop.add(up);
  }

  of(box: Box): BoxNumbers {
    const cached = this.made.get(box);
    if (cached) return cached;
    const above = box.parent ? this.of(box.parent) : null;
    const levels = new Uint8Array(HINT_NAMES.length);
    for (let bit = 0; bit < levels.length; bit++)
      levels[bit] = (box.own & (1 << bit)) !== 0 ? 0 : above ? Math.min(FAR, (above.levels[bit] as number) + 1) : FAR;
    let own = 0;
    let known = 0;
    const words = box.name === '#root' ? [] : [`<${box.name}>`, ...box.words];
    for (const word of words) {
      const score = this.lexicon[word];
      if (score === undefined) continue;
      own += score;
      known++;
    }
    if (known > 1) own /= Math.sqrt(known);
    const numbers: BoxNumbers = {
      levels,
      own,
      least: Math.min(own, above?.least ?? 0),
      most: Math.max(own, above?.most ?? 0),
      sum: own + 0.8 * (above?.sum ?? 0),
      inLi: box.name === 'li' ? 1 : (above?.inLi ?? 0),
      inTable: box.name === 'table' ? 1 : (above?.inTable ?? 0),
      inFigure: box.name === 'figure' ? 1 : (above?.inFigure ?? 0),
      inArticle: box.name === 'article' ? 1 : (above?.inArticle ?? 0),
      inTop: box === this.top || (above?.inTop ?? false),
      // Levels up to the first box that holds the heaviest one.
      climb: !this.top || !above || this.aboveTop.has(box) || box === this.top ? 0 : above.climb + 1,
    };
    this.made.set(box, numbers);
    return numbers;
  }
}
