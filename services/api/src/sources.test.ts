/** Sources over HTTP: set, shown, tested, left. */
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
  await app?.close();
  await bench?.[Symbol.asyncDispose]();
});

const ask = async (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  const response = await app.inject({ method, url, ...(payload && { payload }) });
  return { status: response.statusCode, body: response.json() };
};

test('a source says how it is doing, its seeds and its numbers', async () => {
  const { status, body } = await ask('GET', '/api/sources/example.vn');
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: 'example.vn', settings: {}, documents: { total: 1, lastWeek: 1, gone: 0 } });
  expect(body.seeds).toMatchObject([{ url: 'https://bao.example.vn/', everyMs: 900_000 }]);
  expect(body.failures).toContainEqual({ verdict: 'excluded', note: 'robots', urls: 1 });
  expect(body.says.join(' ')).toContain('1 new article in a day, 1 in a week, 1 in all');
});

test('sources are listed by name', async () => {
  const { body } = await ask('GET', '/api/sources?limit=1');
  expect(body).toMatchObject({ items: [{ id: 'example.fr', seeds: 1, documents: 2 }], more: true });
});

test('settings are set, shown as milliseconds, and heeded by the test of an address', async () => {
  const settings = { scope: { include: ['/thoi-su/**'] }, fetch: { delay: '3s' }, perDay: 50 };
  const { status, body } = await ask('PUT', '/api/sources/example.vn', settings);
  expect(status).toBe(200);
  expect(body.settings).toEqual({ scope: { include: ['/thoi-su/**'] }, fetch: { delay: 3_000 }, perDay: 50 });
  expect(body.says).toContain('Used 0 of 50 requests today.');
  const asked = (url: string) => ask('GET', `/api/sources/example.vn/test?url=${encodeURIComponent(url)}`);
  expect((await asked('https://bao.example.vn/thoi-su/a')).body).toMatchObject({
    in: true,
    rule: 'include "/thoi-su/**" fits',
  });
  expect((await asked('https://bao.example.vn/the-thao/a')).body).toMatchObject({ in: false, reason: 'not-included' });
  expect((await asked('https://bao.example.vn/')).body).toMatchObject({ in: true, known: true });
  expect((await asked('mailto:a@b.example')).status).toBe(400);
});

test('settings that do not fit are refused with a sentence for each fault, and nothing is set', async () => {
  const wrong = { scope: { exclude: ['/a b'] }, perDay: -1, budget: 3 };
  const { status, body } = await ask('PUT', '/api/sources/new.example', wrong);
  expect(status).toBe(400);
  expect(body.error.message).toContain('"perDay": must be a whole number between 1 and 10000000');
  expect(body.error.details).toHaveLength(3);
  expect((await ask('GET', '/api/sources/new.example')).status).toBe(404);
});

test('the value of a header is not shown, and kept where it is given back as shown', async () => {
  const secret = { fetch: { headers: { 'X-Api-Key': 'geheim' } } };
  const { body } = await ask('PUT', '/api/sources/key.example', secret);
  expect(body.settings).toEqual({ fetch: { headers: { 'x-api-key': '(hidden)' } } });
  expect(JSON.stringify((await ask('GET', '/api/sources')).body)).not.toContain('geheim');
  await ask('PUT', '/api/sources/key.example', { ...body.settings, perDay: 9 });
  expect(await bench.tools.store.sources.settings('key.example' as never)).toEqual({
    fetch: { headers: { 'x-api-key': 'geheim' } },
    perDay: 9,
  });
});

test('a seed, and a whole source, can be left', async () => {
  const { body } = await ask('GET', '/api/sources/example.fr');
  expect((await ask('DELETE', `/api/seeds/${body.seeds[0].urlId}`)).body).toEqual({ removed: true });
  expect((await ask('DELETE', `/api/seeds/${body.seeds[0].urlId}`)).status).toBe(404);
  expect((await ask('DELETE', '/api/sources/example.vn')).body).toEqual({ seeds: 1 });
  expect((await ask('GET', '/api/sources/example.vn')).body.says[0]).toBe('Nothing is followed: it has no seeds.');
  expect((await ask('DELETE', '/api/sources/nobody.example')).status).toBe(404);
});
