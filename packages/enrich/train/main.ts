/** `npm run train:tagger -- --corpus DIR`: trains the tagger and writes `packages/enrich/data/tagger.bin`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lookOver, TAGGER_LANGUAGES } from '../src/tagger/context.ts';
import { readGazetteer } from '../src/tagger/gazetteer.ts';
import { LABEL_COUNT } from '../src/tagger/labels.ts';
import { encodeModel } from '../src/tagger/model.ts';
import { prepare } from './corpus.ts';
import { Crf, type Sequence } from './crf.ts';
import { learnLexicon } from './lexicon.ts';
import { quantise } from './quantise.ts';
import { seededRandom, shuffle } from './random.ts';
import {
  activeStretches,
  dropUnseen,
  FeatureIndex,
  freeOrganisations,
  rowTable,
  sequencesOf,
  visitFeatures,
} from './sequences.ts';
import { trainingSets } from './sources.ts';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    out: { type: 'string' },
    epochs: { type: 'string', default: '7' },
    rate: { type: 'string', default: '0.05' },
    decay: { type: 'string', default: '0' },
    hide: { type: 'string', default: '0.15' },
    dropout: { type: 'string', default: '0.25' },
    least: { type: 'string', default: '3' },
    prune: { type: 'string', default: '0.14' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '2' },
  },
});
if (!options.corpus) {
  console.error('usage: npm run train:tagger -- --corpus DIR [--out FILE] [--epochs N]');
  process.exit(2);
}
/** This share of the documents is learned as if their language were unknown. */
const UNTOLD_SHARE = 0.07;
const corpus = options.corpus;
const started = Date.now();
const say = (text: string) => console.error(`${((Date.now() - started) / 1000).toFixed(1)} s  ${text}`);
const random = seededRandom(Number(options.seed));
const data = new URL('../data/', import.meta.url);
const gazetteer = readGazetteer(new URL('gazetteer/', data));
const lexiconData = learnLexicon(corpus);
const { lexicon } = lexiconData;
say(`lexicon of ${lexiconData.hashes.length} words, gazetteer of ${gazetteer.size} prefixes`);

const prepared = trainingSets(corpus, random).flatMap(({ documents, weight }) =>
  documents.map((document) => {
    const { tokens, allowed } = prepare(document);
    const told = TAGGER_LANGUAGES.indexOf(document.lang as (typeof TAGGER_LANGUAGES)[number]);
    const language = random() < UNTOLD_SHARE ? 0 : Math.max(0, told);
    const context = lookOver(tokens, language, gazetteer, lexicon);
    if (document.source === 'vtb') freeOrganisations(context, allowed);
    const unseen = dropUnseen(context, allowed);
    return { context, allowed, weight, unseen };
  }),
);
const tokenCount = prepared.reduce((sum, { context }) => sum + context.tokens.count, 0);
const unseen = prepared.reduce((sum, item) => sum + item.unseen, 0);
say(`${prepared.length} documents, ${tokenCount} tokens, ${unseen} annotated tokens out of sight`);

const index = new FeatureIndex(25);
for (const { context } of prepared) {
  for (const [from, to] of activeStretches(context)) {
    for (let i = from; i < to; i++) visitFeatures(context, i, (hash) => index.count(hash));
  }
}
const hashes = index.frequent(Number(options.least));
const row = rowTable(hashes);
say(`${index.size} features, ${hashes.length} of them frequent`);
const sequences: Sequence[] = prepared.flatMap(({ context, allowed, weight }) =>
  sequencesOf(context, allowed, row, weight),
);
say(`${sequences.length} sequences`);

/** Weights are averaged from this epoch on, a few times an epoch. */
const AVERAGE_FROM = 4;
const every = Math.ceil(sequences.length / 2);
const epochs = Number(options.epochs);
const runs = Number(options.runs);
const trained: Crf[] = [];
for (let run = 1; run <= runs; run++) {
  const crf = new Crf(hashes.length);
  trained.push(crf);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(sequences, random);
    let loss = 0;
    const settings = {
      learningRate: Number(options.rate) * (epoch === epochs ? 0.3 : epoch === epochs - 1 ? 0.6 : 1),
      decay: Number(options.decay),
      lexicalDropout: Number(options.hide),
      dropout: Number(options.dropout),
      random,
    };
    for (const [step, sequence] of sequences.entries()) {
      loss += crf.learn(sequence, settings);
      if (epoch >= AVERAGE_FROM && step % every === 0) crf.remember();
    }
    say(`run ${run}, epoch ${epoch}: loss ${(loss / tokenCount).toFixed(5)} per token`);
  }
  crf.useAverage();
}
const crf = trained[0] as Crf;
for (const other of trained.slice(1)) crf.add(other);
crf.divide(runs);
const stored = quantise(hashes, crf, Number(options.prune), lexiconData);
const bytes = encodeModel(stored);
const out = options.out ?? join(import.meta.dirname, '..', 'data', 'tagger.bin');
writeFileSync(out, bytes);
say(`${stored.features.length} features of ${LABEL_COUNT} labels kept, ${bytes.length} bytes written to ${out}`);
