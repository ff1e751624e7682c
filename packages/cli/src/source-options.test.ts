/** What the options of `newsloom source set` make of the settings there are. */
import { expect, test } from 'vitest';
import { changed } from './source-options.ts';

const THERE = { scope: { include: ['/a/**'], depth: 2 }, perDay: 5, fetch: { delay: 2_000 } };

test.each<[string, Parameters<typeof changed>[1], object]>([
  ['nothing is named, nothing changes', {}, THERE],
  [
    'a list replaces the list there was',
    { include: ['/b/**', '/c/**'] },
    { ...THERE, scope: { include: ['/b/**', '/c/**'], depth: 2 } },
  ],
  ['none takes a value away', { perDay: 'none' }, { scope: THERE.scope, fetch: THERE.fetch }],
  ['an empty group goes', { delay: 'none' }, { scope: THERE.scope, perDay: 5 }],
  [
    'numbers become numbers',
    { priority: '-3', depth: '0' },
    { ...THERE, priority: -3, scope: { ...THERE.scope, depth: 0 } },
  ],
  ['what is no number is left for the schema to refuse', { perDay: 'many' }, { ...THERE, perDay: 'many' }],
  [
    'a budget of rendered pages means rendering',
    { renderPerDay: '9' },
    { ...THERE, render: { mode: 'when-needed', perDay: 9 } },
  ],
])('%s', (_what, options, expected) => {
  expect(changed(THERE, options)).toEqual(expected);
});

test('what is no object is left for the schema to refuse', () => {
  expect(changed([1], {})).toEqual([1]);
});
