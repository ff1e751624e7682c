/** Brings a database to the newest form of the facts. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type Database, StoreError } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);
/** Key of the advisory lock under which migrations run: "NEWS" in ASCII. */
const LOCK_KEY = 0x4e455753;

/** Names of the migrations, in the order in which they run. */
export const MIGRATIONS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name))
  .sort();

/** Tells one set of migrations from another: the head of a digest over all of them. */
export const migrationsDigest = (): string => {
  const digest = createHash('sha256');
  for (const name of MIGRATIONS) digest.update(readFileSync(new URL(name, FOLDER)));
  return digest.digest('hex').slice(0, 12);
};

/**
 * Runs what has not run yet, each migration once, in one transaction, whoever else starts at the same time.
 * @returns the names that ran now
 * @throws StoreError `newer` when the database was migrated by a later version of Newsloom
 */
export async function migrate(database: Database): Promise<string[]> {
  return database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    await sql.query(
      'create table if not exists newsloom_migrations (name text primary key, ran_at timestamptz not null default now())',
    );
    const ran = new Set(
      (await sql.query<{ name: string }>('select name from newsloom_migrations')).map((row) => row.name),
    );
    const unknown = [...ran].filter((name) => !MIGRATIONS.includes(name));
    if (unknown.length > 0) {
      throw new StoreError(
        'newer',
        `The database was written by a later Newsloom (${unknown.join(', ')}). Update this one.`,
        { exitCode: 78 },
      );
    }
    const pending = MIGRATIONS.filter((name) => !ran.has(name));
    for (const name of pending) {
      for (const statement of statementsOf(readFileSync(new URL(name, FOLDER), 'utf8'))) await sql.query(statement);
      await sql.query('insert into newsloom_migrations (name) values ($1)', [name]);
    }
    return pending;
  });
}

/** Statements of a script without functions or quoted semicolons, which is how our migrations are written. */
const statementsOf = (script: string): string[] =>
  script
    .replace(/--[^\n]*/g, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
