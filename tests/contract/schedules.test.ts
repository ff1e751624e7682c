/** What schedules promise, on either carrier: seeds tick at fixed times, and the facts decide which of them do. */
import { PGlite } from '@electric-sql/pglite';
import type { Payload } from '@newsloom/jobs';
import { done } from '@newsloom/jobs';
import { type Carrier, embeddedCarrier, openQueues, openSchedules, redisCarrier, work } from '@newsloom/queue';
import { openLog } from '@newsloom/runtime';
import { freshRedis, until } from '@newsloom/testkit';
import { describe, expect, inject, test } from 'vitest';

type Opened = AsyncDisposable & { carrier: Carrier };

const CARRIERS: { name: string; open: () => Promise<Opened> }[] = [
  {
    name: 'embedded',
    async open() {
      const session = await PGlite.create();
      const carrier = await embeddedCarrier(session);
      return {
        carrier,
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
        async [Symbol.asyncDispose]() {
          await carrier.close();
          await redis.drop();
        },
      };
    },
  },
];

const a = { id: 'ua1', url: 'http://a.example/', everyMs: 200 };
const b = { id: 'ub1', url: 'http://b.example/', everyMs: 3_600_000 };

describe.each(CARRIERS)('schedules on $name', ({ open }) => {
  test('a seed ticks again and again until its schedule ends', async () => {
    await using opened = await open();
    const queues = openQueues(opened.carrier);
    const ticks: Payload<'seeds'>[] = [];
    const working = work({
      carrier: opened.carrier,
      queue: 'seeds',
      handler: async (seed) => {
        ticks.push(seed);
        return done('due');
      },
      add: queues.add,
      concurrency: 2,
      log: openLog('silent', 'test'),
    });
    const schedules = openSchedules(queues);
    await schedules.put(a);
    await until(() => ticks.length >= 4, { timeoutMs: 30_000, everyMs: 20, what: 'four ticks' });
    expect(ticks.every((it) => it.url === a.url && it.again === true)).toBe(true);
    await schedules.drop(a.id);
    expect(await queues.raw('seeds').getJobSchedulersCount()).toBe(0);
    await working.close();
    await queues.close();
  });

  test('what the facts say is set, what they no longer say is ended, and the rest is left alone', async () => {
    await using opened = await open();
    const queues = openQueues(opened.carrier);
    const schedules = openSchedules(queues);
    expect(await schedules.align([a, b])).toEqual({ set: 2, ended: 0 });
    expect(await schedules.align([a, b])).toEqual({ set: 0, ended: 0 });
    expect(await schedules.align([{ ...b, everyMs: 60_000 }])).toEqual({ set: 1, ended: 1 });
    const [left] = await queues.raw('seeds').getJobSchedulers();
    expect(left).toMatchObject({ key: b.id, every: 60_000 });
    await queues.close();
  });

  test('a queue that was emptied is filled again from the facts', async () => {
    await using opened = await open();
    const queues = openQueues(opened.carrier);
    const schedules = openSchedules(queues);
    await schedules.align([a, b]);
    await queues.raw('seeds').obliterate({ force: true });
    for (const { id } of [a, b]) await schedules.drop(id);
    expect(await schedules.align([a, b])).toEqual({ set: 2, ended: 0 });
    await queues.close();
  });

  test('the next tick of a schedule is no work that waits', async () => {
    await using opened = await open();
    const queues = openQueues(opened.carrier);
    await openSchedules(queues).put(b);
    const { seeds } = await queues.counts();
    expect(seeds.delayed).toBe(0);
    await queues.close();
  });
});
