/** Revisits as a publisher sees them: fresh articles are watched, lists asked at their own rhythm, and lies found out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { documentIdOf, type SourceId, urlIdOf } from '@newsloom/model';
import { until } from '@newsloom/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSeeds, BACKENDS, type Line, type Stores, startLine, untilIdle } from './line.ts';
import { articlePage, frontPage, type Pages, servePages } from './pages.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const html = (response: ServerResponse, body: string, headers: Record<string, string> = {}) =>
  void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
/** A page whose date is left out: it is as old as it was found. */
const undated = (n: number, more = '') =>
  articlePage(n)
    .replace(/<meta property="article:published_time"[^>]*>/, '')
    .replace(/<time .*<\/time>/, '')
    .replace('</article>', `${more}</article>`);
const CORRECTION = '<p>Đính chính: bản tin trước ghi sai số chuyến mỗi ngày; tòa soạn xin cáo lỗi cùng bạn đọc.</p>';

describe.each(BACKENDS)('revisits on $name', ({ open }) => {
  let stores: Stores;
  let site: Pages;
  let line: Line;
  /** What the site serves at the moment. */
  const now = {
    front: ['/tin-1'],
    corrected: false,
    gone: false,
    dead: false,
    counter: 0,
    conditional: [] as string[],
  };
  const asked = (path: string) => site.paths.filter((it) => it === path).length;
  const source = () => new URL(site.origin).host as SourceId;
  /** Lets time pass, and waits for all that became due to be done. */
  async function pass(ms: number): Promise<void> {
    line.pass(ms);
    await untilIdle(line, { documents: 0 });
  }

  beforeAll(async () => {
    stores = await open();
    const note = (request: IncomingMessage) => {
      if (request.headers['if-none-match']) now.conditional.push(request.url ?? '');
      return request.headers['if-none-match'];
    };
    site = await servePages(() => ({
      '/robots.txt': (_request, response) => void response.writeHead(404).end(),
      '/': (request, response) => {
        note(request);
        if (now.dead) return void response.writeHead(410).end();
        html(response, frontPage(now.front));
      },
      '/tin-1': (request, response) => {
        const etag = now.corrected ? '"2"' : '"1"';
        if (now.gone) return void response.writeHead(410).end();
        if (note(request) === etag) return void response.writeHead(304).end();
        // Something changes at every visit, and none of it is the article.
        html(
          response,
          undated(1, now.corrected ? CORRECTION : '').replace('</body>', `<p>${now.counter++}</p></body>`),
          { etag },
        );
      },
      // Says 304 to whoever shows its one ETag, whatever it serves.
      '/doi-tra': (request, response) => {
        if (note(request) === '"forever"') return void response.writeHead(304).end();
        html(response, frontPage(now.front), { etag: '"forever"' });
      },
    }));
    line = await startLine(stores.env);
    await addSeeds(line, [
      { url: `${site.origin}/`, depth: 1 },
      { url: `${site.origin}/doi-tra`, kind: 'section', depth: 1 },
    ]);
    await untilIdle(line, { documents: 1 });
  });
  afterAll(async () => {
    await line?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await stores?.[Symbol.asyncDispose]();
  });

  const article = () => line.context.store.documents.find(documentIdOf(`${site.origin}/tin-1`));
  const front = () => line.context.store.frontier.find(urlIdOf(`${site.origin}/`));

  test('a fresh article is looked at after a quarter of an hour, and again after an hour', async () => {
    expect(asked('/tin-1')).toBe(1);
    await pass(16 * MINUTE);
    expect(asked('/tin-1')).toBe(2);
    await pass(10 * MINUTE);
    expect(asked('/tin-1')).toBe(2);
    await pass(35 * MINUTE);
    expect(asked('/tin-1')).toBe(3);
    expect(await article()).toMatchObject({ version: 1 });
  });

  test('a correction becomes a version, and the article is watched a little longer', async () => {
    now.corrected = true;
    await pass(6 * HOUR);
    expect(await article()).toMatchObject({ version: 2, body: expect.stringContaining('Đính chính') });
    const looks = asked('/tin-1');
    await pass(62 * MINUTE);
    expect(asked('/tin-1')).toBe(looks + 1);
    expect(await article()).toMatchObject({ version: 2 });
  });

  test('a list that brings nothing is asked ever more rarely, and news make it lively again', async () => {
    for (let days = 0; days < 4; days++) await pass(DAY);
    const quiet = await front();
    expect(quiet?.intervalMs).toBeGreaterThan(2 * HOUR);
    now.front = ['/tin-1', ...Array.from({ length: 30 }, (_, n) => `/moi-${n}`)];
    await pass(2 * DAY);
    const lively = await front();
    expect(lively?.intervalMs).toBeLessThan(quiet?.intervalMs ?? 0);
    expect(lively?.watch.linksPerHour).toBeGreaterThan(quiet?.watch.linksPerHour ?? 1);
  });

  test('a 304 that lied is found out, and the ETag is not sent any more', async () => {
    const liar = urlIdOf(`${site.origin}/doi-tra`);
    // Twenty 304 in a row, at the latest, and its bytes are asked for.
    await until(
      async () => {
        await pass(DAY);
        return (await line.context.store.frontier.find(liar))?.watch.liedAt !== undefined;
      },
      { timeoutMs: 90_000, everyMs: 10, what: 'the lie to be found out' },
    );
    const sent = now.conditional.filter((path) => path === '/doi-tra').length;
    const all = asked('/doi-tra');
    await pass(2 * DAY);
    expect(asked('/doi-tra')).toBeGreaterThan(all);
    expect(now.conditional.filter((path) => path === '/doi-tra')).toHaveLength(sent);
  });

  test('an article that is gone keeps its document, marked', async () => {
    now.gone = true;
    // A seed of an article brings it back into view after its watch has ended.
    await addSeeds(line, [{ url: `${site.origin}/tin-1`, kind: 'article', depth: 0 }]);
    await untilIdle(line);
    expect((await article())?.goneAt).toBeInstanceOf(Date);
    expect(await article()).toMatchObject({ version: 2 });
  });

  test('a seed that is gone is knocked at ever more rarely, and lives again when it answers', async () => {
    now.dead = true;
    await pass(7 * DAY);
    const knocks = asked('/');
    await pass(10 * DAY);
    expect(asked('/') - knocks).toBeLessThan(4);
    const { dead } = await line.context.store.sourceHealth(source(), line.context.now());
    expect(dead.map(({ url }) => url)).toContain(`${site.origin}/`);
    now.dead = false;
    await pass(31 * DAY);
    expect((await front())?.watch.deadSince).toBeUndefined();
    const later = await line.context.store.sourceHealth(source(), line.context.now());
    expect(later.dead.map(({ url }) => url)).not.toContain(`${site.origin}/`);
  });
});
