import { readFileSync } from 'node:fs';
import { readSettings, SETTINGS } from '@newsloom/runtime';
import { expect, test } from 'vitest';

const file = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
/** Names in the environments of the services. */
const passed = new Set([...file.matchAll(/^\s+((?:NEWSLOOM_|REDIS_URL|DATABASE_URL)\w*):/gm)].map((match) => match[1]));
/** The stack keeps nothing in a folder. */
const NOT_FOR_THE_STACK = ['NEWSLOOM_DATA_DIR'];

test.each(Object.values(SETTINGS).map((it) => it.env))('the setting %s reaches the compose stack', (name) => {
  expect(passed.has(name) || passed.has(`${name}_FILE`)).toBe(!NOT_FOR_THE_STACK.includes(name));
});

test('the compose file passes no name that is not a setting', () => {
  const names = Object.fromEntries([...passed].map((name) => [name, '']));
  expect(() => readSettings(names)).not.toThrow();
});

test('the compose file publishes ports on loopback alone', () => {
  const published = [...file.matchAll(/ports: \[(.*)\]/g)].map((match) => match[1]);
  expect(published).toEqual([expect.stringMatching(/^"127\.0\.0\.1:[^,]*"$/)]);
});
