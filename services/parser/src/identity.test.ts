import { expect, test } from 'vitest';
import { identityOf } from './identity.ts';

const PAGE = 'https://bao.example/tin/a?x=1';

test.each([
  ['no canonical link', null, PAGE],
  ['a relative one', '/tin/a', 'https://bao.example/tin/a'],
  ['one on another host of the source', 'https://www.bao.example/tin/a', 'https://www.bao.example/tin/a'],
  ['one of another source', 'https://khac.example/tin/a', PAGE],
  ['the home page, which is named everywhere', 'https://bao.example/', PAGE],
  ['what is no address', 'javascript:void(0)', PAGE],
])('with %s (%s) the page is %s', (_, named, expected) => {
  expect(identityOf(PAGE, named)).toBe(expected);
});

test('a document from a file is the page it says it is', () => {
  expect(identityOf('file:///tmp/a.html', 'https://bao.example/tin/a')).toBe('https://bao.example/tin/a');
});
