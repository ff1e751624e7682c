/** The `newsloom migrate` command: brings the database to the newest form of the facts. */
import { readSettings } from '@newsloom/runtime';
import { MIGRATIONS, openEmbeddedStore, openPostgresStore, placeOf } from '@newsloom/store';
import { Command } from 'commander';

type Environment = Readonly<Record<string, string | undefined>>;

/** Builds the command. */
export function migrateCommand(env: Environment): Command {
  return new Command('migrate')
    .description('bring the database to the newest form, and say so; every start does the same')
    .addHelpText(
      'after',
      '\nExit codes: 0 up to date, 69 the server is away, 75 the data folder is in use, 78 wrong settings or a database written by a later Newsloom.',
    )
    .action(async () => {
      const { databaseUrl, dataDir } = readSettings(env);
      // Opening a store migrates it, one process at a time.
      await using _store = databaseUrl ? await openPostgresStore(databaseUrl) : await openEmbeddedStore(dataDir);
      const place = databaseUrl ? placeOf(databaseUrl) : dataDir;
      process.stdout.write(`${place} is up to date: ${MIGRATIONS.at(-1)?.replace(/\.sql$/, '')}\n`);
    });
}
