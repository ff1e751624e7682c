/** The embedded carrier of the queues: BullMQ's Postgres backend on an in-process session. */
import { EventEmitter } from 'node:events';
import { type PgPool, type PgPoolClient, type PgQueryResult, runMigrations } from 'bullmq';

/** What the carrier needs of an in-process Postgres session; PGlite fits as it is. */
export interface EmbeddedSession {
  query(text: string, parameters?: readonly unknown[]): Promise<{ rows: unknown[]; affectedRows?: number }>;
  exec(text: string): Promise<{ rows: unknown[]; affectedRows?: number }[]>;
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
}

const SCHEMA = 'bullmq';

/** One session in the clothes of a pool: every client is the same session, whose statements run one after another. */
class SessionClient extends EventEmitter {
  private readonly session: EmbeddedSession;
  private readonly unlisten: (() => Promise<void>)[] = [];

  constructor(session: EmbeddedSession) {
    super();
    this.setMaxListeners(0);
    this.session = session;
  }

  async query<R>(text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<R>> {
    const channel = /^\s*listen\s+"?(\w+)"?\s*;?\s*$/i.exec(text.replace(/--[^\n]*/g, ''))?.[1];
    if (channel) {
      this.unlisten.push(
        await this.session.listen(channel, (payload) => this.emit('notification', { channel, payload })),
      );
      return { rows: [], rowCount: 0 };
    }
    const result = parameters?.length
      ? await this.session.query(text, [...parameters])
      : ((await this.session.exec(text)).at(-1) ?? { rows: [] });
    return { rows: result.rows as R[], rowCount: result.affectedRows ?? result.rows.length };
  }

  release(): void {
    this.removeAllListeners();
    for (const stop of this.unlisten.splice(0)) void stop().catch(() => {});
  }
}

class SessionPool extends SessionClient {
  /** Read by the backend: with it, a wait for the next job may be long, since a session in this process cannot drop. */
  readonly options = { keepAlive: true };
  readonly totalCount = 1;
  private readonly open: () => SessionClient;

  constructor(session: EmbeddedSession) {
    super(session);
    this.open = () => new SessionClient(session);
  }

  async connect(): Promise<SessionClient> {
    return this.open();
  }

  async end(): Promise<void> {}
}

/** Prepares a session to carry queues, and answers with the pool that BullMQ takes. */
export async function embeddedPool(session: EmbeddedSession): Promise<PgPool> {
  const pool = new SessionPool(session) as unknown as PgPool;
  await session.exec(`create schema if not exists ${SCHEMA}`);
  await runMigrations((await pool.connect()) as PgPoolClient, SCHEMA);
  // The facts lie in "public", the queues in their own schema; no table name is in both.
  await session.exec(`set search_path to public, ${SCHEMA}`);
  return pool;
}
