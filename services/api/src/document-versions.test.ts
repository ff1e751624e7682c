/** Versions over HTTP: listed, and compared word by word. */
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

const get = async (url: string) => {
  const response = await app.inject({ url });
  return { status: response.statusCode, body: response.json() };
};
const of = (n: number, path: string) => get(`/api/documents/${bench.documents[n]}/${path}`);

test('the versions of a document are listed, the one that stands first', async () => {
  const { body } = await of(0, 'versions');
  expect(body.versions).toMatchObject([
    { version: 2, replacedAt: null },
    { version: 1, title: 'Đà Nẵng sắp có cầu mới', replacedAt: '2026-11-21T08:00:00.000Z' },
  ]);
  expect(body.versions[0].words).toBeGreaterThan(30);
});

test('what a version changed is told word by word, and what it did not change is not told', async () => {
  const { body } = await of(0, 'diff');
  expect(body).toMatchObject({ from: 1, to: 2, date: null, authors: null, added: 0, removed: 0 });
  expect(body.title[0]).toEqual({ kind: 'same', text: 'Đà Nẵng ' });
  expect(body.title.map((part: { kind: string }) => part.kind)).toContain('added');
});

test('a version that is not there is answered with those that are', async () => {
  const { status, body } = await of(0, 'diff?to=9');
  expect(status).toBe(404);
  expect(body.error.message).toContain('Its versions are 1 to 2.');
  expect((await of(1, 'diff')).body.error.message).toContain('It has one version only.');
  expect((await get('/api/documents/d00000000/versions')).status).toBe(404);
});
