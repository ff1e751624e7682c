/** Queues on BullMQ, carried by Redis or embedded. */
export { type Carrier, embeddedCarrier, QueueError, redisCarrier } from './carrier.ts';
export type { EmbeddedSession } from './embedded.ts';
export { openQueues, type QueueCounts, type Queues } from './queues.ts';
export { openSchedules, type Schedule, type Schedules } from './schedules.ts';
export { type Handler, type Working, work } from './work.ts';
