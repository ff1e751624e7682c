/** Of a page's requests only those are made that text is made of. */
import { describe, expect, test } from 'vitest';
import { judgeRequest, passedHeaders } from './judge-request.ts';

const PAGE = 'https://bao.example/a?b=1';
const asked = (url: string, type: string, more: { method?: string; isMain?: boolean } = {}) =>
  judgeRequest({ url, type, method: 'GET', isMain: true, ...more }, PAGE);

describe('a request of a page', () => {
  test.each([
    [PAGE, 'Document'],
    ['https://bao.example/a?again=1', 'Document'],
    ['https://cdn.example/app.js', 'Script'],
    ['https://api.example/a.json', 'Fetch'],
    ['http://api.example/a.json', 'XHR'],
  ])('for %s as %s is made', (url, type) => expect(asked(url, type)).toEqual({ fate: 'fetch' }));

  test.each([
    ['https://bao.example/b', 'Document', 'other-page'],
    ['https://other.example/a', 'Document', 'other-page'],
    ['https://bao.example/p.jpg', 'Image', 'no-text'],
    ['https://bao.example/f.woff2', 'Font', 'no-text'],
    ['https://bao.example/v.mp4', 'Media', 'no-text'],
    ['https://bao.example/s', 'EventSource', 'no-text'],
    ['https://bao.example/p', 'Ping', 'no-text'],
    ['https://bao.example/x', 'Other', 'no-text'],
    ['file:///etc/passwd', 'Fetch', 'scheme'],
    ['ftp://bao.example/x', 'Fetch', 'scheme'],
    ['wss://bao.example/x', 'WebSocket', 'scheme'],
    ['chrome://settings', 'Document', 'scheme'],
    ['nonsense', 'Fetch', 'bad-url'],
  ])('for %s as %s is refused: %s', (url, type, why) => expect(asked(url, type)).toEqual({ fate: 'refuse', why }));

  test('that is no GET, or the page in a frame, is refused', () => {
    expect(asked('https://api.example/a', 'Fetch', { method: 'POST' })).toEqual({ fate: 'refuse', why: 'method' });
    expect(asked(PAGE, 'Document', { isMain: false })).toEqual({ fate: 'refuse', why: 'other-page' });
  });

  test('for a style sheet is answered with nothing', () => {
    expect(asked('https://bao.example/a.css', 'Stylesheet')).toEqual({ fate: 'nothing', contentType: 'text/css' });
  });
});

test('a page sees the headers it needs, and no cookies', () => {
  const headers = {
    'content-type': 'text/html',
    'set-cookie': 'a=1',
    'access-control-allow-origin': '*',
    'content-encoding': 'br',
  };
  expect(passedHeaders(headers).map(({ name }) => name)).toEqual(['content-type', 'access-control-allow-origin']);
});
