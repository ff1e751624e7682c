import { readFileSync } from 'node:fs';
import { VERSION } from '@newsloom/runtime';
import { expect, test } from 'vitest';

test('the version that Newsloom says is that of its package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(version);
});
