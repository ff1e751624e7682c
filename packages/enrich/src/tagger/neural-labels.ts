/** Label names of other people's models, in whatever scheme they were trained with, to spans of this tagger's types. */
import { MODEL_TYPES } from './labels.ts';
import type { Span } from './spans.ts';

/** The names models give to this tagger's types; dates and amounts are left to the rules. */
const TYPE_NAMES: Record<(typeof MODEL_TYPES)[number], readonly string[]> = {
  PER: ['PER', 'PERS', 'PERSON'],
  ORG: ['ORG', 'ORGANIZATION', 'ORGANISATION', 'CORPORATION'],
  LOC: ['LOC', 'LOCATION', 'GPE', 'FAC', 'PLACE'],
  MISC: ['MISC', 'NORP', 'EVENT', 'PRODUCT', 'WORK_OF_ART', 'LAW'],
};

/** A label's meaning: its type's number (-1: none), and whether it opens or closes a name. */
export type NeuralLabel = { type: number; opens: boolean; closes: boolean };

/** Reads a label as IO, BIO, BIOES or BILOU writes it: `PER`, `B-PER`, `S-ORG`, `U-GPE`. */
export function readLabel(name: string): NeuralLabel {
  const [, prefix = '', word = ''] = /^(?:([BIESLU])[-_])?(.*)$/i.exec(name) ?? [];
  const place = prefix.toUpperCase();
  return {
    type: MODEL_TYPES.findIndex((type) => TYPE_NAMES[type].includes(word.toUpperCase())),
    opens: place !== '' && 'BSU'.includes(place),
    closes: place !== '' && 'ESLU'.includes(place),
  };
}

/** The spans that a label for each token stands for; a name that goes on without having begun begins there. */
export function spansOfLabels(labels: readonly (NeuralLabel | null)[]): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  for (const [i, label] of labels.entries()) {
    if (label === null || label.type < 0) {
      open = null;
      continue;
    }
    if (open && open.type === label.type && !label.opens) open.last = i;
    else {
      open = { first: i, last: i, type: label.type };
      spans.push(open);
    }
    if (label.closes) open = null;
  }
  return spans;
}
