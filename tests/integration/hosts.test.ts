/** Hosts that are busy, slow or away: they rest, and none of their addresses pays for it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@newsloom/testkit';
import { describe, expect, test } from 'vitest';
import { addSeeds, BACKENDS, startLine } from './line.ts';

type Answer = { status: number; headers?: Record<string, string> };

/** A host on loopback that answers its pages as told, and counts what it was asked for. */
async function serveHost(answer: (path: string, nth: number) => Answer) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/robots.txt') return response.writeHead(404).end();
    asked.push(path);
    const { status, headers } = answer(path, asked.length);
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    return response.end(`<!doctype html><title>${path}</title><p>${path} ${'một câu '.repeat(50)}</p>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe.each(BACKENDS)('on $name', ({ open }) => {
  test('a host that asks for two minutes gets them, for all its addresses', async () => {
    await using stores = await open();
    await using host = await serveHost((_, nth) =>
      nth === 1 ? { status: 429, headers: { 'retry-after': '120' } } : { status: 200 },
    );
    await using line = await startLine(stores.env);
    const { frontier, hosts } = line.context.store;
    const seeds = [1, 2, 3].map((n) => ({ url: host.url(`/tin-${n}.html`), kind: 'article', depth: 0 }));
    await addSeeds(line, seeds);
    const name = `127.0.0.1:${host.port}`;
    const found = () => hosts.find(name, line.context.now());
    await until(async () => (await found())?.restingUntil, { timeoutMs: 20_000, what: 'the host to rest' });
    expect(await found()).toMatchObject({ rests: 1, urls: 3, restedFor: { status: 429 } });

    line.pass(110_000);
    await until(async () => (await frontier.nextDue(line.context.now(), null)) !== null, { what: 'a look' });
    expect(host.asked).toHaveLength(1);
    line.pass(15_000);
    await until(() => new Set(host.asked).size === 3, { timeoutMs: 20_000, what: 'all three pages' });
    await until(async () => (await found())?.rests === 0, { timeoutMs: 20_000, what: 'the rest to be over' });
    const failed = await line.context.store.database.query('select url from urls where failures > 0 or verdict = $1', [
      'excluded',
    ]);
    expect(failed).toEqual([]);
  }, 60_000);

  test('a host that is away rests, its addresses stay due, and all are fetched once it is back', async () => {
    await using stores = await open();
    // A port that was free a moment ago.
    let port: number;
    {
      await using gone = await serveHost(() => ({ status: 200 }));
      port = gone.port;
    }
    const line = await startLine(stores.env);
    await using _ = line;
    const { store } = line.context;
    const urls = [1, 2, 3, 4, 5].map((n) => `http://127.0.0.1:${port}/tin-${n}.html`);
    await addSeeds(
      line,
      urls.map((url) => ({ url, kind: 'article', depth: 0 })),
    );
    const found = () => store.hosts.find(`127.0.0.1:${port}`, line.context.now());
    await until(async () => ((await found())?.urls === 5 && (await found())?.restingUntil) ?? false, {
      timeoutMs: 20_000,
      what: 'the host to rest',
    });
    const cost = await store.database.query('select url from urls where failures > 0 or due_at is null');
    expect(cost).toEqual([]);
    const tried = await store.hosts.ledger(`127.0.0.1:${port}`, 100);
    expect(tried.filter((it) => it.what === 'page').length).toBeLessThan(5);
  }, 60_000);
});
