import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir, until } from './index.ts';

test('until gives the first truthy value', async () => {
  let looks = 0;
  expect(await until(() => (++looks === 3 ? 'third' : undefined), { everyMs: 1 })).toBe('third');
});

test('a look that throws counts as not yet', async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    if (looks < 3) throw new Error('not yet');
    return looks;
  };
  expect(await until(look, { everyMs: 1 })).toBe(3);
});

test('waiting in vain names what was waited for and the last error', async () => {
  const cause = new Error('closed');
  const waiting = until(() => Promise.reject(cause), { timeoutMs: 5, everyMs: 1, what: 'the shop to open' });
  await expect(waiting).rejects.toMatchObject({ message: expect.stringContaining('the shop to open'), cause });
});

test('a temporary folder is gone afterwards with all that is in it', async () => {
  let path = '';
  {
    await using folder = await tempDir();
    path = folder.path;
    await writeFile(join(path, 'file'), 'text');
  }
  expect(existsSync(path)).toBe(false);
});
