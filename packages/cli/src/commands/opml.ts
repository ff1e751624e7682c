/** The `newsloom opml` command: writes what is followed as OPML, for feed readers and for another Newsloom. */
import { writeFile } from 'node:fs/promises';
import { followedOpml } from '@newsloom/api/seed-lists';
import { readSettings } from '@newsloom/runtime';
import { type Store, StoreError } from '@newsloom/store';
import { Command } from 'commander';
import { streamRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Builds the command. */
export function opmlCommand(env: Environment): Command {
  return new Command('opml')
    .description('write what is followed as OPML, an outline for each source')
    .option('--out <file>', 'file to write (- is standard output)', '-')
    .addHelpText(
      'after',
      `
newsloom seed --opml FILE reads it again, with kinds, priorities, depths, intervals and tags.
Exit codes: 0 written, 2 wrong usage, 69 a server is away, 73 the output cannot be written, 78 wrong settings.`,
    )
    .action(async ({ out }: { out: string }) => {
      const text = await followed(env);
      if (out === '-') return void process.stdout.write(text);
      await writeFile(out, text).catch((cause: Error) => {
        throw Object.assign(new Error(`cannot write ${out}: ${cause.message}`, { cause }), { exitCode: 73 });
      });
    });
}

/** The OPML out of the store, or from the Newsloom that has it. */
async function followed(env: Environment): Promise<string> {
  const settings = readSettings(env);
  let store: Store;
  try {
    store = await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    const pieces: Uint8Array[] = [];
    for await (const piece of streamRunning(settings, '/api/seeds.opml')) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }
  try {
    return await followedOpml(store, new Date());
  } finally {
    await store.close();
  }
}
