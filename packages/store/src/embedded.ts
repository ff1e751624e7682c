/** A database in this process: PGlite (Postgres in WebAssembly) in a folder. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Database, type Row, type Sql, StoreError } from './database.ts';
import { makeDatabaseFolder } from './template.ts';

/** The embedded database, which the embedded queue shares. */
export interface EmbeddedDatabase extends Database {
  readonly kind: 'embedded';
  /** The session itself: one, shared, statements run one after another. */
  readonly session: PGlite;
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

/** A database over a session that is open. */
export function databaseOver(session: PGlite): EmbeddedDatabase {
  const rows = async <T extends Row>(on: Pick<PGlite, 'query'>, text: string, parameters: readonly unknown[] = []) =>
    (await on.query<T>(text, [...parameters])).rows;
  return {
    kind: 'embedded',
    session,
    query: (text, parameters) => rows(session, text, parameters),
    async script(text) {
      await session.exec(text);
    },
    transaction: (work) =>
      session.transaction(async (open) => {
        const sql: Sql = { query: (text, parameters) => rows(open as Pick<PGlite, 'query'>, text, parameters) };
        return work(sql);
      }),
    listen: (channel, heard) => session.listen(channel, heard),
    close: () => session.close(),
  };
}
