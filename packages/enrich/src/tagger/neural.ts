/** A tagger over a token classifier that somebody else trained: cuts texts into its windows, puts its labels on our tokens. */
import type { Mention } from '@newsloom/model';
import { Gap, type Tokens, tokenize, tokenText } from '../text/index.ts';
import { mentionsOf } from './mentions.ts';
import { type NeuralLabel, readLabel, spansOfLabels } from './neural-labels.ts';
import { findByRules } from './rules/find.ts';
import type { TagOptions } from './tagger.ts';

/** A token classifier: what the tagger needs to know of a transformer. */
export type TokenModel = {
  /** The word pieces of a word by itself; `spaced` tells whether a space stands before it. */
  pieces(word: string, spaced: boolean): readonly number[];
  /** Pieces that open and close every window. */
  opening: readonly number[];
  closing: readonly number[];
  /** The most pieces a window may have, with those. */
  longest: number;
  /** The names of its labels, by number. */
  labels: readonly string[];
  /** Scores windows together: one row of `labels.length` numbers for each piece of each window, windows padded to the longest. */
  scores(windows: readonly (readonly number[])[]): Promise<Float32Array>;
};

/** Windows scored together: more fill memory (a window of 256 pieces takes some 10 MB in a small model), not the processor. */
const WINDOWS_AT_ONCE = 8;

/** The pieces of some tokens, and where each token's first piece lies. */
type Window = { ids: number[]; tokens: number[]; places: number[] };

/** A tagger over a token classifier; dates and amounts come from the rules, as always. */
export function buildNeuralTagger(model: TokenModel): {
  tag(text: string, options?: TagOptions): Promise<Mention[]>;
} {
  const labels = model.labels.map(readLabel);
  return {
    async tag(text, options = {}) {
      const tokens = tokenize(text);
      const found: (NeuralLabel | null)[] = new Array<NeuralLabel | null>(tokens.count).fill(null);
      const windows = cut(tokens, model);
      for (let at = 0; at < windows.length; at += WINDOWS_AT_ONCE) {
        const batch = windows.slice(at, at + WINDOWS_AT_ONCE);
        const scores = await model.scores(batch.map(({ ids }) => ids));
        const width = Math.max(...batch.map(({ ids }) => ids.length));
        for (const [row, window] of batch.entries()) {
          for (const [k, token] of window.tokens.entries()) {
            const from = (row * width + (window.places[k] as number)) * labels.length;
            found[token] = labels[best(scores, from, labels.length)] ?? null;
          }
        }
      }
      const lang = options.lang?.slice(0, 2).toLowerCase() ?? '';
      return mentionsOf(tokens, spansOfLabels(found), findByRules(tokens, lang, options.date));
    },
  };
}

/** Windows of whole sentences where they fit; a sentence that is too long is cut between words. */
function cut(tokens: Tokens, model: TokenModel): Window[] {
  const windows: Window[] = [];
  const room = model.longest - model.opening.length - model.closing.length;
  let window: Window = { ids: [...model.opening], tokens: [], places: [] };
  const close = () => {
    if (window.tokens.length > 0) windows.push({ ...window, ids: [...window.ids, ...model.closing] });
    window = { ids: [...model.opening], tokens: [], places: [] };
  };
  for (const sentence of sentencesOf(tokens)) {
    const pieces = sentence.map((i) => model.pieces(tokenText(tokens, i), tokens.gaps[i] !== Gap.none).slice(0, room));
    const length = pieces.reduce((sum, ids) => sum + ids.length, 0);
    if (window.ids.length - model.opening.length + length > room) close();
    for (const [k, ids] of pieces.entries()) {
      if (ids.length === 0) continue;
      if (window.ids.length - model.opening.length + ids.length > room) close();
      window.tokens.push(sentence[k] as number);
      window.places.push(window.ids.length);
      window.ids.push(...ids);
    }
  }
  close();
  return windows;
}

function sentencesOf({ count, sentenceStarts, gaps }: Tokens): number[][] {
  const sentences: number[][] = [];
  for (let i = 0; i < count; i++) {
    if (i === 0 || sentenceStarts[i] === 1 || (gaps[i] as number) >= Gap.line) sentences.push([]);
    sentences.at(-1)?.push(i);
  }
  return sentences;
}

function best(scores: Float32Array, from: number, count: number): number {
  let top = 0;
  for (let k = 1; k < count; k++) if ((scores[from + k] as number) > (scores[from + top] as number)) top = k;
  return top;
}
