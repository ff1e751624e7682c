/** The same said again under another address is a copy, or no page at all. */
import type { Article, CaptureId, Digest, PageKind, SourceId, UrlId } from '@newsloom/model';
import { expect, test } from 'vitest';
import { contentDigest, copyOf } from './copies.ts';

const url = { id: 'u2' as UrlId, sourceId: 'bao.example' as SourceId };
const capture = { id: 'c2' as CaptureId, digest: 'd' as Digest };
const article = (body: string): Article => ({ title: 'Huế', date: null, authors: [], body }) as unknown as Article;
const long = article('Một câu dài về Huế. '.repeat(20));
const first = (given: object = {}) => ({
  said: async () => ({
    urlId: 'u1' as UrlId,
    canonicalUrl: 'https://bao.example/1',
    urls: 2,
    isBeingRead: false,
    ...given,
  }),
});
const nothing = (kind: PageKind, more = {}) => ({ kind, article: null, ...more });

test('an article that is known is a copy, whoever reads it second', async () => {
  const page = { kind: 'article' as const, article: long };
  expect(await copyOf(page, url, capture, first())).toEqual({ kind: 'article', canonicalUrl: 'https://bao.example/1' });
  expect(await copyOf(page, url, capture, first({ urlId: url.id }))).toBeNull();
  expect(await copyOf(page, url, capture, { said: async () => null })).toBeNull();
  expect(await copyOf({ kind: 'article', article: article('Ngắn.') }, url, capture, first())).toBeNull();
});

test('an article that is being read elsewhere is waited for, one that came to nothing is not', async () => {
  const page = { kind: 'article' as const, article: long };
  expect(await copyOf(page, url, capture, first({ canonicalUrl: null, isBeingRead: true }))).toEqual({
    kind: 'being-read',
  });
  expect(await copyOf(page, url, capture, first({ canonicalUrl: null }))).toBeNull();
});

test.each([
  ['a page without an article', nothing('other'), 5, { kind: 'worthless', note: 'soft-404' }],
  ['a list', nothing('front'), 5, { kind: 'worthless', note: 'same-content' }],
  ['a page that has few like it', nothing('other'), 4, null],
  ['a page made by scripts', nothing('other', { browser: 'body empty' }), 90, null],
  ['a wall', nothing('login'), 90, null],
  ['an error', nothing('error'), 90, null],
  ['a feed', nothing('feed'), 90, null],
])('%s is judged by how often it is seen', async (_, page, urls, expected) => {
  expect(await copyOf(page, url, capture, first({ urls }))).toEqual(expected);
});

test('white space is no content', () => {
  expect(contentDigest(article('a\n\nb  c'))).toBe(contentDigest(article('a b c')));
  expect(contentDigest(article('a b d'))).not.toBe(contentDigest(article('a b c')));
});
