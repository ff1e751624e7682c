/**
 * Proves the compose stack on a machine with Docker: builds the image, crawls the bundled sample site, kills a crawler in
 * the middle of a larger crawl, stops and starts everything, and takes it all away again. Prints what it saw.
 *
 *     node bin/node.mjs tests/compose/prove.ts
 */
import assert from 'node:assert/strict';
import { openStack, type Stack } from './stack.ts';

/** The whole proof, the image's first build included; then it gives up by itself. */
const DEADLINE_MS = 5 * 60_000;
const PROJECT = 'newsloom-proof';
/** A range of its own, beside that of a stack that may be running. */
const SUBNET = '10.213.78.0/24';
const SAMPLE_ARTICLES = 18;
/** The larger crawl: slow enough that a crawler always has requests under way. */
const BIG = { pages: 72, hosts: 6, delayMs: 1_000 };
const HOST_DELAY_MS = 1_000;

type Stats = {
  documents: { documents: number; waiting: number };
  queues: Record<string, { waiting: number; active: number; delayed: number; failed: number }>;
};

const began = performance.now();
const figures: Record<string, string | number> = {};
const seconds = (since: number) => Math.round((performance.now() - since) / 100) / 10;
const say = (text: string) => process.stdout.write(`${seconds(began).toFixed(1).padStart(6)} s  ${text}\n`);
const documentsOf = async (stack: Stack) => (await stack.ask<Stats>('/api/stats')).documents.documents;
const settled = async (stack: Stack, wanted: number) => {
  const { documents } = await stack.ask<Stats>('/api/stats');
  return documents.documents >= wanted && documents.waiting === 0;
};

async function start(stack: Stack): Promise<void> {
  await stack.down();
  const building = performance.now();
  await stack.compose('build');
  figures['image built in, s'] = seconds(building);
  figures['image, MB'] = Math.round(
    Number(await stack.docker('image', 'inspect', 'newsloom:local', '-f', '{{.Size}}')) / 1e6,
  );
  const starting = performance.now();
  await stack.compose('up', '-d', '--no-build', '--scale', 'crawler=2', '--scale', 'parser=2');
  await stack.until('the API is ready', () => stack.ask('/ready'));
  figures['from up to ready, s'] = seconds(starting);
  await stack.until('every service is healthy', async () => {
    const states = (await stack.compose('ps', '--format', '{{.Health}}')).split('\n').filter(Boolean);
    return states.length === 9 && states.every((it) => it === 'healthy');
  });
  figures['from up to all healthy, s'] = seconds(starting);
  say('two crawlers, two parsers, enricher, API, Redis, Postgres and the sample site are up and healthy');
}

async function checkDoors(stack: Stack): Promise<void> {
  assert.equal(await stack.statusWithoutSecret('/health'), 200);
  for (const path of ['/ready', '/queues', '/api/documents']) assert.equal(await stack.statusWithoutSecret(path), 401);
  assert.match(await stack.ask<string>('/queues'), /Newsloom queues/);
  const published = await stack.docker(
    'ps',
    '--filter',
    `label=com.docker.compose.project=${PROJECT}`,
    '--format',
    '{{.Ports}}',
  );
  const open = published.split('\n').filter((ports) => ports.includes('->'));
  assert.equal(open.length, 1);
  assert.match(open[0] ?? '', /^127\.0\.0\.1:\d+->3000\/tcp$/);
  await assert.rejects(
    stack.inside(
      'parser',
      'node',
      '-e',
      "require('node:net').connect(80, '1.1.1.1').on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1)).on('connect', () => process.exit(0))",
    ),
  );
  say('one published port, on loopback; without the secret only /health answers; the parser has no way out');
}

/** Adds a seed as any program with a BullMQ client does. */
const ADD_SEED = `
  import { readFileSync } from 'node:fs';
  import { Queue } from 'bullmq';
  import { Redis } from 'ioredis';
  const connection = new Redis(readFileSync(process.env.REDIS_URL_FILE, 'utf8'));
  const seeds = new Queue('seeds', { connection });
  for (const data of JSON.parse(process.argv[1])) await seeds.add('seed', data);
  await seeds.close();
  connection.disconnect();
`;

async function crawlSample(stack: Stack): Promise<void> {
  const crawling = performance.now();
  const [first, second, third] = [
    'http://samplesite:8101/',
    'http://samplesite:8102/',
    'http://samplesite:8103/',
  ] as const;
  const malformed = { url: 'samplesite', dept: 3 };
  await stack.inside('api', 'node', '--input-type=module', '-e', ADD_SEED, JSON.stringify([{ url: first }, malformed]));
  await stack.ask('/api/seeds', { url: second, tags: ['proof'] });
  await stack.inside('api', 'newsloom', 'seed', third);
  await stack.until(`${SAMPLE_ARTICLES} documents`, () => settled(stack, SAMPLE_ARTICLES));
  figures['from first seed to 18 articles, s'] = seconds(crawling);
  assert.equal(await documentsOf(stack), SAMPLE_ARTICLES);
  const stories = await stack.ask<{ items: { documents: number }[] }>('/api/stories?documents=2');
  assert.deepEqual(
    stories.items.map((it) => it.documents),
    [3],
  );
  const { queues } = await stack.ask<Stats>('/api/stats');
  assert.deepEqual(
    Object.entries(queues).flatMap(([name, it]) => (it.failed > 0 ? [[name, it.failed]] : [])),
    [['seeds', 1]],
  );
  const trace = await stack.inside('api', 'newsloom', 'trace', first);
  assert.match(trace, /front page/);
  say(
    `${SAMPLE_ARTICLES} articles out of seeds from a BullMQ client, the API and the command; one story of 3 documents; the malformed seed quarantined`,
  );
}

async function killInMidCrawl(stack: Stack): Promise<void> {
  const site = `${PROJECT}-bigsite`;
  await stack.compose(
    'run',
    '-d',
    '--no-deps',
    '--name',
    site,
    'samplesite',
    'node',
    'packages/samplesite/src/main.ts',
    `--pages=${BIG.pages}`,
    `--hosts=${BIG.hosts}`,
    '--bytes=20000',
    `--delay=${BIG.delayMs}`,
    '--address=0.0.0.0',
    `--name=${site}`,
  );
  const { fronts } = await stack.until(
    'the larger site listens',
    async () => JSON.parse(await stack.docker('logs', site)) as { fronts: string[] },
  );
  const crawling = performance.now();
  await stack.ask('/api/seeds', { seeds: fronts.map((url) => ({ url })) });
  const [victim = ''] = await stack.containers('crawler');
  const underWay = await stack.until('requests under way after a third of the larger crawl', async () => {
    const { documents, queues } = await stack.ask<Stats>('/api/stats');
    const active = queues.fetch?.active ?? 0;
    return documents.documents >= SAMPLE_ARTICLES + BIG.pages / 3 && active >= BIG.hosts / 2 && active;
  });
  await stack.docker('kill', victim);
  const killed = performance.now();
  say(`killed one of two crawlers while ${underWay} fetches were under way`);
  await stack.until('the larger crawl', () => settled(stack, SAMPLE_ARTICLES + BIG.pages));
  figures['larger crawl, s'] = seconds(crawling);
  figures['of that after the kill, s'] = seconds(killed);
  assert.equal(await documentsOf(stack), SAMPLE_ARTICLES + BIG.pages);
  const log = await stack.compose('logs', '--no-color', 'crawler');
  const takenUp = log.split('\n').filter((line) => line.includes('job taken up again')).length;
  figures['jobs of the killed crawler taken up by the other'] = takenUp;
  say(`the other crawler took up ${takenUp} of its jobs and finished: all ${BIG.pages} pages are documents, each once`);
  await checkPoliteness(stack, site);
}

/** What the ledger of requests says: over both crawlers, one request at a time to a host, spaced. */
async function checkPoliteness(stack: Stack, site: string): Promise<void> {
  const sql = `
    select min(gap), max(times) from (
      select 1000 * extract(epoch from started_at - lag(started_at + took_ms * interval '1 ms') over (partition by host order by started_at)) as gap,
             count(*) over (partition by host, url) as times
      from fetches where host like '${site}:%') as requests`;
  const row = (await stack.inside('postgres', 'psql', '-U', 'newsloom', '-At', '-F', ' ', '-c', sql)).trim();
  const [gap = 0, times = 0] = row.split(' ').map(Number);
  figures['least gap between an answer and the next request to that host, ms'] = Math.round(gap);
  figures['most recorded fetches of one URL'] = times;
  assert.ok(gap > HOST_DELAY_MS * 0.9, `requests to one host lie ${gap} ms apart`);
  say(`politeness over both crawlers: never less than ${Math.round(gap)} ms between two requests to one host`);
}

async function measure(stack: Stack): Promise<void> {
  const ids = (await stack.compose('ps', '-q')).split('\n').filter(Boolean);
  const lines = await stack.docker('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}', ...ids);
  for (const line of lines.trim().split('\n').sort()) {
    const [name = '', used = ''] = line.split(' ');
    figures[`memory of ${name.replace(`${PROJECT}-`, '')}`] = used;
  }
}

async function stopAndStart(stack: Stack): Promise<void> {
  const stopping = performance.now();
  await stack.compose('stop', 'crawler', 'parser', 'enricher', 'api', 'redis', 'postgres');
  figures['stopped in, s'] = seconds(stopping);
  const codes = await stack.compose('ps', '-a', '--format', '{{.Service}} {{.ExitCode}}');
  // 137 is the crawler that was killed.
  const bad = codes
    .trim()
    .split('\n')
    .filter((line) => !/ 0$/.test(line) && line !== 'crawler 137');
  assert.deepEqual(
    bad.filter((line) => !line.startsWith('samplesite')),
    [],
  );
  await stack.compose('start', 'redis', 'postgres', 'parser', 'enricher', 'api', 'crawler');
  await stack.until('the API is ready again', () => stack.ask('/ready'));
  assert.equal(await documentsOf(stack), SAMPLE_ARTICLES + BIG.pages);
  say('stopped with exit code 0 everywhere; after a start everything is still there');
}

const deadline = AbortSignal.timeout(DEADLINE_MS);
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());
const stack = await openStack(PROJECT, SUBNET, AbortSignal.any([deadline, interrupted.signal]));
try {
  await start(stack);
  await checkDoors(stack);
  await crawlSample(stack);
  await killInMidCrawl(stack);
  await measure(stack);
  await stopAndStart(stack);
  process.stdout.write(
    `\n${Object.entries(figures)
      .map(([name, value]) => `${String(value).padStart(10)}  ${name}\n`)
      .join('')}`,
  );
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`not proven: ${(error as Error).stack}\n`);
  process.stderr.write(await stack.compose('logs', '--no-color', '--tail', '20').catch(() => ''));
} finally {
  await stack.down();
  say('everything is taken away');
}
