/** Scores entity linking on labelled names, with the spans given or found by the tagger; ids are compared as clusters. */
import { readFileSync } from 'node:fs';
import { linkMentions, mendMentions, openLinker, openTagger, tokenize } from '@newsloom/enrich';
import type { LinkedMention, Mention, MentionType } from '@newsloom/model';

/** The labelled names the linker was built on, and two sets that were written, and scored once, before anything was changed for them. */
export const NAMES = {
  development: 'stories/links.jsonl',
  blind: 'entities/blind.jsonl',
  second: 'entities/second.jsonl',
} as const;

/** Shares between 0 and 1. */
export type LinkingScore = {
  mentions: number;
  /** Mentions right under the best greedy one-to-one mapping of system entities to labelled ones. */
  accuracy: number;
  /** Pairs of mentions of one thing in two languages that share an entity. */
  crossLanguageRecall: number;
  /** Pairs with one entity that are two things. */
  falseMerges: number;
};

type Labelled = { id: string; lang: string; text: string; mentions: Mention[]; gold: string[] };
type Row = { text: string; lang: string; gold: string; own: string };

/** Labels that only mark a span as not to be scored. */
const NOT_SCORED = 'x';

/** Reads `[name|TYPE|label]` marks out of a text. */
function read(line: string): Labelled {
  const { id, lang, text: marked } = JSON.parse(line) as { id: string; lang: string; text: string };
  const mentions: Mention[] = [];
  const gold: string[] = [];
  let text = '';
  let at = 0;
  for (const mark of marked.matchAll(/\[([^|\]]+)\|(\w+)\|([\w-]+)\]/g)) {
    text += marked.slice(at, mark.index);
    const [whole, name, type, label] = mark as unknown as [string, string, string, string];
    mentions.push({ start: text.length, end: text.length + name.length, text: name, type: type as MentionType });
    gold.push(label);
    text += name;
    at = mark.index + whole.length;
  }
  return { id, lang, text: text + marked.slice(at), mentions, gold };
}

function readNames(file: string): Labelled[] {
  return readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(read);
}

/** Links every labelled document, as one batch (`shared`) or each by itself, and scores the entities. */
export function linkingReport(showErrors: boolean, shared = true, file: string = NAMES.development): LinkingScore {
  const linker = openLinker();
  const rows: Row[] = [];
  for (const document of readNames(file)) {
    const linked = shared ? linker.link(document) : linkMentions(document).mentions;
    linked.forEach(({ text, entityId }, i) => {
      const gold = document.gold[i] as string;
      if (gold !== NOT_SCORED) rows.push({ text, lang: document.lang, gold, own: entityId ?? `none-${rows.length}` });
    });
  }
  return scoreRows(rows, showErrors);
}

/** Shares between 0 and 1 of the labelled names, and what was found beside them. */
export type EndToEndScore = {
  mentions: number;
  /** Found with half of the words or more in common, and linked right. */
  right: number;
  /** Found to the letter, and linked right. */
  exact: number;
  /** Found at all. */
  found: number;
  /** Pairs of names with one entity that are two things. */
  falseMerges: number;
};

/** Tags and links every labelled document as one batch, as the enricher does, and scores the labelled names. */
export function endToEndReport(showErrors: boolean, file: string = NAMES.development): EndToEndScore {
  const linker = openLinker();
  const tagger = openTagger();
  const rows: (Row & { exact: boolean; found: string | null })[] = [];
  for (const { id, lang, text, mentions, gold } of readNames(file)) {
    const tokens = tokenize(text);
    const found = mendMentions(tokens, tagger.tagTokens(tokens, { lang }), lang);
    const tagged = linker.link({ id, lang, text, mentions: found });
    mentions.forEach((mention, i) => {
      const label = gold[i] as string;
      if (label === NOT_SCORED) return;
      const hit = bestOverlap(mention, tagged);
      rows.push({
        text: mention.text,
        lang,
        gold: label,
        own: hit?.entityId ?? `none-${rows.length}`,
        exact: hit !== null && hit.start === mention.start && hit.end === mention.end,
        found: hit && `${hit.text} ${hit.type}`,
      });
    });
  }
  const wrong = new Set(wrongRows(rows));
  if (showErrors)
    for (const { text, lang, gold, found } of wrong)
      console.log(`e2e    ${lang} ${gold.padEnd(12)} ${text} -> ${found}`);
  const share = (fits: (row: (typeof rows)[number]) => boolean): number => rows.filter(fits).length / rows.length;
  return {
    mentions: rows.length,
    right: share((row) => row.found !== null && !wrong.has(row)),
    exact: share((row) => row.exact && !wrong.has(row)),
    found: share((row) => row.found !== null),
    falseMerges: scoreRows(rows, false).falseMerges,
  };
}

/** The tagged name that shares at least half of its letters and of the labelled name's, or null. */
function bestOverlap({ start, end }: Mention, tagged: readonly LinkedMention[]): LinkedMention | null {
  let best: LinkedMention | null = null;
  let most = 0;
  for (const other of tagged) {
    if (other.entityId === null) continue;
    const shared = Math.min(end, other.end) - Math.max(start, other.start);
    if (shared * 2 < Math.max(end - start, other.end - other.start) || shared <= most) continue;
    best = other;
    most = shared;
  }
  return best;
}

/** The rows that are not right under the best greedy one-to-one mapping of entities to labels. */
function wrongRows<R extends Row>(rows: readonly R[]): R[] {
  const overlaps = new Map<string, { gold: string; own: string; count: number }>();
  for (const { gold, own } of rows) {
    const key = `${gold}\t${own}`;
    const overlap = overlaps.get(key) ?? { gold, own, count: 0 };
    overlap.count++;
    overlaps.set(key, overlap);
  }
  const mapping = new Map<string, string>();
  const taken = new Set<string>();
  for (const { gold, own } of [...overlaps.values()].sort((a, b) => b.count - a.count)) {
    if (mapping.has(gold) || taken.has(own)) continue;
    mapping.set(gold, own);
    taken.add(own);
  }
  return rows.filter(({ gold, own }) => mapping.get(gold) !== own);
}

function scoreRows(rows: readonly Row[], showErrors: boolean): LinkingScore {
  const wrong = wrongRows(rows);
  if (showErrors) for (const { text, lang, gold } of wrong) console.log(`link   ${lang} ${gold.padEnd(12)} ${text}`);
  let across = 0;
  let acrossJoined = 0;
  let joined = 0;
  let merged = 0;
  rows.forEach((a, i) => {
    for (const b of rows.slice(i + 1)) {
      const same = a.gold === b.gold;
      if (a.own === b.own) {
        joined++;
        if (!same) merged++;
      }
      if (!same || a.lang === b.lang) continue;
      across++;
      if (a.own === b.own) acrossJoined++;
    }
  });
  return {
    mentions: rows.length,
    accuracy: 1 - wrong.length / rows.length,
    crossLanguageRecall: acrossJoined / across,
    falseMerges: merged / joined,
  };
}
