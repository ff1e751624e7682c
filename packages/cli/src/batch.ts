/** Reads JSON lines, answers each one, and writes the answers in the same order: the plumbing of every `--batch` option. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';

/** Exit codes of sysexits.h, as far as a batch uses them; 1 and 2 as shells have them. */
export const EXIT = { ok: 0, someFailed: 1, usage: 2, noInput: 66, cannotCreate: 73 } as const;

/** The longest line that is read, in bytes: a page of 20 MB decoded, as base64, with room to spare. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Output is handed to the stream in pieces of about this many characters: fewer, larger writes. */
const WRITE_CHARS = 64 * 1024;

/** One parsed line of IN. */
export type BatchLine = Record<string, unknown>;

/** Where a line stands: counted from 1, and the folder that paths in it are relative to. */
export type BatchPlace = { lineNumber: number; dir: string };

export type BatchOptions = {
  /** Path of a .jsonl or .jsonl.gz file, or `-` for standard input. */
  in: string;
  /** Path of the file written (.gz is compressed), or `-` for standard output. */
  out: string;
  /** Answers one line; `id` of the line is put first where the answer has none. May throw: the line then has an `error`. */
  handle: (line: BatchLine, place: BatchPlace) => object | Promise<object>;
  /** How many lines may be in the works at once; answers keep their order. 1 unless told. */
  concurrency?: number;
  /** Where a line's trouble is told, one sentence a call; standard error unless told. */
  complain?: (message: string) => void;
};

/** What a batch came to. Empty lines are not counted. */
export type BatchCounts = { lines: number; failed: number };

/** A batch that could not run at all, with the exit code that says so. */
export class BatchError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BatchError';
    this.exitCode = exitCode;
  }
}

/**
 * Runs `handle` over every line of IN and writes one line per line to OUT, in order and with back-pressure.
 * A line that is no JSON object, or whose handler throws, becomes `{id, error}` and one message with its line number.
 * Throws BatchError when IN is missing (66), OUT cannot be written (73), or both are the same file (2).
 */
export async function runBatch(options: BatchOptions): Promise<BatchCounts> {
  await checkPaths(options.in, options.out);
  const complain = options.complain ?? ((message: string) => void process.stderr.write(`${message}\n`));
  const dir = options.in === '-' ? process.cwd() : dirname(resolve(options.in));
  const concurrency = Math.max(1, options.concurrency ?? 1);
  const counts: BatchCounts = { lines: 0, failed: 0 };
  const pending: Promise<Answer>[] = [];
  const output = await openOutput(options.out);

  const settle = async (answer: Answer) => {
    counts.lines++;
    if (answer.error !== undefined) {
      counts.failed++;
      complain(`${options.in}:${answer.lineNumber}: ${answer.error}`);
    }
    await output.write(answer.text);
  };

  try {
    for await (const { text, lineNumber } of readLines(options.in)) {
      if (text.trim() === '') continue;
      if (concurrency === 1) {
        await settle(await answerLine(text, { lineNumber, dir }, options.handle));
        continue;
      }
      pending.push(answerLine(text, { lineNumber, dir }, options.handle));
      if (pending.length >= concurrency) await settle(await (pending.shift() as Promise<Answer>));
    }
    for (const answer of pending) await settle(await answer);
  } finally {
    await output.close();
  }
  return counts;
}

/** The exit code that a finished batch deserves. */
export function batchExitCode(counts: BatchCounts): number {
  return counts.failed > 0 ? EXIT.someFailed : EXIT.ok;
}

/**
 * Runs a command's batch and leaves its exit code in process.exitCode, telling what stopped it on standard error.
 * Never throws for trouble with IN or OUT.
 */
export async function runBatchCommand(options: BatchOptions): Promise<void> {
  try {
    process.exitCode = batchExitCode(await runBatch(options));
  } catch (error) {
    if (!(error instanceof BatchError)) throw error;
    process.stderr.write(`newsloom: ${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

type Answer = { text: string; lineNumber: number; error?: string };

async function answerLine(text: string, place: BatchPlace, handle: BatchOptions['handle']): Promise<Answer> {
  let id: unknown = null;
  try {
    const line = parseLine(text);
    id = line.id ?? null;
    const answer = (await handle(line, place)) as Record<string, unknown>;
    const whole = 'id' in answer || line.id === undefined ? answer : { id, ...answer };
    return { text: JSON.stringify(whole), lineNumber: place.lineNumber };
  } catch (cause) {
    const error = oneSentence(cause);
    return { text: JSON.stringify({ id, error }), lineNumber: place.lineNumber, error };
  }
}

function parseLine(text: string): BatchLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error('not a line of JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not a JSON object');
  return value as BatchLine;
}

/** An error's message on one line, short enough to print: exception text may hold a whole body. */
function oneSentence(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/\s+/g, ' ').slice(0, 300);
}

async function checkPaths(input: string, out: string): Promise<void> {
  if (input === '-') return;
  const found = await stat(input).catch((cause: unknown) => {
    throw new BatchError(`cannot read ${input}: no such file`, EXIT.noInput, { cause });
  });
  if (found.isDirectory()) throw new BatchError(`cannot read ${input}: it is a folder`, EXIT.noInput);
  if (out === '-') return;
  const target = await stat(out).catch(() => null);
  if (target?.isDirectory()) throw new BatchError(`cannot write ${out}: it is a folder`, EXIT.cannotCreate);
  if (target && target.ino === found.ino && target.dev === found.dev) {
    throw new BatchError(`${out} is also the input`, EXIT.usage);
  }
}

/** Yields the lines of a file. Splits at LF only: JSON strings may hold U+2028, which node:readline takes for an end. */
export async function* readLines(path: string): AsyncGenerator<{ text: string; lineNumber: number }> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let lineNumber = 0;
  const take = (end: Buffer) => {
    const text = (kept.length === 0 ? end : Buffer.concat([...kept, end])).toString('utf8');
    kept = [];
    keptBytes = 0;
    lineNumber++;
    return { text: lineNumber === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text, lineNumber };
  };
  try {
    for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        yield take(chunk.subarray(start, end));
        start = end + 1;
      }
      if (start === chunk.length) continue;
      kept.push(chunk.subarray(start));
      keptBytes += chunk.length - start;
      if (keptBytes > MAX_LINE_BYTES) {
        throw new BatchError(`${path}:${lineNumber + 1}: a line longer than ${MAX_LINE_BYTES} bytes`, EXIT.noInput);
      }
    }
  } catch (cause) {
    if (cause instanceof BatchError) throw cause;
    throw new BatchError(`cannot read ${path}: ${oneSentence(cause)}`, EXIT.noInput, { cause });
  }
  if (keptBytes > 0) yield take(Buffer.alloc(0));
}

function openInput(path: string): Readable {
  const bytes: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!path.endsWith('.gz')) return bytes;
  const gunzip = createGunzip();
  bytes.on('error', (error) => gunzip.destroy(error));
  return bytes.pipe(gunzip);
}

/** A sink for lines that gathers them into larger writes and waits when the stream is full. */
export async function openOutput(
  path: string,
): Promise<{ write(line: string): Promise<void>; close(): Promise<void> }> {
  let broken: unknown = null;
  const notice = (cause: unknown) => {
    broken ??= new BatchError(`cannot write ${path}: ${oneSentence(cause)}`, EXIT.cannotCreate, { cause });
  };
  let stream: Writable = process.stdout;
  let end: Writable = stream;
  if (path !== '-') {
    const file = createWriteStream(path);
    await once(file, 'open').catch((cause: unknown) => {
      throw new BatchError(`cannot write ${path}: ${oneSentence(cause)}`, EXIT.cannotCreate, { cause });
    });
    file.on('error', notice);
    stream = file;
    end = file;
    if (path.endsWith('.gz')) {
      stream = createGzip();
      stream.on('error', notice);
      stream.pipe(file);
    }
  }
  let gathered = '';
  const flush = async () => {
    if (broken) throw broken;
    const text = gathered;
    gathered = '';
    if (text !== '' && !stream.write(text)) await drained();
    if (broken) throw broken;
  };
  const drained = async () => {
    // Whichever comes second is not waited for any more.
    const done = new AbortController();
    const { signal } = done;
    await Promise.race([once(stream, 'drain', { signal }), once(end, 'close', { signal })]).finally(() => done.abort());
  };
  return {
    async write(line) {
      gathered += `${line}\n`;
      if (gathered.length >= WRITE_CHARS || path === '-') await flush();
    },
    async close() {
      if (!broken) await flush();
      if (path === '-') return;
      const closed = end.closed ? undefined : once(end, 'close');
      stream.end();
      await closed;
      if (broken) throw broken;
    },
  };
}
