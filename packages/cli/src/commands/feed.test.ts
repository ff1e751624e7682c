/** The feed command on files, on a batch and on a server of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { feedCommand } from './feed.ts';

const RSS =
  '<rss version="2.0"><channel><title>Paper</title><link>https://a.example/</link><item><title>One</title><link>/1</link><guid isPermaLink="false">x1</guid></item><item><title>Bare</title></item></channel></rss>';
let folder = '';
let printed = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-feed-'));
  printed = '';
  process.exitCode = undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

const run = (env: Record<string, string>, ...args: string[]) => feedCommand(env).parseAsync(args, { from: 'user' });

test('a feed from a file is printed for people, items without a page too', async () => {
  writeFileSync(join(folder, 'a.xml.gz'), gzipSync(RSS));
  await run({}, join(folder, 'a.xml.gz'));
  expect(printed).toContain('Paper  [rss 2.0, utf-8]');
  expect(printed).toContain('https://a.example/1');
  expect(printed).toContain('guid: x1');
  expect(printed).toContain('no page of its own');
});

test('a page is no feed, and says which it names', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  writeFileSync(
    join(folder, 'page.html'),
    '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body><p>x</p></body></html>',
  );
  await run({}, join(folder, 'page.html'), '--url', 'https://a.example/');
  expect(said.mock.calls.join('')).toContain('there is no feed in it; it names https://a.example/rss');
  expect(process.exitCode).toBe(1);
});

test('every line of a batch has its answer: the feed, null, or what went wrong', async () => {
  writeFileSync(join(folder, 'a.xml'), RSS);
  writeFileSync(join(folder, 'page.html'), '<p>no feed</p>');
  const lines = [
    { id: 1, file: 'a.xml', url: 'https://a.example/rss', contentType: 'text/xml' },
    { id: 2, file: 'page.html' },
    { id: 3, file: 'missing.xml' },
    { id: 4, text: '{"version":"https://jsonfeed.org/version/1.1","items":[]}' },
  ];
  writeFileSync(join(folder, 'in.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  await run({}, '--batch', join(folder, 'in.jsonl'), '--out', join(folder, 'out.jsonl'));
  const out = readFileSync(join(folder, 'out.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(out[0]).toMatchObject({
    id: 1,
    feed: { format: 'rss', title: 'Paper', items: [{ link: 'https://a.example/1', id: 'x1' }, { link: null }] },
  });
  expect(out[1]).toEqual({ id: 2, feed: null });
  expect(out[2]).toMatchObject({ id: 3, error: expect.stringContaining('missing.xml') });
  expect(out[3]).toMatchObject({ id: 4, feed: { format: 'json', version: '1.1' } });
  expect(process.exitCode).toBe(1);
});

test('a feed is fetched from an address that may be contacted, and refused from one that may not', async () => {
  const server = createServer((_, response) => response.setHeader('content-type', 'application/rss+xml').end(RSS));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rss`;
  await run({ NEWSLOOM_ALLOW_PRIVATE: '127.0.0.0/8' }, url, '--json');
  expect(JSON.parse(printed)).toMatchObject({ title: 'Paper', items: [{}, {}] });
  printed = '';
  await run({}, url);
  expect(printed).toBe('');
  expect(process.exitCode).toBe(66);
  server.close();
});
