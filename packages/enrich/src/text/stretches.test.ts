import { expect, test } from 'vitest';
import { partOf, stretchesOf } from './stretches.ts';
import { tokenize, tokenText } from './tokenize.ts';

const VI =
  'Bộ trưởng cho biết các nước trong khu vực đã có những bước tiến, và hợp tác với Việt Nam là ưu tiên của họ.';
const FR =
  'Le ministre a dit que les pays de la région ont fait des progrès, et que la coopération avec une agence est utile.';
const EN = 'The minister said that the countries of the region have made progress, and thanked them for their support.';

const languages = (text: string, lang: string) =>
  stretchesOf(tokenize(text), lang).map(({ from, to, lang: own }) => `${own}:${from}-${to}`);

test('a document in one language is one stretch, short lines and headlines included', () => {
  const text = `Tin mới\n${VI}\nThe End\n${VI}`;
  expect(languages(text, 'vi')).toEqual([`vi:0-${tokenize(text).count}`]);
});

test('a paragraph plainly in another language is a stretch of its own, and what follows is not', () => {
  const found = stretchesOf(tokenize(`${VI}\n\n${EN}\n\n${FR}\n\n${VI}`), 'vi');
  expect(found.map(({ lang }) => lang)).toEqual(['vi', 'en', 'fr', 'vi']);
  for (const [i, { from }] of found.entries()) expect(from).toBe(i === 0 ? 0 : found[i - 1]?.to);
});

test('a document whose language is not known gets it from its words; one in a language not told apart stays whole', () => {
  expect(languages(FR, '')[0]).toMatch(/^fr:/);
  expect(languages(`${EN}\n${FR}`, 'de')).toHaveLength(1);
  expect(languages('', 'vi')).toEqual([]);
});

test('the tokens of a stretch are those of the text', () => {
  const tokens = tokenize(`${VI}\n${EN}`);
  const second = stretchesOf(tokens, 'vi')[1];
  expect(second).toBeDefined();
  const part = partOf(tokens, second?.from ?? 0, second?.to ?? 0);
  expect(tokenText(part, 0)).toBe('The');
  expect(part.text.slice(part.starts[1], part.ends[1])).toBe('minister');
});
