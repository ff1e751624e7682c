/** The `newsloom seed` command: adds addresses to the `seeds` queue. */
import { job, type PayloadInput, readPayload, SEED_KINDS } from '@newsloom/jobs';
import { openQueues, redisCarrier } from '@newsloom/queue';
import { openLog, readSettings, type Settings } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { StoreError } from '@newsloom/store';
import { Command, Option } from 'commander';
import { readAddresses } from '../crawl/seeds.ts';
import { askRunning } from '../running.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Seed = PayloadInput<'seeds'>;
type Options = {
  file?: string;
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
    .option('--file <file>', 'a file with one address a line')
    .addOption(new Option('--kind <kind>', 'what the addresses are').choices([...SEED_KINDS]))
    .option('--source <name>', 'name of the publisher; default: the registered domain')
    .option('--priority <n>', 'higher is fetched sooner (-100 to 100)')
    .option('--depth <n>', 'link hops followed within the source; default 1')
    .option('--every <time>', 'visit again this often, such as 15m or 6h; default: adaptive')
    .option('--tag <word...>', 'words kept with the seeds')
    .addHelpText(
      'after',
      '\nExit codes: 0 added, 2 wrong usage, 66 no such file, 69 a server is away, 78 wrong settings.',
    )
    .action((urls: string[], options: Options) => seed(urls, options, env));
}

async function seed(urls: string[], options: Options, env: Environment): Promise<void> {
  const settings = readSettings(env);
  const listed = options.file === undefined ? [] : await readAddresses(options.file);
  const seeds = [...urls, ...listed].map((url) => seedOf(url, options));
  if (seeds.length === 0) throw usage('give at least one URL, or --file FILE');
  const wrong = seeds.flatMap((it) => {
    const read = readPayload('seeds', it);
    return read.ok ? [] : [`${it.url}: ${read.reason}`];
  });
  if (wrong.length > 0) throw usage(`nothing was added:\n  ${wrong.join('\n  ')}`);
  await add(seeds, settings);
  process.stdout.write(`${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} added\n`);
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
