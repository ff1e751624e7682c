/** The extract command on a batch, run in this process. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { extractCommand } from './extract.ts';

const PAGE = `<title>A quay opens - Paper</title><h1>A quay opens</h1><p>${'The quay opened on Monday, the harbour office said, after two years of work. '.repeat(4)}</p>`;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-extract-'));
  process.exitCode = undefined;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

const run = (...args: string[]) => extractCommand().parseAsync(args, { from: 'user' });
const outLines = () =>
  readFileSync(join(folder, 'out.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('every line of a batch has its answer, also the bad ones', async () => {
  writeFileSync(join(folder, 'a.html'), PAGE);
  writeFileSync(join(folder, 'b.html.gz'), gzipSync(PAGE));
  const lines = [
    { id: 'a', url: 'https://a.example/2015/04/13/quay', html: 'a.html' },
    { id: 'b', url: 'https://a.example/quay', html: 'b.html.gz' },
    { id: 'c', url: 'https://a.example/quay', html: 'missing.html' },
    { id: 'd', html: 'a.html' },
  ];
  writeFileSync(join(folder, 'in.jsonl'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`);
  await run('--batch', join(folder, 'in.jsonl'), '--out', join(folder, 'out.jsonl'));
  const out = outLines();
  expect(out.map((line) => line.id)).toEqual(['a', 'b', 'c', 'd', null]);
  expect(out[0]).toMatchObject({
    title: 'A quay opens',
    date: '2015-04-13',
    datePrecision: 'day',
    lang: 'en',
    kind: 'article',
  });
  expect(out[1]?.body).toBe(out[0]?.body);
  expect(String(out[2]?.error)).toContain('missing.html');
  expect(out[3]?.error).toBe('url is missing');
  expect(String(out[4]?.error)).toContain('JSON');
  expect(process.exitCode).toBe(1);
});

test('a batch under gzip is read, and all is well', async () => {
  writeFileSync(join(folder, 'a.html'), PAGE);
  writeFileSync(
    join(folder, 'in.jsonl.gz'),
    gzipSync(`${JSON.stringify({ id: 'a', url: 'https://a.example/quay', html: 'a.html' })}\n`),
  );
  await run('--batch', join(folder, 'in.jsonl.gz'), '--out', join(folder, 'out.jsonl'));
  expect(outLines()).toHaveLength(1);
  expect(process.exitCode).toBe(0);
});

test.each([
  [['--batch', 'nowhere.jsonl', '--out', 'out.jsonl'], 66],
  [['nowhere.html'], 66],
  [['--batch', 'in.jsonl'], 2],
  [[], 2],
  [['--format', 'xml', 'a.html'], 2],
  [['--url', 'no address', 'a.html'], 2],
])('%j ends with exit code %i', async (args, code) => {
  await run(...args);
  expect(process.exitCode).toBe(code);
});

test('a page for people shows fields with their places and what its headers say', async () => {
  writeFileSync(join(folder, 'a.html'), PAGE);
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  try {
    const headers = ['--header', 'X-Robots-Tag: noai', '--header', 'TDM-Reservation: 1'];
    await run(join(folder, 'a.html'), '--format', 'html', '--url', 'https://a.example/2015/04/13/quay', ...headers);
  } finally {
    write.mockRestore();
  }
  expect(out).toContain('noai, tdm-reservation');
  expect(out).toContain('X-Robots-Tag: noai');
  expect(out).toContain('<li class="kept">');
  expect(out).not.toContain('<script');
});
