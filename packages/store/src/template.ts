/** A fresh database folder, made once per machine and copied for each data folder: making one takes seconds, a copy none. */
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { migrationsDigest } from './migrate.ts';

/** Beside the installed dependencies, so that it goes when they go. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/newsloom/', import.meta.url));

/** Where the template of this version of PGlite and of our migrations lies. */
function templatePath(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return join(CACHE, `pglite-${version}-${migrationsDigest()}`);
}

/** Makes a fresh database folder at `path`: from the template, or anew. It appears whole or not at all. */
export function makeDatabaseFolder(path: string): Promise<void> {
  const template = templatePath();
  return whole(path, async (part) => {
    if (existsSync(template)) cpSync(template, part, { recursive: true });
    else await initialise(part);
  });
}

/**
 * Makes the template where it is missing. Two at once do no harm: one of them is kept.
 * @param prepare what every database of a new folder should have already; it must do no harm when it is done again
 */
export async function prepareTemplate(prepare: (session: PGlite) => Promise<void>): Promise<void> {
  const template = templatePath();
  if (existsSync(template)) return;
  mkdirSync(CACHE, { recursive: true });
  await whole(template, (part) => initialise(part, prepare)).catch((error: unknown) => {
    if (!existsSync(template)) throw error;
  });
}

/** Makes a folder aside and renames it. */
async function whole(path: string, make: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await make(part);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Makes a database folder anew, without the files of the two databases that others would be copied from: nothing here
 * makes another database, and they are two thirds of a thousand files.
 */
async function initialise(path: string, prepare?: (session: PGlite) => Promise<void>): Promise<void> {
  const session = await PGlite.create({ dataDir: path });
  await prepare?.(session);
  const { rows } = await session.query<{ oid: string }>(
    "select oid::text from pg_database where datname like 'template_'",
  );
  await session.close();
  for (const { oid } of rows) {
    const files = join(path, 'base', oid);
    for (const name of readdirSync(files)) if (name !== 'PG_VERSION') rmSync(join(files, name));
  }
}
