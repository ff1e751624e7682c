import type { SourceId, UrlId } from '@newsloom/model';
import { describe, expect, test } from 'vitest';
import { joinParts, partOffers } from './article-parts.ts';

const part = (n: number, body: string) => ({ part: n, urlId: `u${n}` as UrlId, body, structure: null });

describe('the pages of an article', () => {
  test.each([
    ['are one text in their order', [part(1, 'A\n\nB'), part(2, 'C'), part(3, 'D')], 'A\n\nB\n\nC\n\nD'],
    ['stop at a gap', [part(1, 'A'), part(3, 'C')], 'A'],
    ['that repeat the first one are left out', [part(1, 'A\n\nB'), part(2, 'A\n\nB'), part(3, 'C')], 'A\n\nB\n\nC'],
    ['without the first are nothing', [], ''],
    [
      'are the text of the page that has the whole',
      [part(1, 'A\n\nB'), part(2, 'C'), part(1_000, 'A\n\nB\n\nC\n\nD')],
      'A\n\nB\n\nC\n\nD',
    ],
    [
      'are joined where the page that promised the whole has not',
      [part(1, 'A\n\nB'), part(2, 'C'), part(1_000, 'Other things altogether.')],
      'A\n\nB\n\nC',
    ],
  ])('%s', (_what, parts, body) => {
    expect(joinParts(parts).body).toBe(body);
  });

  test('keep their structure, moved to where their text stands', () => {
    const paragraph = (body: string) => [
      { kind: 'paragraph' as const, start: 0, end: body.length, inside: [{ tag: 'li' as const, id: 1 }], marks: [] },
    ];
    const { body, structure } = joinParts([
      { ...part(1, 'Trang một.'), structure: paragraph('Trang một.') },
      { ...part(2, 'Trang hai.'), structure: paragraph('Trang hai.') },
    ]);
    expect(structure?.map(({ start, end }) => body.slice(start, end))).toEqual(['Trang một.', 'Trang hai.']);
    expect(new Set(structure?.map((it) => it.inside[0]?.id)).size).toBe(2);
  });
});

test('further pages are offered wherever the article is followed, each once, also from a further page', () => {
  const links = ['?page=2', '?page=3', '?page=2#top', '/khac.html'].map((href) => ({
    url: new URL(href, 'https://a.example/bai.html').href,
    text: '',
    rel: 'link' as const,
  }));
  const reach = {
    depthLeft: null,
    crawls: [{ crawlId: 'c', depthLeft: 0, tries: 0, seed: true, scope: { hosts: [] } }],
  };
  const offers = (url: string, facts: { partOf: string; part: number } | null) =>
    partOffers({ url: { url, facts, priority: 0 }, sourceId: 'a.example' as SourceId, links }, reach);
  expect(offers('https://a.example/bai.html', null)).toMatchObject([
    {
      url: 'https://a.example/bai.html?page=2',
      kind: 'article',
      facts: { partOf: 'https://a.example/bai.html', part: 2 },
      crawls: [{ crawlId: 'c', depthLeft: 0 }],
    },
    { facts: { part: 3 } },
  ]);
  expect(offers('https://a.example/bai.html?page=2', { partOf: 'https://a.example/bai.html', part: 2 })).toMatchObject([
    { facts: { partOf: 'https://a.example/bai.html', part: 3 } },
  ]);
});

test('the page with the whole text is offered alone', () => {
  const link = (href: string, text: string) => ({
    url: new URL(href, 'https://a.example/tin/chuyen-dai.html').href,
    text,
    rel: 'link' as const,
  });
  const links = [link('?page=2', '2'), link('?page=3', '3'), link('?page=all', 'Xem toàn bộ')];
  const url = { url: 'https://a.example/tin/chuyen-dai.html', facts: null, priority: 0 };
  const reach = { depthLeft: 1, crawls: [] };
  expect(partOffers({ url, sourceId: 'a.example' as SourceId, links }, reach)).toMatchObject([
    { url: 'https://a.example/tin/chuyen-dai.html?page=all', facts: { part: 1_000 } },
  ]);
});
