/** The `newsloom robots` command: may an agent fetch an address under a robots.txt file. */
import { readFile } from 'node:fs/promises';
import { crawlDelaySeconds, isAllowed, parseRobots } from '@newsloom/frontier';
import { Command } from 'commander';
import { type BatchLine, EXIT, runBatchCommand } from '../batch.ts';
import { textOf, usageError } from '../lines.ts';

type Options = { agent?: string; robots?: string; batch?: string; out?: string };

/** Answers one line `{id, robotstxt|robotstxt_base64, useragent, url}` with `{allowed}`. */
function answer(line: BatchLine): { allowed: boolean } {
  const body =
    line.robotstxt_base64 === undefined
      ? textOf(line, 'robotstxt')
      : Buffer.from(textOf(line, 'robotstxt_base64'), 'base64');
  return { allowed: isAllowed(parseRobots(body), textOf(line, 'useragent'), textOf(line, 'url')) };
}

async function judge(url: string, agent: string, file: string): Promise<void> {
  const body = await readFile(file).catch(() => null);
  if (body === null) {
    process.stderr.write(`newsloom robots: cannot read ${file}\n`);
    process.exitCode = EXIT.noInput;
    return;
  }
  const robots = parseRobots(body);
  const allowed = isAllowed(robots, agent, url);
  const delay = crawlDelaySeconds(robots, agent);
  process.stdout.write(`${allowed ? 'allowed' : 'disallowed'}${delay === null ? '' : ` crawl-delay ${delay}`}\n`);
  process.exitCode = allowed ? EXIT.ok : EXIT.someFailed;
}

/** Builds the command. */
export function robotsCommand(): Command {
  return new Command('robots')
    .description('say whether an agent may fetch an address under a robots.txt file (RFC 9309)')
    .argument('[url]', 'the address, as it goes over the wire; a path will do')
    .option('--agent <token>', 'product token of the agent', 'Newsloom')
    .option('--robots <file>', 'the robots.txt file')
    .option('--batch <in>', 'answer JSON lines {id, robotstxt|robotstxt_base64, useragent, url} with {id, allowed}')
    .option('--out <out>', 'where the answers go (- is standard output)', '-')
    .addHelpText('after', '\nExit codes: 0 allowed, 1 disallowed or some lines failed, 2 wrong usage, 66 no such file.')
    .action(async (url: string | undefined, { agent = '', robots, batch, out = '-' }: Options) => {
      if (batch !== undefined) return runBatchCommand({ in: batch, out, handle: answer });
      if (url === undefined || robots === undefined)
        return usageError('robots', 'give --robots FILE and a URL, or --batch');
      return judge(url, agent, robots);
    });
}
