/** The training sets and how much each counts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GoldDocument, readDocuments } from './corpus.ts';

/** Documents that are learned with the same weight. */
export type TrainingSet = { name: string; documents: GoldDocument[]; weight: number };

/** All training sets under the corpus folder, with those made from this project's own templates. */
export function trainingSets(corpus: string, _random: () => number): TrainingSet[] {
  const read = (file: string) => (existsSync(join(corpus, file)) ? readDocuments(join(corpus, file)) : []);
  const vi = read('vi-train.jsonl.gz');
  const en = read('en-train.jsonl.gz');
  return [
    { name: 'alt-vi', documents: vi.filter(({ source }) => source === 'alt-vi'), weight: 2 },
    { name: 'vtb', documents: vi.filter(({ source }) => source === 'vtb'), weight: 1 },
    { name: 'vi-template', documents: read('vi-template.jsonl.gz'), weight: 0.5 },
    { name: 'winer-fr', documents: read('fr-train.jsonl.gz'), weight: 1 },
    { name: 'en', documents: en, weight: 1 },
  ];
}
