/** No socket opens to an address that was not checked. */
import type { LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { parseCidr } from '@newsloom/frontier';
import { describe, expect, test } from 'vitest';
import { openEgress } from './egress.ts';
import { HttpError, RefusedAddress } from './errors.ts';
import { openGuardedAgents } from './sockets.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './testing/certificate.ts';
import { serve } from './testing/hostile-server.ts';

const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });

/** A resolver that gives each answer once, the last one for ever, and counts the questions. */
function answering(...answers: string[][]) {
  const asked: string[] = [];
  const lookup = async (hostname: string) => {
    asked.push(hostname);
    return (answers[Math.min(asked.length, answers.length) - 1] ?? []).map(at);
  };
  return { lookup, asked };
}

async function codeFor(url: string, answers: string[][], allowPrivate: string[] = ['127.0.0.1/32']) {
  await using egress = openEgress({ userAgent: 'TestBot/1.0', allowPrivate, lookup: answering(...answers).lookup });
  return egress.get(url).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof HttpError ? error.code : error),
  );
}

describe('a name', () => {
  test.each<[string, string[]]>([
    ['to a private address', ['10.0.0.5']],
    ['to loopback, as by a CNAME to localhost', ['127.0.0.2']],
    ['to the metadata service', ['169.254.169.254']],
    ['to a public and a private address', ['93.184.216.34', '10.0.0.5']],
    ['to a private IPv6 address', ['fd00::1']],
    ['to a public IPv6 and a private IPv4 address', ['2405:4800::1', '192.168.1.1']],
    ['to a mapped private address', ['::ffff:10.0.0.1']],
    ['to a private address behind NAT64', ['93.184.216.34', '64:ff9b::a00:1']],
    ['to a public address behind NAT64 alone', ['64:ff9b::5db8:d822']],
  ])('that leads %s is refused', async (_where, answers) => {
    expect(await codeFor('http://news.test/', [answers])).toBe('private-address');
  });

  test('that leads to an allowed address is asked there', async () => {
    await using server = await serve({ '/': (_request, response) => response.end('ok') });
    expect(await codeFor(`http://news.test:${server.port}/`, [['127.0.0.1']])).toBe(200);
  });

  test('keeps its checked addresses where a translated public one stands among them', async () => {
    await using server = await serve({ '/': (_request, response) => response.end('ok') });
    expect(await codeFor(`http://news.test:${server.port}/`, [['64:ff9b::5db8:d822', '127.0.0.1']])).toBe(200);
  });

  test('of the machine itself is asked at the address that is allowed', async () => {
    await using server = await serve({ '/': (_request, response) => response.end('ok') });
    expect(await codeFor(`http://localhost:${server.port}/`, [['::1', '127.0.0.1']])).toBe(200);
  });

  test('without addresses is a DNS failure', async () => {
    expect(await codeFor('http://news.test/', [[]])).toBe('dns');
  });

  test('is looked up once for a connection, so that no second answer can slip in', async () => {
    await using server = await serve({ '/': (_request, response) => response.end('ok') });
    const { lookup, asked } = answering(['127.0.0.1'], ['10.0.0.5']);
    await using egress = openEgress({ userAgent: 'TestBot/1.0', allowPrivate: ['127.0.0.1/32'], lookup });
    const url = `http://news.test:${server.port}/`;
    expect((await egress.get(url)).remoteAddress).toBe('127.0.0.1');
    // The socket is still open to the checked address; the changed name is not asked for.
    expect((await egress.get(url)).remoteAddress).toBe('127.0.0.1');
    expect(asked).toEqual(['news.test']);
  });

  test('that has changed to a private address is refused with the next connection', async () => {
    await using server = await serve({
      '/': (_request, response) => response.writeHead(200, { connection: 'close' }).end('ok'),
    });
    const { lookup } = answering(['127.0.0.1'], ['10.0.0.5']);
    await using egress = openEgress({ userAgent: 'TestBot/1.0', allowPrivate: ['127.0.0.1/32'], lookup });
    const url = `http://news.test:${server.port}/`;
    expect((await egress.get(url)).status).toBe(200);
    await expect(egress.get(url)).rejects.toMatchObject({ code: 'private-address' });
  });

  test('in a redirect is checked as the first one was', async () => {
    await using server = await serve({
      '/': (_request, response) => response.writeHead(302, { location: 'http://internal.test/' }).end(),
    });
    expect(await codeFor(`http://news.test:${server.port}/`, [['127.0.0.1'], ['10.0.0.5']])).toBe('private-address');
  });

  test.each(['localhost', 'redis', 'host.docker.internal', 'nas.local', 'metadata.google.internal', 'LOCALHOST.'])(
    'of a local kind, %s, is refused before it is looked up',
    async (host) => {
      const { lookup, asked } = answering(['93.184.216.34']);
      await using egress = openEgress({ userAgent: 'TestBot/1.0', lookup });
      await expect(egress.get(`http://${host}/`)).rejects.toMatchObject({ code: 'private-address' });
      expect(asked).toEqual([]);
    },
  );
});

describe('the socket', () => {
  test.each(['127.0.0.2', '::1', '10.0.0.1', '::ffff:127.0.0.2'])('does not open to the literal %s', async (host) => {
    const agents = openGuardedAgents([parseCidr('127.0.0.1/32')], answering([]).lookup, {});
    for (const [client, agent] of [
      [http, agents.http],
      [https, agents.https],
    ] as const) {
      const error = await new Promise((resolve) => client.get({ host, port: 9, agent }).on('error', resolve));
      expect(error).toBeInstanceOf(RefusedAddress);
    }
  });
});

describe('a failure', () => {
  test('says its code and nothing of what lies behind the address', async () => {
    await using egress = openEgress({ userAgent: 'TestBot/1.0', lookup: answering(['10.1.2.3']).lookup });
    const error: HttpError = (await egress
      .get('http://news.example/a?b')
      .catch((cause: HttpError) => cause)) as HttpError;
    expect(error.message).toBe('private-address');
    expect(error.url).toBe('http://news.example/a?b');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('10.1.2.3');
  });
});

describe('TLS', () => {
  async function serveTls() {
    const server = https.createServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, (_request, response) => {
      response.writeHead(200, { connection: 'close' }).end('secure');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void server.close() };
  }
  const options = { userAgent: 'TestBot/1.0', allowPrivate: ['127.0.0.1/32'], lookup: answering(['127.0.0.1']).lookup };

  test('from a certificate nobody vouches for is refused', async () => {
    await using server = await serveTls();
    await using egress = openEgress(options);
    await expect(egress.get(`https://news.test:${server.port}/`)).rejects.toMatchObject({ code: 'tls' });
  });

  test('for another name is refused', async () => {
    await using server = await serveTls();
    await using egress = openEgress({ ...options, ca: TEST_CERTIFICATE });
    await expect(egress.get(`https://other.test:${server.port}/`)).rejects.toMatchObject({ code: 'tls' });
  });

  test('from a trusted certificate for the name is accepted', async () => {
    await using server = await serveTls();
    await using egress = openEgress({ ...options, ca: TEST_CERTIFICATE });
    const response = await egress.get(`https://news.test:${server.port}/`);
    expect(Buffer.from(response.body).toString()).toBe('secure');
    expect(response.remoteAddress).toBe('127.0.0.1');
  });

  test('spoken to a server that does not is a TLS failure', async () => {
    await using server = await serve({});
    expect(await codeFor(`https://news.test:${server.port}/`, [['127.0.0.1']])).toBe('tls');
  });
});
