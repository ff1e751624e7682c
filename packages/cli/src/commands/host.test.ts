/** The `newsloom host` command as a person runs it, on a data folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SourceId } from '@newsloom/model';
import { urlIdOf } from '@newsloom/model';
import { openEmbeddedStore } from '@newsloom/store';
import { tempDir } from '@newsloom/testkit';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '..', 'main.ts');

async function newsloom(dataDir: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', NEWSLOOM_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

test('a host is told of, and given a delay of its own', async () => {
  await using folder = await tempDir();
  const dataDir = join(folder.path, 'data');
  {
    await using store = await openEmbeddedStore(dataDir);
    const url = 'https://bao.example/tin';
    const startedAt = new Date('2026-11-21T08:00:00Z');
    const sourceId = 'bao.example' as SourceId;
    await store.seeds.accept(
      {
        urlId: urlIdOf(url),
        sourceId,
        url,
        host: 'bao.example',
        kind: 'auto',
        priority: 0,
        depth: 0,
        everyMs: null,
        tags: [],
      },
      startedAt,
    );
    const asked = { tookMs: 40, status: 200, policy: 'rules', version: 'abc', crawlDelayMs: 3_000, sourceId };
    await store.hosts.noteRobotsFetch('bao.example', { ...asked, startedAt, slotAt: startedAt });
  }

  const known = await newsloom(dataDir, 'host', 'https://BAO.example/tin');
  expect(known.code, known.stderr).toBe(0);
  expect(known.stdout).toMatch(/^bao\.example\n {2}May be asked now\.\n {2}At least 3 s between two requests/);
  expect(known.stdout).toMatch(/2026-11-21T08:00:00\.000Z\s+40 ms\s+200\s+rules\s+abc\s+bao\.example\s+\/robots\.txt/);

  const slower = await newsloom(dataDir, 'host', 'bao.example', '--delay', '5s', '--json');
  expect(JSON.parse(slower.stdout)).toMatchObject({ host: 'bao.example', delayMs: 5_000, gapMs: 5_000, more: false });
  const usual = await newsloom(dataDir, 'host', 'bao.example', '--delay', 'default', '--json');
  expect(JSON.parse(usual.stdout)).toMatchObject({ delayMs: null, gapMs: 3_000 });

  expect(await newsloom(dataDir, 'host', 'other.example')).toMatchObject({ code: 1 });
  expect(await newsloom(dataDir, 'host', 'no host')).toMatchObject({ code: 2 });
  expect(await newsloom(dataDir, 'host', 'bao.example', '--delay', '5')).toMatchObject({ code: 2 });
}, 60_000);
