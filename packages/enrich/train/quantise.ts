/** Turns trained weights into the bytes that are shipped. */
import { LABEL_COUNT } from '../src/tagger/labels.ts';
import type { StoredModel } from '../src/tagger/model.ts';
import type { Crf } from './crf.ts';
import type { LexiconData } from './lexicon.ts';

/** One unit of a stored weight: fine enough that rounding 60 features stays below the usual margins. */
const SCALE = 0.025;
const LARGEST = 127;

/** The stored form of a trained model; features whose every weight is smaller than `prune` are left out. */
export function quantise(hashes: Int32Array, crf: Crf, prune: number, lexicon: LexiconData): StoredModel {
  const kept: number[] = [];
  for (let i = 0; i < hashes.length; i++) {
    let largest = 0;
    for (let label = 0; label < LABEL_COUNT; label++) {
      largest = Math.max(largest, Math.abs(crf.weights[i * LABEL_COUNT + label] as number));
    }
    if (largest >= prune) kept.push(i);
  }
  const weights = new Int8Array(kept.length * LABEL_COUNT);
  kept.forEach((from, to) => {
    for (let label = 0; label < LABEL_COUNT; label++) {
      const units = Math.round((crf.weights[from * LABEL_COUNT + label] as number) / SCALE);
      weights[to * LABEL_COUNT + label] = Math.max(-LARGEST, Math.min(LARGEST, units));
    }
  });
  return {
    scale: SCALE,
    features: Int32Array.from(kept, (i) => hashes[i] as number),
    weights,
    transitions: Int16Array.from(crf.transitions, (score) => Math.round(score / SCALE)),
    lexiconHashes: lexicon.hashes,
    lexiconValues: lexicon.values,
  };
}
