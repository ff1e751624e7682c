/** Labels of tokens to spans of tokens. */
import { LABEL_COUNT, OUTSIDE } from './labels.ts';

/** Tokens `first` to `last` (inclusive) name something of type number `type`. */
export type Span = { first: number; last: number; type: number };

/** The spans a sequence of labels stands for. */
export function spansOf(labels: Uint8Array): Span[] {
  const spans: Span[] = [];
  let first = -1;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (label === OUTSIDE || label >= LABEL_COUNT) {
      first = -1;
      continue;
    }
    const type = (label - 1) >> 2;
    const place = (label - 1) & 3;
    if (place === 3) spans.push({ first: i, last: i, type });
    else if (place === 0) first = i;
    else if (place === 2 && first >= 0) spans.push({ first, last: i, type });
  }
  return spans;
}
