/** The whole line for a test: in this process or as programs of its own, on either pair of stores, and what it did. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAll } from '@newsloom/all';
import { openLog, readSettings } from '@newsloom/runtime';
import type { SeenRequest } from '@newsloom/samplesite';
import { openContext, type ServiceContext } from '@newsloom/service';
import { freshDatabase, freshRedis, tempDir, until } from '@newsloom/testkit';
import { Queue } from 'bullmq';
import { inject } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** Settings of a line, and the way to be rid of what lies behind them. */
export type Stores = AsyncDisposable & { env: Record<string, string>; dataDir: string };

/** A pair of stores a line can run on. */
export type Backend = { name: string; open: () => Promise<Stores> };

/** In the data folder, for one process. */
export const EMBEDDED: Backend = {
  name: 'the embedded stores',
  async open() {
    const folder = await tempDir();
    const dataDir = join(folder.path, 'data');
    return { env: settings(dataDir), dataDir, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  },
};

/** On servers, for any number of processes. */
export const SHARED: Backend = {
  name: 'Redis and Postgres',
  async open() {
    const folder = await tempDir();
    const [redis, database] = await Promise.all([freshRedis(inject('redisUrl')), freshDatabase(inject('databaseUrl'))]);
    const dataDir = join(folder.path, 'data');
    return {
      env: { ...settings(dataDir), REDIS_URL: redis.url, DATABASE_URL: database.url },
      dataDir,
      async [Symbol.asyncDispose]() {
        await Promise.all([redis.drop(), database.drop(), folder[Symbol.asyncDispose]()]);
      },
    };
  },
};

/** The two pairs of stores everything must run on. */
export const BACKENDS: Backend[] = [EMBEDDED, SHARED];

const settings = (dataDir: string): Record<string, string> => ({
  NEWSLOOM_DATA_DIR: dataDir,
  NEWSLOOM_ALLOW_PRIVATE: '127.0.0.0/8',
  NEWSLOOM_HOST_DELAY_MS: '0',
  NEWSLOOM_API_PORT: '0',
  // A site on loopback answers at once.
  NEWSLOOM_FETCH_DEADLINE_MS: '2000',
  // What a killed process had in hand is free soon.
  NEWSLOOM_LEASE_MS: '10000',
  NEWSLOOM_LOG_LEVEL: 'info',
});

/** Everything in this process, with a clock that a test may move on. */
export type Line = AsyncDisposable & {
  context: ServiceContext;
  /** Lets time pass for the line, in milliseconds. */
  pass(ms: number): void;
};

/** Starts every service but the API in this process. */
export async function startLine(env: Record<string, string>): Promise<Line> {
  let passed = 0;
  const now = () => new Date(performance.timeOrigin + performance.now() + passed);
  const context = await openContext(readSettings(env), openLog('silent', 'test'), now);
  const all = await startAll(context);
  return {
    context,
    pass(ms) {
      passed += ms;
    },
    async [Symbol.asyncDispose]() {
      await all.close();
      await context.close();
    },
  };
}

/** A queue as any BullMQ client opens it that knows its name and address, and nothing else of us. */
export function plainQueue(name: string, redisUrl: string): Queue {
  const { hostname: host, port, pathname } = new URL(redisUrl);
  return new Queue(name, { connection: { host, port: Number(port), db: Number(pathname.slice(1)) } });
}

/** Adds seeds as a program does that knows nothing of us: a plain BullMQ client where there is a Redis. */
export async function addSeeds({ context }: Pick<Line, 'context'>, seeds: object[]): Promise<void> {
  const { redisUrl } = context.settings;
  if (!redisUrl) {
    for (const seed of seeds) await context.queues.raw('seeds').add('seed', seed);
    return;
  }
  const queue = plainQueue('seeds', redisUrl);
  for (const seed of seeds) await queue.add('seed', seed);
  await queue.close();
}

/** Waits until a line has nothing left to do, and has had nothing to do at two looks after another. */
export async function untilIdle(
  { context: { store, queues, now } }: Pick<Line, 'context'>,
  ask: { documents?: number; timeoutMs?: number } = {},
): Promise<void> {
  let quiet = 0;
  let last = '';
  await until(
    async () => {
      const [frontier, documents, counts] = await Promise.all([
        store.frontier.counts(now()),
        store.documents.counts(),
        queues.counts(),
      ]);
      const jobs = Object.values(counts).reduce((sum, it) => sum + it.waiting + it.active + it.delayed, 0);
      last = JSON.stringify({ frontier, documents, counts });
      const idle = frontier.due + frontier.leased + documents.waiting + jobs === 0;
      quiet = idle && documents.documents >= (ask.documents ?? 1) ? quiet + 1 : 0;
      return quiet >= 3;
    },
    { timeoutMs: ask.timeoutMs ?? 90_000, everyMs: 150, what: 'the line to be idle' },
  ).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; it was at ${last}`);
  });
}

/** A program that ran, or runs. */
export type Program = {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>;
};

/** Starts a source of ours as a program of its own, with these settings and none of this process. */
export function start(source: string, args: string[], env: Record<string, string>, cwd?: string): Program {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:NEWSLOOM_|NODE_|VITEST|REDIS_URL$|DATABASE_URL$)/.test(name)),
  );
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, source), ...args], {
    env: { ...inherited, ...env },
    cwd: cwd ?? ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, stdout: () => said.stdout, stderr: () => said.stderr, ended };
}

/** Runs the `newsloom` command to its end. */
export async function newsloom(args: string[], env: Record<string, string>, cwd?: string) {
  const program = start('packages/cli/src/main.ts', args, env, cwd);
  const code = await program.ended;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

/** A line of FILE.jsonl, as far as tests look at it. */
export type Line1 = {
  id: string;
  url: string;
  canonicalUrl: string;
  title: string;
  date: string;
  lang: string;
  body: string;
  storyId: string;
  entities: { text: string; start: number; end: number }[];
  directives: string[];
};

/** What a crawl wrote, and how it ended. */
export type Crawled = {
  code: number | string;
  stdout: string;
  stderr: string;
  articles: Line1[];
  failures: { url: string; reason: string; status?: number }[];
};

let crawls = 0;

/** Runs `newsloom crawl` and reads what it wrote. */
export async function crawl(stores: Stores, args: string[], env: Record<string, string> = {}): Promise<Crawled> {
  const out = join(stores.dataDir, '..', `out-${++crawls}.jsonl`);
  const ran = await newsloom(['crawl', ...args, '--out', out], {
    ...stores.env,
    NEWSLOOM_LOG_LEVEL: 'warn',
    ...env,
  });
  const lines = async <T>(path: string): Promise<T[]> =>
    (await readFile(path, 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  return { ...ran, articles: await lines(out), failures: await lines(out.replace(/\.jsonl$/, '.failures.jsonl')) };
}

/** The clocks of crawler and site are read in different processes and cut to milliseconds. */
const CLOCK_SLACK_MS = 2;

/** What was not polite in a site's log: two requests at once on a host, or two with less than the delay between. */
export function rudeness(requests: readonly SeenRequest[], delayMs: number): string[] {
  const rude: string[] = [];
  for (const host of new Set(requests.map((request) => request.host))) {
    const own = requests.filter((request) => request.host === host).sort((a, b) => a.at - b.at);
    for (const [index, request] of own.entries()) {
      const gap = request.at - (own[index - 1]?.at ?? Number.NEGATIVE_INFINITY);
      if (request.open > 1) rude.push(`${host}${request.path}: ${request.open} at once`);
      if (gap < delayMs - CLOCK_SLACK_MS) rude.push(`${host}${request.path}: only ${gap.toFixed(1)} ms later`);
    }
  }
  return rude;
}

/** Addresses a site was asked for, robots.txt left out. */
export const asked = (requests: readonly SeenRequest[]): string[] =>
  requests.filter(({ path }) => path !== '/robots.txt').map(({ host, path }) => host + path);
