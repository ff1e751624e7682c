import { expect, test } from 'vitest';
import { payloadJsonSchema, readPayload, withoutCredentials } from './contracts.ts';

test.each([
  [{ url: 'https://example.vn/' }, true],
  [
    {
      url: 'https://example.vn/',
      kind: 'feed',
      depth: 2,
      priority: 5,
      every: '15m',
      tags: ['police'],
      source: 'Example',
    },
    true,
  ],
  [{ url: 'https://example.vn/', every: 900_000 }, true],
  [{ url: 'example.vn' }, '"url": must be an absolute http or https address'],
  [{ url: 'ftp://example.vn/' }, '"url": must be an absolute http or https address'],
  [{}, '"url" is missing'],
  ['https://example.vn/', 'the payload: expected object, received string'],
  [null, 'the payload: expected object, received null'],
  [{ url: 'https://example.vn/', dept: 3 }, 'unknown field "dept"'],
  [{ url: 'https://example.vn/', kind: 'page' }, '"kind"'],
  [{ url: 'https://example.vn/', every: '5' }, '"every": must be between 1m and 30d'],
  [{ url: 'https://example.vn/', depth: 99 }, '"depth"'],
  [
    { url: 'https://example.vn/', tags: ['a\u0000b'] },
    '"tags.0": must not hold a NUL character or half of a character',
  ],
  [{ url: 'https://example.vn/', source: 'a\ud800' }, '"source": must not hold a NUL character or half of a character'],
])('the seed %j is read as %j', (data, expected) => {
  const read = readPayload('seeds', data);
  if (expected === true) expect(read.ok).toBe(true);
  else expect(read).toMatchObject({ ok: false, reason: expect.stringContaining(expected as string) });
});

test('an interval is handed on in milliseconds', () => {
  const read = readPayload('seeds', { url: 'https://example.vn/', every: '6h' });
  expect(read).toMatchObject({ ok: true, payload: { every: 21_600_000 } });
});

test.each([
  ['https://me:secret@example.vn/a?b@c', 'https://example.vn/a?b@c'],
  ['http://me@example.vn', 'http://example.vn'],
  ['https://a@b:c@example.vn/', 'https://example.vn/'],
  ['https:\\\\me:secret@example.vn/', 'https:\\\\example.vn/'],
  ['https://example.vn/@me', 'https://example.vn/@me'],
])('the name and password in %s are not kept', (url, kept) => expect(withoutCredentials(url)).toBe(kept));

test('a seed loses the name and password in its address', () => {
  const read = readPayload('seeds', { url: 'https://me:secret@example.vn/' });
  expect(read).toMatchObject({ ok: true, payload: { url: 'https://example.vn/' } });
});

test('a payload between services is an id and nothing else', () => {
  expect(readPayload('parse', { captureId: 'c0123456789abcdef' }).ok).toBe(true);
  expect(readPayload('parse', { captureId: 'c0123456789abcdef', html: '<p>' }).ok).toBe(false);
  expect(readPayload('parse', { captureId: 'd0123456789abcdef' }).ok).toBe(false);
});

test('every contract has a JSON Schema', () => {
  expect(payloadJsonSchema('seeds')).toMatchObject({ type: 'object', required: ['url'], additionalProperties: false });
});
