/** The `newsloom export` command: everything that was kept, as a web archive or as lines of JSON. */
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { archiveBytes, documentLines, type ExportFilter, spanOf } from '@newsloom/api/export';
import { readSettings, VERSION } from '@newsloom/runtime';
import { type Store, StoreError } from '@newsloom/store';
import { Command } from 'commander';
import { partOf, prepareOutput, unwritable } from '../crawl/output.ts';
import { streamRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { format: string; out: string; source?: string; from?: string; to?: string };

/** Builds the command. */
export function exportCommand(env: Environment): Command {
  return new Command('export')
    .description('write captures as a WARC/1.1 file, or documents as JSON lines')
    .option('--format <format>', 'warc (captures, gzipped) or jsonl (documents, as `crawl` writes them)', 'jsonl')
    .requiredOption('--out <file>', 'file to write, or - for standard output')
    .option('--source <source>', 'only this source, such as example.org')
    .option('--from <date>', 'fetched from the start of this year, month or day on (UTC), or from this instant on')
    .option('--to <date>', 'fetched up to the end of this year, month or day (UTC), or before this instant')
    .addHelpText(
      'after',
      `
A WARC file can be read again with \`newsloom crawl --warc FILE\`, and by every program for web archives.
Exit codes: 0 written, 2 wrong usage, 69 a server is away, 73 the output cannot be written, 78 wrong settings.`,
    )
    .action((options: Options) => run(options, env));
}

async function run(options: Options, env: Environment): Promise<void> {
  const { format, out } = options;
  if (format !== 'warc' && format !== 'jsonl') throw usage('--format is warc or jsonl');
  const filter: ExportFilter = {
    sourceId: options.source ?? null,
    from: edge('--from', options.from, 'start'),
    to: edge('--to', options.to, 'end'),
  };
  const settings = readSettings(env);
  if (out !== '-') await prepareOutput(out);
  let store: Store | null = null;
  let pieces: AsyncIterable<Uint8Array | string>;
  try {
    store = await openStore(settings);
    pieces =
      format === 'warc'
        ? archiveBytes(store, filter, { version: VERSION, at: new Date() })
        : documentLines(store, filter);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    pieces = streamRunning(settings, `/api/export?${new URLSearchParams({ format, ...asked(options) })}`);
  }
  try {
    await write(pieces, out);
  } finally {
    await store?.close();
  }
}

async function write(pieces: AsyncIterable<Uint8Array | string>, out: string): Promise<void> {
  if (out === '-') {
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
    return;
  }
  const part = await partOf(out);
  const file = createWriteStream(part);
  // Only what the disk refuses is the output's fault.
  let refusedBy: unknown = null;
  file.on('error', (error) => {
    refusedBy = error;
  });
  try {
    await pipeline(Readable.from(pieces), file);
    if (part !== out) await rename(part, out);
  } catch (cause) {
    throw refusedBy === cause ? unwritable(out, cause) : cause;
  }
}

const asked = ({ source, from, to }: Options): Record<string, string> => ({
  ...(source !== undefined && { source }),
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

function edge(option: string, text: string | undefined, end: 'start' | 'end'): Date | null {
  if (text === undefined) return null;
  const span = spanOf(text);
  if (!span) throw usage(`${option} is a year, a month, a day, or an instant with its zone, such as 2026, 2026-11-21`);
  return new Date(span[end]);
}

const usage = (sentence: string): Error => Object.assign(new Error(sentence), { exitCode: 2 });
