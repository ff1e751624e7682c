/** Source: a server program of this machine, run in a temporary folder on a free port. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { whenAnswers } from './answers.ts';
import { type Leashed, leash } from './process.ts';
import type { Attempt, Provided, ServerKind } from './source.ts';

const run = promisify(execFile);

/** From the start of a program to its first answer, on a slow and busy machine. */
const START_MS = 60_000;

/** A server out of this machine's own programs. Says no where they are not installed. */
export async function fromBinaries(kind: ServerKind, env: NodeJS.ProcessEnv): Promise<Attempt> {
  return kind === 'redis' ? startRedis(env) : startPostgres(env);
}

/** The first file of a name in the folders of PATH, then of `more`, that may be run. */
export function findProgram(name: string, path: string, more: string[] = []): string | undefined {
  for (const folder of [...path.split(delimiter).filter(Boolean), ...more]) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here: look on.
    }
  }
  return undefined;
}

/** Folders where packages put Postgres without putting it on PATH, newest version first. */
export function postgresFolders(roots = ['/usr/lib/postgresql']): string[] {
  return roots
    .filter((root) => existsSync(root))
    .flatMap((root) =>
      readdirSync(root)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(root, version, 'bin')),
    );
}

/** The user a server of root's tests runs as: Postgres refuses to be root. */
export function unprivilegedUser(passwd: string): { uid: number; gid: number } | undefined {
  for (const wanted of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === wanted);
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return undefined;
}

async function startRedis(env: NodeJS.ProcessEnv): Promise<Attempt> {
  // Not where a link leads: one program is both redis-server and redis-check-rdb, depending on its name.
  const program = findProgram('redis-server', env.PATH ?? '', ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
  if (!program) return { no: 'redis-server is not installed' };
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-redis-'));
  const port = await freePort();
  const settings = [
    ['bind', '127.0.0.1'],
    ['port', port],
    ['dir', folder],
    ['databases', 256],
    ['save', '""'],
    ['maxmemory-policy', 'noeviction'],
  ];
  // In a file, since everybody may read a command line.
  const file = join(folder, 'redis.conf');
  await writeFile(file, settings.map((line) => line.join(' ')).join('\n'), { mode: 0o600 });
  const server = leash({ command: [program, file], signal: 'TERM', folder });
  return started('redis', `redis://127.0.0.1:${port}`, program, server);
}

async function startPostgres(env: NodeJS.ProcessEnv): Promise<Attempt> {
  const program = findProgram('postgres', env.PATH ?? '', postgresFolders());
  // The rest of Postgres lies where the link on PATH leads.
  const initdb = program && findProgram('initdb', dirname(realpathSync(program)));
  if (!program || !initdb) return { no: 'postgres is not installed' };
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? unprivilegedUser(readFileSync('/etc/passwd', 'utf8')) : undefined;
  if (isRoot && !user) return { no: 'postgres cannot run as root, and there is no user postgres or nobody' };

  const folder = await mkdtemp(join(tmpdir(), 'newsloom-postgres-'));
  const [port, password] = [await freePort(), newPassword()];
  try {
    await chmod(folder, 0o700);
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user) for (const path of [folder, passwordFile]) await chown(path, user.uid, user.gid);
    const data = join(folder, 'data');
    const init = (locale: string) =>
      run(
        initdb,
        ['-D', data, '-U', 'newsloom', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '-N', locale],
        { cwd: folder, ...user },
      );
    // Letters of all languages have two cases in C.UTF-8; where a system has no such locale, plain C must do.
    await init('--locale=C.UTF-8').catch(() => init('--no-locale'));
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      fsync: 'off',
      full_page_writes: 'off',
      max_connections: 200,
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = leash({ command: [program, '-D', data, ...options], signal: 'INT', folder, ...(user && { user }) });
    return await started('postgres', `postgres://newsloom:${password}@127.0.0.1:${port}/postgres`, program, server);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Waits for a server's first answer. Rejects with its last words where it ends before. */
async function started(kind: ServerKind, url: string, program: string, server: Leashed): Promise<Provided> {
  try {
    await Promise.race([whenAnswers(kind, url, START_MS), server.failed]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, from: program, stop: () => server.stop() };
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

/** A port of loopback nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
