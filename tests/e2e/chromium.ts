/** Finds a Chromium to test the web page with, and installs it where that is possible. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * The path of a Chromium: TEST_CHROMIUM, else one on PATH, else installed with apt-get where the tests run as root on
 * Debian or Ubuntu.
 * @throws Error with a sentence that says what to do
 */
export async function chromiumPath(env: NodeJS.ProcessEnv): Promise<string> {
  const found = env.TEST_CHROMIUM || onPath(env);
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write('Installing chromium with apt-get, as none is on PATH ...\n');
    await aptGet('update');
    await aptGet('install', '-y', '--no-install-recommends', 'chromium');
    const installed = onPath(env);
    if (installed) return installed;
  }
  throw new Error(
    'The tests of the web page need Chromium: install it (Debian: apt-get install chromium), or name its program in TEST_CHROMIUM.',
  );
}

function onPath(env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function aptGet(...args: string[]): Promise<void> {
  const child = spawn('apt-get', ['-qq', ...args], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  await once(child, 'close');
}
