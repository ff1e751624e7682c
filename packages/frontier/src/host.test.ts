/** Hosts are what we are polite to; sources are who publishes. */
import { describe, expect, test } from 'vitest';
import { hostOf, sourceOf } from './host.ts';

describe('an address', () => {
  test.each([
    ['https://www.news.example/a', 'www.news.example', 'news.example'],
    ['https://www.news.example:8443/a', 'www.news.example:8443', 'news.example'],
    ['http://kinhdoanh.news.com.vn/', 'kinhdoanh.news.com.vn', 'news.com.vn'],
    ['https://daily.blogspot.com/', 'daily.blogspot.com', 'daily.blogspot.com'],
    ['https://me.github.io/x', 'me.github.io', 'me.github.io'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080', '127.0.0.1:8080'],
    ['http://[2405:4800::1]/', '[2405:4800::1]', '[2405:4800::1]'],
    ['http://localhost:3000/', 'localhost:3000', 'localhost:3000'],
    ['https://xn--bcher-kva.example/', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['https://com.vn/', 'com.vn', 'com.vn'],
  ])('%s is on the host %s of the source %s', (url, host, source) => {
    expect(hostOf(url)).toBe(host);
    expect(sourceOf(url)).toBe(source);
  });
});
