/** Tells when a source's pages stop giving a field they used to give: its layout has changed. */

/** A point in a source's readings from which on a field is missing far more often than before. */
export type YieldBreak = {
  /** `article` for the article as a whole, else the field's name. */
  field: string;
  /** Share of the readings that had it before and since, from 0 to 1. */
  before: number;
  since: number;
  /** Places in the readings handed in: the last one that had it before the break, and the first without it. */
  lastGood: number;
  firstBad: number;
};

/** Fewer readings on either side say nothing. */
const LEAST_BEFORE = 20;
const LEAST_SINCE = 6;
/** A field that was there less often than this is no loss. */
const USUAL = 0.6;
/** How far the share must have fallen. */
const FALL = 0.4;
/**
 * Twice the logarithm of the likelihood ratio between "two shares" and "one share" that a break must reach. Under no
 * change it exceeds 20 in about one of 100,000 series at a given place (chi-squared, one degree of freedom), and in about
 * one of a thousand at the best of 300 places.
 */
const LEAST_EVIDENCE = 20;

/**
 * Finds the break in one field's readings, oldest first: the split that explains them best as two shares instead of one
 * (Page's change point, by likelihood ratio).
 * @returns null where the field is as common as it was
 */
export function breakOf(field: string, had: readonly boolean[]): YieldBreak | null {
  const total = had.length;
  const all = count(had);
  let best = -1;
  let evidence = LEAST_EVIDENCE;
  let before = 0;
  for (let split = 1; split < total; split++) {
    if (had[split - 1]) before++;
    if (split < LEAST_BEFORE || total - split < LEAST_SINCE) continue;
    const [shareBefore, shareSince] = [before / split, (all - before) / (total - split)];
    if (shareBefore < USUAL || shareBefore - shareSince < FALL) continue;
    const ratio = 2 * (likelihood(before, split) + likelihood(all - before, total - split) - likelihood(all, total));
    if (ratio > evidence) {
      evidence = ratio;
      best = split;
    }
  }
  if (best === -1) return null;
  const hadBefore = count(had.slice(0, best));
  return {
    field,
    before: hadBefore / best,
    since: (all - hadBefore) / (total - best),
    lastGood: had.lastIndexOf(true, best - 1),
    firstBad: had.indexOf(false, best),
  };
}

/**
 * Finds every break in a source's readings, oldest first. A reading's fields are null where it gave no article; that loss
 * is told once, not once for every field.
 */
export function breaksOf(readings: readonly (readonly string[] | null)[]): YieldBreak[] {
  const lost = breakOf(
    'article',
    readings.map((fields) => fields !== null),
  );
  if (lost) return [lost];
  const places = [...readings.keys()].filter((at) => readings[at] !== null);
  const names = new Set(readings.flatMap((fields) => fields ?? []));
  return [...names].sort().flatMap((name) => {
    const found = breakOf(
      name,
      places.map((at) => readings[at]?.includes(name) ?? false),
    );
    if (!found) return [];
    return [{ ...found, lastGood: places[found.lastGood] ?? 0, firstBad: places[found.firstBad] ?? 0 }];
  });
}

const count = (had: readonly boolean[]): number => had.reduce((sum, it) => sum + (it ? 1 : 0), 0);

/** Logarithm of the likelihood of `hits` in `n` at the share they themselves suggest. */
function likelihood(hits: number, n: number): number {
  const misses = n - hits;
  return (hits === 0 ? 0 : hits * Math.log(hits / n)) + (misses === 0 ? 0 : misses * Math.log(misses / n));
}
