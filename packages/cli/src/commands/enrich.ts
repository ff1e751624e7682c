/** The `newsloom enrich` command: lets documents be enriched again. */
import { enrichAgain } from '@newsloom/api/enrich-again';
import { spanOf } from '@newsloom/api/export';
import { openLog, readSettings } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { StoreError } from '@newsloom/store';
import { Command } from 'commander';
import { askRunning } from '../running.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { again?: boolean; since?: string; all?: boolean };

/** Builds the command. */
export function enrichCommand(env: Environment): Command {
  return new Command('enrich')
    .description('let documents be enriched again: mentions, entities, roles and stories')
    .option('--again', 'those that an older enricher read')
    .option('--since <date>', 'dated, or else fetched, from the start of this year, month or day on (UTC)')
    .option('--all', 'also those that this enricher has read, as after an import of names')
    .addHelpText(
      'after',
      `
The work is done by whatever enriches: a running Newsloom, or the next \`newsloom start\`.
Exit codes: 0 done, 2 wrong usage, 69 a server is away, 78 wrong settings.`,
    )
    .action((options: Options) => enrich(options, env));
}

async function enrich({ again, since, all = false }: Options, env: Environment): Promise<void> {
  if (!again) throw usage('say --again: new documents are enriched by themselves');
  const span = since === undefined ? null : spanOf(since);
  if (since !== undefined && !span) throw usage('--since is a year, a month, a day, or an instant with its zone');
  const settings = readSettings(env);
  let documents: number;
  try {
    const context = await openContext(settings, openLog('error', 'enrich'));
    try {
      documents = await enrichAgain(context, { since: span ? new Date(span.start) : null, all });
    } finally {
      await context.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    const body = { all, ...(since !== undefined && { since }) };
    ({ documents } = (await askRunning(settings, '/api/enrich', body)) as { documents: number });
  }
  process.stdout.write(`${documents} ${documents === 1 ? 'document waits' : 'documents wait'} to be enriched\n`);
}

const usage = (sentence: string): Error => Object.assign(new Error(sentence), { exitCode: 2 });
