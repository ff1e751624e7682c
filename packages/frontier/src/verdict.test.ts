/** The table of verdicts. */
import { describe, expect, test } from 'vitest';
import { type Attempt, isHostTrouble, isText, verdictOf } from './verdict.ts';

const response = (status: number, more: object = {}): Attempt => ({
  kind: 'response',
  status,
  contentType: 'text/html; charset=utf-8',
  bodyBytes: 1000,
  ...more,
});

describe('an attempt', () => {
  test.each<[string, Attempt, string, string]>([
    ['with a page is a capture', response(200), 'captured', 'captured'],
    ['with the same body is unchanged', response(200, { sameDigest: true }), 'unchanged', 'same-content'],
    ['answered 304 is unchanged', response(304), 'unchanged', 'not-modified'],
    ['moved for good is moved', response(200, { moved: true }), 'moved', 'moved'],
    ['with an image is excluded', response(200, { contentType: 'image/png' }), 'excluded', 'not-text'],
    ['with nothing is failing', response(200, { bodyBytes: 0 }), 'failing', 'empty'],
    ['answered 204 is failing', response(204), 'failing', 'empty'],
    ['answered 404 once is failing', response(404, { goneBefore: 0 }), 'failing', 'http-404'],
    ['answered 404 a third time is gone', response(404, { goneBefore: 2 }), 'gone', 'http-404'],
    ['answered 410 is gone', response(410), 'gone', 'http-410'],
    ['answered 429 rests', response(429), 'resting', 'http-429'],
    ['answered 503 rests', response(503), 'resting', 'http-503'],
    ['answered 500 is failing', response(500), 'failing', 'http-500'],
    ['answered 403 is failing', response(403), 'failing', 'http-403'],
    ['answered 451 is excluded', response(451), 'excluded', 'http-451'],
    ['answered 301 without a target is failing', response(301), 'failing', 'http-301'],
    ['that times out is failing', { kind: 'error', code: 'timeout' }, 'failing', 'timeout'],
    ['without DNS is failing', { kind: 'error', code: 'dns' }, 'failing', 'dns'],
    ['to a private address is excluded', { kind: 'error', code: 'private-address' }, 'excluded', 'private-address'],
    ['that is too large is excluded', { kind: 'error', code: 'too-large' }, 'excluded', 'too-large'],
    ['that unpacks without end is excluded', { kind: 'error', code: 'bomb' }, 'excluded', 'bomb'],
    ['that robots.txt forbids is excluded', { kind: 'refused', note: 'robots' }, 'excluded', 'robots'],
    ['into a trap is excluded', { kind: 'refused', note: 'trap' }, 'excluded', 'trap'],
  ])('%s', (_what, attempt, verdict, note) => expect(verdictOf(attempt)).toEqual({ verdict, note }));

  test.each([
    ['dns', true],
    ['connect', true],
    ['tls', true],
    ['reset', false],
    ['timeout', false],
  ])('that ends with %s is the host’s trouble: %s', (code, expected) => {
    expect(isHostTrouble({ kind: 'error', code })).toBe(expected);
  });
});

describe('content', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  test.each<[string | null, Uint8Array | undefined, boolean]>([
    ['text/html', undefined, true],
    ['TEXT/HTML;charset=x', undefined, true],
    ['application/xhtml+xml', undefined, true],
    ['application/rss+xml; charset=utf-8', undefined, true],
    ['application/feed+json', undefined, true],
    ['application/xml', undefined, true],
    ['text/plain', undefined, true],
    ['application/x-gzip', undefined, true],
    ['text/css', undefined, false],
    ['application/pdf', undefined, false],
    ['video/mp4', undefined, false],
    [null, bytes('<!doctype html>'), true],
    ['', bytes('\x89PNG\r\n\x1a\n\0\0'), false],
    ['application/octet-stream', bytes('<rss>'), true],
    ['application/octet-stream', bytes('\x1f\x8b\x08\0'), true],
    ['application/octet-stream', bytes('\xff\xfe<\0h\0'), true],
    ['application/octet-stream', bytes('PK\x03\x04\0\0'), false],
  ])('of type %j is text: %#', (type, head, expected) => expect(isText(type, head)).toBe(expected));
});
