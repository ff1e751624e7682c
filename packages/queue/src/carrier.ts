/** What carries the queues: Redis, or an in-process session. The only place that knows which. */
import {
  type BackendFactory,
  createPostgresBackend,
  type IQueueBackend,
  type PgPool,
  type Processor,
  Queue,
  QueueEvents,
  type QueueOptions,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { type EmbeddedSession, embeddedPool } from './embedded.ts';

export type AnyQueue = Queue;
export type AnyWorker = Worker;

/** Opens the BullMQ classes on whatever carries them. */
export type Carrier = {
  readonly kind: 'redis' | 'embedded';
  queue(name: string, options?: Partial<QueueOptions>): AnyQueue;
  worker(name: string, processor: Processor, options: Partial<WorkerOptions>): AnyWorker;
  events(name: string): QueueEvents;
  /** Redis' own memory policy and version; null where there is no Redis. */
  redisFacts(): Promise<{ version: string; policy: string; usedBytes: number; maxBytes: number } | null>;
  /** Tells blocked workers that a job of their queue was delayed, where the carrier does not do so by itself. */
  wake(name: string): Promise<void>;
  /** Proves that the carrier answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** The carrier cannot be reached; `message` says what to do. */
export class QueueError extends Error {
  override name = 'QueueError';
  readonly code: string;
  readonly exitCode = 69;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const CONNECT_TIMEOUT_MS = 10_000;
/** A producer fails fast, so that its caller can tell; a worker waits for Redis to come back. */
const PRODUCER_RETRIES = 2;

/**
 * Opens queues on Redis.
 * @throws QueueError `unreachable` when Redis does not answer
 */
export async function redisCarrier(url: string, prefix: string): Promise<Carrier> {
  const place = new URL(url).host;
  const producer = new Redis(url, {
    maxRetriesPerRequest: PRODUCER_RETRIES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableOfflineQueue: true,
    lazyConnect: true,
    // Commands of the same moment go out in one write; under load that is half of what Redis costs this process.
    enableAutoPipelining: true,
  });
  const consumer = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_TIMEOUT_MS,
    lazyConnect: true,
    // Commands of the same moment go out in one write; under load that is half of what Redis costs this process.
    enableAutoPipelining: true,
  });
  for (const connection of [producer, consumer]) connection.on('error', () => {});
  try {
    await producer.connect();
    await producer.ping();
  } catch (cause) {
    producer.disconnect();
    consumer.disconnect();
    throw new QueueError(
      'unreachable',
      `Redis at ${place} cannot be used: ${(cause as Error).message.replace(/\.$/, '')}. Check REDIS_URL, and that the server runs.`,
      { cause },
    );
  }
  return {
    kind: 'redis',
    queue: (name, options) => quiet(new Queue(name, { connection: producer, prefix, ...options })),
    worker: (name, processor, options) =>
      quiet(new Worker(name, processor, { connection: consumer, prefix, ...options })),
    events: (name) => quiet(new QueueEvents(name, { connection: consumer, prefix })),
    async redisFacts() {
      const info = await producer.info();
      const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
      return {
        version: field('redis_version'),
        policy: field('maxmemory_policy'),
        usedBytes: Number(field('used_memory')),
        maxBytes: Number(field('maxmemory')),
      };
    },
    async wake() {},
    async ping() {
      await producer.ping();
    },
    async close() {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** Opens queues on an in-process session. */
export async function embeddedCarrier(session: EmbeddedSession): Promise<Carrier> {
  const connection = await embeddedPool(session);
  // BullMQ's classes are typed for Redis; the factory decides what they really run on.
  const factory = createPostgresBackend as unknown as BackendFactory<IQueueBackend, PgPool>;
  const onSession = <O extends object>(options?: O) => ({ ...options, connection }) as never;
  return {
    kind: 'embedded',
    queue: (name, options) => quiet(new Queue(name, onSession(options), factory as never)),
    worker: (name, processor, options) => quiet(new Worker(name, processor, onSession(options), factory as never)),
    events: (name) => quiet(new QueueEvents(name, onSession(), factory as never)),
    redisFacts: async () => null,
    async wake(name) {
      // The backend notifies of jobs that may run at once; a worker that blocks already would sleep past a delayed one.
      await session.query("select pg_notify('bullmq_jobs', $1)", [name]);
    },
    async ping() {
      await session.query('select 1');
    },
    async close() {},
  };
}

/** A lost connection is reported by the call that needs it; unheard, the event would end the process. */
function quiet<T extends { on(event: 'error', heard: (error: Error) => void): unknown }>(it: T): T {
  it.on('error', () => {});
  return it;
}
