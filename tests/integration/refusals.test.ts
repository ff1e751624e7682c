/** What does not start, and says why: wrong settings, servers that are away, an API open to everybody. */
import { tempDir } from '@newsloom/testkit';
import { expect, inject, test } from 'vitest';
import { newsloom, start } from './line.ts';

test('wrong settings stop the start with a list of all that is wrong', async () => {
  const { code, stderr } = await newsloom(['start'], {
    REDIS_URL: 'http://127.0.0.1/',
    DATABASE_URL: 'postgres-is-here:geheim',
    NEWSLOOM_HOST_DELAY_MS: 'slow',
    NEWSLOOM_ALLOW_PRIVATE: '10.0.0.0/8, everything',
    NEWSLOOM_API_PORT: '70000',
    NEWSLOOM_HOST_DELAY: '5',
  });
  expect(code).toBe(78);
  expect(stderr).toMatch(/6 settings are wrong/);
  for (const name of [
    'REDIS_URL',
    'DATABASE_URL',
    'NEWSLOOM_HOST_DELAY_MS',
    'NEWSLOOM_ALLOW_PRIVATE',
    'NEWSLOOM_API_PORT',
  ])
    expect(stderr).toContain(`- ${name}=`);
  expect(stderr).toContain('NEWSLOOM_HOST_DELAY: no such setting; did you mean NEWSLOOM_HOST_DELAY_MS?');
  expect(stderr).not.toContain('geheim');
});

test.each([
  ['crawl', ['http://a.example/', '--out', '/dev/null']],
  ['seed', ['http://a.example/']],
  ['doctor', []],
])('newsloom %s refuses wrong settings too', async (command, args) => {
  const { code, stderr } = await newsloom([command, ...args], {
    NEWSLOOM_API_PORT: 'x',
  });
  expect(code, stderr).toBe(78);
  expect(stderr).toContain('NEWSLOOM_API_PORT');
});

test('the API does not listen on a public address without a secret', async () => {
  await using folder = await tempDir();
  const env = { NEWSLOOM_DATA_DIR: folder.path, NEWSLOOM_API_HOST: '0.0.0.0', NEWSLOOM_API_PORT: '0' };
  const { code, stderr } = await newsloom(['start'], env);
  expect(code).toBe(78);
  expect(stderr).toContain('NEWSLOOM_API_SECRET');
});

test.each(['crawler', 'api'])('the %s alone needs stores that others can reach', async (name) => {
  const program = start(`services/${name}/src/main.ts`, [], { REDIS_URL: inject('redisUrl') });
  expect(await program.ended).toBe(78);
  expect(program.stderr()).toMatch(/needs DATABASE_URL: the embedded stores serve one process only/);
});

test.each([
  ['Redis', { REDIS_URL: 'redis://:geheim@127.0.0.1:1' }, /Redis at 127\.0\.0\.1:1 cannot be used/],
  ['Postgres', { DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/x' }, /Postgres at 127\.0\.0\.1:1\/x cannot be used/],
])('a %s that is away is named, without its password', async (_, env, says) => {
  await using folder = await tempDir();
  const { code, stderr } = await newsloom(['start'], {
    NEWSLOOM_DATA_DIR: folder.path,
    NEWSLOOM_API_PORT: '0',
    ...env,
  });
  expect(code).toBe(69);
  expect(stderr).toMatch(says);
  expect(stderr).not.toContain('geheim');
});
