import { describe, expect, test } from 'vitest';
import { partNumber, partOfLink, WHOLE_ARTICLE } from './parts.ts';

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

describe('a link on a page of an article', () => {
  const link = (url: string, text = '', rel = 'link') => ({ url: new URL(url, FIRST).href, text, rel });

  test.each([
    ['by its address', link('?page=2', 'Tiếp'), 2],
    ['by rel=next, whatever the query calls its number', link('?offset=1', 'Weiter', 'next'), 3],
    ['by its words, "3"', link('chuyen-dai-123~b3.html', '3'), 3],
    ['by its words, "Page 4 of 5"', link('?xz=4', 'Page 4 of 5'), 4],
    ['by its words, "Trang 2"', link('chuyen-dai-123/tiep-2.html', 'Trang 2'), 2],
    ['as the whole, in English', link('?v=full2', 'View as single page'), WHOLE_ARTICLE],
    ['as the whole, in German', link('chuyen-dai-123/x', 'Auf einer Seite lesen'), WHOLE_ARTICLE],
    ['as the whole, in French', link('?x=y', 'Lire l’article complet'), WHOLE_ARTICLE],
    ['as the whole, in Vietnamese', link('?x=y', 'Xem toàn bộ'), WHOLE_ARTICLE],
    ['as the whole, by its address', link('?page=all'), WHOLE_ARTICLE],
    ['as the whole, by its path', link('chuyen-dai-123/komplettansicht', 'Weiter'), WHOLE_ARTICLE],
  ])('leads to a page of it %s', (_what, to, part) => {
    expect(partOfLink(FIRST, 2, to)).toBe(part);
  });

  test.each([
    ['the next article, by rel=next', link('chuyen-khac-99.html', 'Bài sau', 'next')],
    ['the next article of a row', link('chuyen-dai-1234.html', '2', 'next')],
    ['the second page of the section', link('/doi-song/?page=2', '2', 'next')],
    ['an archive', link('/doi-song/page/2', '2')],
    ['pages of comments', link('?comment_page=2', '2')],
    ['comments by their path', link('chuyen-dai-123/comment-page-2', '2', 'next')],
    ['a footnote', link('?x=y', '2')],
    ['the page itself', link('')],
    ['another host', link('https://b.example/doi-song/chuyen-dai-123.html?page=2', '2')],
    ['everything of the section', link('/doi-song/', 'View all')],
    ['another article of the same query', { url: 'https://a.example/x?id=8&page=2', text: '2', rel: 'next' }],
  ])('does not lead to one where it is %s', (what, to) => {
    const first = what.includes('query') ? 'https://a.example/x?id=7' : FIRST;
    expect(partOfLink(first, 1, to)).toBeNull();
  });
});
