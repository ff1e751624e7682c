import { expect, test } from 'vitest';
import { provide } from './provide.ts';
import { withoutPassword } from './sources/answers.ts';
import type { Attempt, Provided, ServerSource } from './sources/source.ts';

const server: Provided = { url: 'redis://127.0.0.1:1', from: 'a drawer', stop: async () => {} };

/** A source that gives what it is told and remembers that it was asked. */
function source(attempt: Attempt, asked: string[], name: string): ServerSource {
  return async () => {
    asked.push(name);
    return attempt;
  };
}

test('the first source that has a server gives it, and later ones are not asked', async () => {
  const asked: string[] = [];
  const sources = [
    source({ no: 'nothing is set' }, asked, 'first'),
    source(server, asked, 'second'),
    source(server, asked, 'third'),
  ];
  expect(await provide('redis', {}, sources)).toBe(server);
  expect(asked).toEqual(['first', 'second']);
});

test('where no source has one, the error says what was tried and what to do', async () => {
  const sources = [
    source({ no: 'no Docker engine answers' }, [], ''),
    source({ no: 'postgres is not installed' }, [], ''),
  ];
  await expect(provide('postgres', {}, sources)).rejects.toThrow(
    'No Postgres for the tests: no Docker engine answers; postgres is not installed. ' +
      'Set TEST_DATABASE_URL (postgres://user:password@host/db), start Docker, or install Postgres.',
  );
});

test('a source that was asked for and fails is not passed over', async () => {
  const failing: ServerSource = () => Promise.reject(new Error('TEST_REDIS_URL names a dead address'));
  await expect(provide('redis', {}, [failing, source(server, [], '')])).rejects.toThrow('dead address');
});

test.each([
  ['redis://:secret@127.0.0.1:6379/1', 'redis://127.0.0.1:6379/1'],
  ['postgres://user:secret@db.example/x', 'postgres://db.example/x'],
  ['redis://127.0.0.1', 'redis://127.0.0.1'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});
