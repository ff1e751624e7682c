/** What the routes are given. */
import type { Carrier, Queues } from '@newsloom/queue';
import type { Log, Settings } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';

export type ApiTools = {
  settings: Pick<
    Settings,
    | 'apiHost'
    | 'apiPort'
    | 'apiSecret'
    | 'hostDelayMs'
    | 'unreadLimit'
    | 'minFreeMb'
    | 'dataDir'
    | 'parseDeadlineMs'
    | 'parseMemoryMb'
  >;
  store: Store;
  queues: Queues;
  carrier: Carrier;
  log: Log;
  now: () => Date;
  /** Version of Newsloom, as package.json has it. */
  version: string;
};
