/** What belongs to a source and what does not. */
import { describe, expect, test } from 'vitest';
import { inScope, type Scope } from './scope.ts';

describe('a scope', () => {
  test.each<[string, Scope, string, string | null]>([
    ['without bounds takes everything', {}, 'https://any.example/', null],
    ['of a host takes that host', { hosts: ['www.news.example'] }, 'https://www.news.example/a', null],
    [
      'of a host does not take its neighbours',
      { hosts: ['www.news.example'] },
      'https://m.news.example/a',
      'other-host',
    ],
    ['of a registered domain takes its hosts', { hosts: ['news.example'] }, 'https://m.news.example/a', null],
    [
      'of a registered domain does not take their other ports',
      { hosts: ['news.example'] },
      'https://m.news.example:81/',
      'other-host',
    ],
    ['of a host with a port takes that port', { hosts: ['127.0.0.1:8080'] }, 'http://127.0.0.1:8080/', null],
    ['of a host with a port takes no other', { hosts: ['127.0.0.1:8080'] }, 'http://127.0.0.1:8081/', 'other-host'],
    ['of no hosts is not bound to any', { hosts: [] }, 'https://any.example/', null],
    ['of prefixes takes what begins so', { prefixes: ['https://n.example/vi/'] }, 'https://n.example/vi/a', null],
    ['of prefixes takes nothing else', { prefixes: ['https://n.example/vi/'] }, 'https://n.example/en/a', 'other-path'],
    ['takes what an inclusion fits', { include: ['/20*/'] }, 'https://n.example/2015/04/13/', null],
    ['takes only that', { include: ['/20*/'] }, 'https://n.example/about', 'not-included'],
    [
      'leaves out what an exclusion fits',
      { exclude: ['/tag/', '?print=*'] },
      'https://n.example/a?print=1',
      'excluded-pattern',
    ],
    [
      'anchors a pattern that begins as an address',
      { exclude: ['https://n.example/x'] },
      'https://o.example/?u=https://n.example/x',
      null,
    ],
    ['ends at its depth', { maxDepth: 1 }, 'https://n.example/', 'too-deep'],
    ['ends at its length', { maxUrlLength: 20 }, 'https://n.example/aaaaaaaaaaaa', 'url-too-long'],
  ])('%s', (_what, scope, url, reason) => {
    expect(inScope(url, scope, 2)).toEqual(reason === null ? { in: true } : { in: false, reason });
  });
});
