/** Trains the choice of body blocks: labels from the expected bodies, word scores, trees; cross-validated by site. */
import { writeFileSync } from 'node:fs';
import { BLOCK_FEATURES } from '../src/block-columns.ts';
import { BODY_GATES } from '../src/body.ts';
import { prepareBoost } from '../src/boost.ts';
import { prepareClasses } from '../src/box-numbers.ts';
import { chooseTitle } from '../src/choose-title.ts';
import { completeGroups } from '../src/complete.ts';
import { CONTEXT_FEATURES, contextFeatures } from '../src/context.ts';
import type { PageFacts } from '../src/facts.ts';
import { blockFeatures, type Lexicons } from '../src/features.ts';
import { classWords } from '../src/hints.ts';
import { type Lexicon, lexiconWords, prepareLexicon } from '../src/lexicon.ts';
import { renderBody, spanOf } from '../src/render.ts';
import type { Box } from '../src/survey.ts';
import { trimEdges } from '../src/trim.ts';
import { type Case, FOLDS, foldOf, readCases, readFacts, readScorer, type Scorer } from './corpus.ts';
import { binned, type Data, edgesOf, type Growing, grow } from './grow.ts';

/** One page with the labels of its blocks: 1 keep, 0 drop, -1 unknown, and their weights. */
type Page = {
  one: Case;
  fold: number;
  facts: PageFacts;
  title: { text: string; block: number } | null;
  labels: Int8Array;
  weights: Float32Array;
  first: number;
};

/** A word must stand on this many sites before its score is believed. */
const MIN_SITES = 4;
/** Pseudo-count of the log-odds, in sites. */
const SMOOTHING = 2;
/** Above this share of its 4-token shingles in the expected body a block counts as part of it. */
const PART = 0.5;

const HOW: Growing = {
  trees: 160,
  leaves: 24,
  rate: 0.1,
  minWeight: 3,
  lambda: 3,
  rowShare: 0.7,
  featureShare: 0.5,
  seed: 7,
};

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** Labels the blocks of a page from what its case expects. */
function label(one: Case, facts: PageFacts, scorer: Scorer): { labels: Int8Array; weights: Float32Array } {
  const { blocks } = facts.survey;
  const labels = new Int8Array(blocks.length).fill(-1);
  const weights = new Float32Array(blocks.length);
  const trust = one.gt === 'snapshot' ? 0.3 : 1;
  if (one.body !== undefined && one.body.trim() !== '') {
    const gold = scorer.tokenize(one.body);
    const shingles = new Set<string>();
    for (let at = 0; at + 4 <= gold.length; at++) shingles.add(gold.slice(at, at + 4).join('\u0001'));
    const lines = new Set(one.body.split(/\n+/).map((line) => scorer.tokenize(line).join(' ')));
    for (const block of blocks) {
      const tokens = scorer.tokenize(block.text);
      let part: number;
      if (tokens.length < 4) part = lines.has(tokens.join(' ')) && tokens.length > 0 ? 1 : 0;
      else {
        let hits = 0;
        for (let at = 0; at + 4 <= tokens.length; at++)
          if (shingles.has(tokens.slice(at, at + 4).join('\u0001'))) hits++;
        part = hits / (tokens.length - 3);
      }
      labels[block.index] = part >= PART ? 1 : 0;
      weights[block.index] = (trust * 40 * (Math.min(tokens.length, 150) + 3)) / (gold.length + 150);
    }
    return { labels, weights };
  }
  const wanted = (one.with ?? []).map(squeeze);
  const unwanted = (one.without ?? []).map(squeeze);
  if (one.starts !== undefined && one.source !== 'postlight') wanted.push(squeeze(one.starts).slice(0, 60));
  for (const block of blocks) {
    const text = squeeze(block.text);
    if (wanted.some((piece) => text.includes(piece) || (text.length > 25 && piece.includes(text))))
      labels[block.index] = 1;
    else if (unwanted.some((piece) => text.includes(piece) || (text.length > 25 && piece.includes(text))))
      labels[block.index] = 0;
    weights[block.index] = 2.5 * trust;
  }
  return { labels, weights };
}

/** Log-odds of words in hundredths, from pages outside one fold (or from all with -1). */
function lexiconOf(
  pages: readonly Page[],
  without: number,
  wordsOf: (page: Page, block: number) => readonly string[],
): Lexicon {
  const keep = new Map<string, Map<string, number>>();
  const drop = new Map<string, Map<string, number>>();
  const note = (into: Map<string, Map<string, number>>, word: string, site: string): void => {
    const sites = into.get(word) ?? new Map<string, number>();
    sites.set(site, (sites.get(site) ?? 0) + 1);
    into.set(word, sites);
  };
  let keepSites = 0;
  let dropSites = 0;
  for (const page of pages) {
    if (page.fold === without) continue;
    keepSites++;
    dropSites++;
    page.labels.forEach((value, block) => {
      if (value < 0) return;
      for (const word of wordsOf(page, block)) note(value === 1 ? keep : drop, word, page.one.site);
    });
  }
  const lexicon: Record<string, number> = {};
  for (const word of new Set([...keep.keys(), ...drop.keys()])) {
    const sites = new Set([...(keep.get(word)?.keys() ?? []), ...(drop.get(word)?.keys() ?? [])]);
    if (sites.size < MIN_SITES) continue;
    // A site counts by the share of its occurrences, so that one site's template is one vote.
    let yes = 0;
    let no = 0;
    for (const site of sites) {
      const a = keep.get(word)?.get(site) ?? 0;
      const b = drop.get(word)?.get(site) ?? 0;
      yes += a / (a + b);
      no += b / (a + b);
    }
    const odds =
      Math.log((yes + SMOOTHING) / (keepSites + SMOOTHING)) - Math.log((no + SMOOTHING) / (dropSites + SMOOTHING));
    const score = Math.round(odds * 100);
    if (Math.abs(score) >= 30) lexicon[word] = score;
  }
  return lexicon;
}

function matrix(
  pages: readonly Page[],
  tables: Map<Page, Float32Array>,
  width: number,
  skip?: ReadonlyMap<Page, Uint8Array>,
): { data: Data; pageOf: Int32Array } {
  let count = 0;
  const isUsed = (page: Page, value: number, block: number): boolean => value >= 0 && skip?.get(page)?.[block] !== 1;
  for (const page of pages) page.labels.forEach((value, block) => void (isUsed(page, value, block) && count++));
  const data: Data = {
    rows: new Float32Array(count * width),
    width,
    count,
    labels: new Float32Array(count),
    weights: new Float32Array(count),
  };
  const pageOf = new Int32Array(count);
  let row = 0;
  pages.forEach((page, at) => {
    const table = tables.get(page) as Float32Array;
    page.labels.forEach((value, block) => {
      if (!isUsed(page, value, block)) return;
      data.rows.set(table.subarray(block * width, (block + 1) * width), row * width);
      data.labels[row] = value;
      data.weights[row] = page.weights[block] as number;
      pageOf[row] = at;
      row++;
    });
  });
  return { data, pageOf };
}

const wordsOfBoxes = new WeakMap<Box, readonly string[]>();
const wordsOf = (page: Page, box: Box): readonly string[] => {
  const known = wordsOfBoxes.get(box);
  if (known) return known;
  const { tape } = page.facts.survey;
  const made =
    box.node < 0
      ? []
      : classWords(`${tape.attribute(box.node, 'class') ?? ''} ${tape.attribute(box.node, 'id') ?? ''}`);
  wordsOfBoxes.set(box, made);
  return made;
};
const classWordsOf = (page: Page, block: number): readonly string[] => {
  const words = new Set<string>();
  let box = page.facts.survey.blocks[block]?.box ?? null;
  for (let level = 0; box && level < 12; level++) {
    words.add(`<${box.name}>`);
    for (const word of wordsOf(page, box)) words.add(word);
    box = box.parent;
  }
  return [...words];
};
const textWordsOf = (page: Page, block: number): readonly string[] =>
  lexiconWords(page.facts.survey.blocks[block]?.text ?? '');

/** How the second pass is grown: few features, so small trees. */
const HOW_CONTEXT: Growing = {
  trees: 80,
  leaves: 14,
  rate: 0.1,
  minWeight: 8,
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
function report(name: string, pages: readonly Page[], scores: ReadonlyMap<Page, number[]>, scorer: Scorer): void {
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

/** Trains the smoothing pass on scores that pages got from trees grown without their fold; returns its own such scores. */
function secondPass(
  pages: readonly Page[],
  scores: ReadonlyMap<Page, number[]>,
  out: string | null,
  log: (text: string) => void,
): Map<Page, number[]> {
  const tables = new Map(
    pages.map((page) => [
      page,
      contextFeatures(page.facts.survey.blocks, page.facts.survey.boxes.length, scores.get(page) as number[]),
    ]),
  );
  const { data, pageOf } = matrix(pages, tables, CONTEXT_FEATURES.length);
  const edges = edgesOf(data);
  const bins = binned(data, edges);
  const all = Int32Array.from({ length: data.count }, (_, row) => row);
  const made = new Map<Page, number[]>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const use = all.filter((row) => (pages[pageOf[row] as number] as Page).fold !== fold);
    const boost = prepareBoost(grow(data, edges, bins, use, HOW_CONTEXT, CONTEXT_FEATURES));
    for (const page of pages)
      if (page.fold === fold)
        made.set(
          page,
          Array.from(page.labels, (_, block) => boost.score(tables.get(page) as Float32Array, block * data.width)),
        );
  }
  log('second pass');
  if (out)
    writeFileSync(`${out}/context.json`, JSON.stringify(grow(data, edges, bins, all, HOW_CONTEXT, CONTEXT_FEATURES)));
  return made;
}

/** Trains on a corpus folder and writes the model files into `out`. */
export async function trainBody(folder: string, out: string | null): Promise<void> {
  const scorer = await readScorer(folder);
  const started = performance.now();
  const log = (text: string): void =>
    void process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)}s ${text}\n`);
  const pages: Page[] = [];
  let first = 0;
  for (const one of readCases(folder)) {
    const facts = readFacts(folder, one);
    facts.survey.states.length = 0;
    const picked = chooseTitle(facts);
    const { labels, weights } = label(one, facts, scorer);
    pages.push({ one, fold: foldOf(one.site), facts, title: picked, labels, weights, first });
    first += labels.length;
  }
  log(`${pages.length} pages, ${first} blocks`);
  // The features of a page use word scores learned without its fold, so that training sees what a new site would show.
  const lexicons = Array.from({ length: FOLDS }, (_, fold) => ({
    classes: prepareClasses(lexiconOf(pages, fold, classWordsOf)),
    text: prepareLexicon(lexiconOf(pages, fold, textWordsOf)),
  }));
  log('word scores');
  const tables = new Map<Page, Float32Array>();
  const hopeless = new Map<Page, Uint8Array>();
  let skipped = 0;
  let lost = 0;
  for (const page of pages) {
    const words = lexicons[page.fold] as Lexicons;
    const table = blockFeatures(page.facts, page.title?.text ?? null, page.title?.block ?? -1, words);
    tables.set(page, table.rows);
    hopeless.set(page, table.hopeless);
    page.labels.forEach((value, block) => {
      if (table.hopeless[block] !== 1 || value < 0) return;
      skipped++;
      if (value === 1) lost++;
    });
  }
  log(`${skipped} labelled blocks passed over as navigation, ${lost} of them text`);
  const { data, pageOf } = matrix(pages, tables, BLOCK_FEATURES.length, hopeless);
  const edges = edgesOf(data);
  const bins = binned(data, edges);
  log(`${data.count} labelled blocks, ${data.width} features`);
  const all = Int32Array.from({ length: data.count }, (_, row) => row);
  const scores = new Map<Page, number[]>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const use = all.filter((row) => (pages[pageOf[row] as number] as Page).fold !== fold);
    const boost = prepareBoost(grow(data, edges, bins, use, HOW, BLOCK_FEATURES));
    for (const page of pages) {
      if (page.fold !== fold) continue;
      const table = tables.get(page) as Float32Array;
      scores.set(
        page,
        Array.from(page.labels, (_, block) =>
          hopeless.get(page)?.[block] === 1 ? -6 : boost.score(table, block * data.width, BODY_GATES),
        ),
      );
    }
    log(`fold ${fold}`);
  }
  report('first pass', pages, scores, scorer);
  const second = secondPass(pages, scores, out, log);
  report('second pass', pages, second, scorer);
  if (!out) return;
  const model = grow(data, edges, bins, all, HOW, BLOCK_FEATURES);
  writeFileSync(`${out}/body.json`, JSON.stringify(model));
  writeFileSync(
    `${out}/lexicon.json`,
    JSON.stringify({ classes: lexiconOf(pages, -1, classWordsOf), text: lexiconOf(pages, -1, textWordsOf) }),
  );
  log('written');
}
