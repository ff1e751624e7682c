/** A URL in hand stays in hand for as long as its fetch runs, and not longer than that can be proved. */
import type { UrlId } from '@newsloom/model';
import { openLog } from '@newsloom/runtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startLeases } from './leases.ts';

const LEASE_MS = 6_000;
const RENEWALS_A_LEASE = 6;
const url = (n: number) => ({ id: `u${n}` as UrlId, host: `h${n}.example` });

/** Leases over a database that answers as told: with the ids it renews, or not at all. */
function leasesOver(answer: (ids: UrlId[]) => UrlId[] | Promise<UrlId[]>) {
  const asked: UrlId[][] = [];
  const leases = startLeases({
    frontier: {
      async renew(held) {
        const ids = held.map((it) => it.id);
        asked.push(ids);
        return answer(ids);
      },
    },
    leaseMs: LEASE_MS,
    now: () => new Date(),
    log: openLog('silent', 'test'),
  });
  return { leases, asked };
}

/** Work that ends when told, or when its lease is lost. */
function endless(leases: ReturnType<typeof leasesOver>['leases'], n: number) {
  let end = () => {};
  const result = leases.during(
    url(n),
    new Date(),
    (signal) =>
      new Promise<string>((resolve) => {
        end = () => resolve('ended');
        signal.addEventListener('abort', () => resolve('lost'));
      }),
  );
  return { result, end: () => end() };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('all URLs in hand are renewed in one statement, and none once their work has ended', async () => {
  const { leases, asked } = leasesOver((ids) => ids);
  const [one, two] = [endless(leases, 1), endless(leases, 2)];
  await vi.advanceTimersByTimeAsync(10 * LEASE_MS);
  expect(asked).toHaveLength(10 * RENEWALS_A_LEASE);
  expect(new Set(asked.map(String))).toEqual(new Set(['u1,u2']));
  one.end();
  two.end();
  expect(await Promise.all([one.result, two.result])).toEqual(['ended', 'ended']);
  await vi.advanceTimersByTimeAsync(LEASE_MS);
  expect(asked).toHaveLength(10 * RENEWALS_A_LEASE);
  leases.close();
});

test('the work whose lease another has taken is told, and no other', async () => {
  const { leases } = leasesOver((ids) => ids.filter((id) => id !== 'u1'));
  const [one, two] = [endless(leases, 1), endless(leases, 2)];
  await vi.advanceTimersByTimeAsync(LEASE_MS / RENEWALS_A_LEASE);
  expect(await one.result).toBe('lost');
  await vi.advanceTimersByTimeAsync(3 * LEASE_MS);
  two.end();
  expect(await two.result).toBe('ended');
  leases.close();
});

test('a database that is away for three renewals costs nothing, for longer it ends the work before the lease', async () => {
  let away = true;
  const { leases } = leasesOver((ids) => (away ? Promise.reject(new Error('away')) : ids));
  const lucky = endless(leases, 1);
  await vi.advanceTimersByTimeAsync(LEASE_MS / 2);
  away = false;
  await vi.advanceTimersByTimeAsync(LEASE_MS);
  lucky.end();
  expect(await lucky.result).toBe('ended');

  away = true;
  const began = Date.now();
  const unlucky = endless(leases, 2);
  const lostAt = unlucky.result.then(() => Date.now());
  await vi.advanceTimersByTimeAsync(LEASE_MS);
  expect(await unlucky.result).toBe('lost');
  expect((await lostAt) - began).toBeLessThan(LEASE_MS);
  leases.close();
});

test('a process that was halted gives up what it had in hand as soon as it goes on', async () => {
  const { leases } = leasesOver((ids) => ids);
  const held = endless(leases, 1);
  vi.setSystemTime(Date.now() + 2 * LEASE_MS);
  await vi.advanceTimersByTimeAsync(LEASE_MS / RENEWALS_A_LEASE);
  expect(await held.result).toBe('lost');
  leases.close();
});

test('work that is about to free its host is not told that the lease is gone', async () => {
  const { leases } = leasesOver(() => []);
  let told = false;
  let end = () => {};
  const result = leases.during(url(1), new Date(), (signal, ending) => {
    ending();
    signal.addEventListener('abort', () => {
      told = true;
    });
    return new Promise<string>((resolve) => {
      end = () => resolve('recorded');
    });
  });
  await vi.advanceTimersByTimeAsync(2 * LEASE_MS);
  end();
  expect(await result).toBe('recorded');
  expect(told).toBe(false);
  leases.close();
});
