/** A fresh database folder, made once per machine and copied for each data folder: making one takes seconds, a copy none. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

/** Beside the installed dependencies, so that it goes when they go. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/newsloom/', import.meta.url));

/** Where the template of this version of PGlite lies. */
function templatePath(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return join(CACHE, `pglite-${version}`);
}

/** Makes a fresh database folder at `path`: from the template, or anew. It appears whole or not at all. */
export async function makeDatabaseFolder(path: string): Promise<void> {
  const template = templatePath();
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    if (existsSync(template)) await cp(template, part, { recursive: true });
    else await (await PGlite.create({ dataDir: part })).close();
    await rename(part, path);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the template where it is missing. Two at once do no harm: one of them is kept. */
export async function prepareTemplate(): Promise<void> {
  const template = templatePath();
  if (existsSync(template)) return;
  await mkdir(CACHE, { recursive: true });
  await makeDatabaseFolder(template).catch((error: NodeJS.ErrnoException) => {
    if (!existsSync(template)) throw error;
  });
}

if (import.meta.main) await prepareTemplate();
