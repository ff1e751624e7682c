/** Runs one crawler in a process of its own, on servers of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freshDatabase, freshRedis, providePostgres, provideRedis, tempDir } from '@newsloom/testkit';
import type { CrawlOrder, Measured } from './crawlers/meter.ts';

/** Runs `crawlers/PROGRAM.ts` to its end, under the flags of Node that are given. */
export async function runCrawler(program: string, order: CrawlOrder, flags: readonly string[] = []): Promise<Measured> {
  const path = fileURLToPath(new URL(`./crawlers/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, [...flags, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Measured;
}

/** Runs Newsloom's crawler on a Redis and a Postgres of its own. */
export async function runNewsloom(order: CrawlOrder, flags: readonly string[] = []): Promise<Measured> {
  await using redis = stopping(await provideRedis());
  await using postgres = stopping(await providePostgres());
  await using queues = await freshRedis(redis.url);
  await using facts = await freshDatabase(postgres.url);
  await using folder = await tempDir();
  const env = { REDIS_URL: queues.url, DATABASE_URL: facts.url, NEWSLOOM_DATA_DIR: folder.path, ...order.env };
  return await runCrawler('newsloom', { ...order, env }, flags);
}

const stopping = <T extends { stop(): Promise<void> }>(it: T): T & AsyncDisposable =>
  Object.assign(it, { [Symbol.asyncDispose]: () => it.stop() });
