/** Names out of bylines. */
import { expect, test } from 'vitest';
import { splitNames } from './names.ts';

test.each<[string, string[], string[]]>([
  ['By Jane Doe', ['Jane Doe'], []],
  ['ByJane Doe', ['Jane Doe'], []],
  ['Von Karin Benjamin und Engin Haupt', ['Karin Benjamin', 'Engin Haupt'], []],
  ['Par Solène Abgrall, Paris', ['Solène Abgrall', 'Paris'], []],
  ['JANE DOE', ['Jane Doe'], []],
  ['Doe, Jane', ['Jane Doe'], []],
  ['Jane Doe, Senior Political Reporter', ['Jane Doe'], []],
  ['Jane Doe, PhD', ['Jane Doe'], []],
  ['Jane Doe and John Roe, Associated Press', ['Jane Doe', 'John Roe'], ['Associated Press']],
  ['Jane Doe | 12 May 2024', ['Jane Doe'], []],
  ['Jane Doe (TTXVN)', ['Jane Doe'], []],
  ['Written by Jane Doe in Berlin', ['Jane Doe'], []],
  ['ByJ.R. Stone', ['J.R. Stone'], []],
  ['Jane Doe/John Roe', ['Jane Doe', 'John Roe'], []],
  ['Jane Doe / House of Plants', ['Jane Doe', 'House of Plants'], []],
  ['Jane Doe on behalf of the working group', ['Jane Doe'], []],
  ['BeauHD on Friday December 19, 2025', ['BeauHD'], []],
  ['Jane Doe ● Founder', ['Jane Doe'], []],
  ['Nguyễn Văn An (Theo TTXVN)', ['Nguyễn Văn An'], []],
  ['新华社', [], ['新华社']],
  ['Admin', [], []],
  ['Redaktion', [], []],
  ['5 Kommentare', [], []],
])('%s', (raw, names, agencies) => {
  expect(splitNames(raw, null)).toEqual({ names, agencies });
});
