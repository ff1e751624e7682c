/** The labels a token can have: outside, or begin / inside / end / single of a type (BIOES). */
import type { EntityType } from '@newsloom/model';

/** Types the model tags; the others come from rules. */
export const MODEL_TYPES = ['PER', 'ORG', 'LOC', 'MISC'] as const satisfies readonly EntityType[];

export const LABEL_COUNT = 1 + 4 * MODEL_TYPES.length;
export const OUTSIDE = 0;

/** The label numbers of type number `type`. */
export const begin = (type: number): number => 1 + 4 * type;
export const inside = (type: number): number => 2 + 4 * type;
export const end = (type: number): number => 3 + 4 * type;
export const single = (type: number): number => 4 + 4 * type;

/** The labels an entity may be preceded by: outside, and every end and single. */
export const CLOSED_LABELS: readonly number[] = [
  OUTSIDE,
  ...MODEL_TYPES.flatMap((_, type) => [end(type), single(type)]),
];
/** The labels that may follow those: outside, and every begin and single. */
export const OPENING_LABELS: readonly number[] = [
  OUTSIDE,
  ...MODEL_TYPES.flatMap((_, type) => [begin(type), single(type)]),
];

/** For each label the labels that may stand before it. */
export const PREDECESSORS: readonly (readonly number[])[] = Array.from({ length: LABEL_COUNT }, (_, label) => {
  if (OPENING_LABELS.includes(label)) return CLOSED_LABELS;
  const type = (label - 1) >> 2;
  return [begin(type), inside(type)];
});
