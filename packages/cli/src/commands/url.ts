/** The `newsloom url` command: the canonical form of an address, and what the frontier sees in it. */
import { canonicalize, hostOf, sourceOf, trapOf } from '@newsloom/frontier';
import { Command } from 'commander';
import { EXIT, runBatchCommand } from '../batch.ts';
import { textOf, usageError } from '../lines.ts';

type Options = { base?: string; json?: boolean; batch?: string; out?: string };

function show(url: string, base: string | undefined, json: boolean): void {
  const canonical = canonicalize(url, base);
  if (canonical === null) {
    process.stderr.write('newsloom url: not an http or https address\n');
    process.exitCode = EXIT.someFailed;
    return;
  }
  const facts = { canonical, host: hostOf(canonical), source: sourceOf(canonical), trap: trapOf(canonical) };
  process.stdout.write(`${json ? JSON.stringify(facts) : canonical}\n`);
}

/** Builds the command. */
export function urlCommand(): Command {
  return new Command('url')
    .description('print the canonical form of an address')
    .argument('[url]', 'the address')
    .option('--base <url>', 'the page that a relative address stands on')
    .option('--json', 'print host, source and trap too')
    .option('--batch <in>', 'answer JSON lines {id, url, base?} with {id, canonical}, null where there is none')
    .option('--out <out>', 'where the answers go (- is standard output)', '-')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 no web address or some lines failed, 2 wrong usage, 66 no such file.',
    )
    .action(async (url: string | undefined, { base, json = false, batch, out = '-' }: Options) => {
      if (batch === undefined)
        return url === undefined ? usageError('url', 'give a URL, or --batch') : show(url, base, json);
      return runBatchCommand({
        in: batch,
        out,
        handle: (line) => ({
          canonical: canonicalize(textOf(line, 'url'), line.base == null ? base : textOf(line, 'base')),
        }),
      });
    });
}
