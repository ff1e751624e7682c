/** What the store remembers of shapes, links left out and copies, on either database. */
import { type CaptureId, documentIdOf, type SourceId, type UrlId, urlIdOf } from '@newsloom/model';
import type { Store } from '@newsloom/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { article, at, BACKENDS, capture, claim, forget, make, offer, SECOND, START, seed, visit } from './stores.ts';

const SOURCE = 'tin-nhanh' as SourceId;
const HOST = 'a.example';
const page = (n: number) => `http://a.example/lich/${n}`;
const KEYS = ['/lich/0', '*'];

describe.each(BACKENDS)('patterns on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(async () => {
    await store.database.script('delete from url_patterns; delete from contents');
    await forget(store);
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  const judge = (url: string, captureId: CaptureId, gave = {}) =>
    store.patterns.judged(
      { urlId: urlIdOf(url), captureId, host: HOST, keys: KEYS },
      { article: false, leads: false, copy: false, ...gave },
    );

  test('a page counts once, however often it is read again', async () => {
    await make(store, page(1), page(2));
    const first = await capture(store, page(1), '<p>1</p>');
    await judge(page(1), first);
    await store.captures.markParsed(first, {
      parsed: 'done',
      note: 'front',
      parserVersion: 1,
      at: START,
      sourceId: SOURCE,
    });
    const changed = await capture(store, page(1), '<p>1, changed</p>', SECOND);
    expect(await judge(page(1), changed, { article: true })).toEqual([]);
    const [shape] = await judge(page(2), await capture(store, page(2), '<p>2</p>'), { leads: true });
    const counts = { host: HOST, judged: 2, articles: 0, leads: 1, copies: 0, leftOut: 0, exhausted: null };
    expect(shape).toEqual({ pattern: '*', ...counts });
  });

  test('a shape that is exhausted is known as such', async () => {
    await make(store, page(1));
    await judge(page(1), await capture(store, page(1), '<p>1</p>'));
    await store.patterns.exhaust(HOST, '/lich/0', 'pattern-budget');
    expect(await store.patterns.exhausted()).toEqual([{ host: HOST, pattern: '/lich/0', reason: 'pattern-budget' }]);
    expect(await store.patterns.ofHost(HOST, 9)).toMatchObject([{ pattern: '/lich/0', exhausted: 'pattern-budget' }]);
  });

  test('what waits and only a link speaks for can be dropped, what was asked for or listed cannot', async () => {
    const [linked, fetched, seeded, listed, told] = [1, 2, 3, 4, 5].map(page) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const feed = 'http://a.example/feed';
    await store.frontier.offer([offer(feed, { kind: 'feed' })], { foundOn: null, now: START });
    await make(store, linked, fetched);
    await claim(store, 0);
    await store.frontier.record(visit(fetched, SECOND), null);
    await store.seeds.accept(seed(seeded), START);
    await store.frontier.offer([offer(listed)], { foundOn: urlIdOf(feed), now: START });
    await store.frontier.offer([offer(told, { facts: { title: 'Huế' } })], { foundOn: null, now: START });
    const waiting = await store.patterns.unfetched(HOST, '', 10);
    expect(waiting.map(({ url }) => url).sort()).toEqual([feed, linked].sort());
    await store.patterns.drop([urlIdOf(linked)], 'pattern-budget');
    expect(await store.frontier.find(urlIdOf(linked))).toMatchObject({ verdict: 'excluded', note: 'pattern-budget' });
    expect((await store.patterns.unfetched(HOST, '', 10)).map(({ url }) => url)).toEqual([feed]);
  });

  test('links left out are known with their reason, the first hundred of a shape by name, and can still be asked for', async () => {
    await make(store, page(0));
    const links = Array.from({ length: 130 }, (_, n) => ({
      id: urlIdOf(page(n + 1)),
      url: page(n + 1),
      host: HOST,
      sourceId: SOURCE,
      pattern: '!calendar',
      reason: 'calendar',
    }));
    const from = { foundOn: urlIdOf(page(0)) as UrlId, now: START };
    await store.patterns.leaveOut(links, from);
    await store.patterns.leaveOut(links.slice(0, 7), from);
    expect(await store.patterns.ofHost(HOST, 9)).toMatchObject([{ pattern: '!calendar', leftOut: 137, judged: 0 }]);
    expect((await store.trace(urlIdOf(page(1))))?.url).toMatchObject({
      verdict: 'excluded',
      note: 'calendar',
      dueAt: null,
    });
    expect(await store.frontier.counts(START)).toMatchObject({ known: 101, due: 1 });
    await store.seeds.accept(seed(page(1)), at(SECOND));
    expect(await store.frontier.counts(at(SECOND))).toMatchObject({ due: 2 });
  });

  test('who says what another page of its source has said is told which, and how many have', async () => {
    const urls = [1, 2, 3].map(page) as [string, string, string];
    await make(store, ...urls);
    const said = async (url: string) =>
      store.patterns.said({ urlId: urlIdOf(url), captureId: await capture(store, url, url), sourceId: SOURCE }, 'd1');
    expect(await said(urls[0])).toEqual({ urlId: urlIdOf(urls[0]), urls: 1, canonicalUrl: null, isBeingRead: false });
    await store.documents.upsert(article(urls[0]), START);
    expect(documentIdOf(urls[0])).toBe((await store.frontier.find(urlIdOf(urls[0])))?.documentId);
    expect(await said(urls[1])).toEqual({
      urlId: urlIdOf(urls[0]),
      urls: 2,
      canonicalUrl: urls[0],
      isBeingRead: false,
    });
    expect(await said(urls[2])).toMatchObject({ urls: 3 });
    expect(await said(urls[0])).toMatchObject({ urlId: urlIdOf(urls[0]), urls: 3 });
  });
});
