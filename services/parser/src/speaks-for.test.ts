import type { Outlink, UrlKind } from '@newsloom/model';
import type { Offer } from '@newsloom/store';
import { expect, test } from 'vitest';
import { hostsToAdd, mainSource, passOn, scopeFor } from './speaks-for.ts';

const item = (url: string): Outlink => ({ url, text: '', rel: 'item' });
const within = (check: ReturnType<typeof scopeFor>, url: string, role: 'link' | 'list' = 'link') => check(url, role).in;

test('a page leads to its own source', () => {
  const scope = scopeFor({ url: 'https://bao.example/', site: undefined, main: null }, {});
  expect(within(scope, 'https://tin.bao.example/1')).toBe(true);
  expect(within(scope, 'https://khac.example/1')).toBe(false);
});

test('a sitemap elsewhere speaks for the source whose robots.txt names it, and for nobody else', () => {
  const scope = scopeFor({ url: 'https://cdn.example/map.xml', site: 'bao.example', main: null }, {});
  expect(within(scope, 'https://bao.example/1')).toBe(true);
  expect(within(scope, 'https://cdn.example/1')).toBe(false);
  expect(within(scope, 'https://cdn.example/part.xml', 'list')).toBe(true);
  expect(within(scope, 'https://khac.example/part.xml', 'list')).toBe(false);
});

test('a feed that was asked for speaks for the source most of its items are of', () => {
  const items = ['https://www.bao.example/1', 'https://tin.bao.example/2', 'https://ad.example/x'].map(item);
  expect(mainSource(items)).toBe('bao.example');
  expect(mainSource(items.slice(1))).toBeNull();
  expect(mainSource([{ url: 'https://bao.example/', text: '', rel: 'next' }])).toBeNull();
  const scope = scopeFor({ url: 'https://feeds.example/bao', site: undefined, main: 'bao.example' }, {});
  expect(within(scope, 'https://www.bao.example/1')).toBe(true);
  expect(within(scope, 'https://ad.example/x')).toBe(false);
  const crawl = { crawlId: 'w', depthLeft: 1, seed: true, tries: 0, scope: { hosts: ['www.bao.example'] } };
  expect(hostsToAdd(items, 'bao.example', crawl)).toEqual(['tin.bao.example']);
  expect(hostsToAdd(items, 'bao.example', { ...crawl, scope: { hosts: [] } })).toEqual([]);
});

test('the parts of such a sitemap speak for the same source', () => {
  const offer = (kind: UrlKind) => ({ kind, facts: null }) as Offer;
  expect(passOn([offer('sitemap'), offer('auto')], 'bao.example')).toMatchObject([
    { facts: { site: 'bao.example' } },
    { facts: null },
  ]);
});
