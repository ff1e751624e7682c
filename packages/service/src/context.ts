/** What a service runs on: settings, log, store, queues; opened by the settings, closed in order. */
import { join } from 'node:path';
import type { Job, Payload, QueueName } from '@newsloom/jobs';
import {
  type Carrier,
  embeddedCarrier,
  type Handler,
  openQueues,
  type Queues,
  redisCarrier,
  type Working,
  work,
} from '@newsloom/queue';
import type { Closable, Log, Settings } from '@newsloom/runtime';
import { SettingsError } from '@newsloom/runtime';
import {
  type EmbeddedDatabase,
  gather,
  openEmbeddedDatabase,
  openEmbeddedStore,
  openPostgresStore,
  type Store,
} from '@newsloom/store';

/** A service that runs; closing it gives its running jobs back. */
export type Service = Closable;

export type ServiceContext = {
  readonly settings: Settings;
  readonly log: Log;
  readonly now: () => Date;
  readonly store: Store;
  readonly carrier: Carrier;
  readonly queues: Queues;
  /** True where no other process shares these stores, so that what a dead one held may be taken back at once. */
  readonly alone: boolean;
  /** Begins to work on a queue. */
  work<Q extends QueueName>(
    queue: Q,
    handler: Handler<Q>,
    options: {
      concurrency: number;
      onDone?: (note: string, tookMs: number) => void;
      onFailed?: (payload: Partial<Payload<Q>>, reason: string) => Promise<void> | void;
    },
  ): Working;
  close(): Promise<void>;
};

/** A queue takes several batches at once; one waits this long for company while steps end thick and fast. */
const HAND_OVER = { most: 64, atOnce: 3, lingerMs: 2 };

/** Starts a service on a context. */
export type StartService = (context: ServiceContext) => Promise<Service> | Service;

/**
 * Opens what a service runs on. Without REDIS_URL or DATABASE_URL the embedded stores in the data folder serve, for
 * this process alone.
 * @throws SettingsError, StoreError or QueueError that says what to do
 */
export async function openContext(
  settings: Settings,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<ServiceContext> {
  const opened: Closable[] = [];
  const close = async () => {
    for (const it of opened.splice(0).reverse()) await it.close();
  };
  try {
    let session: EmbeddedDatabase['session'] | null = null;
    let store: Store;
    if (settings.databaseUrl) {
      store = await openPostgresStore(settings.databaseUrl);
      opened.push(store);
    } else {
      const embedded = await openEmbeddedStore(settings.dataDir);
      store = embedded;
      session = embedded.database.session;
      opened.push(store);
    }
    let carrier: Carrier;
    if (settings.redisUrl) {
      carrier = await redisCarrier(settings.redisUrl, settings.queuePrefix);
    } else {
      if (!session) {
        const database = await openEmbeddedDatabase(join(settings.dataDir, 'queue'));
        opened.push(database);
        session = database.session;
      }
      carrier = await embeddedCarrier(session);
    }
    opened.push(carrier);
    const queues = openQueues(carrier);
    opened.push(queues);
    // What steps that end in the same moments hand over goes to the queues together.
    const handOver = gather<readonly Job[], void>({
      ...HAND_OVER,
      async run(handed) {
        await queues.add(handed.flat());
        return handed.map(() => undefined);
      },
    });
    return {
      settings,
      log,
      now,
      store,
      carrier,
      queues,
      alone: !settings.redisUrl && !settings.databaseUrl,
      work: (queue, handler, options) =>
        work({
          carrier,
          queue,
          handler,
          add: handOver,
          concurrency: options.concurrency,
          log,
          ...(options.onDone && { onDone: options.onDone }),
          ...(options.onFailed && {
            onFailed: (payload, reason) =>
              options.onFailed?.((payload ?? {}) as Partial<Payload<typeof queue>>, reason),
          }),
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A service in a process of its own needs stores that others can reach too. @throws SettingsError */
export function requireSharedStores(settings: Settings, service: string): void {
  const missing = [!settings.redisUrl && 'REDIS_URL', !settings.databaseUrl && 'DATABASE_URL'].filter(Boolean);
  if (missing.length > 0) {
    throw new SettingsError(
      `The ${service} in a process of its own needs ${missing.join(' and ')}: the embedded stores serve one process only.\n` +
        'Set them, or run everything in one process with `newsloom start`.',
    );
  }
}
