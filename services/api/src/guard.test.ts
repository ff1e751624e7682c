import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { guard } from './guard.ts';

const SECRET = 'abcdefghijklmnop';

function guarded(apiSecret: string | null) {
  const app = fastify();
  guard(app, { apiSecret });
  for (const url of ['/', '/health', '/api/documents', '/queues', '/api/docs']) app.get(url, async () => 'seen');
  app.post('/api/seeds', async () => 'changed');
  // As Bull Board does: a handler of its own for errors in its part.
  app.register(async (part) => {
    part.setErrorHandler((_error, _request, reply) => reply.status(500).send('lost'));
    part.get('/queues/api/queues', async () => 'seen');
  });
  return app;
}

test.each(['/', '/api/documents', '/queues', '/queues/api/queues', '/api/docs', '/nowhere'])(
  'with a secret set, %s is closed to whoever does not know it',
  async (url) => {
    const answer = await guarded(SECRET).inject({ url });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
    expect(answer.json()).toMatchObject({ error: { code: 'no-secret' } });
  },
);

test('with the secret, all is open', async () => {
  const headers = { authorization: `Bearer ${SECRET}`, host: 'news.example' };
  for (const url of ['/', '/queues/api/queues']) {
    expect((await guarded(SECRET).inject({ url, headers })).body).toBe('seen');
  }
});

test('health is told to anybody, so that a load balancer need not know the secret', async () => {
  expect((await guarded(SECRET).inject({ url: '/health', headers: { host: 'news.example' } })).body).toBe('seen');
  expect((await guarded(SECRET).inject({ url: '/health/' })).statusCode).toBe(401);
});

test("a stranger's page may not use the password that a browser remembers", async () => {
  const answer = await guarded(SECRET).inject({
    method: 'POST',
    url: '/api/seeds',
    headers: {
      authorization: `Basic ${Buffer.from(`a:${SECRET}`).toString('base64')}`,
      'sec-fetch-site': 'cross-site',
    },
  });
  expect(answer.statusCode).toBe(403);
});

test('without a secret, a name that merely leads to this machine is refused', async () => {
  const answer = await guarded(null).inject({ url: '/api/documents', headers: { host: 'rebound.example:3000' } });
  expect(answer.statusCode).toBe(403);
  expect(answer.json().error.message).toContain('NEWSLOOM_API_SECRET');
});

test('without a secret, this machine itself is served', async () => {
  expect((await guarded(null).inject({ url: '/api/documents', headers: { host: '127.0.0.1:3000' } })).body).toBe(
    'seen',
  );
});

test.each(['/', '/queues', '/api/docs', '/nowhere'])(
  '%s cannot be framed, sniffed or fed foreign scripts',
  async (url) => {
    const { headers } = await guarded(null).inject({ url, headers: { host: 'localhost' } });
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
  },
);
