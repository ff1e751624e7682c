/** Trains the choice of body blocks: word scores and trees, twice over, then a smoothing pass; cross-validated by site. */
import { writeFileSync } from 'node:fs';
import { BLOCK_FEATURES } from '../src/block-columns.ts';
import { BODY_GATES, HOPELESS } from '../src/body.ts';
import { prepareBoost } from '../src/boost.ts';
import { prepareClasses } from '../src/box-numbers.ts';
import { completeGroups } from '../src/complete.ts';
import { CONTEXT_FEATURES, contextFeatures } from '../src/context.ts';
import type { PageFacts } from '../src/facts.ts';
import { blockFeatures, type Lexicons } from '../src/features.ts';
import { prepareLexicon } from '../src/lexicon.ts';
import { renderBody, spanOf } from '../src/render.ts';
import { chooseTitle } from '../src/title/choose-title.ts';
import { trimEdges } from '../src/trim.ts';
import { completed, type Labels, labelsOf } from './body-labels.ts';
import { classWordsOf, lexiconOf, textWordsOf } from './body-words.ts';
import { type Case, FOLDS, foldOf, readCases, readFacts, readScorer, type Scorer } from './corpus.ts';
import { binned, type Data, edgesOf, type Growing, grow } from './grow.ts';

/** One page: its fold, what its case says of its blocks, and the labels in use. */
export type Page = {
  one: Case;
  fold: number;
  facts: PageFacts;
  title: { text: string; block: number } | null;
  given: Labels;
  labels: Labels;
};
/** Scores of each page's blocks, in log-odds. */
type Scores = Map<Page, number[]>;

const HOW: Growing = {
  trees: 160,
  leaves: 24,
  depth: 8,
  rate: 0.1,
  minWeight: 3,
  lambda: 3,
  rowShare: 0.7,
  featureShare: 0.5,
  seed: 7,
};

function matrix(
  pages: readonly Page[],
  tables: Map<Page, Float32Array>,
  width: number,
  skip?: ReadonlyMap<Page, Uint8Array>,
): { data: Data; pageOf: Page[]; blockOf: Int32Array } {
  let count = 0;
  const isUsed = (page: Page, value: number, block: number): boolean => value >= 0 && skip?.get(page)?.[block] !== 1;
  for (const page of pages) page.labels.labels.forEach((value, block) => void (isUsed(page, value, block) && count++));
  const data: Data = {
    rows: new Float32Array(count * width),
    width,
    count,
    labels: new Float32Array(count),
    weights: new Float32Array(count),
  };
  const pageOf: Page[] = new Array(count);
  const blockOf = new Int32Array(count);
  let row = 0;
  for (const page of pages) {
    const table = tables.get(page) as Float32Array;
    page.labels.labels.forEach((value, block) => {
      if (!isUsed(page, value, block)) return;
      data.rows.set(table.subarray(block * width, (block + 1) * width), row * width);
      data.labels[row] = value;
      data.weights[row] = page.labels.weights[block] as number;
      pageOf[row] = page;
      blockOf[row] = block;
      row++;
    });
  }
  return { data, pageOf, blockOf };
}

/** How the second pass is grown, upon the first one's scores: few features and little to add, so few and small trees. */
const HOW_CONTEXT: Growing = {
  trees: 40,
  leaves: 8,
  depth: 6,
  rate: 0.1,
  minWeight: 20,
  lambda: 5,
  rowShare: 0.7,
  featureShare: 0.7,
  seed: 3,
};

/** The body that these scores give, finished as a reader of pages finishes it. */
function bodyOf(page: Page, scores: number[], threshold: number): string {
  const { blocks } = page.facts.survey;
  const { keep } = spanOf(scores, threshold);
  completeGroups(blocks, keep);
  trimEdges(blocks, keep, page.title?.text ?? null);
  return renderBody(blocks, keep);
}

/** Prints the scores of the bodies at several thresholds. */
function report(name: string, pages: readonly Page[], scores: Scores, scorer: Scorer): void {
  for (const threshold of [-0.8, -0.6, -0.4, -0.2, 0, 0.2]) {
    const results = pages
      .filter((page) => page.one.gt !== 'snapshot')
      .map((page) =>
        scorer.scoreCase(page.one, {
          id: page.one.id,
          body: bodyOf(page, scores.get(page) as number[], threshold),
        }),
      );
    const { body, seg, start } = scorer.summarise(results);
    process.stdout.write(
      `${name} ${threshold}: body F1 ${body?.f1?.toFixed(4)} (P ${body?.p?.toFixed(4)} R ${body?.r?.toFixed(4)}) F1d ${body?.f1d?.toFixed(4)} pieces ${seg?.f1?.toFixed(4)} (P ${seg?.p?.toFixed(4)} R ${seg?.r?.toFixed(4)}) start ${start?.has?.toFixed(4)}\n`,
    );
  }
}

/** Rows, their pages and how they are binned, ready to grow on. */
type Table = {
  data: Data;
  pageOf: Page[];
  growOn: (use: Int32Array) => ReturnType<typeof grow>;
  all: Int32Array;
};

/** Feature rows of all labelled blocks as a table. */
function tableOf(
  pages: readonly Page[],
  rows: Map<Page, Float32Array>,
  names: readonly string[],
  how: Growing,
  { skip, base }: { skip?: ReadonlyMap<Page, Uint8Array>; base?: Scores },
): Table {
  const { data, pageOf, blockOf } = matrix(pages, rows, names.length, skip);
  const edges = edgesOf(data);
  const bins = binned(data, edges);
  const start = base
    ? Float64Array.from(pageOf, (page, row) => (base.get(page) as number[])[blockOf[row] as number] as number)
    : null;
  return {
    data,
    pageOf,
    all: Int32Array.from({ length: data.count }, (_, row) => row),
    growOn: (use) => grow(data, edges, bins, use, how, names, start),
  };
}

/** Scores of all pages by trees that were grown without their fold. */
function crossScores(
  pages: readonly Page[],
  { all, pageOf, growOn }: Table,
  scoreOf: (boost: ReturnType<typeof prepareBoost>, page: Page) => number[],
): Scores {
  const scores: Scores = new Map();
  for (let fold = 0; fold < FOLDS; fold++) {
    const boost = prepareBoost(growOn(all.filter((row) => pageOf[row]?.fold !== fold)));
    for (const page of pages) if (page.fold === fold) scores.set(page, scoreOf(boost, page));
  }
  return scores;
}

/** The first pass: features from word scores learned without a page's fold, so that training sees what a new site would show. */
function firstPass(pages: readonly Page[], log: (text: string) => void): { table: Table; scores: Scores } {
  const lexicons = Array.from({ length: FOLDS }, (_, fold) => ({
    classes: prepareClasses(lexiconOf(pages, fold, classWordsOf)),
    text: prepareLexicon(lexiconOf(pages, fold, textWordsOf)),
  }));
  const rows = new Map<Page, Float32Array>();
  const hopeless = new Map<Page, Uint8Array>();
  for (const page of pages) {
    const words = lexicons[page.fold] as Lexicons;
    const made = blockFeatures(page.facts, page.title?.text ?? null, page.title?.block ?? -1, words);
    rows.set(page, made.rows);
    hopeless.set(page, made.hopeless);
  }
  const table = tableOf(pages, rows, BLOCK_FEATURES, HOW, { skip: hopeless });
  log(`${table.data.count} labelled blocks, ${table.data.width} features`);
  const scores = crossScores(pages, table, (boost, page) =>
    Array.from(page.labels.labels, (_, block) =>
      hopeless.get(page)?.[block] === 1
        ? HOPELESS
        : boost.score(rows.get(page) as Float32Array, block * BLOCK_FEATURES.length, BODY_GATES),
    ),
  );
  return { table, scores };
}

/** The second pass, smoothing: what the scores around a block add to its own. */
function secondPass(pages: readonly Page[], first: Scores): { table: Table; scores: Scores } {
  const width = CONTEXT_FEATURES.length;
  const rows = new Map(
    pages.map((page) => {
      const { blocks, boxes } = page.facts.survey;
      return [page, contextFeatures(blocks, boxes.length, first.get(page) as number[])];
    }),
  );
  const table = tableOf(pages, rows, CONTEXT_FEATURES, HOW_CONTEXT, { base: first });
  const scores = crossScores(pages, table, (boost, page) =>
    (first.get(page) as number[]).map(
      (score, block) => score + boost.score(rows.get(page) as Float32Array, block * width),
    ),
  );
  return { table, scores };
}

/** Trains on a corpus folder and writes the model files into `out`. */
export async function trainBody(folder: string, out: string | null): Promise<void> {
  const scorer = await readScorer(folder);
  const started = performance.now();
  const log = (text: string): void =>
    void process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)}s ${text}\n`);
  const pages = readCases(folder).map((one): Page => {
    const facts = readFacts(folder, one);
    facts.survey.states.length = 0;
    const given = labelsOf(one, facts, scorer);
    return { one, fold: foldOf(one.site), facts, title: chooseTitle(facts), given, labels: given };
  });
  log(`${pages.length} pages`);
  const taught = firstPass(pages, log);
  report('given labels', pages, taught.scores, scorer);
  for (const page of pages)
    page.labels = completed(page.given, page.facts, taught.scores.get(page) as number[], scorer);
  const { table, scores } = firstPass(pages, log);
  report('completed labels', pages, scores, scorer);
  const classes = lexiconOf(pages, -1, classWordsOf);
  const text = lexiconOf(pages, -1, textWordsOf);
  for (const page of pages) page.labels = page.given;
  const second = secondPass(pages, scores);
  report('second pass', pages, second.scores, scorer);
  if (!out) return;
  const write = (name: string, value: unknown): void => writeFileSync(`${out}/${name}.json`, JSON.stringify(value));
  write('body', table.growOn(table.all));
  write('context', second.table.growOn(second.table.all));
  write('lexicon', { classes, text });
  log('written');
}
