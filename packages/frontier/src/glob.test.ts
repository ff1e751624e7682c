/** The pattern language of scopes. */
import { describe, expect, test } from 'vitest';
import { globOf, patternFault } from './glob.ts';

describe('a pattern', () => {
  test.each<[string, string, string, boolean]>([
    ['of a folder takes what lies in it', '/politics/**', 'https://n.example/politics/a/b.html', true],
    ['of a folder takes it with its slash', '/politics/**', 'https://n.example/politics/', true],
    ['of a folder takes nothing beside it', '/politics/**', 'https://n.example/politics-old/a', false],
    ['begins at the path', '/politics/**', 'https://n.example/en/politics/a', false],
    ['of a path does not look at the query', '/a', 'https://n.example/a?page=2', true],
    ['with a question mark does', '/a?page=*', 'https://n.example/a?page=2', true],
    ['with a question mark needs the query', '/a?page=*', 'https://n.example/a', false],
    ['with one star stays in its folder', '/20*/*/', 'https://n.example/2015/04/', true],
    ['with one star does not cross a slash', '/20*', 'https://n.example/2015/04/', false],
    ['with two stars does', '/20**', 'https://n.example/2015/04/', true],
    ['of a whole address fits from the start', 'https://m.n.example/**', 'https://m.n.example/a', true],
    [
      'of a whole address fits nothing that quotes it',
      'https://n.example/x',
      'https://o.example/?u=https://n.example/x',
      false,
    ],
    ['that begins with neither is looked for anywhere', 'print=1', 'https://n.example/a?b=2&print=1', true],
    ['that is looked for may have stars', '-p*.html', 'https://n.example/a-p17.html?x', true],
    ['that is looked for is not always found', '-p*.html', 'https://n.example/a/b.html', false],
    ['knows no other signs', '/a.b+(c)', 'https://n.example/aXb+(c)', false],
    ['counts letters in capitals', '/Politics/**', 'https://n.example/politics/a', false],
  ])('%s', (_what, pattern, url, fits) => {
    expect(globOf(pattern)(url)).toBe(fits);
  });

  test('that would cost a backtracking matcher hours costs steps by the length of both', () => {
    const pattern = `/${'**a'.repeat(100)}b`;
    const url = `https://n.example/${'a'.repeat(2_000)}`;
    expect(globOf(pattern)(url)).toBe(false);
  });

  test.each([
    ['', 'must not be empty'],
    ['/a b', 'must not hold spaces'],
    ['/***', 'knows * and **, but not ***'],
    ['x'.repeat(501), 'must have at most 500 characters'],
    ['/**/tin-*', null],
  ])('%j is refused or taken', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault);
  });
});
