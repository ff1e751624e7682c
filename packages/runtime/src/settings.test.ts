import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processesFor } from './cores.ts';
import { readSettings, SettingsError } from './settings.ts';

test('an empty environment gives the defaults', () => {
  expect(readSettings({})).toMatchObject({ redisUrl: null, hostDelayMs: 1000, allowPrivate: [], apiHost: '127.0.0.1' });
});

test('an empty value counts as unset', () => {
  expect(readSettings({ REDIS_URL: '', NEWSLOOM_HOST_DELAY_MS: ' ' })).toMatchObject({
    redisUrl: null,
    hostDelayMs: 1000,
  });
});

test.each([
  ['NEWSLOOM_HOST_DELAY_MS', 'fast', 'must be a whole number'],
  ['NEWSLOOM_HOST_DELAY_MS', '-1', 'must be a whole number'],
  ['REDIS_URL', 'localhost:6379', 'must be an address that begins with redis:// or rediss://'],
  ['DATABASE_URL', 'mysql://db/x', '(hidden)'],
  ['NEWSLOOM_ALLOW_PRIVATE', '127.0.0.0/33', 'CIDR'],
  ['NEWSLOOM_ALLOW_PRIVATE', 'localhost', 'CIDR'],
  ['NEWSLOOM_LOG_LEVEL', 'loud', 'must be one of'],
  ['NEWSLOOM_API_SECRET', 'short', 'at least 16'],
  ['NEWSLOOM_MAX_RATIO', '1', 'must be between 2 and 10000'],
  ['NEWSLOOM_MAX_ENCODINGS', '0', 'must be between 1 and 10'],
  ['NEWSLOOM_CONNECT_MS', '10s', 'must be a whole number'],
  ['NEWSLOOM_NOINDEX', 'ignore', 'must be one of skip, keep'],
  ['NEWSLOOM_USER_AGENT', '(bot)', 'must begin with a product name'],
  ['NEWSLOOM_HOST_DELAY', '5', 'did you mean NEWSLOOM_HOST_DELAY_MS?'],
])('%s=%s stops the start and says why', (name, value, why) => {
  expect(() => readSettings({ [name]: value })).toThrow(why);
});

test('a secret may lie in a file, and the variable itself wins over it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'api-secret');
  writeFileSync(file, 'a-secret-of-a-file\n');
  const inFile = { NEWSLOOM_API_SECRET: '', NEWSLOOM_API_SECRET_FILE: file };
  expect(readSettings(inFile).apiSecret).toBe('a-secret-of-a-file');
  expect(readSettings({ ...inFile, NEWSLOOM_API_SECRET: 'the-variable-itself' }).apiSecret).toBe('the-variable-itself');
  expect(() => readSettings({ REDIS_URL_FILE: join(folder, 'none') })).toThrow('cannot be read (ENOENT)');
  expect(() => readSettings({ NEWSLOOM_LOG_LEVEL_FILE: file })).toThrow('no such setting');
});

test('every fault is listed at once, and secrets are not shown', () => {
  let message = '';
  try {
    readSettings({ NEWSLOOM_API_PORT: '70000', DATABASE_URL: 'secret-password', NEWSLOOM_LOG_LEVEL: 'x' });
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    expect((error as SettingsError).exitCode).toBe(78);
    message = (error as Error).message;
  }
  expect(message.split('\n  - ')).toHaveLength(4);
  expect(message).not.toContain('secret-password');
});

test.each([
  ['127.0.0.0/8', ['127.0.0.0/8']],
  ['10.0.0.0/8, ::1/128', ['10.0.0.0/8', '::1/128']],
])('the CIDR list %s is read', (text, expected) => {
  expect(readSettings({ NEWSLOOM_ALLOW_PRIVATE: text }).allowPrivate).toEqual(expected);
});

test.each([
  [4, 16, 4],
  [32, 2, 2],
  [2, 0.5, 1],
  [1, 64, 1],
])('%i cores and %d GB have room for %i page-reading processes', (cores, gigabytes, expected) => {
  expect(processesFor(cores, gigabytes * 1024 ** 3)).toBe(expected);
});

test('page-reading processes are as many as named, or as there is room for', () => {
  expect(readSettings({ NEWSLOOM_PARSE_PROCESSES: '7' }).parseProcesses).toBe(7);
  expect(readSettings({}).parseProcesses).toBeGreaterThanOrEqual(1);
  expect(() => readSettings({ NEWSLOOM_PARSE_PROCESSES: 'all' })).toThrow(/NEWSLOOM_PARSE_PROCESSES/);
});
