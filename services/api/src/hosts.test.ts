/** What the API tells of hosts, and what it may be told about them. */
import { type CaptureId, urlIdOf } from '@newsloom/model';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { type Bench, openBench } from './test-bench.ts';

let bench: Bench;
let app: FastifyInstance;
beforeAll(async () => {
  bench = await openBench();
  app = await buildApp(bench.tools);
}, 60_000);
afterAll(async () => {
  await app.close();
  await bench[Symbol.asyncDispose]();
});

const get = async (url: string) => {
  const answer = await app.inject({ url });
  return { status: answer.statusCode, ...answer.json() };
};
const patch = async (host: string, payload: object) => {
  const answer = await app.inject({ method: 'PATCH', url: `/api/hosts/${host}`, payload });
  return { status: answer.statusCode, ...answer.json() };
};

test('a host says how it stands, and its ledger is read page by page', async () => {
  const host = await get('/api/hosts/bao.example.vn?limit=2&offset=1');
  expect(host).toMatchObject({ status: 200, limit: 2, offset: 1, more: true, restedFor: null, lease: null });
  expect(host.says[1]).toBe(
    'At least 5 s between two requests: the general delay is 1 s; robots.txt asks for 5 s; it answers in 0.18 s.',
  );
  expect(host.says[3]).toContain('1 excluded (robots 1)');
  expect(host.requests).toMatchObject([
    { note: 'robots', sincePreviousMs: null },
    { note: 'captured', sourceId: 'example.vn', sincePreviousMs: 2_399_820 },
  ]);
  expect(await get('/api/hosts/HTTPS%3A%2F%2FBao.example.vn%3A443%2Fx')).toMatchObject({ host: 'bao.example.vn' });
});

test('a host may be given a delay of its own, also before it is met, and back the general one', async () => {
  expect(await patch('bao.example.vn', { delayMs: 9_000 })).toMatchObject({
    status: 200,
    delayMs: 9_000,
    gapMs: 9_000,
  });
  expect(await patch('new.example:8080', { delayMs: 500 })).toMatchObject({ status: 200, gapMs: 500, urls: 0 });
  expect((await get('/api/hosts?state=delayed')).items).toMatchObject([
    { host: 'bao.example.vn', delayMs: 9_000 },
    { host: 'new.example:8080', delayMs: 500 },
  ]);
  expect(await patch('bao.example.vn', { delayMs: null })).toMatchObject({ delayMs: null, gapMs: 5_000 });
  expect(await patch('new.example:8080', { delayMs: null })).toMatchObject({ delayMs: null, gapMs: 1_000 });
  expect(await get('/api/hosts?limit=1')).toMatchObject({ items: [{ host: 'bao.example.vn' }], more: true });
});

test('a host lists the shapes it is not asked for, until it is forgiven', async () => {
  const { patterns } = bench.tools.store;
  const page = { urlId: urlIdOf('https://bao.example.vn/cu'), captureId: 'c0' as CaptureId, host: 'bao.example.vn' };
  await patterns.judged({ ...page, keys: ['/lich/a'] }, { article: false, leads: false, copy: false });
  await patterns.exhaust('bao.example.vn', '/lich/a', 'pattern-budget');
  const host = await get('/api/hosts/bao.example.vn');
  expect(host).toMatchObject({ patterns: [{ pattern: '/lich/a', judged: 1, exhausted: 'pattern-budget' }] });
  expect(host.says.at(-1)).toBe(
    'Left out: links to /lich/a (pattern-budget): 1 read, 0 articles; 0 links were left out.',
  );
  expect(await patch('bao.example.vn', { followAgain: true })).toMatchObject({ status: 200, patterns: [] });
  expect(await patch('never-met.example', { followAgain: true })).toMatchObject({ status: 404 });
});

test('an address that would be left out is told why, before anybody links to it', async () => {
  const trace = await get(`/api/trace?url=${encodeURIComponent('https://bao.example.vn/calendar/2099/01')}`);
  expect(trace.says.at(-1)).toMatch(/^Links to it are not followed: it is a day of a calendar, far from now/);
});

test.each([
  ['bao.example.vn', { delayMs: -1 }],
  ['bao.example.vn', { delayMs: 86_400_001 }],
  ['bao.example.vn', { delay: 5 }],
  ['no%20host', { delayMs: 5 }],
])('a delay that cannot be set is refused: %s %j', async (host, payload) => {
  expect(await patch(host, payload)).toMatchObject({ status: 400 });
});
