/** The `newsloom trace` command: where is an address, and why? */
import { explainTrace, explainTrap } from '@newsloom/api/trace-sentences';
import { canonicalize } from '@newsloom/frontier';
import { urlIdOf } from '@newsloom/model';
import { readSettings } from '@newsloom/runtime';
import { type Store, StoreError } from '@newsloom/store';
import { Command } from 'commander';
import { askRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Answer = { url: string; known: boolean; says: string[]; facts: unknown };

/** Builds the command. */
export function traceCommand(env: Environment): Command {
  return new Command('trace')
    .description('tell where an address is, and why')
    .argument('<url>', 'the address')
    .option('--json', 'print all facts')
    .addHelpText(
      'after',
      '\nExit codes: 0 known, 1 not known, 2 no web address, 69 a server is away, 78 wrong settings.',
    )
    .action(async (given: string, { json = false }: { json?: boolean }) => {
      const url = canonicalize(given);
      if (!url) throw Object.assign(new Error(`${given} is not an http or https address`), { exitCode: 2 });
      const answer = await trace(url, env);
      process.stdout.write(
        json
          ? `${JSON.stringify(answer, null, 2)}\n`
          : `${answer.url}\n${answer.says.map((it) => `  ${it}\n`).join('')}`,
      );
      if (!answer.known) process.exitCode = 1;
    });
}

async function trace(url: string, env: Environment): Promise<Answer> {
  const settings = readSettings(env);
  let store: Store;
  try {
    store = await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    return (await askRunning(settings, `/api/trace?url=${encodeURIComponent(url)}`)) as Answer;
  }
  try {
    const facts = await store.trace(urlIdOf(url));
    const now = new Date();
    const says = [...explainTrace(facts, now), ...(facts === null ? explainTrap(url, now) : [])];
    return { url, known: facts !== null, says, facts };
  } finally {
    await store.close();
  }
}
