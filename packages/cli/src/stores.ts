/** The facts a command works on: those on the server that the settings name, else those in the data folder. */
import type { Settings } from '@newsloom/runtime';
import { openEmbeddedStore, openPostgresStore, type Store } from '@newsloom/store';

/**
 * Opens them for this process.
 * @throws StoreError, `in-use` where a running Newsloom holds the data folder: `askRunning` speaks to it
 */
export const openStore = ({ databaseUrl, dataDir }: Pick<Settings, 'databaseUrl' | 'dataDir'>): Promise<Store> =>
  databaseUrl ? openPostgresStore(databaseUrl) : openEmbeddedStore(dataDir);
