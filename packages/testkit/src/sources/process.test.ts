import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { leash } from './process.ts';

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'newsloom-leash-'));

/** Writes its process id into its folder and sleeps. */
const SLEEPER = ['/bin/sh', '-c', 'echo $$ > new && mv new pid; exec sleep 600'];

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a program on a leash ends when told to, and its folder goes with it', async () => {
  const folder = await newFolder();
  const program = leash({ command: SLEEPER, signal: 'TERM', folder });
  await until(() => existsSync(join(folder, 'pid')));
  await Promise.all([program.stop(), program.stop()]);
  expect(existsSync(folder)).toBe(false);
});

test('a program that ends by itself is an error with its last words', async () => {
  const program = leash({
    command: ['/bin/sh', '-c', 'echo no such port >&2; exit 3'],
    signal: 'TERM',
    folder: await newFolder(),
  });
  await expect(program.failed).rejects.toThrow('no such port');
  await program.stop();
});

test('a program on a leash does not outlive tests that are killed', async () => {
  const folder = await newFolder();
  const script = `
    const { leash } = await import(${JSON.stringify(new URL('process.ts', import.meta.url).href)});
    const { readFileSync } = await import('node:fs');
    leash({ command: ${JSON.stringify(SLEEPER)}, signal: 'TERM', folder: ${JSON.stringify(folder)} });
    const timer = setInterval(() => {
      try { console.log(readFileSync(${JSON.stringify(join(folder, 'pid'))}, 'utf8')); clearInterval(timer); setInterval(() => {}, 1000); } catch {}
    }, 10);`;
  const tests = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(tests.stdout, 'data');
  const pid = Number(String(said));
  expect(isRunning(pid)).toBe(true);
  tests.kill('SIGKILL');
  await until(() => !existsSync(folder) && !isRunning(pid), { what: 'the program to end' });
});
