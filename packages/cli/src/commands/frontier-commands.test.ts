/** The commands that ask the frontier: one address for people, many for programs. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guardCommand } from './guard.ts';
import { robotsCommand } from './robots.ts';
import { urlCommand } from './url.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'newsloom-commands-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  await rm(dir, { recursive: true, force: true });
});

/** Runs a command line; answers with what it printed and its exit code. */
async function run(...words: string[]) {
  const printed = { out: '', err: '' };
  const into = (name: 'out' | 'err') => (text: unknown) => {
    printed[name] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  process.exitCode = 0;
  const program = new Command('newsloom')
    .addCommand(guardCommand())
    .addCommand(robotsCommand())
    .addCommand(urlCommand());
  await program.parseAsync(words, { from: 'user' });
  return { ...printed, exitCode: process.exitCode };
}

/** Runs a command's batch over these lines. */
async function batch(command: string, lines: object[]) {
  const [from, to] = [join(dir, 'in.jsonl'), join(dir, 'out.jsonl')];
  await writeFile(from, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { exitCode } = await run(command, '--batch', from, '--out', to);
  const answers = (await readFile(to, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { exitCode, answers };
}

describe('newsloom robots', () => {
  test.each([
    ['Newsloom', '/a', 'disallowed\n', 1],
    ['Other', '/a', 'allowed crawl-delay 4\n', 0],
  ])('tells %s about %s', async (agent, url, out, exitCode) => {
    const file = join(dir, 'robots.txt');
    await writeFile(file, 'User-agent: newsloom\nDisallow: /\nUser-agent: *\nCrawl-delay: 4\n');
    expect(await run('robots', '--agent', agent, '--robots', file, url)).toMatchObject({ out, exitCode });
  });

  test('answers a batch, with the file as text or in base64', async () => {
    const robotstxt = 'User-agent: *\nDisallow: /x';
    const robotstxt_base64 = Buffer.from(`\uFEFF${robotstxt}`, 'utf16le').toString('base64');
    const asked = { useragent: 'FooBot', url: 'http://n.example/x' };
    expect(
      await batch('robots', [{ id: 1, robotstxt, ...asked }, { id: 2, robotstxt_base64, ...asked }, { id: 3 }]),
    ).toEqual({
      exitCode: 1,
      answers: [
        { id: 1, allowed: false },
        { id: 2, allowed: false },
        { id: 3, error: 'robotstxt is missing' },
      ],
    });
  });

  test('says how it is used, and which file is missing', async () => {
    expect((await run('robots', 'http://n.example/')).exitCode).toBe(2);
    expect((await run('robots', '--robots', join(dir, 'none'), 'http://n.example/')).exitCode).toBe(66);
  });
});

describe('newsloom url', () => {
  test('prints the canonical form', async () => {
    expect(await run('url', 'HTTPS://News.example:443/a/../b?utm_source=x#top')).toMatchObject({
      out: 'https://news.example/b\n',
      exitCode: 0,
    });
    expect((await run('url', 'mailto:a@b.example')).exitCode).toBe(1);
    expect((await run('url')).exitCode).toBe(2);
  });

  test('answers a batch, and null for what is no web address', async () => {
    const lines = [
      { id: 'a', url: 'news.example' },
      { id: 'b', url: 'javascript:void(0)' },
      { id: 'c', url: '../x', base: 'https://news.example/a/b/' },
    ];
    expect(await batch('url', lines)).toEqual({
      exitCode: 0,
      answers: [
        { id: 'a', canonical: 'http://news.example/' },
        { id: 'b', canonical: null },
        { id: 'c', canonical: 'https://news.example/a/x' },
      ],
    });
  });
});

describe('newsloom guard', () => {
  test.each([
    [['https://news.example/'], 'allowed name\n', 0],
    [['127.1'], 'refused private-address (loopback)\n', 1],
    [['::1'], 'refused private-address (loopback)\n', 1],
    [['redis'], 'refused local-name (redis)\n', 1],
    [['8.8.8.8'], 'allowed public-address\n', 0],
    [['10.1.2.3', '--allow', '10.0.0.0/8'], 'allowed allowed (private)\n', 0],
  ])('says about %j: %s', async (words, out, exitCode) => {
    expect(await run('guard', ...words)).toMatchObject({ out, exitCode });
  });

  test('answers a batch of addresses and URLs', async () => {
    expect(
      await batch('guard', [
        { id: 1, ip: '192.168.1.1' },
        { id: 2, url: 'http://0x7f.1/' },
        { id: 3, url: 'ftp://n.example/' },
      ]),
    ).toEqual({
      exitCode: 0,
      answers: [
        { id: 1, allowed: false, reason: 'private-address (private)' },
        { id: 2, allowed: false, reason: 'private-address (loopback)' },
        { id: 3, allowed: false, reason: 'unsupported-scheme (ftp:)' },
      ],
    });
  });

  test('says that a block is wrong', async () => {
    expect((await run('guard', '--allow', '10.0.0/99', '8.8.8.8')).exitCode).toBe(2);
  });
});
