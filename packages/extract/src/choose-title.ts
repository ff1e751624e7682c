/** Chooses a page's title by the learned ranking of its candidates. */
import type { FieldOrigin } from '@newsloom/model';
import { type Boost, loadBoost } from './boost.ts';
import type { PageFacts } from './facts.ts';
import { titleCandidates } from './title.ts';
import { shownForm, titleFeatures } from './title-rank.ts';
import { keyOf } from './words.ts';

/** A chosen title, the block it stands in (or -1), and where it came from. */
export type ChosenTitle = { text: string; block: number; origin: FieldOrigin };

let model: Boost | null = null;

/** The likeliest title of a page, or null where it has none. */
export function chooseTitle(facts: PageFacts): ChosenTitle | null {
  const all = titleCandidates(facts);
  if (all.length === 0) return null;
  model ??= loadBoost('title.json');
  const ranking = model;
  const rows = titleFeatures(all, facts);
  const scored = all
    .map((one, at) => ({ one, score: ranking.score(rows[at] as Float64Array) }))
    .sort((a, b) => b.score - a.score);
  const first = scored[0]?.one;
  const best = first ? all[shownForm(all, all.indexOf(first))] : undefined;
  if (!best) return null;
  const key = keyOf(best.text);
  const beaten = new Map<string, { from: string; value: string }>();
  for (const { one } of scored) {
    const other = keyOf(one.text);
    if (other !== key && !beaten.has(other)) beaten.set(other, { from: one.from, value: one.text.slice(0, 200) });
  }
  const over = [...beaten.values()].slice(0, 5);
  const heading =
    all.find((one) => one.block >= 0 && keyOf(one.text) === key) ??
    all.find((one) => one.block >= 0 && one.at === 'h1');
  return {
    text: best.text,
    block: best.block >= 0 ? best.block : (heading?.block ?? blockOf(facts, key)),
    origin: { from: best.from, at: best.at, ...(over.length > 0 ? { over } : {}) },
  };
}

/** The block that shows a title which no heading marks, or -1. */
function blockOf(facts: PageFacts, key: string): number {
  if (key.length < 8) return -1;
  return facts.survey.blocks.findIndex(
    (block) => block.linkChars === 0 && block.text.length < 300 && keyOf(block.text) === key,
  );
}
