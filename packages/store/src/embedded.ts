/** A database in this process: PGlite (Postgres in WebAssembly) in a folder. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Database, type Row, type Sql, StoreError } from './database.ts';
import { openPrepared, type Ran } from './prepared.ts';
import { makeDatabaseFolder } from './template.ts';

/** The one session of the process; whoever uses it waits for the transactions of the others to end. */
export interface EmbeddedSession {
  query<T extends Row = Row>(text: string, parameters?: readonly unknown[]): Promise<Ran<T>>;
  /** Runs several statements without parameters; answers with the result of each. */
  exec(text: string): Promise<{ rows: unknown[]; affectedRows?: number }[]>;
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
}

/** The embedded database, which the embedded queue shares. */
export interface EmbeddedDatabase extends Database {
  readonly kind: 'embedded';
  readonly session: EmbeddedSession;
}

/**
 * Opens or creates the database under `folder`. The caller holds the folder's lock.
 * @throws StoreError `unusable` when the folder cannot be read or written
 */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const dataDir = join(folder, 'pglite');
  let session: PGlite;
  try {
    await mkdir(folder, { recursive: true });
    if (!existsSync(dataDir)) await makeDatabaseFolder(dataDir);
    session = await PGlite.create({ dataDir });
  } catch (cause) {
    throw new StoreError(
      'unusable',
      `The data folder ${folder} cannot be used: ${(cause as Error).message}. Check its rights and the free disk space, or name another one with NEWSLOOM_DATA_DIR.`,
      { cause, exitCode: 74 },
    );
  }
  return databaseOver(session);
}

/** A database over a PGlite that is open and that nobody else uses. */
export function databaseOver(pglite: PGlite): EmbeddedDatabase {
  const run = openPrepared(pglite);
  const inTurn = oneAtATime();
  const session: EmbeddedSession = {
    query: (text, parameters) => inTurn(() => run(text, parameters)),
    exec: (text) => inTurn(() => pglite.exec(text)),
    async listen(channel, heard) {
      const stop = await inTurn(() => pglite.listen(channel, heard));
      return () => inTurn(() => stop());
    },
  };
  return {
    kind: 'embedded',
    session,
    query: async (text, parameters) => (await session.query(text, parameters)).rows as never,
    async script(text) {
      await session.exec(text);
    },
    transaction: (work) =>
      inTurn(async () => {
        const sql: Sql = { query: async (text, parameters) => (await run(text, parameters)).rows as never };
        await run('begin');
        try {
          const result = await work(sql);
          await run('commit');
          return result;
        } catch (error) {
          await run('rollback');
          throw error;
        }
      }),
    listen: session.listen,
    close: () => inTurn(() => pglite.close()),
  };
}

/** Runs what it is given one after another, in the order in which it came. */
function oneAtATime(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const acting = last.then(act, act);
    last = acting;
    return acting;
  };
}
