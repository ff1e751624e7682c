/** The `newsloom source` command: sources, what is set for each, and what belongs to it. */
import { readFile } from 'node:fs/promises';
import {
  describeSource,
  type ScopeTest,
  type SourceAnswer,
  setSource,
  settingsIn,
  shown,
  testSource,
} from '@newsloom/api/source';
import { canonicalize } from '@newsloom/frontier';
import type { SourceSettings } from '@newsloom/jobs';
import { type SourceId, urlIdOf } from '@newsloom/model';
import { readSettings } from '@newsloom/runtime';
import { type SourceLine, type Store, StoreError } from '@newsloom/store';
import { Command } from 'commander';
import { askRunning } from '../running.ts';
import { changed, type SetOptions, setOptions } from '../source-options.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Listed = Pick<SourceLine, 'id' | 'seeds' | 'documents'> & {
  lastArticleAt: Date | string | null;
  settings: object;
};

const MOST_LISTED = 100;
const UNKNOWN = 1;

/** Builds the command. */
export function sourceCommand(env: Environment): Command {
  const command = new Command('source')
    .description('list sources, show how one is doing, set its scope, budget and manners, test an address')
    .addHelpText(
      'after',
      `
Patterns: * stands for any run of characters but /, ** for any run. A pattern that begins with / must fit the whole path,
one that begins with http:// or https:// the whole address; any other must occur somewhere in it. docs/sources.md says more.
Exit codes: 0 done, 1 not known or out of scope, 2 wrong settings, 66 no such file, 69 a server is away.`,
    );
  command
    .command('list')
    .description('sources with seeds or settings')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) => list(env, json ?? false));
  command
    .command('show')
    .description('one source: its settings, and how it is doing')
    .argument('<name>')
    .option('--json', 'print all facts')
    .action((name: string, { json }: { json?: boolean }) => show(env, name, json ?? false));
  setOptions(
    command.command('set').description('set a source; what is not named stays as it is').argument('<name>'),
  ).action((name: string, options: SetOptions) => set(env, name, options));
  command
    .command('test')
    .description('say whether an address belongs to a source, and which rule decides')
    .argument('<name>')
    .argument('<url>')
    .option('--json', 'print the answer as JSON')
    .action((name: string, url: string, { json }: { json?: boolean }) => test(env, name, url, json ?? false));
  command
    .command('delete')
    .description('stop following a source; what was read of it stays')
    .argument('<name>')
    .action((name: string) => remove(env, name));
  command
    .command('unfollow')
    .description('stop following one seed; what was found from it stays')
    .argument('<url>')
    .action((url: string) => unfollow(env, url));
  return command;
}

/** Works on the stores where they are free, else through the Newsloom that holds them. */
async function through<T>(
  env: Environment,
  direct: (store: Store) => Promise<T>,
  running: (ask: (path: string, body?: unknown, method?: 'PUT' | 'DELETE') => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const settings = readSettings(env);
  let store: Store;
  try {
    store = await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    return running((path, body, method) => askRunning(settings, path, body, method));
  }
  try {
    return await direct(store);
  } finally {
    await store.close();
  }
}

const pathOf = (name: string) => `/api/sources/${encodeURIComponent(name)}`;

async function list(env: Environment, json: boolean): Promise<void> {
  for (let offset = 0; ; offset += MOST_LISTED) {
    const page = await through<Listed[]>(
      env,
      async (store) => {
        const rows = await store.sources.list({ limit: MOST_LISTED, offset });
        return rows.map((row) => ({ ...row, settings: shown(settingsIn(row)) }));
      },
      async (ask) => ((await ask(`/api/sources?limit=${MOST_LISTED}&offset=${offset}`)) as { items: Listed[] }).items,
    );
    for (const it of page) {
      const last = it.lastArticleAt ? `, last article ${new Date(it.lastArticleAt).toISOString()}` : '';
      const line = `${it.id}  ${it.seeds} seeds, ${it.documents} articles${last}`;
      process.stdout.write(`${json ? JSON.stringify(it) : line}\n`);
    }
    if (page.length < MOST_LISTED) return;
  }
}

async function show(env: Environment, name: string, json: boolean): Promise<void> {
  const answer = await ofSource(env, name);
  if (!answer) return unknown(name);
  if (json) return void process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  process.stdout.write(`${answer.id}\n${answer.says.map((it) => `  ${it}\n`).join('')}`);
  process.stdout.write(`  Settings: ${JSON.stringify(answer.settings, null, 2).replaceAll('\n', '\n  ')}\n`);
}

const ofSource = (env: Environment, name: string) =>
  through<SourceAnswer | null>(
    env,
    (store) => describeSource(store, name as SourceId, new Date()),
    async (ask) => (await ask(pathOf(name)).catch(refusedAsNull)) as SourceAnswer | null,
  );

async function set(env: Environment, name: string, options: SetOptions): Promise<void> {
  const given = options.file === undefined ? null : await readJson(options.file);
  const change = (current: SourceSettings) => changed(given ?? (options.clear ? {} : current), options);
  await through<void>(
    env,
    async (store) => {
      const set = await setSource(store, name as SourceId, change, new Date());
      if (!set.ok) throw wrong(`nothing was set:\n  ${set.faults.join('\n  ')}`);
    },
    async (ask) => {
      const current = (await ask(pathOf(name)).catch(refusedAsNull)) as SourceAnswer | null;
      await ask(pathOf(name), change((current?.settings ?? {}) as SourceSettings), 'PUT');
    },
  );
  await show(env, name, false);
}

async function test(env: Environment, name: string, url: string, json: boolean): Promise<void> {
  const tested = await through<ScopeTest | null>(
    env,
    (store) => testSource(store, name as SourceId, url),
    async (ask) => (await ask(`${pathOf(name)}/test?url=${encodeURIComponent(url)}`)) as ScopeTest,
  );
  if (!tested) throw wrong(`${url} is not an http or https address`);
  const verdict = tested.in ? 'in' : `out (${tested.reason})`;
  process.stdout.write(json ? `${JSON.stringify(tested)}\n` : `${tested.url}\n  ${verdict}: ${tested.rule}.\n`);
  if (!tested.in) process.exitCode = UNKNOWN;
}

async function remove(env: Environment, name: string): Promise<void> {
  const seeds = await through<number | null>(
    env,
    async (store) =>
      (await store.sources.find(name as SourceId)) ? (await store.sources.unfollow(name as SourceId)).length : null,
    async (ask) => {
      const gone = (await ask(pathOf(name), undefined, 'DELETE').catch(refusedAsNull)) as { seeds: number } | null;
      return gone?.seeds ?? null;
    },
  );
  if (seeds === null) return unknown(name);
  process.stdout.write(
    `${name} is not followed any more: ${seeds} seeds and its settings are gone, its articles stay.\n`,
  );
}

async function unfollow(env: Environment, given: string): Promise<void> {
  const url = canonicalize(given);
  if (url === null) throw wrong(`${given} is not an http or https address`);
  const id = urlIdOf(url);
  const removed = await through<boolean>(
    env,
    (store) => store.seeds.remove(id),
    async (ask) => (await ask(`/api/seeds/${id}`, undefined, 'DELETE').catch(refusedAsNull)) !== null,
  );
  process.stdout.write(removed ? `${url} is no seed any more\n` : `${url} is no seed\n`);
  if (!removed) process.exitCode = UNKNOWN;
}

function unknown(name: string): void {
  process.stderr.write(`newsloom source: there is no source ${name}\n`);
  process.exitCode = UNKNOWN;
}

/** What the API does not know is no error here; everything else is. */
function refusedAsNull(error: Error & { exitCode?: number }): null {
  if (error.exitCode === 1 && /There is no/.test(error.message)) return null;
  throw error;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path === '-' ? '/dev/stdin' : path, 'utf8').catch((cause: Error) => {
    throw Object.assign(new Error(`cannot read ${path}: ${cause.message}`, { cause }), { exitCode: 66 });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(`${path} is not JSON: ${(cause as Error).message}`);
  }
}

const wrong = (message: string) => Object.assign(new Error(message), { exitCode: 2 });
