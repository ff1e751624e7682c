/** A source's settings as its publisher sees them: scope, budget, headers, pace. */
import type { IncomingHttpHeaders } from 'node:http';
import { type SourceId, urlIdOf } from '@newsloom/model';
import { until } from '@newsloom/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSeeds, BACKENDS, type Line, type Stores, startLine, untilIdle } from './line.ts';
import { articlePage, frontPage, type Pages, servePages } from './pages.ts';

const DAY = 86_400_000;
const NAME = 'bao-nho' as SourceId;
const unchanged = { scopeNotes: [], priority: { from: 0, to: 0 } };

describe.each(BACKENDS)('a source on $name', ({ open }) => {
  let stores: Stores;
  let site: Pages;
  let line: Line;
  const seen: IncomingHttpHeaders[] = [];
  beforeAll(async () => {
    stores = await open();
    site = await servePages(() => ({
      '/robots.txt': (_request, response) => void response.writeHead(404).end(),
      '/': (request, response) => {
        seen.push(request.headers);
        const links = [...Array(6).keys()].map((n) => `/thoi-su/${n}`);
        const page = frontPage([...links, '/the-thao/1', '/the-thao/2', 'http://127.0.0.2:1/x']);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      },
      ...Object.fromEntries([...Array(6).keys()].map((n) => [`/thoi-su/${n}`, articlePage(n)])),
      '/the-thao/1': articlePage(7),
      '/the-thao/2': articlePage(8),
    }));
    line = await startLine(stores.env);
    const settings = {
      scope: { include: ['/thoi-su/**'] },
      perDay: 4,
      fetch: { acceptLanguage: 'vi', userAgentSuffix: '(research)', headers: { 'x-api-key': 'k' } },
    };
    await line.context.store.sources.set(NAME, settings, { ...unchanged, now: line.context.now() });
    await addSeeds(line, [{ url: `${site.origin}/`, source: NAME, depth: 1, kind: 'section' }]);
    await untilIdle(line, { documents: 3 });
  });
  afterAll(async () => {
    await line?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await stores?.[Symbol.asyncDispose]();
  });
  const pages = () => site.paths.filter((path) => path !== '/robots.txt');

  test('is asked with its own headers', () => {
    expect(seen[0]).toMatchObject({ 'accept-language': 'vi', 'x-api-key': 'k' });
    expect(seen[0]?.['user-agent']).toMatch(/^Newsloom\/.*\(research\)$/);
  });

  test('is not asked more often than its budget allows; what is left waits for the next day', async () => {
    expect(pages()).toHaveLength(4);
    const day = line.context.now().toISOString().slice(0, 10);
    const waiting = await line.context.store.frontier.counts(new Date(line.context.now().getTime() + DAY));
    expect(waiting.due).toBeGreaterThanOrEqual(3);
    const trace = await line.context.store.trace(urlIdOf(`${site.origin}/`));
    expect(trace?.budget).toEqual({ perDay: 4, day, used: 4 });
  });

  test('is not followed out of its scope, and what was left out is counted by reason', async () => {
    const noted = async () =>
      Object.fromEntries(
        (await line.context.store.sourceHealth(NAME, line.context.now())).excluded.map((it) => [it.reason, it.links]),
      );
    await until(async () => Object.keys(await noted()).length === 2, {
      timeoutMs: 30_000,
      everyMs: 200,
      what: 'counts',
    });
    expect(await noted()).toEqual({ 'not-included': 2, 'other-host': 1 });
    expect(pages().filter((path) => path.startsWith('/the-thao'))).toEqual([]);
  });

  test('goes on the next day, and takes in what a wider scope allows', async () => {
    const settings = { scope: { include: ['/thoi-su/**', '/the-thao/**'] } };
    const change = { ...unchanged, scopeNotes: ['not-included'], now: line.context.now() };
    const readAgain = await line.context.store.sources.set(NAME, settings, change);
    expect(readAgain).toHaveLength(1);
    await line.context.queues.add(readAgain.map((captureId) => ({ queue: 'parse', payload: { captureId } })));
    line.pass(DAY);
    await untilIdle(line, { documents: 8 });
    expect(new Set(pages()).size).toBe(9);
  });

  test('has a schedule for each seed that asks for one, as long as it does', async () => {
    const seeds = line.context.queues.raw('seeds');
    const ticking = async (n: number) =>
      until(async () => (await seeds.getJobSchedulersCount()) === n, {
        timeoutMs: 30_000,
        everyMs: 50,
        what: `${n} schedules`,
      });
    const front = `${site.origin}/`;
    await addSeeds(line, [{ url: front, source: NAME, depth: 1, kind: 'section', every: '1h' }]);
    await ticking(1);
    const [schedule] = await seeds.getJobSchedulers();
    expect(schedule).toMatchObject({ key: urlIdOf(front), every: 3_600_000 });
    await untilIdle(line, { documents: 0 });
    await addSeeds(line, [{ url: front, source: NAME, depth: 1, kind: 'section' }]);
    await ticking(0);
  });
});
