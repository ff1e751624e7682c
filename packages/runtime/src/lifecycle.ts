/** Start and stop of a process: signals, a deadline for closing, exit codes. */
import type { Log } from './log.ts';

/** A running thing that can be closed; closing twice does no harm. */
export type Closable = { close(): Promise<void> };

/** Longest time a graceful stop may take: Docker kills after 30 s by compose's stop_grace_period. */
const STOP_DEADLINE_MS = 25_000;

/** A promise that resolves with the name of the first stop signal the process gets. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
  });
}

/**
 * Ends this process at once when its launcher (bin/node.mjs) is killed, so that no orphan keeps the data folder.
 * Nothing is lost: every step can be run again.
 */
export function dieWithLauncher(): void {
  if (!process.channel) return;
  process.once('disconnect', () => process.exit(137));
  process.channel.unref();
}

/**
 * Runs a service until a stop signal, then closes it.
 * @param open starts the service; what it throws ends the process with its `exitCode` (78 for settings) or 1
 */
export async function runUntilStopped(log: Log, open: () => Promise<Closable>): Promise<never> {
  dieWithLauncher();
  const stopped = stopSignal();
  const service = await open().catch((error: unknown) => exitWith(error));
  const signal = await stopped;
  log.info({ signal }, 'stopping: running jobs go back to their queues');
  await closeWithin(service, STOP_DEADLINE_MS, log);
  log.info('stopped');
  log.flush();
  process.exit(0);
}

/** Closes within a deadline in milliseconds, and goes on without it after that. */
export async function closeWithin(service: Closable, deadlineMs: number, log: Log): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), deadlineMs);
  try {
    const end = await Promise.race([service.close(), late]);
    if (end === 'late') log.error({ deadlineMs }, 'not closed in time; what was running is taken up at the next start');
  } catch (error) {
    log.error({ err: error }, 'closing failed; what was running is taken up at the next start');
  } finally {
    clearTimeout(timer);
  }
}

/** Says on stderr what went wrong, in a sentence where the error is one of ours, and exits. */
export function exitWith(error: unknown): never {
  const known = error as { exitCode?: number; message?: string; stack?: string };
  const exitCode = typeof known?.exitCode === 'number' ? known.exitCode : 1;
  process.stderr.write(`${exitCode === 1 && known?.stack ? known.stack : (known?.message ?? String(error))}\n`);
  process.exit(exitCode);
}
