/** Asks a server whether it is ready for work. */
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { until } from '../until.ts';
import type { ServerKind } from './source.ts';

/** One try may take this long: a dead address must not eat the time of the next one. */
const TRY_MS = 2_000;

async function askRedis(url: string): Promise<true> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TRY_MS,
    commandTimeout: TRY_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Without a listener ioredis prints what connect() rejects with anyway.
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } finally {
    redis.disconnect();
  }
}

async function askPostgres(url: string): Promise<true> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: TRY_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Resolves once the server at `url` does what it is asked; rejects after `timeoutMs` with the last answer as cause. */
export async function whenAnswers(kind: ServerKind, url: string, timeoutMs: number): Promise<void> {
  const ask = kind === 'redis' ? askRedis : askPostgres;
  await until(() => ask(url), { timeoutMs, everyMs: 50, what: `${kind} at ${withoutPassword(url)}` });
}

/** An address as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
