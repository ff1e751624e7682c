/** The dispatcher keeps a bounded window filled, sleeps while there is nothing to do, and speaks of trouble once. */
import type { Job } from '@newsloom/jobs';
import type { Log } from '@newsloom/runtime';
import type { Claim } from '@newsloom/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DispatchTools, startDispatcher } from './dispatch.ts';

const WINDOW = 8;

/** A frontier with so many due hosts, a queue that fills, and a log of what was said. */
function bench(given: Partial<DispatchTools['frontier']> = {}, held = false) {
  const state = { held, due: 0, waiting: 0, looks: 0, heals: 0, said: [] as string[] };
  const say = (level: string) => (_: object, text: string) => void state.said.push(`${level}: ${text}`);
  const dispatcher = startDispatcher({
    frontier: {
      async claim({ limit }) {
        state.looks++;
        const taken = Math.min(limit, state.due);
        state.due -= taken;
        return Array.from({ length: taken }, () => ({ urlId: 'u1', host: 'h', delayMs: 0 }) as unknown as Claim);
      },
      nextDue: async () => null,
      async heal() {
        state.heals++;
        return 0;
      },
      ...given,
    },
    add: async (jobs: readonly Job[]) => {
      state.waiting += jobs.length;
    },
    waiting: async () => state.waiting,
    held: () => state.held,
    crawlId: null,
    leaseMs: 30_000,
    window: WINDOW,
    now: () => new Date(),
    log: { warn: say('warn'), info: say('info') } as unknown as Log,
  });
  return { state, dispatcher };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what waits in the queue never exceeds the window', async () => {
  const { state, dispatcher } = bench();
  state.due = 100;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state.waiting).toBe(WINDOW);
  expect(state.due).toBe(100 - WINDOW);
  void dispatcher.close();
});

test('nothing is dispatched while what was fetched waits to be read', async () => {
  const { state, dispatcher } = bench({}, true);
  state.due = 100;
  dispatcher.wake();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state).toMatchObject({ waiting: 0, looks: 0 });
  state.held = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(state.waiting).toBe(WINDOW);
  void dispatcher.close();
});

test('a full window is filled again once a quarter of it has ended, without waiting for the clock', async () => {
  const { state, dispatcher } = bench();
  state.due = 100;
  await vi.advanceTimersByTimeAsync(0);
  expect(state.waiting).toBe(WINDOW);
  state.waiting -= 2;
  dispatcher.ended();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.waiting).toBe(WINDOW - 2);
  dispatcher.ended();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.waiting).toBe(WINDOW);
  void dispatcher.close();
});

test('a wake is answered at once, and an idle frontier is hardly looked at', async () => {
  const { state, dispatcher } = bench();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.looks).toBeLessThan(40);
  expect(state.heals).toBe(2);
  state.due = 1;
  dispatcher.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.waiting).toBe(1);
  void dispatcher.close();
});

test('a database that is away is spoken of when it goes and when it comes back', async () => {
  let away = false;
  const { state, dispatcher } = bench({
    async nextDue() {
      if (away) throw new Error('connection refused');
      return null;
    },
  });
  await vi.advanceTimersByTimeAsync(5_000);
  away = true;
  await vi.advanceTimersByTimeAsync(60_000);
  away = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.said).toEqual(['warn: dispatch failed, to be tried again until it works', 'info: dispatching again']);
  void dispatcher.close();
});
