/** Source: the system's packages, installed with apt-get where the tests run as root on Debian or Ubuntu. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fromBinaries } from './binaries.ts';
import type { Attempt, ServerKind } from './source.ts';

const PACKAGES: Record<ServerKind, string> = { redis: 'redis-server', postgres: 'postgresql' };

/** One apt-get at a time: a second one finds the lock taken. */
let turn: Promise<unknown> = Promise.resolve();
let updated = false;

/** Installs the server's package and runs its program; the service the package sets up is not used. */
export async function fromPackages(kind: ServerKind, env: NodeJS.ProcessEnv): Promise<Attempt> {
  if (!existsSync('/etc/debian_version')) return { no: 'this is not Debian or Ubuntu, so nothing was installed' };
  if (process.getuid?.() !== 0) return { no: 'nothing was installed, since that needs root' };
  const name = PACKAGES[kind];
  const mine = turn.then(() => install(name, env));
  turn = mine.catch(() => {});
  const trouble = await mine;
  if (trouble) return { no: `apt-get could not install ${name} (${trouble})` };
  const attempt = await fromBinaries(kind, env);
  return 'no' in attempt ? attempt : { ...attempt, from: `${attempt.from} (installed with apt-get)` };
}

/** How much of what apt-get said last is shown where it failed: its very last line seldom names the cause. */
const SHOWN_LINES = 4;

/** Installs a package; gives the last lines of the trouble where it could not. */
async function install(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  process.stderr.write(`Installing ${name} with apt-get, as no other source has it ...\n`);
  if (!updated) {
    const trouble = await aptGet(['update'], env);
    if (trouble) return trouble;
    updated = true;
  }
  return aptGet(['install', '-y', '--no-install-recommends', name], env);
}

async function aptGet(args: string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const child = spawn('apt-get', ['-q', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-2_000);
  });
  try {
    const [code] = await once(child, 'close');
    return code === 0 ? undefined : said.trim().split('\n').slice(-SHOWN_LINES).join(' / ') || `exit code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
