/** Finds the stretch of a page that holds most prose and least furniture. */
import type { Block } from './survey.ts';

/** The contiguous run of blocks with the greatest sum of prose minus furniture (maximum subsequence). */
export function bestRun(weights: readonly number[]): { start: number; end: number; sum: number } {
  let best = { start: 0, end: -1, sum: 0 };
  let sum = 0;
  let start = 0;
  weights.forEach((weight, at) => {
    if (sum <= 0) {
      sum = 0;
      start = at;
    }
    sum += weight;
    if (sum > best.sum) best = { start, end: at, sum };
  });
  return best;
}

/** What a block adds to a run: its own characters less its links, short blocks a small loss. */
export function runWeight(block: Block): number {
  const own = block.text.length - 2.5 * block.linkChars;
  return own > 60 ? Math.min(own, 600) - 15 : own > 0 ? own / 3 - 25 : -35;
}
