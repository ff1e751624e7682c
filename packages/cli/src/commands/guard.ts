/** The `newsloom guard` command: would the crawler contact this address, and why not. */
import { type Judgement, judgeAddress, judgeUrl } from '@newsloom/http';
import { Command } from 'commander';
import { EXIT, runBatchCommand } from '../batch.ts';
import { textOf, usageError } from '../lines.ts';

type Options = { allow: string[]; resolve?: boolean; batch?: string; out?: string };

/** At most this many names are looked up at once. */
const LOOKUPS_AT_ONCE = 16;

/** Builds the command. */
export function guardCommand(): Command {
  return new Command('guard')
    .description('say whether the crawler would contact an address')
    .argument('[url-or-ip]', 'the address')
    .option('--allow <cidr>', 'allow this block although it is not public (may be repeated)', collect, [])
    .option('--resolve', 'look names up and check every answer, as is always done when a socket opens')
    .option('--batch <in>', 'answer JSON lines {id, url} or {id, ip} with {id, allowed, reason}')
    .option('--out <out>', 'where the answers go (- is standard output)', '-')
    .addHelpText('after', '\nExit codes: 0 allowed, 1 refused or some lines failed, 2 wrong usage, 66 no such file.')
    .action(async (address: string | undefined, { allow, resolve = false, batch, out = '-' }: Options) => {
      try {
        for (const block of allow) judgeAddress('192.0.2.1', [block]);
      } catch {
        return usageError('guard', 'a block is written as 10.0.0.0/8 or fd00::/8');
      }
      if (batch !== undefined) {
        return runBatchCommand({
          in: batch,
          out,
          concurrency: resolve ? LOOKUPS_AT_ONCE : 1,
          handle: (line) =>
            line.ip === undefined
              ? judgeUrl(textOf(line, 'url'), { allowPrivate: allow, resolve })
              : judgeAddress(textOf(line, 'ip'), allow),
        });
      }
      if (address === undefined) return usageError('guard', 'give an address, or --batch');
      const { allowed, reason } = await judge(address, allow, resolve);
      process.stdout.write(`${allowed ? 'allowed' : 'refused'} ${reason}\n`);
      process.exitCode = allowed ? EXIT.ok : EXIT.someFailed;
    });
}

/** A person may leave out the scheme: `127.1`, `::1`, `news.example`. */
async function judge(text: string, allow: string[], resolve: boolean): Promise<Judgement> {
  if (URL.canParse(text) && !/^[0-9a-f:.]+$/i.test(text)) return judgeUrl(text, { allowPrivate: allow, resolve });
  const judgement = judgeAddress(text, allow);
  if (judgement.reason !== 'not-an-address') return judgement;
  return judgeUrl(`http://${text}/`, { allowPrivate: allow, resolve });
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
