/** Source: a server somebody else runs, named by TEST_REDIS_URL or TEST_DATABASE_URL. */
import { whenAnswers, withoutPassword } from './answers.ts';
import type { Attempt, ServerKind } from './source.ts';

/** The variable that names a server of a kind. */
export const VARIABLE: Record<ServerKind, string> = { redis: 'TEST_REDIS_URL', postgres: 'TEST_DATABASE_URL' };

/** Enough for a server that is just being started beside the tests. */
const WAIT_MS = 10_000;

/** The server the environment names. Rejects where one is named and does not answer: to use another would hide that. */
export async function fromEnvironment(kind: ServerKind, env: NodeJS.ProcessEnv): Promise<Attempt> {
  const name = VARIABLE[kind];
  const url = env[name];
  if (!url) return { no: `${name} is not set` };
  try {
    await whenAnswers(kind, url, WAIT_MS);
  } catch (cause) {
    throw new Error(
      `${name} names ${withoutPassword(url)}, which does not answer: start it, or unset ${name} to let the tests start one`,
      { cause },
    );
  }
  return { url, from: name, stop: async () => {} };
}
