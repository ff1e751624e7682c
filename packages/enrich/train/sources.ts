/** The training sets and how much each counts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { augment, shout } from './augment.ts';
import { type GoldDocument, readDocuments } from './corpus.ts';
import { buildPools } from './pools.ts';
import { fillAll, readTemplates } from './templates.ts';

/** Documents that are learned with the same weight. */
export type TrainingSet = { name: string; documents: GoldDocument[]; weight: number };

/** re3d marks whole noun phrases and pronouns, which the other sources do not. */
const RE3D_WEIGHT = 0.2;
/** How often each template line is filled. */
const TEMPLATE_COPIES = 14;

/** All training sets under the corpus folder, with those made from this project's own templates. */
export function trainingSets(corpus: string, random: () => number): TrainingSet[] {
  const read = (file: string) => (existsSync(join(corpus, file)) ? readDocuments(join(corpus, file)) : []);
  const fr = read('fr-train.jsonl.gz');
  const vi = read('vi-train.jsonl.gz');
  const en = read('en-train.jsonl.gz');
  const folder = new URL('templates/', import.meta.url);
  const pools = buildPools(new URL('../data/gazetteer/', import.meta.url), new URL('slots.json', folder), [
    ...fr,
    ...en,
  ]);
  const filled = (lang: string, copies: number) =>
    fillAll(readTemplates(new URL(`${lang}/`, folder)), copies, lang, pools, random);
  const own = filled('vi', TEMPLATE_COPIES);
  const vtb = vi.filter(({ source }) => source === 'vtb');
  const alt = vi.filter(({ source }) => source === 'alt-vi');
  return [
    { name: 'own templates', documents: own, weight: 0.7 },
    { name: 'own templates, without diacritics or in capitals', documents: augment(own, 0.12, random), weight: 0.7 },
    { name: 'own French templates', documents: filled('fr', TEMPLATE_COPIES), weight: 0.4 },
    { name: 'own English templates', documents: filled('en', TEMPLATE_COPIES), weight: 0.4 },
    { name: 'headlines in capitals', documents: shout([...fr, ...en], 0.06, random), weight: 0.5 },
    { name: 'changed', documents: augment([...vtb, ...alt], 0.1, random), weight: 0.7 },
    { name: 'alt-vi', documents: alt, weight: 2 },
    { name: 'vtb', documents: vtb, weight: 1 },
    { name: 'vi-template', documents: read('vi-template.jsonl.gz'), weight: 0.5 },
    { name: 'winer-fr', documents: fr, weight: 1 },
    { name: 'en', documents: en.filter(({ source }) => !source.startsWith('re3d')), weight: 1 },
    { name: 're3d', documents: en.filter(({ source }) => source.startsWith('re3d')), weight: RE3D_WEIGHT },
  ];
}
