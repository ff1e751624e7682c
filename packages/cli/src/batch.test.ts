/** A batch answers every line in order, and says which ones it could not. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchError, batchExitCode, runBatch } from './batch.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'newsloom-batch-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function run(
  input: string | Buffer,
  handle: (line: Record<string, unknown>) => object | Promise<object>,
  name = 'in.jsonl',
) {
  const complaints: string[] = [];
  const [from, to] = [join(dir, name), join(dir, 'out.jsonl')];
  await writeFile(from, input);
  const counts = await runBatch({ in: from, out: to, handle, concurrency: 3, complain: (m) => complaints.push(m) });
  const text = await readFile(to, 'utf8');
  return {
    counts,
    complaints,
    answers: text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown),
  };
}

describe('a batch', () => {
  test('answers in the order of the questions although later ones are ready first', async () => {
    const { answers, counts } = await run('{"id":1,"wait":3}\n{"id":2,"wait":1}\n{"id":3,"wait":0}', async (line) => {
      for (let i = 0; i < Number(line.wait); i++) await new Promise((done) => setImmediate(done));
      return { ok: true };
    });
    expect(answers).toEqual([1, 2, 3].map((id) => ({ id, ok: true })));
    expect(counts).toEqual({ lines: 3, failed: 0 });
  });

  test('gives a bad line an error, names its line number, and goes on', async () => {
    const { answers, complaints, counts } = await run('{"id":"a"}\n\nnot json\n[]\n{"id":"b"}\n', (line) => {
      if (line.id === 'b') throw new Error('no\nsuch thing');
      return {};
    });
    expect(answers).toEqual([
      { id: 'a' },
      { id: null, error: 'not a line of JSON' },
      { id: null, error: 'not a JSON object' },
      { id: 'b', error: 'no such thing' },
    ]);
    expect(complaints.map((message) => message.replace(dir, ''))).toEqual([
      '/in.jsonl:3: not a line of JSON',
      '/in.jsonl:4: not a JSON object',
      '/in.jsonl:5: no such thing',
    ]);
    expect(batchExitCode(counts)).toBe(1);
  });

  test('keeps a line whole that holds a raw U+2028, a byte order mark before it, and CRLF after it', async () => {
    const { answers } = await run('\uFEFF{"id":1,"text":"a\u2028b"}\r\n', (line) => ({ text: line.text }));
    expect(answers).toEqual([{ id: 1, text: 'a\u2028b' }]);
  });

  test('reads a compressed file, and lines longer than one read', async () => {
    const long = 'ả'.repeat(300_000);
    const { answers } = await run(
      gzipSync(`{"id":1,"text":"${long}"}\n`),
      (line) => ({ same: line.text === long }),
      'in.jsonl.gz',
    );
    expect(answers).toEqual([{ id: 1, same: true }]);
  });

  test('writes a compressed file where the name asks for one', async () => {
    await writeFile(join(dir, 'in.jsonl'), '{"id":1}\n');
    await runBatch({ in: join(dir, 'in.jsonl'), out: join(dir, 'out.jsonl.gz'), handle: () => ({ ok: 1 }) });
    expect(gunzipSync(await readFile(join(dir, 'out.jsonl.gz'))).toString()).toBe('{"id":1,"ok":1}\n');
  });

  test.each([
    ['a missing input', 'nothing.jsonl', 'out.jsonl', 66],
    ['an output in a missing folder', 'in.jsonl', 'no/such/out.jsonl', 73],
    ['an output that is the input', 'in.jsonl', 'in.jsonl', 2],
  ])('stops at %s with its exit code', async (_what, from, to, exitCode) => {
    await writeFile(join(dir, 'in.jsonl'), '{"id":1}\n');
    const running = runBatch({ in: join(dir, from), out: join(dir, to), handle: () => ({}) });
    await expect(running).rejects.toBeInstanceOf(BatchError);
    await expect(running).rejects.toMatchObject({ exitCode });
  });

  test('leaves no listeners behind on a long output', async () => {
    const warnings: string[] = [];
    const heard = (warning: Error) => warnings.push(warning.name);
    process.on('warning', heard);
    const lines = Array.from({ length: 60 }, (_, id) => JSON.stringify({ id })).join('\n');
    const { counts } = await run(lines, () => ({ text: 'x'.repeat(200_000) }));
    await new Promise((done) => setImmediate(done));
    process.off('warning', heard);
    expect(counts).toEqual({ lines: 60, failed: 0 });
    expect(warnings).toEqual([]);
  });
});
