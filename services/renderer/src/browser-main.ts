/** Chromium as a process of its own, for a container that has no secrets and no network but the renderer's. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArguments } from './chromium-arguments.ts';

/** Chromium listens on loopback alone; what comes in at the open port is handed through to it. */
const OPEN_PORT = 9222;
const INNER_PORT = 9223;
const PROGRAM = '/usr/bin/chromium';

const memoryMb = Number(process.argv[2] ?? 512);
const folder = mkdtempSync(join(tmpdir(), 'browser-'));
const browser = spawn(PROGRAM, chromiumArguments(folder, memoryMb, INNER_PORT), {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
});
// Whoever runs this starts it again.
browser.once('exit', (code) => process.exit(code ?? 1));
browser.once('error', () => process.exit(1));

createServer((socket) => {
  const inner = connect(INNER_PORT, '127.0.0.1');
  for (const [from, to] of [
    [socket, inner],
    [inner, socket],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}).listen(OPEN_PORT);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => browser.kill('SIGKILL'));
