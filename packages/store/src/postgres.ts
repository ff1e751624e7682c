/** A database on a Postgres server, through a pool of connections. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { type Database, type Row, type Sql, StoreError } from './database.ts';

/** Connections of one process: each worker holds one only for the length of a statement. */
const POOL_SIZE = 12;
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * A connection is replaced after so long, and its prepared statements with it: a plan made while the tables were empty
 * must not outlive their growth.
 */
const CONNECTION_LIFE_S = 60;
/** Statements that are prepared, at their second use; texts that are put together for one request stay below that. */
const MOST_PREPARED = 300;
/** Postgres error codes of a transaction that may simply be run again: serialization failure, deadlock. */
const RUN_AGAIN = new Set(['40001', '40P01']);
const MOST_RUNS = 5;
const LISTEN_AGAIN_MS = 2_000;

/**
 * Opens a pool and proves that the server answers.
 * @param url postgres:// address
 * @throws StoreError `unreachable` that says where and why
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    maxLifetimeSeconds: CONNECTION_LIFE_S,
    application_name: 'newsloom',
  });
  // An idle connection that drops is replaced at the next query.
  pool.on('error', () => {});
  const nameOf = openNames();
  const run = async <T extends Row>(on: pg.Pool | pg.PoolClient, text: string, parameters: readonly unknown[]) => {
    const name = nameOf(text);
    const values = parameters.map(asPg);
    return (await on.query(name ? { name, text, values } : { text, values })).rows as T[];
  };

  const database: Database = {
    kind: 'postgres',
    query: (text, parameters = []) => run(pool, text, parameters),
    async script(text) {
      await pool.query(text);
    },
    async transaction(work) {
      for (let runs = 1; ; runs++) {
        const client = await pool.connect();
        let broken = false;
        try {
          await client.query('begin');
          const sql: Sql = { query: (text, parameters = []) => run(client, text, parameters) };
          const result = await work(sql);
          await client.query('commit');
          return result;
        } catch (error) {
          await client.query('rollback').catch(() => {
            broken = true;
          });
          if (runs >= MOST_RUNS || !RUN_AGAIN.has((error as { code?: string }).code ?? '')) throw error;
        } finally {
          client.release(broken);
        }
      }
    },
    listen: (channel, heard) => listenOn(pool, channel, heard),
    close: () => pool.end(),
  };

  try {
    await database.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new StoreError(
      'unreachable',
      `Postgres at ${placeOf(url)} cannot be used: ${reasonOf(cause)}. Check DATABASE_URL, and that the server runs.`,
      { cause },
    );
  }
  return database;
}

/** Listens on a connection of its own, and on another one when that drops; what was said meanwhile is not heard. */
async function listenOn(
  pool: pg.Pool,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  let client: pg.PoolClient | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const again = () => {
    if (stopped) return;
    timer = setTimeout(() => begin().catch(again), LISTEN_AGAIN_MS);
  };
  const begin = async () => {
    const opened = await pool.connect();
    if (stopped) return opened.release(true);
    opened.on('notification', (message) => {
      if (message.channel === channel) heard(message.payload ?? '');
    });
    opened.on('error', () => {
      opened.release(true);
      client = null;
      again();
    });
    await opened.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = opened;
  };
  await begin();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    client?.release(true);
  };
}

/** Names the statements that come again, so that each connection parses them once; null for the others. */
function openNames(): (text: string) => string | null {
  const names = new Map<string, string | null>();
  return (text) => {
    const known = names.get(text);
    if (known) return known;
    if (known === undefined) {
      if (names.size < MOST_PREPARED) names.set(text, null);
      return null;
    }
    const name = `newsloom_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
    names.set(text, name);
    return name;
  };
}

/** The pool sends Buffers as bytea; other views would be sent as JSON. */
const asPg = (value: unknown): unknown =>
  value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;

/** Host, port and database of an address, without user and password. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return message || code || 'no answer';
}
