/** A running API over an embedded store in a temporary folder, for tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedCarrier, openQueues } from '@newsloom/queue';
import { openLog } from '@newsloom/runtime';
import { openEmbeddedStore } from '@newsloom/store';
import { NOW, writeSampleFacts } from './sample-facts.ts';
import type { ApiTools } from './tools.ts';

export type Bench = AsyncDisposable & { tools: ApiTools; documents: string[]; story: string };

/** Opens store and queues with the sample facts in them. */
export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-api-'));
  const store = await openEmbeddedStore(folder);
  const carrier = await embeddedCarrier(store.database.session);
  const queues = openQueues(carrier);
  const facts = await writeSampleFacts(store);
  const tools: ApiTools = {
    settings: {
      apiHost: '127.0.0.1',
      apiPort: 0,
      apiSecret: null,
      hostDelayMs: 1_000,
      unreadLimit: 20_000,
      parseDeadlineMs: 5_000,
      parseMemoryMb: 512,
      minFreeMb: 0,
      dataDir: folder,
    },
    store,
    queues,
    carrier,
    log: openLog('silent', 'api'),
    now: () => NOW,
    version: '0.0.0-test',
  };
  return {
    tools,
    ...facts,
    async [Symbol.asyncDispose]() {
      await queues.close();
      await carrier.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
