/** One page has one spelling, and no page is lost by it. */
import { describe, expect, test } from 'vitest';
import { canonicalize } from './canonicalize.ts';
import { duplicateKey } from './duplicates.ts';

const same = (urls: [string, string][]) => urls;

describe('the canonical form', () => {
  test.each(
    same([
      // Scheme, host and port.
      ['HTTP://News.Example:80', 'http://news.example/'],
      ['https://news.example:443/a', 'https://news.example/a'],
      ['https://news.example:8443/a', 'https://news.example:8443/a'],
      ['https://news.example./a', 'https://news.example/a'],
      ['https://me:secret@news.example/a', 'https://news.example/a'],
      ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
      ['http://127.1/', 'http://127.0.0.1/'],
      ['  https://news.example/a\n', 'https://news.example/a'],
      ['news.example/a', 'http://news.example/a'],
      ['news.example:8080', 'http://news.example:8080/'],
      ['localhost:3000/a', 'http://localhost:3000/a'],
      // Path.
      ['https://news.example/a/./b/../c', 'https://news.example/a/c'],
      ['https://news.example//a///b/', 'https://news.example/a/b/'],
      ['https://web.example/2020/https://news.example//a', 'https://web.example/2020/https://news.example/a'],
      ['https://proxy.example/https%3a//news.example/a', 'https://proxy.example/https%3A//news.example/a'],
      ['https://news.example/%7ejoe/%61%2f%C3%a9', 'https://news.example/~joe/a%2F%C3%A9'],
      ['https://news.example/tin-tức', 'https://news.example/tin-t%E1%BB%A9c'],
      ['https://news.example/90%', 'https://news.example/90%25'],
      ['https://news.example/{a}|[b]', 'https://news.example/%7Ba%7D%7C%5Bb%5D'],
      ['https://news.example/A/index.html', 'https://news.example/A/index.html'],
      ['https://news.example/a;jsessionid=1F2E?x=1', 'https://news.example/a?x=1'],
      ['https://news.example/a/..;jsessionid=1', 'https://news.example/'],
      ['https://news.example/a;jsessionid=1http://b', 'https://news.example/a/b'],
      ['https://news.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx', 'https://news.example/a.aspx'],
      // Query.
      ['https://news.example/?', 'https://news.example/'],
      ['https://news.example/a?b=2&a=1&b=1', 'https://news.example/a?a=1&b=2&b=1'],
      ['https://news.example/a?&x=&=1&', 'https://news.example/a?x'],
      ['https://news.example/a?q=a%20b', 'https://news.example/a?q=a+b'],
      ['https://news.example/a?q=a%26b%2B', 'https://news.example/a?q=a%26b%2B'],
      ['https://news.example/a.jpg?crop/10x10/&b/a', 'https://news.example/a.jpg?crop/10x10/&b/a'],
      ['https://news.example/a?id=3&utm_source=x&UTM_Medium=y&fbclid=1', 'https://news.example/a?id=3'],
      ['https://news.example/a?amp;utm_source=x', 'https://news.example/a'],
      ['https://news.example/a?utm%5Fsource=x', 'https://news.example/a'],
      ['https://news.example/a?PHPSESSID=1&sid=3', 'https://news.example/a?sid=3'],
      ['https://news.example/a?sid=0123456789abcdef0123456789abcdef', 'https://news.example/a'],
      ['https://news.example/a?ref=news.example', 'https://news.example/a'],
      ['https://news.example/a?ref=main', 'https://news.example/a?ref=main'],
      [
        'https://news.example/a?z=1&a=%20&Signature=x%2f&utm_source=y',
        'https://news.example/a?z=1&a=%20&Signature=x%2F',
      ],
      // Fragment.
      ['https://news.example/a#b', 'https://news.example/a'],
    ]),
  )('of %s is %s', (url, canonical) => {
    expect(canonicalize(url)).toBe(canonical);
    expect(canonicalize(canonical)).toBe(canonical);
  });

  test.each([
    ['../b?x=1#y', 'https://news.example/a/c/', 'https://news.example/a/b?x=1'],
    ['//other.example', 'https://news.example/', 'https://other.example/'],
    ['?p=2', 'https://news.example/a?p=1', 'https://news.example/a?p=2'],
    ['other.example/x', 'https://news.example/', 'https://news.example/other.example/x'],
    ['https://other.example/?ref=news.example', 'https://news.example/', 'https://other.example/'],
  ])('of %s on %s is %s', (url, base, canonical) => {
    expect(canonicalize(url, base)).toBe(canonical);
  });

  test.each([
    'mailto:a@news.example',
    'ftp://news.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'tel:12345',
    'a',
    '',
    'http://',
    'http:////',
    'http://a b/',
    'http://news.09./',
    'https://example%2Xcom/',
    `https://news.example/${'x'.repeat(9000)}`,
  ])('of %j does not exist', (url) => {
    expect(canonicalize(url)).toBe(null);
  });
});

describe('the key of likely duplicates', () => {
  const key = duplicateKey('https://news.example/thoi-su/bai-123');
  test.each([
    'http://news.example/thoi-su/bai-123',
    'https://www.news.example/thoi-su/bai-123/',
    'https://m.news.example/thoi-su/bai-123',
    'https://amp.news.example/thoi-su/bai-123',
    'https://news.example/thoi-su/bai-123/amp',
    'https://news.example/thoi-su/bai-123?amp=1',
    'https://news.example/thoi-su/bai-123/print',
    'https://news.example/thoi-su/bai-123/index.html',
  ])('is the same for %s', (url) => expect(duplicateKey(url)).toBe(key));

  test.each([
    'https://news.example/thoi-su/bai-124',
    'https://news.example/thoi-su/bai-123?page=2',
    'https://m.example/thoi-su/bai-123',
    'https://kinhte.news.example/thoi-su/bai-123',
  ])('is another one for %s', (url) => expect(duplicateKey(url)).not.toBe(key));
});
