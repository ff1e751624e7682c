/** The best sequence of labels for a document under a model (Viterbi over the tokens the model looks at). */
import { Gap } from '../text/index.ts';
import type { Context } from './context.ts';
import { CLOSED_LABELS, LABEL_COUNT, OPENING_LABELS, OUTSIDE } from './labels.ts';
import type { Lexicon } from './lexicon.ts';
import type { Model } from './model.ts';
import { openScorer } from './score.ts';

const NEVER = -1_000_000_000;

const closed = Int32Array.from(CLOSED_LABELS);
const opening = Int32Array.from(OPENING_LABELS);

/** Labels documents. Holds a cache of words' scores, so one decoder is kept for many documents. */
export type Decoder = { labels(context: Context): Uint8Array; lexicon: Lexicon };

/** A decoder over a model. */
export function openDecoder(model: Model): Decoder {
  const score = openScorer(model);
  let scores = new Int32Array(0);
  let back = new Uint8Array(0);

  const previous = new Int32Array(LABEL_COUNT);
  const current = new Int32Array(LABEL_COUNT);

  /** Viterbi over the active tokens `from`..`to` (exclusive); writes their labels. */
  function best(from: number, to: number, labels: Uint8Array): void {
    const { transitions } = model;
    previous.fill(NEVER);
    previous[OUTSIDE] = 0;
    for (let i = from; i < to; i++) {
      const at = i * LABEL_COUNT;
      current.fill(NEVER);
      for (let o = 0; o < opening.length; o++) {
        const label = opening[o] as number;
        let top = NEVER;
        let source = 0;
        for (let c = 0; c < closed.length; c++) {
          const before = closed[c] as number;
          const score = (previous[before] as number) + (transitions[before * LABEL_COUNT + label] as number);
          if (score > top) {
            top = score;
            source = before;
          }
        }
        current[label] = top + (scores[at + label] as number);
        back[at + label] = source;
      }
      for (let first = 1; first < LABEL_COUNT; first += 4) {
        for (let label = first + 1; label <= first + 2; label++) {
          const a = (previous[first] as number) + (transitions[first * LABEL_COUNT + label] as number);
          const b = (previous[first + 1] as number) + (transitions[(first + 1) * LABEL_COUNT + label] as number);
          current[label] = (a >= b ? a : b) + (scores[at + label] as number);
          back[at + label] = a >= b ? first : first + 1;
        }
      }
      previous.set(current);
    }
    let label = OUTSIDE;
    let top = NEVER;
    for (const candidate of CLOSED_LABELS) {
      const score = (previous[candidate] as number) + (transitions[candidate * LABEL_COUNT + OUTSIDE] as number);
      if (score > top) {
        top = score;
        label = candidate;
      }
    }
    for (let i = to - 1; i >= from; i--) {
      labels[i] = label;
      label = back[i * LABEL_COUNT + label] as number;
    }
  }

  return {
    lexicon: model.lexicon,
    labels(context) {
      const { tokens, active } = context;
      const { count, gaps } = tokens;
      if (scores.length < count * LABEL_COUNT) {
        scores = new Int32Array(count * LABEL_COUNT * 2);
        back = new Uint8Array(count * LABEL_COUNT * 2);
      }
      scores.fill(0, 0, count * LABEL_COUNT);
      const labels = new Uint8Array(count);
      score(context, scores);
      let from = 0;
      while (from < count) {
        if (active[from] === 0) {
          from++;
          continue;
        }
        let to = from + 1;
        while (to < count && active[to] === 1 && (gaps[to] as number) < Gap.line) to++;
        best(from, to, labels);
        from = to;
      }
      return labels;
    },
  };
}
