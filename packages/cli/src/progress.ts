/** Progress for people: one line that renews itself on a terminal, plain lines now and then elsewhere. */

export type Progress = {
  show(line: string): void;
  /** Leaves the last line standing. */
  end(): void;
};

const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 5_000;

/** Shows progress on a stream such as stderr. `now` is a clock in milliseconds. */
export function openProgress(stream: NodeJS.WriteStream, now: () => number = () => performance.now()): Progress {
  const terminal = stream.isTTY === true;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shown = '';
  const write = (line: string) => {
    if (line === shown) return;
    shown = line;
    shownAt = now();
    stream.write(terminal ? `\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
  };
  let latest = '';
  return {
    show(line) {
      latest = line;
      if (now() - shownAt >= (terminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) write(line);
    },
    end() {
      if (latest) write(latest);
      if (terminal && shown) stream.write('\n');
    },
  };
}
