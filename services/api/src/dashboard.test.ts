import { once } from 'node:events';
import { until } from '@newsloom/testkit';
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

const put = async (url: string, payload: object = {}) =>
  (await app.inject({ method: 'PUT', url: `/queues/api${url}`, payload })).statusCode;

async function queueOf(name: string) {
  const { queues } = (
    await app.inject({ url: `/queues/api/queues?activeQueue=${name}&status=latest&page=1&jobsPerPage=10` })
  ).json();
  return queues.find((queue: { name: string }) => queue.name === name);
}

test('the dashboard lists all queues and says what carries them', async () => {
  const { queues } = (await app.inject({ url: '/queues/api/queues' })).json();
  expect(queues.map((queue: { name: string }) => queue.name)).toEqual([
    'seeds',
    'fetch',
    'render',
    'parse',
    'enrich',
    'cluster',
  ]);
  expect((await app.inject({ url: '/queues/api/redis/stats' })).json()).toMatchObject({ backend: 'postgres' });
  expect((await app.inject({ url: '/queues' })).body).toContain('<base href="/queues/"');
});

test('a job can be added by hand, looked at, and removed', async () => {
  const payload = { name: 'parse', data: { captureId: 'c00000000' }, options: {} };
  const added = await app.inject({ method: 'POST', url: '/queues/api/queues/parse/add', payload });
  expect(added.statusCode).toBe(200);
  const { jobs } = await queueOf('parse');
  expect(jobs).toMatchObject([{ data: { captureId: 'c00000000' } }]);
  const shown = await app.inject({ url: `/queues/api/queues/parse/${jobs[0].id}` });
  expect(shown.json()).toMatchObject({ job: { name: 'parse' }, status: 'waiting' });
  expect((await app.inject({ url: `/queues/api/queues/parse/${jobs[0].id}/logs` })).statusCode).toBe(200);
  expect(await put(`/queues/parse/${jobs[0].id}/clean`)).toBe(204);
  expect((await queueOf('parse')).counts.waiting).toBe(0);
});

test('a failed job tells its reason, and runs again when told to', async () => {
  let works = false;
  const worker = bench.tools.carrier.worker(
    'enrich',
    async () => {
      if (!works) throw new Error('the model is missing');
      return 'enriched';
    },
    {},
  );
  const failed = once(worker, 'failed');
  await bench.tools.queues.raw('enrich').add('enrich', { documentId: 'd00000000' }, { attempts: 1 });
  await failed;
  const { jobs, counts } = await queueOf('enrich');
  expect(counts.failed).toBe(1);
  expect(jobs).toMatchObject([{ failedReason: 'the model is missing' }]);
  works = true;
  expect(await put(`/queues/enrich/${jobs[0].id}/retry`)).toBe(204);
  await until(async () => (await queueOf('enrich')).counts.completed === 1);
  await worker.close();
});

test('a queue can be paused, resumed, emptied, and rid of everything', async () => {
  const queue = bench.tools.queues.raw('cluster');
  await queue.add('cluster', { documentId: 'd00000000' }, { delay: 600_000 });
  expect(await put('/queues/cluster/pause')).toBe(200);
  expect(await queue.isPaused()).toBe(true);
  expect(await put('/queues/cluster/resume')).toBe(200);
  expect(await put('/queues/cluster/promote')).toBeLessThan(300);
  expect(await queue.getWaitingCount()).toBe(1);
  expect(await put('/queues/cluster/empty')).toBe(200);
  expect(await queue.getWaitingCount()).toBe(0);
  await queue.add('cluster', { documentId: 'd00000001' });
  expect(await put('/queues/cluster/pause')).toBe(200);
  expect(await put('/queues/cluster/obliterate')).toBe(200);
  expect(await queue.getWaitingCount()).toBe(0);
});
