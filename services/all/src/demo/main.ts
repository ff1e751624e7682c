/** The demo: crawls the bundled sample news site with everything in one process, and shows what came of it. */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openLog, readSettings } from '@newsloom/runtime';
import { type SampleSite, serveSampleSite } from '@newsloom/samplesite';
import { openContext, type ServiceContext } from '@newsloom/service';
import { startAll } from '../service.ts';
import { bold, dim, documentsTable, storiesList } from './tables.ts';

/** Link hops from the front pages: their sections, and what these alone lead to. */
const DEPTH = 2;
/** The sample site is on this machine and can take more than a stranger's. */
const HOST_DELAY_MS = '100';
const LOOK_EVERY_MS = 200;
/** The demo gives up after this long; it takes some 10 s on two cores. */
const DEADLINE_MS = 180_000;

async function demo(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const began = performance.now();
  const folder = join(env.NEWSLOOM_DATA_DIR || '.newsloom', 'demo');
  const settings = readSettings({
    NEWSLOOM_HOST_DELAY_MS: HOST_DELAY_MS,
    NEWSLOOM_LOG_LEVEL: 'error',
    ...env,
    NEWSLOOM_DATA_DIR: folder,
    NEWSLOOM_ALLOW_PRIVATE: '127.0.0.0/8',
    NEWSLOOM_API_PORT: '0',
  });
  await rm(folder, { recursive: true, force: true });
  const log = openLog(settings.logLevel, 'demo');
  await using site = await serveSampleSite();
  say(`${bold('Newsloom demo')}: three small news sites on this machine, in Vietnamese, French and English.`);
  for (const front of site.fronts) say(`  ${front}`);

  const context = await openContext(settings, log);
  const all = await startAll(context, { api: true });
  say(
    `Crawler, parser, enricher and API run in this process (${context.store.database.kind} store, ${context.carrier.kind} queues).`,
  );
  await context.queues.add(
    site.fronts.map((url) => ({ queue: 'seeds', payload: { url, depth: DEPTH, tags: ['demo'] } })),
  );
  say(`Added the ${site.fronts.length} front pages through the ${bold('seeds')} queue.\n`);
  try {
    await untilIdle(context, site);
    await show(context, site, began);
  } finally {
    await all.close();
    await context.close();
  }
  say(`\nThe data lies in ${bold(settings.databaseUrl ? 'your Postgres' : resolve(folder))}.`);
  say(`Look around in it:  ${bold(`NEWSLOOM_DATA_DIR=${folder} npm start`)}  and open http://127.0.0.1:3000`);
  say(`Crawl for real:     ${bold('npm run --silent newsloom -- crawl https://example.org/ --out articles.jsonl')}`);
}

/** Waits until nothing is left to do, and shows how far it is. */
async function untilIdle({ store, queues, now }: ServiceContext, site: SampleSite): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  let begun = false;
  let shown = '';
  let shownAt = 0;
  for (;;) {
    const [frontier, documents, counts] = await Promise.all([
      store.frontier.counts(now()),
      store.documents.counts(),
      queues.counts(),
    ]);
    const jobs = Object.values(counts).reduce((sum, it) => sum + it.waiting + it.active + it.delayed, 0);
    const line = `  ${site.requests.length} requests · ${frontier.known} URLs known, ${frontier.due + frontier.leased} to fetch · ${documents.documents} articles, ${documents.waiting} to enrich`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
    else if (line !== shown && performance.now() - shownAt > 1_000) {
      process.stderr.write(`${line}\n`);
      shownAt = performance.now();
      shown = line;
    }
    begun ||= documents.documents > 0;
    if (begun && frontier.due + frontier.leased + documents.waiting + jobs === 0) break;
    if (performance.now() > deadline) throw new Error(`not finished after ${DEADLINE_MS / 1000} s: ${line.trim()}`);
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
  process.stderr.write('\n');
}

async function show({ store }: ServiceContext, site: SampleSite, began: number): Promise<void> {
  const { items } = await store.documents.list({ limit: 100, offset: 0 });
  const own = items.filter((item) => site.hosts.some((host) => item.url.startsWith(host)));
  const stories = (await store.stories.list({ least: 2, limit: 20, offset: 0 })).filter((story) =>
    own.some((item) => item.storyId === story.id),
  );
  say(documentsTable(own, stories, process.stdout.columns ?? 120));
  say(storiesList(stories, own));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(
    dim(`${own.length} articles from ${site.requests.length} requests to ${site.hosts.length} hosts in ${seconds} s.`),
  );
}

const say = (line: string) => process.stdout.write(`${line}\n`);

await demo(process.env).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${(error as Error)?.stack ?? String(error)}\n`);
    process.exit((error as { exitCode?: number })?.exitCode ?? 1);
  },
);
