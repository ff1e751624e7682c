/** A database of its own for a test, in a Postgres that is there. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A new, empty database and a way to be rid of it; `await using` works too. */
export type FreshDatabase = AsyncDisposable & { url: string; drop(): Promise<void> };

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Creates a database with a name of its own beside the one `url` names; its user must be allowed to. */
export async function freshDatabase(url: string): Promise<FreshDatabase> {
  const name = `newsloom_test_${randomUUID().replaceAll('-', '')}`;
  // template0: nobody can be connected to it, so tests that start together do not stand in each other's way.
  await execute(url, `create database ${name} template template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const drop = (): Promise<void> => execute(url, `drop database if exists ${name} with (force)`);
  return { url: own.href, drop, [Symbol.asyncDispose]: drop };
}
