/** The seed command on lists: what is good is added, what is bad is told with its line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '@newsloom/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { opmlCommand } from './opml.ts';
import { seedCommand } from './seed.ts';

let folder = '';
let out = '';
let complaints = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-seed-'));
  out = '';
  complaints = '';
  process.exitCode = undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complaints += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});
const env = () => ({ NEWSLOOM_DATA_DIR: join(folder, 'data') });
const seed = (...args: string[]) => seedCommand(env()).parseAsync(args, { from: 'user' });

test('the good lines of a list are added, and each bad one is told', async () => {
  const list = join(folder, 'list.csv');
  writeFileSync(list, '\ufeffurl;kind\nhttps://bao.example/rss;feed\nhttps://bao.example/;blog\nbao.example;\n');
  await seed('--file', list, '--tag', 'vi');
  expect(out).toBe('1 seed added, 2 lines passed over\n');
  expect(complaints).toContain(`${list}:3: `);
  expect(complaints).toContain(`${list}:4: `);
  expect(process.exitCode).toBe(1);
}, 60_000);

test('subscriptions of a feed reader are added, and come out again', async () => {
  const list = join(folder, 'subscriptions.opml');
  writeFileSync(list, '<opml version="2.0"><body><outline text="Báo" xmlUrl="https://bao.example/rss"/></body></opml>');
  await seed('--opml', list);
  expect(out).toBe('1 seed added\n');
  expect(process.exitCode).toBeUndefined();

  const store = await openEmbeddedStore(join(folder, 'data'));
  await store.seeds.accept(
    {
      urlId: 'u1234567890abcdef' as never,
      sourceId: 'bao.example' as never,
      url: 'https://bao.example/rss',
      host: 'bao.example',
      kind: 'feed',
      priority: 0,
      depth: 1,
      everyMs: null,
      tags: [],
    },
    new Date('2026-03-01T00:00:00Z'),
  );
  await store.close();
  out = '';
  await opmlCommand(env()).parseAsync([], { from: 'user' });
  expect(out).toContain('xmlUrl="https://bao.example/rss"');
}, 60_000);
