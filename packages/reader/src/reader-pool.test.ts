import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@newsloom/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadContext } from './read-protocol.ts';
import { openReaderPool } from './reader-pool.ts';

/** A reading program that does to its process what the page says. */
const HOSTILE = `
process.on('message', ({ id, bytes }) => {
  const page = Buffer.from(bytes).toString();
  if (page === 'hang') for (;;);
  if (page === 'exit') process.exit(3);
  if (page === 'kill') process.kill(process.pid, 'SIGKILL');
  if (page === 'memory') { const all = []; for (;;) all.push(new Array(1e5).fill(page + all.length)); }
  if (page === 'fault') return process.send({ id, fault: 'no such thing' });
  process.send({ id, page: { kind: 'article', links: [], article: null, charset: page, canonicalUrl: null, robots: [] } });
});
process.once('disconnect', () => process.exit(0));
`;
const context: ReadContext = {
  url: 'https://example.vn/',
  contentType: 'text/html',
  xRobotsTag: null,
  agent: 'Newsloom',
  fetchedAt: '2026-11-21T00:00:00Z',
};
const bytes = (page: string) => new TextEncoder().encode(page);
let folder: Awaited<ReturnType<typeof tempDir>>;
let program = '';

beforeAll(async () => {
  folder = await tempDir();
  program = join(folder.path, 'hostile.mjs');
  await writeFile(program, HOSTILE);
});
afterAll(() => folder[Symbol.asyncDispose]());

const pool = (processes: number) => openReaderPool({ processes, deadlineMs: 400, memoryMb: 64, program });

test.each([
  ['exit', 'crash'],
  ['kill', 'crash'],
  ['memory', 'memory'],
  ['fault', 'fault'],
])('a page that makes its process %s costs only itself', async (page, why) => {
  const readers = pool(1);
  const [bad, good] = await Promise.all([readers.read(bytes(page), context), readers.read(bytes('fine'), context)]);
  expect(bad).toMatchObject({ kind: 'unreadable', why });
  expect(good).toMatchObject({ kind: 'article', charset: 'fine' });
  await readers.close();
});

test('a page that never ends is killed at its deadline, and its neighbours are read meanwhile', async () => {
  const readers = pool(2);
  await readers.read(bytes('warm'), context);
  const hanging = readers.read(bytes('hang'), context);
  const others = await Promise.all(Array.from({ length: 20 }, (_, i) => readers.read(bytes(`page ${i}`), context)));
  expect(others.map((it) => it.kind)).toEqual(Array(20).fill('article'));
  expect(await hanging).toMatchObject({ kind: 'unreadable', why: 'deadline' });
  await readers.close();
});

test('closing says nothing about the pages that were being read', async () => {
  const readers = pool(1);
  await readers.read(bytes('warm'), context);
  const pages = [readers.read(bytes('hang'), context), readers.read(bytes('waits'), context)];
  const settled = Promise.allSettled(pages);
  await readers.close();
  expect((await settled).map((it) => it.status)).toEqual(['rejected', 'rejected']);
});

test('the first page of a process has no more time than any other, once the process is ready', async () => {
  const ready = join(folder.path, 'ready.mjs');
  await writeFile(ready, `${HOSTILE}process.send({ ready: true });`);
  const readers = openReaderPool({ processes: 1, deadlineMs: 400, memoryMb: 64, program: ready });
  // The allowance for the start alone is longer than this test may take.
  expect(await readers.read(bytes('hang'), context)).toMatchObject({ kind: 'unreadable', why: 'deadline' });
  expect(await readers.read(bytes('fine'), context)).toMatchObject({ kind: 'article' });
  await readers.close();
}, 12_000);

test('a reading program that cannot be loaded costs each page, and no more', async () => {
  const readers = openReaderPool({
    processes: 1,
    deadlineMs: 400,
    memoryMb: 64,
    program: join(folder.path, 'none.mjs'),
  });
  const pages = await Promise.all([readers.read(bytes('one'), context), readers.read(bytes('two'), context)]);
  expect(pages).toMatchObject([{ why: 'crash' }, { why: 'crash' }]);
  await readers.close();
});
