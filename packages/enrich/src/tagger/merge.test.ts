import { expect, test } from 'vitest';
import { mergeFound } from './merge.ts';

const match = (first: number, last: number) => ({ first, last, type: 'DATE' as const, value: null });
const span = (first: number, last: number) => ({ first, last, type: 3 });
const places = (spans: ReturnType<typeof span>[], matches: ReturnType<typeof match>[]) =>
  mergeFound(spans, matches).map(({ first, last, match: rule }) => `${rule ? 'rule' : 'name'} ${first}-${last}`);

test.each([
  ['a name that holds a date stays whole', [span(0, 2)], [match(2, 2)], ['name 0-2']],
  ['a date that the model took for a name is a date', [span(1, 1)], [match(1, 2)], ['rule 1-2']],
  ['things side by side both stay', [span(0, 1), span(5, 6)], [match(3, 4)], ['name 0-1', 'rule 3-4', 'name 5-6']],
])('%s', (_, spans, matches, expected) => {
  expect(places(spans, matches)).toEqual(expected);
});
