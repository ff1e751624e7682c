/** Trains the rankings of title, date and author candidates; cross-validated by site. */
import { writeFileSync } from 'node:fs';
import { AUTHOR_FEATURES, type AuthorGroup, authorFeatures, authorGroups } from '../src/author/author-rank.ts';
import { authorCandidates } from '../src/author/authors.ts';
import { chooseBody } from '../src/body.ts';
import { type Boost, prepareBoost, probability } from '../src/boost.ts';
import { dateCandidates } from '../src/date/date-candidates.ts';
import { DATE_FEATURES, dateFeatures, type Landmarks } from '../src/date/date-rank.ts';
import type { PageFacts } from '../src/facts.ts';
import { IMAGE_FEATURES, imageCandidates, imageFeatures } from '../src/image.ts';
import { detectLanguage } from '../src/language/language.ts';
import { renderBody } from '../src/render.ts';
import { chooseTitle } from '../src/title/choose-title.ts';
import { titleCandidates } from '../src/title/title.ts';
import { titleTexts, writtenForm } from '../src/title/title-form.ts';
import { TITLE_FEATURES, titleFeatures } from '../src/title/title-rank.ts';
import { type Case, FOLDS, foldOf, readCases, readFacts } from './corpus.ts';
import { binned, type Data, edgesOf, type Growing, grow } from './grow.ts';

/** What is ranked. */
export type Field = 'title' | 'date' | 'author' | 'image';
/** One page's candidates: features and how right each is, 0 to 1. */
type Group = {
  one: Case;
  fold: number;
  rows: Float64Array[];
  gains: number[];
  shown: string[];
  settle?: (at: number) => number;
};

const HOW: Growing = {
  trees: 200,
  leaves: 16,
  depth: 7,
  rate: 0.05,
  minWeight: 2,
  lambda: 3,
  rowShare: 0.8,
  featureShare: 0.4,
  seed: 11,
};
/**
 * What differs from it, as cross-validation likes it best: dates, whose features say much the same in several ways, with
 * fewer of them a tree; the few pages with images with smaller leaves, before a place in the page says anything.
 */
const HOW_OF: Partial<Record<Field, Partial<Growing>>> = {
  title: { depth: 15 },
  date: { featureShare: 0.25 },
  image: { minWeight: 0.5, lambda: 1 },
};
const NAMES: Record<Field, readonly string[]> = {
  title: TITLE_FEATURES,
  date: DATE_FEATURES,
  author: AUTHOR_FEATURES,
  image: IMAGE_FEATURES,
};

/** What a right candidate weighs beside a wrong one: a title has one right text among ten, authors one right group among five. */
const RIGHT_WEIGHT: Record<Field, number> = { title: 2, date: 1, author: 2, image: 1 };

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
/** The file name of an image address, as the scorer compares it. */
function fileName(url: string): string {
  try {
    return decodeURIComponent(new URL(url, 'http://x/').pathname).split('/').filter(Boolean).pop()?.toLowerCase() ?? '';
  } catch {
    return '';
  }
}
const nameKey = (text: string): string =>
  text
    .replace(/^\s*(?:by|par|von|theo|por|di|de|tác giả)\s*:?\s+/iu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();

function marksOf(facts: PageFacts): { marks: Landmarks; lang: string | null } {
  const title = chooseTitle(facts);
  const choice = chooseBody(facts, title?.text ?? null, title?.block ?? -1);
  return {
    marks: { titleBlock: title?.block ?? -1, first: choice.first, last: choice.last },
    lang: detectLanguage(renderBody(facts.survey.blocks, choice.keep)).lang,
  };
}

function groupOf(field: Field, one: Case, facts: PageFacts): Group | null {
  const base = { one, fold: foldOf(one.site) };
  if (field === 'title') {
    if (one.title === undefined) return null;
    const all = titleTexts(titleCandidates(facts));
    const wanted = squeeze(one.title);
    return {
      ...base,
      rows: titleFeatures(all, facts),
      gains: all.map(({ text }) => (squeeze(text) === wanted ? 1 : 0)),
      shown: all.map(({ text, members }) => `${members.map((at) => `${at.from} ${at.at}`).join(' + ')}: ${text}`),
      settle: (at) => writtenForm(all, at),
    };
  }
  if (field === 'date') {
    if (one.date === undefined) return null;
    const { marks, lang } = marksOf(facts);
    const all = dateCandidates(facts, lang);
    const wanted = new Set([one.date, ...(one.date_alt ?? [])]);
    return {
      ...base,
      rows: dateFeatures(all, facts, marks),
      gains: all.map((candidate) => (wanted.has(candidate.value.slice(0, 10)) ? 1 : 0)),
      shown: all.map((candidate) => `${candidate.from} ${candidate.at}: ${candidate.value}`),
    };
  }
  if (field === 'image') {
    if (one.images === undefined) return null;
    const { marks } = marksOf(facts);
    const all = imageCandidates(facts, marks);
    const wanted = new Set(one.images.map(fileName).filter((name) => name !== ''));
    return {
      ...base,
      rows: imageFeatures(all, marks),
      gains: all.map((candidate) => (wanted.has(fileName(candidate.url)) ? 1 : 0)),
      shown: all.map((candidate) => `${candidate.from} ${candidate.at}: ${candidate.url}`),
    };
  }
  if (one.authors === undefined) return null;
  const { marks } = marksOf(facts);
  const all = authorGroups(authorCandidates(facts, marks.titleBlock, marks.last));
  const wanted = new Set(one.authors.map(nameKey).filter((name) => name !== ''));
  const namesOf = (group: AuthorGroup): readonly string[] => group.members[0]?.names ?? [];
  const gains = all.map((group) => {
    const given = new Set(
      namesOf(group)
        .map(nameKey)
        .filter((name) => name !== ''),
    );
    const hits = [...given].filter((name) => wanted.has(name)).length;
    return hits === 0 ? 0 : (2 * hits) / (given.size + wanted.size);
  });
  return {
    ...base,
    rows: authorFeatures(all, facts, marks),
    gains,
    shown: all.map(
      (one) => `${one.members.map((at) => `${at.from} ${at.at}`).join(' + ')}: ${namesOf(one).join('; ')}`,
    ),
  };
}

/** What trees chose on one page: the candidate, or -1, and its probability. */
type Pick = { group: Group; at: number; p: number };

const gainOf = (pick: Pick): number => (pick.at < 0 ? 0 : (pick.group.gains[pick.at] as number));

function pickOf(group: Group, boost: Boost): Pick {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  group.rows.forEach((values, candidate) => {
    const score = boost.score(values);
    if (score > most) {
      most = score;
      best = candidate;
    }
  });
  return { group, at: group.settle && best >= 0 ? group.settle(best) : best, p: best < 0 ? 0 : probability(most) };
}

/**
 * Trains the ranking of one field on a corpus folder; writes `<field>.json` into `out`.
 *
 * @param seeds how many seeds the cross-validation is repeated with; its figures are their means.
 */
export function trainRank(field: Field, folder: string, out: string | null, seeds = 1): void {
  const groups: Group[] = [];
  for (const one of readCases(folder)) {
    if (
      one.gt === 'snapshot' ||
      one[field === 'author' ? 'authors' : field === 'image' ? 'images' : field] === undefined
    )
      continue;
    const group = groupOf(field, one, readFacts(folder, one));
    if (group) groups.push(group);
  }
  const names = NAMES[field];
  const width = names.length;
  const count = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const data: Data = {
    rows: new Float64Array(count * width),
    width,
    count,
    labels: new Float32Array(count),
    weights: new Float32Array(count),
  };
  const groupOfRow = new Int32Array(count);
  let row = 0;
  groups.forEach((group, at) => {
    group.rows.forEach((values, candidate) => {
      data.rows.set(values, row * width);
      data.labels[row] = group.gains[candidate] as number;
      // A page counts as one whether it has three candidates or sixty.
      const gain = group.gains[candidate] as number;
      data.weights[row] = ((gain > 0 ? RIGHT_WEIGHT[field] : 1) * 4) / Math.sqrt(group.rows.length);
      groupOfRow[row] = at;
      row++;
    });
  });
  const edges = edgesOf(data);
  const bins = binned(data, edges);
  const all = Int32Array.from({ length: count }, (_, index) => index);
  const growing: Growing = { ...HOW, ...HOW_OF[field] };
  const crossValidate = (how: Growing): Pick[] => {
    const picks: Pick[] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const use = all.filter((index) => (groups[groupOfRow[index] as number] as Group).fold !== fold);
      const boost = prepareBoost(grow(data, edges, bins, use, how, names));
      for (const group of groups) if (group.fold === fold) picks.push(pickOf(group, boost));
    }
    return picks;
  };
  const ceiling = groups.reduce((sum, group) => sum + Math.max(0, ...group.gains), 0) / groups.length;
  process.stdout.write(`${field}: ${groups.length} pages, ${count} candidates, best possible ${ceiling.toFixed(4)}\n`);
  // The first seed is the one that the written trees grow from.
  const runs = Array.from({ length: seeds }, (_, at) => crossValidate({ ...growing, seed: growing.seed + at }));
  for (const threshold of [0, 0.05, 0.1, 0.15, 0.2, 0.3]) {
    const figures = runs.map((picks) => {
      const given = picks.filter((pick) => pick.at >= 0 && pick.p >= threshold);
      const right = given.reduce((sum, pick) => sum + gainOf(pick), 0);
      return { all: right / groups.length, given: right / Math.max(1, given.length) };
    });
    const mean = (key: 'all' | 'given'): string =>
      (figures.reduce((sum, one) => sum + one[key], 0) / figures.length).toFixed(4);
    const each = seeds > 1 ? ` (${figures.map((one) => one.all.toFixed(4)).join(' ')})` : '';
    process.stdout.write(`  threshold ${threshold}: ${mean('all')} of all${each}, ${mean('given')} of the given\n`);
  }
  const picks = runs[0] as Pick[];
  const bySource = new Map<string, { sum: number; count: number }>();
  for (const pick of runs.flat()) {
    const entry = bySource.get(pick.group.one.source) ?? { sum: 0, count: 0 };
    entry.sum += gainOf(pick);
    entry.count++;
    bySource.set(pick.group.one.source, entry);
  }
  for (const [source, { sum, count: pages }] of bySource)
    process.stdout.write(`  ${source}: ${(sum / pages).toFixed(3)} of ${pages / seeds}\n`);
  if (process.argv.includes('--misses'))
    for (const pick of picks) {
      if (gainOf(pick) > 0.99) continue;
      const best = pick.group.gains.indexOf(Math.max(...pick.group.gains));
      const wanted =
        field === 'title'
          ? pick.group.one.title
          : field === 'date'
            ? pick.group.one.date
            : field === 'image'
              ? pick.group.one.images?.[0]
              : pick.group.one.authors?.join('; ');
      process.stdout.write(
        `MISS ${pick.group.one.id}\n   gold ${wanted}\n   took ${pick.group.shown[pick.at] ?? '-'} (${pick.p.toFixed(2)})\n   best ${(pick.group.gains[best] ?? 0) > 0 ? pick.group.shown[best] : '- none'}\n`,
      );
    }
  if (out) writeFileSync(`${out}/${field}.json`, JSON.stringify(grow(data, edges, bins, all, growing, names)));
}
