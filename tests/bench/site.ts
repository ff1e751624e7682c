/** The generated site in a process of its own, so that serving it does not count as ours. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchSize } from './report.ts';

export type Served = { urls: string[]; stop: () => void };

/** Starts the site with all pages ready; it ends with this process. */
export async function serveInOwnProcess({ pages, hosts, bytesPerPage }: BenchSize): Promise<Served> {
  const program = fileURLToPath(new URL('../../packages/samplesite/src/main.ts', import.meta.url));
  const size = ['--pages', `${pages}`, '--hosts', `${hosts}`, '--bytes', `${bytesPerPage}`];
  const child = spawn(process.execPath, [program, ...size, '--warm', '--until-input-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { urls: (JSON.parse(line) as { urls: string[] }).urls, stop: () => child.stdin.end() };
}
