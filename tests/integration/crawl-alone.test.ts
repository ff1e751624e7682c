/** What the `newsloom crawl` command does about others, interruptions and wrong usage. */
import { join } from 'node:path';
import { until } from '@newsloom/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl, EMBEDDED, type Stores, start } from './line.ts';
import { articlePage, frontPage, servePages } from './pages.ts';

describe('newsloom crawl, whatever it runs on', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await EMBEDDED.open();
  });
  afterAll(() => stores[Symbol.asyncDispose]());

  test('two crawls at once in one folder: the second one says who is there and what to do', async () => {
    let arrived = () => {};
    const asking = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await using site = await servePages(() => ({ '/robots.txt': () => arrived() }));
    const out = join(stores.dataDir, '..', 'first.jsonl');
    const first = start('packages/cli/src/main.ts', ['crawl', `${site.origin}/`, '--out', out], stores.env);
    await asking;
    const second = await crawl(stores, [`${site.origin}/`]);
    expect(second.code).toBe(75);
    expect(second.stderr).toContain(`in use by another Newsloom process (process id ${first.child.pid})`);
    expect(second.stderr).toContain('NEWSLOOM_DATA_DIR');
    first.child.kill('SIGKILL');
    await first.ended;
  });

  test('a crawl that is interrupted writes what it found, and the next one in the folder goes on', async () => {
    const numbers = Array.from({ length: 16 }, (_, n) => n + 1);
    await using site = await servePages(() => ({
      '/muc': frontPage(numbers.map((n) => `/${n}`)),
      ...Object.fromEntries(numbers.map((n) => [`/${n}`, articlePage(n)])),
    }));
    const out = join(stores.dataDir, '..', 'interrupted.jsonl');
    const slow = { ...stores.env, NEWSLOOM_HOST_DELAY_MS: '200' };
    const program = start('packages/cli/src/main.ts', ['crawl', `${site.origin}/muc`, '--out', out], slow);
    await until(() => site.paths.length > 6, { timeoutMs: 60_000, what: 'some pages to be fetched' });
    program.child.kill('SIGINT');
    expect(await program.ended, program.stderr()).toBe(130);
    expect(program.stdout()).toMatch(/^\d+ articles in /);
    const whole = await crawl(stores, [`${site.origin}/muc`]);
    expect(whole.articles).toHaveLength(16);
  });

  test.each([
    ['no address', [], 2, /give at least one URL/],
    ['no address that can be crawled', ['not a url'], 2, /none of the addresses can be crawled: not a url/],
    ['a depth that is no number', ['http://a.example/', '--depth', 'deep'], 2, /must be a whole number/],
    ['a list that is not there', ['--urls', '/no/such/list'], 66, /cannot read the list/],
    ['a document that is not there', ['--documents', '/no/such/file'], 66, /cannot read the document/],
  ])('%s is wrong usage', async (_, args, code, says) => {
    const done = await crawl(stores, args);
    expect(done.code).toBe(code);
    expect(done.stderr).toMatch(says);
  });
});
