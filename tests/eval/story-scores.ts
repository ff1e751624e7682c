/** Builds stories out of the labelled articles in several orders of arrival and scores them. */
import { readFileSync } from 'node:fs';
import {
  chooseStory,
  linkMentions,
  openTagger,
  type StoryCandidate,
  type StorySignature,
  scoreSameStory,
  storySignature,
} from '@newsloom/enrich';

/** One labelled article. */
export type Article = {
  id: string;
  event: string;
  split: 'dev' | 'test';
  lang: string;
  title: string;
  date: string | null;
  fetchedAt: string;
  text: string;
};

/** Scores over several orders of arrival: means, and the lowest F1. */
export type StoryScore = {
  name: string;
  orders: number;
  precision: number;
  recall: number;
  f1: number;
  lowest: number;
  crossLanguageRecall: number;
  /** Share of pairs of one event that share an index key. */
  candidateRecall: number;
};

type Read = { article: Article; signature: StorySignature };

/** Orders of arrival tried besides by date and backwards. */
const SHUFFLES = 8;

/** The labelled articles. */
export function readArticles(): Article[] {
  return readFileSync(new URL('../fixtures/stories/articles.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Article);
}

/** Signatures of the articles, tagged and linked as the enricher does; `dated: false` hides the publication dates. */
export function readSignatures(articles: readonly Article[], dated = true): Read[] {
  const tagger = openTagger();
  return articles.map((article) => {
    const date = dated ? article.date : null;
    const text = `${article.title}\n\n${article.text}`;
    const mentions = tagger.tag(text, { lang: article.lang, ...(date === null ? {} : { date }) });
    const linked = linkMentions({ id: article.id, lang: article.lang, text, mentions });
    return { article, signature: storySignature({ ...article, date, text, mentions: linked.mentions }) };
  });
}

/** The scores for all articles, for each half of the set, and without publication dates. */
export function storyReport(articles: readonly Article[], showErrors: boolean): StoryScore[] {
  const read = readSignatures(articles);
  if (showErrors) printErrors(read);
  return [
    score('all', read),
    score(
      'development half',
      read.filter(({ article }) => article.split === 'dev'),
    ),
    score(
      'held-out half',
      read.filter(({ article }) => article.split === 'test'),
    ),
    score('without dates', readSignatures(articles, false)),
  ];
}

function score(name: string, read: readonly Read[]): StoryScore {
  const orders = arrivals(read);
  const runs = orders.map((order) => bCubed(order, gather(order)));
  const mean = (pick: (run: (typeof runs)[number]) => number): number =>
    runs.reduce((sum, run) => sum + pick(run), 0) / runs.length;
  return {
    name,
    orders: orders.length,
    precision: mean((run) => run.precision),
    recall: mean((run) => run.recall),
    f1: mean((run) => run.f1),
    lowest: Math.min(...runs.map((run) => run.f1)),
    crossLanguageRecall: mean((run) => run.crossLanguageRecall),
    candidateRecall: candidateRecall(read),
  };
}

/** The story of each article when they arrive one by one and candidates are found by key, as the store does. */
function gather(order: readonly Read[]): Map<string, string> {
  const stories = new Map<string, string>();
  const index = new Map<string, StoryCandidate[]>();
  for (const { article, signature } of order) {
    const candidates = new Map<string, StoryCandidate>();
    for (const key of signature.keys)
      for (const candidate of index.get(key) ?? []) candidates.set(candidate.documentId, candidate);
    const { storyId, merge } = chooseStory(signature, [...candidates.values()]);
    const own = storyId ?? `s-${article.id}`;
    stories.set(article.id, own);
    if (merge.length > 0) {
      for (const [id, story] of stories) if (merge.includes(story)) stories.set(id, own);
      for (const listed of index.values()) for (const it of listed) if (merge.includes(it.storyId)) it.storyId = own;
    }
    const candidate = { documentId: article.id, storyId: own, signature };
    for (const key of signature.keys) index.set(key, [...(index.get(key) ?? []), candidate]);
  }
  return stories;
}

/** By date, backwards, and shuffled by a fixed generator, so that every run is the same. */
function arrivals(read: readonly Read[]): Read[][] {
  const byDate = [...read].sort((a, b) => (a.article.date ?? '9').localeCompare(b.article.date ?? '9'));
  const orders = [byDate, [...byDate].reverse()];
  let state = 12_345;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < SHUFFLES; i++) {
    orders.push(
      read
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
    );
  }
  return orders;
}

/** B-cubed (Bagga and Baldwin 1998), and the share of same-event pairs in different languages that share a story. */
function bCubed(read: readonly Read[], stories: ReadonlyMap<string, string>) {
  let precision = 0;
  let recall = 0;
  let pairs = 0;
  let joined = 0;
  for (const { article } of read) {
    const own = stories.get(article.id);
    const sameEvent = read.filter((other) => other.article.event === article.event);
    const sameStory = read.filter((other) => stories.get(other.article.id) === own);
    const both = sameEvent.filter((other) => stories.get(other.article.id) === own);
    precision += both.length / sameStory.length;
    recall += both.length / sameEvent.length;
    const across = sameEvent.filter((other) => other.article.lang !== article.lang);
    pairs += across.length;
    joined += across.filter((other) => stories.get(other.article.id) === own).length;
  }
  precision /= read.length;
  recall /= read.length;
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    crossLanguageRecall: pairs === 0 ? 1 : joined / pairs,
  };
}

function candidateRecall(read: readonly Read[]): number {
  let pairs = 0;
  let found = 0;
  for (const a of read) {
    for (const b of read) {
      if (a === b || a.article.event !== b.article.event) continue;
      pairs++;
      if (a.signature.keys.some((key) => b.signature.keys.includes(key))) found++;
    }
  }
  return pairs === 0 ? 1 : found / pairs;
}

/** Pairs of one event that score low, and pairs of two events that score high. */
function printErrors(read: readonly Read[]): void {
  read.forEach((a, i) => {
    for (const b of read.slice(i + 1)) {
      const same = a.article.event === b.article.event;
      const likely = scoreSameStory(a.signature, b.signature);
      if (same ? likely < 0.5 : likely > 0.3)
        console.log(
          `${same ? 'missed' : 'false '} ${likely.toFixed(2)} ${a.article.id} ${b.article.id} ${a.article.event} ${b.article.event}`,
        );
    }
  });
}
