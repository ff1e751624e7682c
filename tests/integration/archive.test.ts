/** Captures leave as a web archive, and any archive is read as if its pages had just been fetched. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArchivedCapture, writeArchive } from '@newsloom/archive';
import { serveSampleSite } from '@newsloom/samplesite';
import { openEmbeddedStore } from '@newsloom/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Crawled, crawl, EMBEDDED, newsloom, type Stores } from './line.ts';
import { articlePage } from './pages.ts';

/** What a page says by itself: the zone of its hour may stand in the feed alone, which is not followed in an archive. */
const read = ({ articles }: Crawled) =>
  articles
    .map(({ url, title, date, body }) => ({ url, title, day: date.slice(0, 10), body }))
    .sort((a, b) => a.url.localeCompare(b.url));

describe('web archives', () => {
  let here: Stores;
  let there: Stores;
  beforeEach(async () => {
    [here, there] = [await EMBEDDED.open(), await EMBEDDED.open()];
  });
  afterEach(async () => {
    await here[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
  });

  test('what was crawled is exported, and read from the archive it gives the same articles without a network', async () => {
    const first = await (async () => {
      await using site = await serveSampleSite();
      return await crawl(here, [...site.fronts, '--depth', '1'], { NEWSLOOM_HOST_DELAY_MS: '0' });
    })();
    const archive = join(here.dataDir, '..', 'all.warc.gz');
    expect(await newsloom(['export', '--format', 'warc', '--out', archive], here.env)).toMatchObject({ code: 0 });
    const second = await crawl(there, ['--warc', archive]);
    expect(second.code, second.stderr).toBe(0);
    expect(first.articles.length).toBeGreaterThan(10);
    expect(read(second)).toEqual(read(first));

    const lines = join(here.dataDir, '..', 'all.jsonl');
    await newsloom(['export', '--out', lines], here.env);
    const exported = (await readFile(lines, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(exported.map(({ id }) => id).sort()).toEqual(first.articles.map(({ id }) => id).sort());
  });

  test('an archive with two states of a page gives the newer one, with the older as its version', async () => {
    const page = articlePage(1);
    const archive = join(here.dataDir, '..', 'two.warc.gz');
    const capture = (n: number, body: string): ArchivedCapture => ({
      id: `c${n}`,
      url: 'https://news.example/1',
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      fetchedAt: new Date(Date.UTC(2026, 3, n)),
      body: { bytes: Buffer.from(body), encoding: 'identity' },
    });
    await writeArchiveFile(archive, [
      capture(1, page),
      capture(2, page.replaceAll('</p>', ' Corrected since.</p>')),
      { ...capture(3, 'gone'), status: 404 },
    ]);
    const crawled = await crawl(here, ['--warc', archive]);
    expect(crawled.articles).toMatchObject([
      { url: 'https://news.example/1', body: expect.stringContaining('Corrected since.') },
    ]);
    expect(crawled.failures).toMatchObject([{ url: 'https://news.example/1', reason: 'http-404', status: 404 }]);
    const store = await openEmbeddedStore(here.dataDir);
    try {
      const versions = await store.documents.versions(crawled.articles[0]?.id as never);
      expect(versions).toMatchObject([{ version: 1, body: expect.not.stringContaining('Corrected since.') }]);
    } finally {
      await store.close();
    }
  });

  test('an archive that breaks off keeps what came before, and says so', async () => {
    const archive = join(here.dataDir, '..', 'broken.warc');
    const body = articlePage(2);
    const block = `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n${body}`;
    await writeFile(
      archive,
      `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/2\r\nWARC-Date: 2026-04-01T00:00:00Z\r\nContent-Length: ${Buffer.byteLength(block)}\r\n\r\n${block}\r\n\r\nnothing of an archive\r\n\r\n`,
    );
    const crawled = await crawl(here, ['--warc', archive]);
    expect(crawled.articles).toMatchObject([{ url: 'https://news.example/2' }]);
    expect(crawled.stderr).toContain('what came before it is kept');
    expect(crawled.failures).toMatchObject([{ url: archive, reason: 'broken-archive' }]);
  });

  test('an archive that is not there is found out before anything is begun', async () => {
    const crawled = await crawl(here, ['--warc', '/no/such.warc']);
    expect(crawled.code).toBe(66);
    expect(crawled.stderr).toContain('cannot read the archive /no/such.warc');
  });
});

async function writeArchiveFile(path: string, captures: ArchivedCapture[]): Promise<void> {
  async function* each() {
    yield* captures;
  }
  const pieces: Uint8Array[] = [];
  const info = { software: 'test', description: 'test', at: new Date(0) };
  for await (const piece of writeArchive(each(), info)) pieces.push(piece);
  await writeFile(path, Buffer.concat(pieces));
}
