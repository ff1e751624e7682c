import { describe, expect, test } from 'vitest';
import { carriesSecret, isForeignWrite, isLoopback, isLoopbackHostHeader, listenRefusal } from './access.ts';

const SECRET = 'a secret of 24 letters!!';
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['localhost', true],
  ['LOCALHOST', true],
  ['::1', true],
  ['[::1]', true],
  ['0:0:0:0:0:0:0:1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['128.0.0.1', false],
  ['::ffff:127.0.0.1', false],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['example.com', false],
  ['', false],
])('that %j is loopback is %j', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  ['127.0.0.1', null, false],
  ['localhost', null, false],
  ['0.0.0.0', SECRET, false],
  ['0.0.0.0', null, true],
  ['::', null, true],
  ['news.example', null, true],
])('listening on %s with the secret %j is refused: %j', (apiHost, apiSecret, refused) => {
  const sentence = listenRefusal({ apiHost, apiSecret });
  if (!refused) expect(sentence).toBeNull();
  else {
    expect(sentence).toContain('NEWSLOOM_API_HOST');
    expect(sentence).toContain('NEWSLOOM_API_SECRET');
  }
});

test.each([
  ['localhost', true],
  ['localhost:3000', true],
  ['127.0.0.1:3000', true],
  ['[::1]:3000', true],
  ['[::1]', true],
  ['evil.example', false],
  ['evil.example:3000', false],
  ['127.0.0.1.evil.example', false],
  ['localhost:3000.evil.example', false],
  ['localhost@evil.example', false],
  ['10.0.0.7:3000', false],
  ['', false],
  [undefined, false],
])('the Host header %j names this machine: %j', (header, expected) => {
  expect(isLoopbackHostHeader(header)).toBe(expected);
});

describe('a request that changes something', () => {
  const own = { method: 'POST', host: 'localhost:3000', origin: undefined, fetchSite: undefined };
  test.each([
    ['from a program', {}, false],
    ['from our own page', { origin: 'http://localhost:3000', fetchSite: 'same-origin' }, false],
    ['from our own page in an older browser', { origin: 'http://localhost:3000' }, false],
    ['typed by its user', { fetchSite: 'none' }, false],
    ['behind a proxy that renames the host', { origin: 'https://news.example', fetchSite: 'same-origin' }, false],
    ["from a stranger's page", { origin: 'https://evil.example', fetchSite: 'cross-site' }, true],
    ["from a stranger's page in an older browser", { origin: 'https://evil.example' }, true],
    ['from another port of this machine', { origin: 'http://localhost:8080', fetchSite: 'same-site' }, true],
    ['from a sandboxed frame', { origin: 'null' }, true],
    ["from a stranger's page, to be deleted", { method: 'DELETE', fetchSite: 'cross-site' }, true],
    ["from a stranger's page, only to be read", { method: 'GET', fetchSite: 'cross-site' }, false],
  ])('%s', (_, request, refused) => {
    expect(isForeignWrite({ ...own, ...request })).toBe(refused);
  });
});

test.each([
  [`Bearer ${SECRET.replaceAll(' ', '-')}`, SECRET.replaceAll(' ', '-'), true],
  ['bearer abcdefghijklmnop', 'abcdefghijklmnop', true],
  ['Bearer abcdefghijklmno', 'abcdefghijklmnop', false],
  ['Bearer abcdefghijklmnopq', 'abcdefghijklmnop', false],
  [basic('anybody', SECRET), SECRET, true],
  [basic('', SECRET), SECRET, true],
  [basic('a', 'with:colons:in:it'), 'with:colons:in:it', true],
  [basic('a', 'mật khẩu rất dài'), 'mật khẩu rất dài', true],
  [basic(SECRET, 'wrong'), SECRET, false],
  ['Basic bm9jb2xvbg==', SECRET, false],
  ['Digest abcdefghijklmnop', 'abcdefghijklmnop', false],
  ['abcdefghijklmnop', 'abcdefghijklmnop', false],
  ['', SECRET, false],
  [undefined, SECRET, false],
])('the Authorization header %j carries the secret %j: %j', (header, secret, expected) => {
  expect(carriesSecret(header, secret)).toBe(expected);
});
