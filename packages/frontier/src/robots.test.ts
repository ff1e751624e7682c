/** robots.txt says what RFC 9309 says it says. */
import { describe, expect, test } from 'vitest';
import { crawlDelaySeconds, isAllowed, pathOf, productTokenOf, usageSignals } from './robots.ts';
import { parseRobots } from './robots-parse.ts';

const allowed = (robots: string | Uint8Array, agent: string, url: string) => isAllowed(parseRobots(robots), agent, url);

describe('a rule', () => {
  test.each<[string, string, string, boolean]>([
    ['an empty file allows all', '', '/a', true],
    ['a path is forbidden with all below it', 'User-agent: *\nDisallow: /a', '/ab/c?d', false],
    ['and nothing else', 'User-agent: *\nDisallow: /a', '/b/a', true],
    ['an empty Disallow forbids nothing', 'User-agent: *\nDisallow:', '/a', true],
    ['the longest match wins', 'User-agent: *\nDisallow: /a/\nAllow: /a/b', '/a/bc', true],
    ['a tie is allowed', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['an asterisk is any run', 'User-agent: *\nDisallow: /*/print*.html', '/a/b/print-1.html?x', false],
    ['asterisks in a row are one', 'User-agent: *\nDisallow: /a***b', '/ab', false],
    ['a dollar is the end', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf', false],
    ['and only there', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf?x', true],
    ['an end may match later than its first place', 'User-agent: *\nDisallow: /*.pdf$', '/a.pdf.pdf', false],
    ['a dollar in the middle is a dollar', 'User-agent: *\nDisallow: /a$b', '/a$bc', false],
    ['only the root', 'User-agent: *\nDisallow: /$', '/a', true],
    ['a part may not be used twice', 'User-agent: *\nDisallow: /aba*ba$', '/aba', true],
    ['a pattern in Vietnamese meets its escaped path', 'User-agent: *\nDisallow: /tin-tức', '/tin-t%E1%BB%A9c', false],
    ['escapes are compared in one case', 'User-agent: *\nDisallow: /%e1', '/%E1', false],
    ['an escaped tilde is a tilde', 'User-agent: *\nDisallow: /%7Ejoe/', '/~joe/', false],
    ['on both sides', 'User-agent: *\nDisallow: /~joe/', '/%7ejoe/', false],
    ['a bracket meets its escape', 'User-agent: *\nDisallow: /*?f[]=', '/a?f%5B%5D=1', false],
    ['an escaped bracket meets a bare one', 'User-agent: *\nDisallow: /*%5b', '/a[', false],
    ['escaped letters are forbidden bare too', 'User-agent: *\nDisallow: /%62%61z', '/baz', false],
    ['but not allowed', 'User-agent: *\nDisallow: /\nAllow: /%62%61z', '/baz', false],
    ['an escaped asterisk is an asterisk', 'User-agent: *\nDisallow: /a-%2A.html', '/a-*.html', false],
    ['and no wildcard', 'User-agent: *\nDisallow: /a-%2A.html', '/a-b.html', true],
    ['an escaped dollar is a dollar', 'User-agent: *\nDisallow: /foo-%24', '/foo-$', false],
    ['an escaped slash is no slash', 'User-agent: *\nDisallow: /a%2Fb', '/a/b', true],
    ['robots.txt itself is always allowed', 'User-agent: *\nDisallow: /', '/robots.txt', true],
    ['a query belongs to the path', 'User-agent: *\nDisallow: /*?', '/a?b', false],
    ['a rule before any agent is nobody’s', 'Disallow: /\nUser-agent: *\nDisallow: /a', '/b', true],
    ['an allowed index document allows its folder', 'User-agent: *\nDisallow: /\nAllow: /a/index.html', '/a/', true],
  ])('%s', (_what, robots, url, expected) => {
    expect(allowed(robots, 'FooBot', url)).toBe(expected);
    expect(allowed(robots, 'FooBot', `https://news.example${url}`)).toBe(expected);
  });
});

describe('a line', () => {
  test.each<[string, string, boolean]>([
    ['may be spelt in any case', 'USER-AGENT: foobot\nDISALLOW: /', false],
    ['may have blanks around its colon', 'user-agent : FooBot\n  disallow :   /  ', false],
    ['may lack its colon', 'user-agent FooBot\ndisallow /', false],
    ['without a colon has two words', 'user-agent: FooBot\ndisallow / a', true],
    ['may end as in DOS or on old Macs', 'User-agent: *\r\nDisallow: /a\rDisallow: /\r\n', false],
    ['may be misspelt', 'useragent: FooBot\nDissallow: /', false],
    ['may begin with a byte order mark', '\uFEFFUser-agent: FooBot\nDisallow: /', false],
    ['may have a comment', 'User-agent: FooBot # that is us\nDisallow: / # all', false],
    [
      'of another kind does not end a group',
      'User-agent: FooBot\nSitemap: /s.xml\nUser-agent: BarBot\nDisallow: /',
      false,
    ],
    ['of nonsense is passed over', 'User-agent: FooBot\n<html>\nDisallow: /', false],
  ])('%s', (_what, robots, expected) => {
    expect(allowed(robots, 'FooBot', '/a')).toBe(expected);
  });

  test('longer than Google reads is cut', () => {
    const long = 'x'.repeat(20_000);
    const robots = `User-agent: *\nDisallow: /${long}`;
    expect(allowed(robots, 'FooBot', `/${long.slice(0, 16_652)}`)).toBe(false);
    expect(allowed(robots, 'FooBot', `/${long.slice(0, 16_651)}`)).toBe(true);
  });

  test.each(['utf16le', 'utf16be'] as const)('may be written in %s', (charset) => {
    const bytes = Buffer.from('\uFEFFUser-agent: *\nDisallow: /', 'utf16le');
    expect(allowed(charset === 'utf16le' ? bytes : bytes.swap16(), 'FooBot', '/a')).toBe(false);
  });
});

describe('a group', () => {
  const robots = [
    'User-agent: one',
    'User-agent: Two/1.0',
    'Disallow: /both',
    'Crawl-delay: 2',
    'User-agent: *',
    'Disallow: /others',
    'Crawl-delay: 7.5',
    'User-agent: one',
    'Disallow: /more',
    'Crawl-delay: 5',
    'User-agent: empty',
  ].join('\n');
  test.each([
    ['one', '/both', false],
    ['ONE', '/more', false],
    ['one', '/others', true],
    ['two', '/both', false],
    ['Two/3.0', '/both', false],
    ['two', '/more', true],
    ['onetwo', '/both', true],
    ['three', '/others', false],
    ['three', '/both', true],
    ['empty', '/others', true],
  ])('lets %s to %s: %s', (agent, url, expected) => {
    expect(allowed(robots, agent, url)).toBe(expected);
  });

  test.each([
    ['one', 5],
    ['two', 2],
    ['three', 7.5],
    ['empty', null],
  ])('asks %s to wait %s seconds', (agent, seconds) => {
    expect(crawlDelaySeconds(parseRobots(robots), agent)).toBe(seconds);
  });

  test.each([
    ['word', null],
    ['-5', null],
    ['10s', 10],
    ['.5', 0.5],
    ['', null],
  ])('with a delay of %j asks for %s', (value, seconds) => {
    expect(crawlDelaySeconds(parseRobots(`User-agent: *\nCrawl-delay: ${value}`), 'x')).toBe(seconds);
  });
});

describe('a file', () => {
  test('lists sitemaps once each, resolved against its own address', () => {
    const text =
      'Sitemap: /a.xml\nsite-map: https://cdn.example/b.xml#x\nSitemap: /a.xml\nhttps://news.example/c.xml.gz';
    expect(parseRobots(text, 'https://news.example/robots.txt').sitemaps).toEqual([
      'https://news.example/a.xml',
      'https://cdn.example/b.xml',
      'https://news.example/c.xml.gz',
    ]);
    expect(parseRobots('Sitemap: /a.xml').sitemaps).toEqual(['/a.xml']);
  });

  test('counts for 500 KiB, and not for half a line', () => {
    const text = `User-agent: *\n${'#'.repeat(511_970)}\nDisallow: /private\n`;
    const robots = parseRobots(text);
    expect(robots.truncated).toBe(true);
    expect(isAllowed(robots, 'x', '/public')).toBe(true);
  });

  test('made to be slow is still read and matched', () => {
    const agents = Array.from({ length: 10_000 }, (_, i) => `User-agent: bot${i}`).join('\n');
    const rules = Array.from({ length: 5_000 }, (_, i) => `Disallow: /*a*a*a*a*a*a*${i}$`).join('\n');
    expect(allowed(`${agents}\n${rules}`, 'bot7', `/${'a'.repeat(2000)}`)).toBe(true);
  });
});

describe('a path', () => {
  test.each([
    ['', '/'],
    ['https://news.example', '/'],
    ['https://news.example?a', '/?a'],
    ['https://news.example/a/b?c=http://d/#f', '/a/b?c=http://d/'],
    ['/a;b', '/a;b'],
    ['//news.example/a', '/a'],
    ['news.example/a', '/a'],
  ])('of %j is %j', (url, path) => expect(pathOf(url)).toBe(path));
});

describe('a product token', () => {
  test.each([
    ['Newsloom/0.1 (+https://newsloom.example)', 'Newsloom'],
    ['Mozilla/5.0 (compatible; NewsBot/2.1; +https://x.example)', 'NewsBot'],
    ['FooBot', 'FooBot'],
    ['', ''],
  ])('of %j is %j', (header, token) => expect(productTokenOf(header)).toBe(token));
});

describe('signals on the use of pages', () => {
  const robots = parseRobots(`Content-Signal: search=yes
User-agent: *
Content-Signal: ai-train=no
Content-Usage: train-ai=n
Content-Usage: /free/ train-ai=y
Allow: /
User-agent: otherbot
Content-Signal: ai-input=no`);
  test.each([
    ['newsloom', '/a', ['search=yes', 'ai-train=no', 'train-ai=n']],
    ['newsloom', '/free/a', ['search=yes', 'ai-train=no', 'train-ai=y']],
    ['otherbot', '/a', ['search=yes', 'ai-input=no']],
  ])('are given to %s for %s', (agent, path, signals) => expect(usageSignals(robots, agent, path)).toEqual(signals));
});
