/** What the queues promise, on either carrier: every job ends once, and only trouble of our own is tried again. */
import { PGlite } from '@electric-sql/pglite';
import { ATTEMPTS, done, job, later, type Outcome, type QueueName, quarantine } from '@newsloom/jobs';
import {
  type Carrier,
  embeddedCarrier,
  type Handler,
  openQueues,
  type Queues,
  redisCarrier,
  type Working,
  work,
} from '@newsloom/queue';
import { openLog } from '@newsloom/runtime';
import { freshRedis, until } from '@newsloom/testkit';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';

/** A producer that knows nothing of us: a name, an address, no options. */
type Stranger = { add(data: unknown): Promise<void>; close(): Promise<void> };
type TestCarrier = AsyncDisposable & { carrier: Carrier; stranger(queue: string): Stranger };

const CARRIERS: { name: string; open: () => Promise<TestCarrier> }[] = [
  {
    name: 'embedded',
    async open() {
      const session = await PGlite.create();
      const carrier = await embeddedCarrier(session);
      return {
        carrier,
        stranger(name) {
          const queue = carrier.queue(name);
          return { add: async (data) => void (await queue.add('anything', data)), close: () => queue.close() };
        },
        async [Symbol.asyncDispose]() {
          await carrier.close();
          await session.close();
        },
      };
    },
  },
  {
    name: 'Redis',
    async open() {
      const redis = await freshRedis(inject('redisUrl'));
      const carrier = await redisCarrier(redis.url, 'bull');
      return {
        carrier,
        stranger(name) {
          const { hostname, port, pathname } = new URL(redis.url);
          const connection = { host: hostname, port: Number(port), db: Number(pathname.slice(1)) };
          const queue = new Queue(name, { connection });
          return { add: async (data) => void (await queue.add('anything', data)), close: () => queue.close() };
        },
        async [Symbol.asyncDispose]() {
          await carrier.close();
          await redis.drop();
        },
      };
    },
  },
];

const log = openLog('silent', 'test');
const PATIENCE = { timeoutMs: 30_000, everyMs: 20 };
const urlId = (n: number) => `u${n.toString(16).padStart(24, '0')}`;
const captureId = `c${'0'.repeat(24)}`;

describe.each(CARRIERS)('a queue on $name', ({ open }) => {
  let opened: TestCarrier;
  let queues: Queues;
  const running: Working[] = [];
  const ended: { note: string }[] = [];
  const failed: { payload: unknown; reason: string }[] = [];

  beforeAll(async () => {
    opened = await open();
  });
  beforeEach(() => {
    queues = openQueues(opened.carrier);
    ended.length = 0;
    failed.length = 0;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((it) => it.close()));
    for (const name of ['seeds', 'fetch', 'parse'] as const) await queues.raw(name).obliterate({ force: true });
    await queues.close();
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  function begin<Q extends QueueName>(queue: Q, handler: Handler<Q>, concurrency = 4): Working {
    const working = work({
      carrier: opened.carrier,
      queue,
      handler,
      add: queues.add,
      concurrency,
      log,
      onDone: (note) => ended.push({ note }),
      onFailed: (payload, reason) => void failed.push({ payload, reason }),
    });
    running.push(working);
    return working;
  }
  const ends = (n: number) => until(() => ended.length >= n, { ...PATIENCE, what: `${n} jobs to end` });
  const failures = (n: number) => until(() => failed.length >= n, { ...PATIENCE, what: `${n} jobs to fail` });

  test('a job that is done names the next step, and is counted by its note', async () => {
    begin('fetch', async () => done('captured', job('parse', { captureId })));
    await queues.add([job('fetch', { urlId: urlId(1) })]);
    await ends(1);
    expect(ended).toEqual([{ note: 'captured' }]);
    expect(await queues.counts()).toMatchObject({
      fetch: { waiting: 0, delayed: 0, failed: 0 },
      parse: { waiting: 1, active: 0, delayed: 0, failed: 0 },
    });
    const [next] = await queues.raw('parse').getWaiting();
    expect(next?.data).toEqual({ captureId });
  });

  test('every job is handled once, however many work on the queue', async () => {
    const seen: string[] = [];
    const handler = async ({ urlId: id }: { urlId: string }) => {
      seen.push(id);
      return done('seen');
    };
    begin('fetch', handler);
    begin('fetch', handler);
    const jobs = Array.from({ length: 120 }, (_, n) => job('fetch', { urlId: urlId(n) }));
    await queues.add(jobs.slice(0, 60));
    await Promise.all(jobs.slice(60).map((it) => queues.add([it])));
    await ends(120);
    expect(seen.sort()).toEqual(Array.from({ length: 120 }, (_, n) => urlId(n)).sort());
  });

  test('a job for later comes back as often as it likes, at no cost in attempts', async () => {
    let calls = 0;
    begin('fetch', async () => (++calls <= ATTEMPTS + 3 ? later(5, 'before-slot') : done('captured')));
    await queues.add([job('fetch', { urlId: urlId(1) })]);
    await ends(1);
    expect(calls).toBe(ATTEMPTS + 4);
    expect(ended).toEqual([{ note: 'captured' }]);
    expect(failed).toEqual([]);
  });

  test('a job that can never work is quarantined with its reason, and not tried again', async () => {
    let calls = 0;
    begin('fetch', async () => {
      calls++;
      return quarantine('the capture is not a page');
    });
    await queues.add([job('fetch', { urlId: urlId(1) })]);
    await failures(1);
    const [kept] = await queues.raw('fetch').getFailed();
    expect(kept?.failedReason).toBe('the capture is not a page');
    expect(calls).toBe(1);
    expect(failed).toEqual([{ payload: { urlId: urlId(1) }, reason: 'the capture is not a page' }]);
    expect(await queues.counts()).toMatchObject({ fetch: { waiting: 0, active: 0, delayed: 0, failed: 1 } });
  });

  test.each([
    [{ url: 'ftp://a.example/' }, /"url": must be an absolute http or https address/],
    [{ urll: 'http://a.example/' }, /"url" is missing; unknown field "urll"/],
    [{ url: 'http://a.example/', depth: 99 }, /"depth": /],
    [{ url: 'http://a.example/', every: 'soon' }, /"every": must be/],
    ['http://a.example/', /the payload: /],
    // One carrier hands null on, the other an empty object.
    [null, /"url" is missing|the payload: /],
  ])('a seed from anybody that reads %j is quarantined at once, saying what is wrong', async (data, reason) => {
    let calls = 0;
    begin('seeds', async () => {
      calls++;
      return done('accepted');
    });
    const stranger = opened.stranger('seeds');
    await stranger.add(data);
    await failures(1);
    const [kept] = await queues.raw('seeds').getFailed();
    expect(kept?.failedReason).toMatch(/^not a valid seeds job: /);
    expect(kept?.failedReason).toMatch(reason);
    expect(calls).toBe(0);
    expect(await queues.counts()).toMatchObject({ seeds: { waiting: 0, active: 0, delayed: 0, failed: 1 } });
    await stranger.close();
  });

  test('a job that is not valid does not leave its producer', async () => {
    const wrong = queues.add([job('fetch', { urlId: urlId(1) }), job('fetch', { urlId: 'http://a.example/' })]);
    await expect(wrong).rejects.toThrow(TypeError);
    await expect(wrong).rejects.toThrow(/"urlId": must be an id that begins with "u"/);
    expect(await queues.counts()).toMatchObject({ fetch: { waiting: 0 } });
  });

  test('a seed from anybody, added without any options, gets our retries', async () => {
    const handed: unknown[] = [];
    begin('seeds', async (payload): Promise<Outcome> => {
      handed.push(payload);
      if (handed.length === 1) throw new Error('Postgres is away');
      return done('accepted');
    });
    const stranger = opened.stranger('seeds');
    await stranger.add({ url: ' http://a.example/ ', every: '15m' });
    await ends(1);
    expect(handed).toEqual(Array(2).fill({ url: 'http://a.example/', every: 900_000 }));
    expect(failed).toEqual([]);
    await stranger.close();
  });

  test('a surprise is tried again up to its attempts, then left for a person, told once', async () => {
    let calls = 0;
    begin('fetch', async () => {
      calls++;
      throw new Error(`a bug, ${'long '.repeat(1_000)}`);
    });
    const quick = { attempts: ATTEMPTS, backoff: { type: 'fixed', delay: 5 } };
    await queues.raw('fetch').add('fetch', { urlId: urlId(1) }, quick);
    await failures(1);
    expect(calls).toBe(ATTEMPTS);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toMatch(/^a bug/);
    expect(failed[0]?.reason.length).toBeLessThanOrEqual(600);
    expect(await queues.counts()).toMatchObject({ fetch: { failed: 1, waiting: 0, delayed: 0 } });
  });

  test('our own jobs carry our retries', async () => {
    await queues.add([job('fetch', { urlId: urlId(1) })]);
    const [waiting] = await queues.raw('fetch').getWaiting();
    expect(waiting?.opts).toMatchObject({ attempts: ATTEMPTS, backoff: { type: 'exponential', delay: 1_000 } });
  });

  test('a next step that cannot be added leaves its job to be tried again', async () => {
    let calls = 0;
    begin('fetch', async () => done('captured', job('parse', { captureId: calls++ === 0 ? 'not-an-id' : captureId })));
    const quick = { attempts: ATTEMPTS, backoff: { type: 'fixed', delay: 5 } };
    await queues.raw('fetch').add('fetch', { urlId: urlId(1) }, quick);
    await ends(1);
    expect(calls).toBe(2);
    expect(await queues.counts()).toMatchObject({ parse: { waiting: 1 } });
  });

  test('jobs that run when their worker stops go back, and the next worker ends them', async () => {
    const started: string[] = [];
    const stopping = begin('fetch', async ({ urlId: id }) => {
      started.push(id);
      return new Promise<Outcome>(() => {});
    });
    await queues.add(Array.from({ length: 6 }, (_, n) => job('fetch', { urlId: urlId(n) })));
    await until(() => started.length === 4, { ...PATIENCE, what: 'four jobs to run' });
    await stopping.close();
    expect(await queues.counts()).toMatchObject({ fetch: { waiting: 6, active: 0, delayed: 0, failed: 0 } });
    begin('fetch', async () => done('captured'));
    await ends(6);
    expect(failed).toEqual([]);
  });

  test('a delayed job wakes an idle worker, after one that may run at once', async () => {
    const order: string[] = [];
    begin('fetch', async ({ urlId: id }) => {
      order.push(id);
      return done('seen');
    });
    await queues.add([job('fetch', { urlId: urlId(0) })]);
    await ends(1);
    await queues.add([job('fetch', { urlId: urlId(2) }, 1_500), job('fetch', { urlId: urlId(1) }, 0)]);
    await ends(3);
    expect(order).toEqual([urlId(0), urlId(1), urlId(2)]);
  });

  test('jobs are counted by where they are, and emptying leaves those that failed', async () => {
    const running = begin('fetch', async () => quarantine('no'), 1);
    await queues.add([job('fetch', { urlId: urlId(1) })]);
    await failures(1);
    await running.close();
    await queues.add([job('fetch', { urlId: urlId(2) }), job('fetch', { urlId: urlId(3) }, 60_000)]);
    expect(await queues.counts()).toMatchObject({ fetch: { waiting: 1, active: 0, delayed: 1, failed: 1 } });
    await queues.empty('fetch');
    expect(await queues.counts()).toMatchObject({ fetch: { waiting: 0, active: 0, delayed: 0, failed: 1 } });
  });

  test('the carrier answers', async () => {
    await opened.carrier.ping();
    const facts = await opened.carrier.redisFacts();
    if (opened.carrier.kind === 'redis') expect(facts).toMatchObject({ version: expect.stringMatching(/^\d+\./) });
    else expect(facts).toBeNull();
  });
});

test('installations with prefixes of their own share a Redis without seeing each other', async () => {
  await using redis = await freshRedis(inject('redisUrl'));
  const carriers = [await redisCarrier(redis.url, 'one'), await redisCarrier(redis.url, 'two')];
  const [one, two] = carriers.map(openQueues);
  await one?.add([job('fetch', { urlId: urlId(1) })]);
  expect((await one?.counts())?.fetch.waiting).toBe(1);
  expect((await two?.counts())?.fetch.waiting).toBe(0);
  await Promise.all([one?.close(), two?.close()]);
  await Promise.all(carriers.map((carrier) => carrier.close()));
});

test('a Redis that does not answer is named, without its password', async () => {
  const opening = redisCarrier('redis://user:geheim@127.0.0.1:1', 'bull');
  await expect(opening).rejects.toMatchObject({ code: 'unreachable', exitCode: 69 });
  await expect(opening).rejects.toThrow('127.0.0.1:1');
  await expect(opening).rejects.not.toThrow('geheim');
});
