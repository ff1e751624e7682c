/** Scores entity linking on labelled names: spans are given, ids are compared as clusters. */
import { readFileSync } from 'node:fs';
import { linkMentions, openLinker } from '@newsloom/enrich';
import type { Mention, MentionType } from '@newsloom/model';

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

/** Links every labelled document, as one batch (`shared`) or each by itself, and scores the entities. */
export function linkingReport(showErrors: boolean, shared = true): LinkingScore {
  const lines = readFileSync(new URL('../fixtures/stories/links.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const linker = openLinker();
  const rows: Row[] = [];
  for (const document of lines.map(read)) {
    const linked = shared ? linker.link(document) : linkMentions(document).mentions;
    linked.forEach(({ text, entityId }, i) => {
      const gold = document.gold[i] as string;
      if (gold !== NOT_SCORED) rows.push({ text, lang: document.lang, gold, own: entityId ?? `none-${rows.length}` });
    });
  }
  return scoreRows(rows, showErrors);
}

function scoreRows(rows: readonly Row[], showErrors: boolean): LinkingScore {
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
  const wrong = rows.filter(({ gold, own }) => mapping.get(gold) !== own);
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
