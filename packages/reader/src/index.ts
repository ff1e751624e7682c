/** Reading pages where they can do no harm: in processes that may be killed. */
export type * from './read-protocol.ts';
export { openReaderPool, type ReaderPool, type ReaderPoolOptions } from './reader-pool.ts';
export { type RuleTrial, type TriedCapture, tryRules } from './try-rules.ts';
