/** The limits of a fetch are those of the settings. */
import { DEFAULT_LIMITS, limitsOf } from '@newsloom/http';
import { readSettings } from '@newsloom/runtime';
import { expect, test } from 'vitest';

test('without settings, every limit is at its default', () => {
  expect(limitsOf(readSettings({}))).toEqual(DEFAULT_LIMITS);
});

test('each limit follows a setting of its own', () => {
  const env = {
    NEWSLOOM_MAX_WIRE_BYTES: '1001',
    NEWSLOOM_MAX_BODY_BYTES: '1002',
    NEWSLOOM_MAX_RATIO: '3',
    NEWSLOOM_RATIO_AFTER_BYTES: '1004',
    NEWSLOOM_MAX_ENCODINGS: '5',
    NEWSLOOM_MAX_HEADER_BYTES: '1006',
    NEWSLOOM_MAX_HEADERS: '17',
    NEWSLOOM_MAX_REDIRECTS: '7',
    NEWSLOOM_CONNECT_MS: '109',
    NEWSLOOM_FIRST_BYTE_MS: '110',
    NEWSLOOM_FETCH_DEADLINE_MS: '111',
    NEWSLOOM_MIN_BYTES_PER_SECOND: '12',
    NEWSLOOM_SLOW_AFTER_MS: '13',
  };
  expect(Object.values(limitsOf(readSettings(env)))).toEqual(Object.values(env).map(Number));
});
