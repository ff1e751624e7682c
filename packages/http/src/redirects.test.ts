/** Redirects are followed hop by hop, each one checked. */
import { describe, expect, test } from 'vitest';
import { codeFor, fetchFrom, openTestEgress, redirect, send } from './testing/asking.ts';
import { serve } from './testing/hostile-server.ts';

describe('a redirect', () => {
  test('is followed, and each hop is told', async () => {
    const { response, server } = await fetchFrom(
      { '/a': redirect('/b', 301), '/b': redirect('c?x=1', 308), '/c': send('ok') },
      '/a',
    );
    expect(response.url).toBe(`${server.url}/c?x=1`);
    expect(response.redirects).toEqual([
      { status: 301, url: `${server.url}/b` },
      { status: 308, url: `${server.url}/c?x=1` },
    ]);
  });

  test('in raw UTF-8 is read as UTF-8', async () => {
    const { response, server } = await fetchFrom(
      { '/a': redirect(Buffer.from('/tin-tức').toString('latin1')), '*': send('ok') },
      '/a',
    );
    expect(response.url).toBe(`${server.url}/tin-t%E1%BB%A9c`);
  });

  test('that its asker stops is the response itself', async () => {
    const { response, server } = await fetchFrom({ '/a': redirect('/b', 301), '/b': send('ok') }, '/a', {
      onRedirect: () => 'stop',
    });
    expect(response).toMatchObject({
      status: 301,
      url: `${server.url}/a`,
      redirects: [{ status: 301, url: `${server.url}/b` }],
    });
    expect(server.requests.length).toBe(1);
  });

  test('that sets a cookie and comes back is let in', async () => {
    const { response } = await fetchFrom(
      {
        '/': (request, answer) =>
          request.headers.cookie === 'seen=1'
            ? answer.end('welcome')
            : answer.writeHead(302, { location: '/', 'set-cookie': 'seen=1; Path=/; HttpOnly' }).end(),
      },
      '/',
    );
    expect(Buffer.from(response.body).toString()).toBe('welcome');
  });

  test('to another origin does not take the asker’s cookie along', async () => {
    await using other = await serve({ '/': send('ok') });
    await using server = await serve({ '/': redirect(`${other.url}/`) });
    await using egress = openTestEgress();
    await egress.get(server.url, { headers: { cookie: 'a=b', 'x-note': 'kept' } });
    expect(server.requests[0]?.headers.cookie).toBe('a=b');
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  test.each([
    ['to itself', 'redirect-loop', '/'],
    ['to a file', 'unsupported-scheme', 'file:///etc/passwd'],
    ['to nowhere', 'bad-redirect', 'http://[::1'],
    ['to the metadata service', 'private-address', 'http://169.254.169.254/latest/meta-data/'],
    ['to a private address in decimal', 'private-address', 'http://167772161/'],
    ['to another service', 'bad-port', 'http://127.0.0.1:6379/'],
  ])('%s ends the fetch', async (_what, code, location) => {
    await using server = await serve({ '/': redirect(location) });
    expect(await codeFor(`${server.url}/`)).toBe(code);
  });

  test('more than eight times over ends the fetch', async () => {
    let hop = 0;
    await using server = await serve({
      '*': (_request, response) => response.writeHead(302, { location: `/${++hop}` }).end(),
    });
    expect(await codeFor(`${server.url}/`)).toBe('too-many-redirects');
    expect(hop).toBe(9);
  });
});
