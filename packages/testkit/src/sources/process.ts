/** Runs a server program that ends with the tests, even where they are killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a program and ends it when this shell's input ends, which the kernel sees to when the tests die.
 * `$1` is the signal that asks the program to end, `$2` a folder to remove afterwards, the rest the program.
 * Background commands of a shell read from /dev/null, hence descriptor 3; and who would read the
 * shell's own report of the program's end may be dead, hence /dev/null for it too.
 */
const LEASH = `
exec 3<&0
signal=$1 folder=$2
shift 2
"$@" </dev/null &
program=$!
( cat <&3 >/dev/null; kill -s "$signal" "$program" 2>/dev/null ) &
watch=$!
exec >/dev/null 2>&1
wait "$program"
status=$?
kill "$watch" 2>/dev/null
rm -rf "$folder"
exit "$status"
`;

/** How much of a program's output is kept for the error message where it fails, in characters. */
const KEPT_OUTPUT = 4_000;

/** How long a program may take to end when asked. */
const END_MS = 10_000;

export type Leashed = {
  /** Rejects when the program ends without having been asked to, with its last words. */
  failed: Promise<never>;
  /** Asks the program to end and waits until it has. May be called twice. */
  stop(): Promise<void>;
};

export type LeashedProgram = {
  command: string[];
  /** The signal that means: end now, in good order. */
  signal: 'TERM' | 'INT';
  /** Removed when the program has ended. */
  folder: string;
  /** Run as this user; only root may say so. */
  user?: { uid: number; gid: number };
};

/** Starts a program on a leash. */
export function leash({ command, signal, folder, user }: LeashedProgram): Leashed {
  const child = spawn('/bin/sh', ['-c', LEASH, 'leash', signal, folder, ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Not in the terminal's group: Ctrl-C reaches the tests, and they end the program.
    detached: true,
    cwd: folder,
    ...user,
  });
  const output = lastWords(child);
  let asked = false;
  const ended = once(child, 'exit');
  const failed = ended.then(() => {
    if (!asked) throw new Error(`${command[0]} ended: ${output() || 'without a word'}`);
    return new Promise<never>(() => {});
  });
  failed.catch(() => {});
  child.unref();

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    asked = true;
    child.ref();
    child.stdin.end();
    const timer = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), END_MS);
    await ended;
    clearTimeout(timer);
  };
  return {
    failed,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function lastWords(child: ChildProcess): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      kept = (kept + chunk).slice(-KEPT_OUTPUT);
    });
  }
  return () => kept.trim();
}
