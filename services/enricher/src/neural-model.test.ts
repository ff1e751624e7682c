import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildNeuralTagger } from '@newsloom/enrich';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTokenModel, type Transformers } from './neural-model.ts';
import { writeTinyModel } from './testing/tiny-model.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-neural-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Where the optional package is looked for: among what is installed, and in tests/neural, where `npm install --ignore-scripts` puts it. */
const PLACES = [import.meta.dirname, join(import.meta.dirname, '../../../tests/neural')];

function findLibrary(): (() => Promise<Transformers>) | null {
  for (const place of PLACES) {
    try {
      const file = createRequire(join(place, 'from.js')).resolve('@huggingface/transformers');
      return async () => (await import(pathToFileURL(file).href)) as Transformers;
    } catch {
      // Not there.
    }
  }
  return null;
}
const library = findLibrary();
const absent = () => Promise.reject(new Error('Cannot find package'));

test('a model in a folder finds names where the optional package is installed, and says what is missing where it is not', async () => {
  writeTinyModel(folder);
  if (!library) {
    await expect(openTokenModel(folder)).rejects.toThrow('npm install @huggingface/transformers');
    return;
  }
  const tagger = buildNeuralTagger(await openTokenModel(folder, library));
  const text = `${'Bà Angela Merkel thăm Lyon. '.repeat(30)}Interpol, 13/4/2015.`;
  const mentions = await tagger.tag(text, { lang: 'vi' });
  expect(mentions.slice(0, 2).map(({ text: name, type }) => `${name}|${type}`)).toEqual([
    'Angela Merkel|PER',
    'Lyon|LOC',
  ]);
  expect(mentions).toHaveLength(62);
  expect(mentions.slice(-2)).toMatchObject([
    { text: 'Interpol', type: 'ORG' },
    { text: '13/4/2015', type: 'DATE', value: '2015-04-13' },
  ]);
  for (const { start, end, text: name } of mentions) expect(text.slice(start, end)).toBe(name);
});

test('a missing package is an error that says how to install it', async () => {
  writeTinyModel(folder);
  await expect(openTokenModel(folder, absent)).rejects.toThrow('npm install @huggingface/transformers');
});

test('a missing folder is an error that names it', async () => {
  await expect(openTokenModel(join(folder, 'nothing'), absent)).rejects.toThrow(`no folder ${join(folder, 'nothing')}`);
});

test('a folder without weights is an error that names the missing files', async () => {
  mkdirSync(join(folder, 'onnx'));
  writeFileSync(join(folder, 'config.json'), '{}');
  await expect(openTokenModel(folder, absent)).rejects.toThrow(
    'no tokenizer.json, no tokenizer_config.json, no onnx/model.onnx',
  );
});
