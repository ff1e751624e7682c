/** Chooses a page's title by the learned ranking of its candidates. */
import type { FieldOrigin } from '@newsloom/model';
import { type Boost, loadBoost } from '../boost.ts';
import type { PageFacts } from '../facts.ts';
import { keyOf } from '../words.ts';
import { titleCandidates } from './title.ts';
import { titleTexts, writtenForm } from './title-form.ts';
import { titleFeatures } from './title-rank.ts';

/** A chosen title, the block it stands in (or -1), and where it came from. */
export type ChosenTitle = { text: string; block: number; origin: FieldOrigin };

let model: Boost | null = null;

/** The likeliest title of a page, or null where it has none. */
export function chooseTitle(facts: PageFacts): ChosenTitle | null {
  const all = titleTexts(titleCandidates(facts));
  if (all.length === 0) return null;
  model ??= loadBoost('title.json');
  const ranking = model;
  const scored = titleFeatures(all, facts)
    .map((row, at) => ({ at, score: ranking.score(row) }))
    .sort((a, b) => b.score - a.score);
  const best = all[writtenForm(all, scored[0]?.at ?? 0)];
  const from = best?.members.find((one) => one.block >= 0) ?? best?.members[0];
  if (!best || !from) return null;
  const { key } = best;
  const beaten = new Map<string, { from: string; value: string }>();
  for (const { at } of scored) {
    const other = all[at];
    if (other && other.key !== key && !beaten.has(other.key))
      beaten.set(other.key, { from: other.members[0]?.from ?? '', value: other.text.slice(0, 200) });
  }
  const over = [...beaten.values()].slice(0, 5);
  const headings = all.flatMap((one) => one.members.filter((member) => member.block >= 0));
  const heading = headings.find((one) => keyOf(one.text) === key) ?? headings.find((one) => one.at === 'h1');
  return {
    text: best.text,
    block: from.block >= 0 ? from.block : (heading?.block ?? blockOf(facts, key)),
    origin: { from: from.from, at: from.at, ...(over.length > 0 ? { over } : {}) },
  };
}

/** The block that shows a title which no heading marks, or -1. */
function blockOf(facts: PageFacts, key: string): number {
  if (key.length < 8) return -1;
  return facts.survey.blocks.findIndex(
    (block) => block.linkChars === 0 && block.text.length < 300 && keyOf(block.text) === key,
  );
}
