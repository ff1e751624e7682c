import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi } from './service.ts';
import { type Bench, openBench } from './test-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
}, 60_000);
afterAll(() => bench[Symbol.asyncDispose]());

const withSettings = (settings: object) => ({ ...bench.tools, settings: { ...bench.tools.settings, ...settings } });

test.each(['0.0.0.0', '::', '192.0.2.1'])('it does not start on %s without a secret', async (apiHost) => {
  await expect(openApi(withSettings({ apiHost }))).rejects.toMatchObject({
    code: 'public-without-secret',
    exitCode: 78,
  });
});

test('it starts on every address with a secret, and asks for it', async () => {
  const secret = 'abcdefghijklmnop';
  const api = await openApi(withSettings({ apiHost: '0.0.0.0', apiSecret: secret }));
  const url = `http://127.0.0.1:${new URL(api.address).port}/api/stats`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
  await api.close();
});

test('a port that is taken is said to be taken', async () => {
  const first = await openApi(withSettings({}));
  const apiPort = Number(new URL(first.address).port);
  await expect(openApi(withSettings({ apiPort }))).rejects.toThrow('NEWSLOOM_API_PORT');
  await first.close();
});

test('closing ends open streams, and leaves the store open for others', async () => {
  const api = await openApi(withSettings({}));
  const stream = await new Promise<IncomingMessage>((resolve) => get(`${api.address}/api/live`, resolve));
  const [first] = await once(stream, 'data');
  expect(String(first)).toContain('retry:');
  const ended = once(stream.resume(), 'end');
  await api.close();
  await ended;
  expect((await bench.tools.store.documents.counts()).documents).toBe(3);
});
