/** Lists of seeds over the API: each line for itself, and what is followed as OPML. */
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
const post = async (type: string, payload: string) => {
  const answer = await app.inject({ method: 'POST', url: '/api/seeds', payload, headers: { 'content-type': type } });
  return { status: answer.statusCode, ...answer.json() };
};

test('the good lines of a table are added, the others are told with their number', async () => {
  const answer = await post(
    'text/csv; charset=utf-8',
    'url;kind;every\nhttps://bao.example/rss;feed;15m\nhttps://bao.example/x;blog;\nnothing;;\nhttps://bao.example/;;\n',
  );
  expect(answer).toMatchObject({
    status: 202,
    accepted: 2,
    seeds: [{ url: 'https://bao.example/rss' }, { url: 'https://bao.example/' }],
    faults: [
      { line: 3, reason: expect.stringContaining('kind') },
      { line: 4, reason: expect.stringContaining('url') },
    ],
  });
});

test('subscriptions of a feed reader are added', async () => {
  const opml = '<opml version="2.0"><body><outline text="Báo" xmlUrl="https://bao.example/tin.rss"/></body></opml>';
  expect(await post('text/x-opml', opml)).toMatchObject({ status: 202, accepted: 1, faults: [] });
});

test.each([
  ['text/csv', 'url\nnothing\n', 'Line 2'],
  ['application/xml', '<html></html>', 'no OPML'],
  ['text/csv', '', 'no address in the list'],
])('a list of %s without any seed (%j) adds nothing and says why', async (type, payload, says) => {
  expect(await post(type, payload)).toMatchObject({ status: 400, error: { message: expect.stringContaining(says) } });
});

test('plain text is refused, which a form of another site could send', async () => {
  expect(await post('text/plain', 'https://bao.example/')).toMatchObject({ status: 415 });
});

test('what is followed is handed out as OPML', async () => {
  const answer = await app.inject({ url: '/api/seeds.opml' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('text/x-opml; charset=utf-8');
  const followed = await bench.tools.store.seeds.followed();
  expect(followed.length).toBeGreaterThan(0);
  for (const { url } of followed) expect(answer.body).toContain(url.replaceAll('&', '&amp;'));
});
