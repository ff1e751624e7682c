import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@newsloom/testkit';
import { expect, test } from 'vitest';
import { failuresFile, partOf, prepareOutput, writeLines } from './output.ts';

test.each([
  ['articles.jsonl', 'articles.failures.jsonl'],
  ['out/articles', 'out/articles.failures.jsonl'],
])('the failures of %s are in %s', (out, failures) => {
  expect(failuresFile(out)).toBe(failures);
});

test('an output gets its folders, and appears only when it is whole', async () => {
  await using folder = await tempDir();
  const out = join(folder.path, 'a', 'b', 'articles.jsonl');
  await prepareOutput(out);
  await expect(stat(out)).rejects.toThrow('ENOENT');
  expect(await writeLines(out, [{ id: 1 }, { id: 2 }])).toBe(2);
  expect(await readFile(out, 'utf8')).toBe('{"id":1}\n{"id":2}\n');
});

test('an output that cannot be written is refused before the crawl', async () => {
  await using folder = await tempDir();
  const file = join(folder.path, 'file');
  await writeFile(file, '');
  await expect(prepareOutput(join(file, 'articles.jsonl'))).rejects.toMatchObject({ exitCode: 73 });
});

test('a device is written to itself, and is a device still', async () => {
  expect(await partOf('/dev/null')).toBe('/dev/null');
  expect(await writeLines('/dev/null', [{ id: 1 }])).toBe(1);
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  await using folder = await tempDir();
  expect(await partOf(join(folder.path, 'new'))).toBe(join(folder.path, 'new.part'));
});
