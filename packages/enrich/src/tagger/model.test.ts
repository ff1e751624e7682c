import { expect, test } from 'vitest';
import { LABEL_COUNT } from './labels.ts';
import { decodeModel, encodeModel, prepareModel, type StoredModel } from './model.ts';
import { addAll } from './score.ts';

const stored: StoredModel = {
  scale: 0.5,
  features: Int32Array.from([7, -3, 123456789]),
  weights: Int8Array.from({ length: 3 * LABEL_COUNT }, (_, i) => (i % 100) - 50),
  transitions: Int16Array.from({ length: LABEL_COUNT * LABEL_COUNT }, (_, i) => i),
  lexiconHashes: Int32Array.from([42]),
  lexiconValues: Uint16Array.from([0x6abc]),
};

test('a model reads back as it was written', () => {
  expect(decodeModel(encodeModel(stored))).toEqual(stored);
});

test('bytes that are no model are refused', () => {
  expect(() => decodeModel(Buffer.from('something else'))).toThrow('not a tagger model');
});

test('known features add their weights, unknown ones nothing', () => {
  const model = prepareModel(stored);
  const scores = new Int32Array(LABEL_COUNT);
  addAll(model, Int32Array.from([-3, 99, 7]), 3, scores, 0);
  for (let label = 0; label < LABEL_COUNT; label++) {
    expect(scores[label]).toBe((stored.weights[LABEL_COUNT + label] ?? 0) + (stored.weights[label] ?? 0));
  }
  expect(model.lexicon.of(42)).toBe(0x6abc);
});
