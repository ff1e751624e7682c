import { describe, expect, test } from 'vitest';
import { partNumber } from './parts.ts';

const FIRST = 'https://a.example/doi-song/chuyen-dai-123.html';

describe('the next page of an article', () => {
  test.each([
    ['in the query', FIRST, `${FIRST}?page=2`, 2],
    ['in the query beside others', 'https://a.example/x?id=7', 'https://a.example/x?id=7&p=3', 3],
    ['as a path', 'https://a.example/story/', 'https://a.example/story/page/2', 2],
    ['as a number behind the path', 'https://a.example/story', 'https://a.example/story/2/', 2],
    ['before the ending', FIRST, 'https://a.example/doi-song/chuyen-dai-123-p2.html', 2],
    ['with a plain number before the ending', FIRST, 'https://a.example/doi-song/chuyen-dai-123-2.html', 2],
  ])('is known by its number %s', (_what, first, to, part) => {
    expect(partNumber(first, to)).toBe(part);
  });

  test.each([
    ['another article with a number of its own', FIRST, 'https://a.example/doi-song/chuyen-dai-124.html'],
    ['the next in a row of articles', 'https://a.example/story-1.html', 'https://a.example/story-2.html'],
    ['its first page', FIRST, `${FIRST}?page=1`],
    ['a page far beyond any article', FIRST, `${FIRST}?page=99`],
    ['itself', FIRST, FIRST],
    ['a list of the section', FIRST, 'https://a.example/doi-song/?page=2'],
  ])('is not %s', (_what, first, to) => {
    expect(partNumber(first, to)).toBeNull();
  });
});
