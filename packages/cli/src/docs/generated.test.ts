import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GENERATED } from './generated.ts';

test.each(Object.entries(GENERATED))('%s is what the code says (npm run docs)', (path, text) => {
  expect(readFileSync(new URL(path, new URL('../../../../', import.meta.url)), 'utf8')).toBe(text());
});
