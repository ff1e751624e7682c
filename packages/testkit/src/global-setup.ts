/** Set-up of the vitest projects that need real servers: gives their addresses to the tests, ends them afterwards. */
import type { TestProject } from 'vitest/node';
import { providePostgres, provideRedis } from './provide.ts';
import type { Provided } from './sources/source.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A Redis for all tests of the run; take a database of it with `freshRedis`. */
    redisUrl: string;
    /** A Postgres for all tests of the run; take a database of it with `freshDatabase`. */
    databaseUrl: string;
  }
}

type Shared = { users: number; servers: Promise<{ redis: Provided; postgres: Provided }> };

/** Each project loads this file for itself; the servers are one for all, so they hang where all see them. */
const SLOT = Symbol.for('newsloom.testkit.servers');
const world = globalThis as unknown as Record<symbol, Shared | undefined>;

async function startBoth(): Promise<{ redis: Provided; postgres: Provided }> {
  const [redis, postgres] = await Promise.allSettled([provideRedis(), providePostgres()]);
  if (redis.status === 'fulfilled' && postgres.status === 'fulfilled')
    return { redis: redis.value, postgres: postgres.value };
  const troubles: Error[] = [];
  for (const result of [redis, postgres]) {
    if (result.status === 'fulfilled') await result.value.stop();
    else troubles.push(result.reason);
  }
  throw troubles.length === 1
    ? troubles[0]
    : new AggregateError(troubles, troubles.map(({ message }) => message).join('\n'));
}

/** Starts the servers, or joins those another project of the run has started. */
export default async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  world[SLOT] ??= { users: 0, servers: startBoth() };
  const shared = world[SLOT];
  shared.users += 1;
  const { redis, postgres } = await shared.servers;
  provide('redisUrl', redis.url);
  provide('databaseUrl', postgres.url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    world[SLOT] = undefined;
    await Promise.all([redis.stop(), postgres.stop()]);
  };
}
