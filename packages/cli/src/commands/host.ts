/** The `newsloom host` command: how a host stands, what it was asked, and how often it may be. */
import { answerHost, type HostAnswer, hostNamed, seconds } from '@newsloom/api/host';
import { parseDuration } from '@newsloom/jobs';
import { readSettings, type Settings } from '@newsloom/runtime';
import { type Store, StoreError } from '@newsloom/store';
import { Command, InvalidArgumentError } from 'commander';
import { askRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { delay?: number | 'default'; followAgain?: boolean; limit: number; page: number; json?: boolean };

const MOST_LINES = 100;
const DAY_MS = 86_400_000;

/** Builds the command. */
export function hostCommand(env: Environment): Command {
  return new Command('host')
    .description('tell how a host stands and what it was asked, or set how often it may be asked')
    .argument('<host>', 'its name, with its port where it has one, or an address on it')
    .option('--delay <time>', 'least gap between two requests, such as 5s or 500ms; default: the general one', delayOf)
    .option('--follow-again', 'follow links again whose shapes were given up because they gave nothing')
    .option('--limit <n>', 'requests listed', numberBetween(1, MOST_LINES), 20)
    .option('--page <n>', 'which page of them', numberBetween(1, 1_000), 1)
    .option('--json', 'print all facts')
    .addHelpText(
      'after',
      '\nExit codes: 0 known, 1 not known, 2 no name of a host, 69 a server is away, 78 wrong settings.',
    )
    .action((host: string, options: Options) => tell(host, options, env));
}

async function tell(given: string, options: Options, env: Environment): Promise<void> {
  const host = hostNamed(given);
  if (host === null) throw Object.assign(new Error(`${given} is not the name of a host`), { exitCode: 2 });
  const answer = await ask(host, options, readSettings(env));
  if (answer === null) {
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ host, known: false })}\n`
        : `${host}\n  Unknown: no address of it is known yet.\n`,
    );
    process.exitCode = 1;
    return;
  }
  process.stdout.write(options.json ? `${JSON.stringify(answer, null, 2)}\n` : told(answer));
}

async function ask(host: string, options: Options, settings: Settings): Promise<HostAnswer | null> {
  const page = { limit: options.limit, offset: (options.page - 1) * options.limit };
  const delayMs = options.delay === 'default' ? null : options.delay;
  let store: Store;
  try {
    store = await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    const path = `/api/hosts/${encodeURIComponent(host)}`;
    const wishes = { ...(delayMs !== undefined && { delayMs }), ...(options.followAgain && { followAgain: true }) };
    if (Object.keys(wishes).length > 0) await askRunning(settings, path, wishes, 'PATCH');
    return (await askRunning(settings, `${path}?limit=${page.limit}&offset=${page.offset}`)) as HostAnswer;
  }
  try {
    if (options.followAgain) await store.patterns.forgive(host);
    if (delayMs !== undefined) await store.hosts.setDelay(host, delayMs);
    return await answerHost(store, host, { ...page, hostDelayMs: settings.hostDelayMs, now: new Date() });
  } finally {
    await store.close();
  }
}

function told({ host, says, requests, offset, more }: HostAnswer): string {
  const rows = requests.map((it) => [
    // Dates come as text from a running Newsloom.
    new Date(it.startedAt).toISOString(),
    it.sincePreviousMs === null ? '' : `+${seconds(it.sincePreviousMs)}`,
    it.tookMs === 0 && it.status === null ? 'not asked' : `${it.tookMs} ms`,
    it.status === null ? '' : String(it.status),
    it.verdict === it.note ? it.verdict : `${it.verdict} (${it.note})`,
    it.robotsVersion ?? it.note,
    it.sourceId ?? '',
    it.url,
  ]);
  const head = ['asked at', 'gap', 'took', 'status', 'verdict', 'robots', 'source', 'address'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `  ${cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  const ledger =
    rows.length === 0
      ? '\n  Nothing was asked of it yet.\n'
      : `\n${line(head)}${rows.map(line).join('')}${more ? `  ... older ones with --page ${Math.floor(offset / requests.length) + 2}\n` : ''}`;
  return `${host}\n${says.map((it) => `  ${it}\n`).join('')}${ledger}`;
}

function delayOf(text: string): number | 'default' {
  if (text === 'default') return 'default';
  const ms = /^(\d{1,8})(?:ms)?$/.exec(text.trim());
  const delay = ms ? Number(ms[1]) : parseDuration(text);
  if (delay === null || delay > DAY_MS || (ms && !text.trim().endsWith('ms') && delay !== 0)) {
    throw new InvalidArgumentError('give a time such as 500ms, 5s or 2m, a day at most, or `default`');
  }
  return delay;
}

const numberBetween = (low: number, high: number) => (text: string) => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < low || n > high) {
    throw new InvalidArgumentError(`must be a whole number between ${low} and ${high}`);
  }
  return n;
};
