import { describe, expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

const marked = (text: string, query: string, chars?: number): string[] => {
  const { text: passage, marks } = excerptOf(text, query, chars);
  return marks.map(([start, end]) => passage.slice(start, end));
};

describe('the words searched for are marked', () => {
  test.each([
    ['without diacritics', 'Bộ trưởng thăm Hà Nội.', 'ha noi', ['Hà', 'Nội']],
    ['with them', 'Bộ trưởng thăm Hà Nội.', 'Hà Nội', ['Hà', 'Nội']],
    ['in another form', 'Les élections régionales auront lieu en juin.', 'élection', ['élections']],
    ['within quotes', 'The port of Hai Phong was closed.', '"hai phong"', ['Hai', 'Phong']],
    ['in a decomposed text', 'Thăm Hà Nội hôm qua.'.normalize('NFD'), 'noi', ['Nội'.normalize('NFD')]],
    ['but not those that are ruled out', 'Cảng Hải Phòng và cảng Đà Nẵng.', 'hải -"đà nẵng"', ['Hải']],
  ])('%s', (_what, text, query, words) => {
    expect(marked(text, query)).toEqual(words);
  });
});

test('the passage is cut around where most of the words stand, at the start of a sentence', () => {
  const text = `Mở đầu dài dòng. ${'Trời mưa suốt buổi chiều. '.repeat(60)}Interpol gặp Bộ Công an tại Hà Nội. Hết.`;
  const found = excerptOf(text, 'interpol ha noi', 80);
  expect(found.text).toMatch(/^Interpol gặp/);
  expect(found.marks).toHaveLength(3);
});

test('without a hit it is the beginning, cut after a whole word', () => {
  const found = excerptOf('Một hai ba bốn năm sáu bảy tám chín mười.', 'không', 20);
  expect(found).toEqual({ text: 'Một hai ba bốn năm', marks: [] });
});

test.each([
  ['', 'x'],
  ['x', ''],
])('nothing is no trouble: %j, %j', (text, query) => {
  expect(excerptOf(text, query).text).toBe(text);
});
