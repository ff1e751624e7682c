/** The `newsloom seed` command: adds addresses to the `seeds` queue. */
import { job, type PayloadInput, readPayload, SEED_KINDS } from '@newsloom/jobs';
import { openQueues, redisCarrier } from '@newsloom/queue';
import { openLog, readSettings, type Settings } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { StoreError } from '@newsloom/store';
import { Command, Option } from 'commander';
import { readList } from '../crawl/seeds.ts';
import { askRunning } from '../running.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Seed = PayloadInput<'seeds'>;
type Options = {
  file?: string;
  opml?: string;
  kind?: Seed['kind'];
  source?: string;
  priority?: string;
  depth?: string;
  every?: string;
  tag?: string[];
};

/** Builds the command. */
export function seedCommand(env: Environment): Command {
  return new Command('seed')
    .description('add addresses to follow, through the seeds queue')
    .argument('[url...]', 'addresses of articles, section pages, feeds or sitemaps')
    .option('--file <file>', 'a list: one address a line, CSV with named columns, or OPML; - for standard input')
    .option('--opml <file>', 'the same, for subscriptions out of a feed reader')
    .addOption(new Option('--kind <kind>', 'what the addresses are').choices([...SEED_KINDS]))
    .option('--source <name>', 'name of the publisher; default: the registered domain')
    .option('--priority <n>', 'higher is fetched sooner (-100 to 100)')
    .option('--depth <n>', 'link hops followed within the source; default 1')
    .option('--every <time>', 'visit again this often, such as 15m or 6h; default: adaptive')
    .option('--tag <word...>', 'words kept with the seeds')
    .addHelpText(
      'after',
      `
Columns of a CSV file: url, kind, source, priority, depth, every, tags (divided by |); comma, semicolon or tab between
them. What a line says goes before the options here. Lines that are no seeds are told with their number; the others are
added.

Exit codes: 0 added, 1 some lines were not, 2 wrong usage, 66 no such file, 69 a server is away, 78 wrong settings.`,
    )
    .action((urls: string[], options: Options) => seed(urls, options, env));
}

async function seed(urls: string[], options: Options, env: Environment): Promise<void> {
  const settings = readSettings(env);
  const given = urls.map((url) => seedOf(url, options));
  const wrong = given.flatMap((it) => {
    const read = readPayload('seeds', it);
    return read.ok ? [] : [`${it.url}: ${read.reason}`];
  });
  if (wrong.length > 0) throw usage(`nothing was added:\n  ${wrong.join('\n  ')}`);
  const lists = [options.file, options.opml].filter((path) => path !== undefined);
  const { seeds: listed, faulty } = await listedSeeds(lists, options);
  const seeds = [...given, ...listed];
  if (seeds.length === 0 && faulty === 0) throw usage('give at least one URL, or --file FILE with some');
  if (seeds.length > 0) await add(seeds, settings);
  const unread = faulty === 0 ? '' : `, ${faulty} ${faulty === 1 ? 'line' : 'lines'} passed over`;
  process.stdout.write(`${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} added${unread}\n`);
  if (faulty > 0) process.exitCode = 1;
}

/** The seeds of lists, completed by the options; each line that is none is told on standard error. */
async function listedSeeds(paths: string[], options: Options): Promise<{ seeds: Seed[]; faulty: number }> {
  const seeds: Seed[] = [];
  let faulty = 0;
  for (const path of paths) {
    const list = await readList(path);
    const faults = [...list.faults];
    for (const { line, seed } of list.seeds) {
      const whole = { ...seedOf(seed.url, options), ...seed } as Seed;
      const read = readPayload('seeds', whole);
      if (read.ok) seeds.push(whole);
      else faults.push({ line, reason: read.reason });
    }
    faults.sort((a, b) => a.line - b.line);
    for (const { line, reason } of faults) process.stderr.write(`${path}:${line}: ${reason}\n`);
    faulty += faults.length;
  }
  return { seeds, faulty };
}

/** Adds to the queue itself where it can be reached, else through the Newsloom that holds it. */
async function add(seeds: Seed[], settings: Settings): Promise<void> {
  const jobs = seeds.map((payload) => job('seeds', payload));
  if (settings.redisUrl) {
    const carrier = await redisCarrier(settings.redisUrl, settings.queuePrefix);
    const queues = openQueues(carrier);
    await queues.add(jobs);
    await queues.close();
    return carrier.close();
  }
  try {
    const context = await openContext(settings, openLog('error', 'seed'));
    await context.queues.add(jobs);
    await context.close();
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    const AT_ONCE = 1_000;
    for (let at = 0; at < seeds.length; at += AT_ONCE) {
      await askRunning(settings, '/api/seeds', { seeds: seeds.slice(at, at + AT_ONCE) });
    }
  }
}

function seedOf(url: string, { kind, source, priority, depth, every, tag }: Options): Seed {
  return {
    url,
    ...(kind !== undefined && { kind }),
    ...(source !== undefined && { source }),
    ...(priority !== undefined && { priority: Number(priority) }),
    ...(depth !== undefined && { depth: Number(depth) }),
    ...(every !== undefined && { every }),
    ...(tag !== undefined && { tags: tag }),
  };
}

const usage = (message: string) => Object.assign(new Error(message), { exitCode: 2 });
