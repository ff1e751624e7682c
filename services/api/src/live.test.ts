import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openLog } from '@newsloom/runtime';
import { expect, test } from 'vitest';
import { openLive } from './live.ts';

const log = openLog('silent', 'api');

async function serve(read: () => Promise<unknown>) {
  const live = openLive(read, log);
  const server = createServer((_request, response) => live.add(response, { 'x-frame-options': 'DENY' }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const listen = () => new Promise<IncomingMessage>((resolve) => get({ port, host: '127.0.0.1' }, resolve));
  return { live, listen, close: async () => server.close() };
}

async function firstEvent(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk;
    const event = /event: stats\ndata: (.*)\n\n/.exec(text)?.[1];
    if (event) return event;
  }
  throw new Error(`no event in ${text}`);
}

test('every listener is told the same reading', async () => {
  let readings = 0;
  const { live, listen, close } = await serve(async () => ({ reading: ++readings }));
  const [one, other] = await Promise.all([listen(), listen()]);
  expect(one.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'x-frame-options': 'DENY' });
  expect(await Promise.all([firstEvent(one), firstEvent(other)])).toEqual(['{"reading":1}', '{"reading":1}']);
  live.close();
  await close();
});

test('closing ends the streams, and later listeners are sent away', async () => {
  const { live, listen, close } = await serve(async () => ({}));
  const stream = await listen();
  await firstEvent(stream);
  const ended = once(stream.resume(), 'end');
  live.close();
  await ended;
  expect((await listen()).statusCode).toBe(503);
  await close();
});

test('a reading that fails is tried again, and ends no stream', async () => {
  let readings = 0;
  const { live, listen, close } = await serve(async () => {
    readings += 1;
    if (readings === 1) throw new Error('the store is away');
    return { reading: readings };
  });
  expect(await firstEvent(await listen())).toBe('{"reading":2}');
  live.close();
  await close();
});
