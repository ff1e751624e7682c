/** What belongs to a source and what does not. */
import { describe, expect, test } from 'vitest';
import { type Scope, type ScopeRole, scopeOf } from './scope.ts';

const HOME = 'news.example';
const ask = (scope: Scope, url: string, role: ScopeRole = 'link', depth = 1) => {
  const answer = scopeOf(scope, [HOME])(url, role, depth);
  return answer.in ? null : answer.reason;
};

describe('a scope', () => {
  test.each<[string, Scope, string, string | null]>([
    ['without bounds keeps to its own domain', {}, 'https://www.news.example/a', null],
    ['without bounds does not leave it', {}, 'https://other.example/', 'other-host'],
    ['of a host takes that host', { hosts: ['www.news.example'] }, 'https://www.news.example/a', null],
    [
      'of a host does not take its neighbours',
      { hosts: ['www.news.example'] },
      'https://m.news.example/',
      'other-host',
    ],
    ['of a registered domain takes its hosts', { hosts: ['news.example'] }, 'https://m.news.example/a', null],
    [
      'of a registered domain does not take their ports',
      { hosts: ['news.example'] },
      'https://m.news.example:81/',
      'other-host',
    ],
    ['of a starred host takes those below', { hosts: ['*.m.news.example'] }, 'https://vi.m.news.example/', null],
    ['of a starred host takes itself', { hosts: ['*.m.news.example'] }, 'https://m.news.example/', null],
    ['of a starred host takes no other', { hosts: ['*.m.news.example'] }, 'https://am.news.example/', 'other-host'],
    ['of a host with a port takes that port', { hosts: ['127.0.0.1:8080'] }, 'http://127.0.0.1:8080/', null],
    ['of a host with a port takes no other', { hosts: ['127.0.0.1:8080'] }, 'http://127.0.0.1:8081/', 'other-host'],
    ['may name other domains than its own', { hosts: ['cdn.example'] }, 'https://cdn.example/a', null],
    ['of path prefixes takes what begins so', { prefixes: ['/vi/'] }, 'https://news.example/vi/a', null],
    [
      'of address prefixes takes what begins so',
      { prefixes: ['https://news.example/vi/'] },
      'https://news.example/vi/a',
      null,
    ],
    ['of prefixes takes nothing else', { prefixes: ['/vi/'] }, 'https://news.example/en/a', 'other-path'],
    ['takes what an inclusion fits', { include: ['/20*/**'] }, 'https://news.example/2015/04/13/', null],
    ['takes only that', { include: ['/20*/**'] }, 'https://news.example/about', 'not-included'],
    [
      'leaves out what an exclusion fits',
      { include: ['/**'], exclude: ['/tag/**'] },
      'https://news.example/tag/a',
      'excluded-pattern',
    ],
    ['ends at its depth', { depth: 0 }, 'https://news.example/', 'too-deep'],
  ])('%s', (_what, scope, url, reason) => {
    expect(ask(scope, url)).toBe(reason);
  });

  const narrow: Scope = { include: ['/politics/**'], exclude: ['/sport/**'] };
  test('binds no seed, which somebody asked for by name', () => {
    expect(ask(narrow, 'https://elsewhere.example/sport/', 'seed')).toBeNull();
  });

  test('lets the feeds and sitemaps of its hosts through, which lead to what is wanted', () => {
    expect(ask(narrow, 'https://news.example/rss.xml', 'list')).toBeNull();
    expect(ask(narrow, 'https://news.example/sport/rss.xml', 'list')).toBe('excluded-pattern');
    expect(ask(narrow, 'https://other.example/rss.xml', 'list')).toBe('other-host');
  });

  test('says which rule decided', () => {
    const check = scopeOf(narrow, [HOME]);
    expect(check('https://news.example/politics/a').rule).toBe('include "/politics/**" fits');
    expect(check('https://news.example/sport/a').rule).toBe('exclude "/sport/**" fits');
    expect(check('https://news.example/').rule).toBe('no include pattern fits');
    expect(check('https://o.example/').rule).toBe('o.example does not belong to news.example');
  });
});
