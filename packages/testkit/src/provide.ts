/** Comes by a real Redis and a real Postgres for the tests, from the first source that has one. */
import { fromBinaries } from './sources/binaries.ts';
import { fromDocker } from './sources/docker.ts';
import { fromEnvironment, VARIABLE } from './sources/environment.ts';
import { fromPackages } from './sources/packages.ts';
import type { Provided, ServerKind, ServerSource } from './sources/source.ts';

/** In this order: what a person named, then what leaves the machine as it was, then what changes it. */
const SOURCES: ServerSource[] = [fromEnvironment, fromDocker, fromBinaries, fromPackages];

const NAMES: Record<ServerKind, string> = { redis: 'Redis', postgres: 'Postgres' };
const EXAMPLES: Record<ServerKind, string> = {
  redis: 'redis://host:6379',
  postgres: 'postgres://user:password@host/db',
};
const PROGRAMS: Record<ServerKind, string> = { redis: 'redis-server', postgres: 'Postgres' };

/**
 * A server of a kind from the first source that gives one; each refusal is said on standard error where it is news.
 * Rejects with a sentence that says what to do where no source has one.
 */
export async function provide(
  kind: ServerKind,
  env: NodeJS.ProcessEnv = process.env,
  sources: ServerSource[] = SOURCES,
): Promise<Provided> {
  const refusals: string[] = [];
  for (const source of sources) {
    const attempt = await source(kind, env);
    if ('no' in attempt) {
      refusals.push(attempt.no);
      continue;
    }
    const passedOver = refusals.filter((refusal) => refusal.startsWith('Docker answers'));
    const why = passedOver.length > 0 ? `; ${passedOver.join('; ')}` : '';
    process.stderr.write(`${NAMES[kind]} for the tests: ${attempt.from}${why}\n`);
    return attempt;
  }
  throw new Error(
    `No ${NAMES[kind]} for the tests: ${refusals.join('; ')}. ` +
      `Set ${VARIABLE[kind]} (${EXAMPLES[kind]}), start Docker, or install ${PROGRAMS[kind]}.`,
  );
}

/** A Redis with nothing of value in it. Stop it when done. */
export function provideRedis(env: NodeJS.ProcessEnv = process.env): Promise<Provided> {
  return provide('redis', env);
}

/** A Postgres whose user may create databases. Stop it when done. */
export function providePostgres(env: NodeJS.ProcessEnv = process.env): Promise<Provided> {
  return provide('postgres', env);
}
