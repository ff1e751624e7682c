/** A pool of page-reading processes: a page may kill its process, and its neighbours never notice. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReadContext, ReadReply, ReadRequest, ReadResult } from './read-protocol.ts';

export type ReaderPool = {
  /**
   * Reads a page in one of the processes; waits for a free one. Never throws for what a page does.
   * @throws Error when the pool is closed meanwhile, which says nothing about the page
   */
  read(bytes: Uint8Array, context: ReadContext): Promise<ReadResult>;
  close(): Promise<void>;
};

export type ReaderPoolOptions = {
  processes: number;
  /** Longest time one page may take, in milliseconds; then its process is killed. */
  deadlineMs: number;
  /** Heap of one process, in MB. */
  memoryMb: number;
  /** The reading program; a test may hand in a hostile one. */
  program?: string;
};

/** A fresh process must load its modules before the first page; that time is not the page's. */
const START_ALLOWANCE_MS = 15_000;
/** Pages after which a process is replaced, so that what leaks stays small. */
const PAGES_PER_PROCESS = 2_000;
const CLOSED = 'the readers are closed';
/** Exit code of V8 when its heap is full. */
const ABORTED = 134;

type Work = { request: ReadRequest; resolve: (result: ReadResult) => void; reject: (error: Error) => void };
type Reader = {
  child: ChildProcess;
  work: Work | null;
  timer: NodeJS.Timeout | null;
  pages: number;
  ready: boolean;
  killed: boolean;
};

/** Opens a pool; processes start when the first pages come. */
export function openReaderPool(options: ReaderPoolOptions): ReaderPool {
  const program = options.program ?? fileURLToPath(new URL('./reader.ts', import.meta.url));
  const readers = new Set<Reader>();
  const waiting: Work[] = [];
  let lastId = 0;
  let closed = false;

  const start = (): Reader => {
    const child = fork(program, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${options.memoryMb}`, '--disable-warning=ExperimentalWarning'],
      // A page's process gets no settings and no secrets.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const reader: Reader = { child, work: null, timer: null, pages: 0, ready: false, killed: false };
    child.on('message', (reply: ReadReply) => {
      // From here on the time is the page's.
      if ('ready' in reply) return ready(reader);
      if (reply.id !== reader.work?.request.id) return;
      end(reader, 'page' in reply ? reply.page : { kind: 'unreadable', why: 'fault', detail: reply.fault });
      if (reader.pages >= PAGES_PER_PROCESS) retire(reader);
      next();
    });
    child.on('error', (error) => {
      // A process that never began does not end either.
      if (child.pid === undefined) gone('crash', `no reader could be started: ${error.message}`);
    });
    child.on('exit', (code, signal) => {
      const why = reader.killed ? 'deadline' : code === ABORTED || signal === 'SIGABRT' ? 'memory' : 'crash';
      gone(why, `reader ended with ${signal ?? code}`);
    });
    const gone = (why: 'deadline' | 'memory' | 'crash', detail: string) => {
      readers.delete(reader);
      if (reader.work) end(reader, { kind: 'unreadable', why, detail });
      next();
    };
    readers.add(reader);
    return reader;
  };
  const retire = (reader: Reader) => {
    readers.delete(reader);
    if (reader.child.connected) reader.child.disconnect();
  };
  const end = (reader: Reader, result: ReadResult) => {
    const { work } = reader;
    if (reader.timer) clearTimeout(reader.timer);
    reader.work = null;
    reader.timer = null;
    if (closed) work?.reject(new Error(CLOSED));
    else work?.resolve(result);
  };
  const limit = (reader: Reader, afterMs: number) => {
    if (reader.timer) clearTimeout(reader.timer);
    reader.timer = setTimeout(() => {
      reader.killed = true;
      reader.child.kill('SIGKILL');
    }, afterMs);
  };
  const ready = (reader: Reader) => {
    reader.ready = true;
    if (reader.work) limit(reader, options.deadlineMs);
  };
  const give = (reader: Reader, work: Work) => {
    const allowance = reader.pages === 0 && !reader.ready ? START_ALLOWANCE_MS : 0;
    reader.work = work;
    reader.pages++;
    limit(reader, options.deadlineMs + allowance);
    reader.child.send(work.request, (error) => {
      if (error) reader.child.kill('SIGKILL');
    });
  };
  const next = () => {
    while (waiting.length > 0 && !closed) {
      const free = [...readers].find((reader) => !reader.work) ?? (readers.size < options.processes ? start() : null);
      if (!free) return;
      const work = waiting.shift();
      if (work) give(free, work);
    }
  };

  return {
    read(bytes, context) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error(CLOSED));
        waiting.push({ request: { id: ++lastId, bytes, context }, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const work of waiting.splice(0)) work.reject(new Error(CLOSED));
      const gone = [...readers].map(
        (reader) => new Promise<void>((resolve) => reader.child.once('exit', () => resolve())),
      );
      for (const { child } of readers) child.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
