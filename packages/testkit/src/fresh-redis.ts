/** A logical database of its own for a test, in a Redis that is there. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { until } from './until.ts';

/** An empty logical database and a way to give it back; `await using` works too. */
export type FreshRedis = AsyncDisposable & { url: string; drop(): Promise<void> };

/** Leases lie in database 0, so that a test may flush its own. */
const LEASE_PREFIX = 'newsloom-test:database:';

/** Set of the numbers that were ever ours: what lies in others is somebody's. */
const OURS_KEY = 'newsloom-test:databases';

/** A test that was killed keeps its number from others for this long. */
const LEASE_SECONDS = 900;

/** What Redis has where nobody says otherwise, and what we assume where it will not tell. */
const DEFAULT_DATABASES = 16;

/** Tests that start while all numbers are taken wait for one. */
const WAIT_MS = 60_000;

async function databaseCount(redis: Redis): Promise<number> {
  try {
    const [, count] = (await redis.config('GET', 'databases')) as [string, string];
    return Number(count) || DEFAULT_DATABASES;
  } catch {
    return DEFAULT_DATABASES;
  }
}

/** Leases a number if it is free and either ours or empty. */
async function lease(redis: Redis, number: number, holder: string): Promise<boolean> {
  if (!(await redis.set(LEASE_PREFIX + number, holder, 'EX', LEASE_SECONDS, 'NX'))) return false;
  if (await redis.sismember(OURS_KEY, number)) return true;
  const answers = await redis.multi().select(number).dbsize().select(0).exec();
  if (answers?.[1]?.[1] === 0) {
    await redis.sadd(OURS_KEY, number);
    return true;
  }
  await redis.del(LEASE_PREFIX + number);
  return false;
}

/**
 * Leases a database number of the Redis at `url`, other than 0, and empties it. A database that holds what no test of
 * ours left there is not touched.
 * No two tests have the same one, in however many processes they run; use FLUSHDB in it, never FLUSHALL.
 */
export async function freshRedis(url: string): Promise<FreshRedis> {
  const root = new URL(url);
  root.pathname = '/0';
  const redis = new Redis(root.href, { maxRetriesPerRequest: 1 });
  const holder = randomUUID();
  try {
    const count = await databaseCount(redis);
    const number = await until(
      async () => {
        for (let candidate = 1; candidate < count; candidate += 1)
          if (await lease(redis, candidate, holder)) return candidate;
        return undefined;
      },
      { timeoutMs: WAIT_MS, everyMs: 200, what: `a free one of the ${count} databases of Redis` },
    );
    await redis.multi().select(number).flushdb().select(0).exec();
    const own = new URL(root);
    own.pathname = `/${number}`;

    let given: Promise<void> | undefined;
    const giveBack = async (): Promise<void> => {
      // A lease that ran out may be another's by now; what lies there is theirs.
      if ((await redis.get(LEASE_PREFIX + number)) === holder)
        await redis
          .multi()
          .select(number)
          .flushdb()
          .select(0)
          .del(LEASE_PREFIX + number)
          .exec();
      redis.disconnect();
    };
    const drop = (): Promise<void> => {
      given ??= giveBack();
      return given;
    };
    return { url: own.href, drop, [Symbol.asyncDispose]: drop };
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
