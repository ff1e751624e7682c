/** Newsloom's crawler service alone: frontier, politeness, fetch, capture and hand-over to the parse queue. */
import { hostOf, sourceOf } from '@newsloom/frontier';
import { type SourceId, urlIdOf } from '@newsloom/model';
import { openLog, readSettings } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { startCrawler } from '../../../services/crawler/src/service.ts';
import { openMeter, readOrder } from './meter.ts';

const LOOK_EVERY_MS = 50;
const OFFERED_AT_ONCE = 2_000;

const order = await readOrder();
const { urls, concurrency, env } = order;
const settings = readSettings({
  NEWSLOOM_ALLOW_PRIVATE: '127.0.0.0/8',
  NEWSLOOM_HOST_DELAY_MS: '0',
  NEWSLOOM_LOG_LEVEL: 'warn',
  NEWSLOOM_FETCH_CONCURRENCY: `${concurrency}`,
  ...env,
});
const context = await openContext(settings, openLog('warn', 'bench'));
const { store, queues, now } = context;
for (let at = 0; at < urls.length; at += OFFERED_AT_ONCE) {
  const offers = urls.slice(at, at + OFFERED_AT_ONCE).map((url) => ({
    id: urlIdOf(url),
    url,
    host: hostOf(url),
    sourceId: sourceOf(url) as SourceId,
    kind: 'auto' as const,
    priority: 0,
    depthLeft: 0,
    redirects: 0,
    facts: null,
    crawls: [],
  }));
  await store.frontier.offer(offers, { foundOn: null, now: now() });
}
await store.database.script('analyze');
const meter = openMeter(order);
const crawler = await startCrawler(context);
// The parse queue is the way out: a page counts once it has been handed over.
while (!meter.count(await queues.waiting('parse'))) await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
await crawler.close();
const [facts] = await store.database.query<{ captures: number; visits: number }>(
  `select (select count(*)::int from captures) as captures, (select count(*)::int from fetches where what = 'page') as visits`,
);
if (facts?.captures !== urls.length || facts.visits !== urls.length)
  throw new Error(`${urls.length} pages, but ${JSON.stringify(facts)}`);
await context.close();
meter.report();
process.exit(0);
