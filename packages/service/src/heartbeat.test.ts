import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@newsloom/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startHeartbeat } from './heartbeat.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const log = openLog('silent', 'test');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsloom-heartbeat-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a service whose store and queues answer gives a sign of life', async () => {
  const file = join(folder, 'alive');
  const heart = startHeartbeat(
    file,
    async () => 'pong',
    () => NOW,
    log,
  );
  await expect.poll(() => readFile(file, 'utf8').catch(() => null)).toBe(NOW.toISOString());
  await heart.close();
});

test('a service whose store is away gives none', async () => {
  const file = join(folder, 'alive');
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const heart = startHeartbeat(
    file,
    async () => {
      resolve();
      throw new Error('no answer');
    },
    () => NOW,
    log,
  );
  await asked;
  await heart.close();
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});
