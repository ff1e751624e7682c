import { expect, test } from 'vitest';
import { buildNeuralTagger, type TokenModel } from './neural.ts';
import { readLabel, spansOfLabels } from './neural-labels.ts';

const LABELS = ['O', 'B-PER', 'I-PER', 'B-GPE'];
const NAMES: Record<string, number> = { Jürgen: 1, Stock: 2, Lyon: 3, Hà: 3, Nội: 3 };

/** A model that knows a few words; every word has as many pieces as letters, and the first one carries its label. */
function fakeModel(longest: number, batches: number[] = []): TokenModel {
  return {
    pieces: (word) => [...word].map((_, k) => (k === 0 ? (NAMES[word] ?? 0) : 9)),
    opening: [7],
    closing: [8],
    longest,
    labels: LABELS,
    scores: async (windows) => {
      batches.push(windows.length);
      for (const ids of windows) expect(ids.length).toBeLessThanOrEqual(longest);
      const width = Math.max(...windows.map((ids) => ids.length));
      const scores = new Float32Array(windows.length * width * LABELS.length);
      for (const [row, ids] of windows.entries()) {
        for (const [k, id] of ids.entries()) if (id < 4) scores[(row * width + k) * LABELS.length + id] = 1;
      }
      return scores;
    },
  };
}

test('the labels of word pieces come back as mentions with the offsets of the text, beside those of the rules', async () => {
  const text = 'Ông Jürgen Stock tới Lyon ngày 13/4/2015.';
  const mentions = await buildNeuralTagger(fakeModel(64)).tag(text, { lang: 'vi' });
  expect(mentions.map(({ text: name, type, value }) => [name, type, value])).toEqual([
    ['Jürgen Stock', 'PER', undefined],
    ['Lyon', 'LOC', undefined],
    ['13/4/2015', 'DATE', '2015-04-13'],
  ]);
  for (const { start, end, text: name } of mentions) expect(text.slice(start, end)).toBe(name);
});

test('a text longer than the model sees at once is cut between words, and the windows are scored together', async () => {
  const batches: number[] = [];
  const text = 'Ông Jürgen Stock tới Lyon. '.repeat(12);
  const mentions = await buildNeuralTagger(fakeModel(16, batches)).tag(text, { lang: 'vi' });
  expect(mentions.filter(({ text: name }) => name === 'Lyon')).toHaveLength(12);
  expect(batches.every((windows) => windows <= 8)).toBe(true);
  expect(Math.max(...batches)).toBe(8);
});

test.each(['', ' \n', '😀'])('a text without words (%j) has no mentions', async (text) => {
  expect(await buildNeuralTagger(fakeModel(16)).tag(text)).toEqual([]);
});

test.each([
  ['BIO', ['B-PER', 'I-PER', 'B-PER', 'O'], ['0-1', '2-2']],
  ['BIOES', ['B-ORG', 'E-ORG', 'S-ORG', 'S-ORG'], ['0-1', '2-2', '3-3']],
  ['BILOU', ['U-LOC', 'B-LOC', 'L-LOC', 'I-LOC'], ['0-0', '1-2', '3-3']],
  ['plain types', ['PERSON', 'PERSON', 'GPE', 'O'], ['0-1', '2-2']],
  ['a name that never began', ['O', 'I-PER', 'I-ORG', 'DATE'], ['1-1', '2-2']],
])('labels in %s are read', (_, labels, expected) => {
  expect(spansOfLabels(labels.map(readLabel)).map(({ first, last }) => `${first}-${last}`)).toEqual(expected);
});
