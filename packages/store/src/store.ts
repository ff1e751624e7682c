/** The store: all facts by noun, over one database. */
import { join } from 'node:path';
import type { SourceId, UrlId } from '@newsloom/model';
import { type BlobStore, databaseBlobs, folderBlobs } from './blobs.ts';
import type { Database } from './database.ts';
import { type EmbeddedDatabase, openEmbedded } from './embedded.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { type AliasesTable, aliasesTable } from './tables/aliases.ts';
import { type CapturesTable, capturesTable } from './tables/captures.ts';
import { type CrawlsTable, crawlsTable } from './tables/crawls.ts';
import { type DocumentsTable, documentsTable } from './tables/documents.ts';
import { type DuplicatesTable, duplicatesTable } from './tables/duplicates.ts';
import { type EntitiesTable, entitiesTable } from './tables/entities.ts';
import { type EntityDecisionsTable, entityDecisionsTable } from './tables/entity-decisions.ts';
import { type EntityViewsTable, entityViewsTable } from './tables/entity-views.ts';
import { type FrontierTable, frontierTable } from './tables/frontier.ts';
import { type HostsTable, hostsTable } from './tables/hosts.ts';
import { type PartsTable, partsTable } from './tables/parts.ts';
import { type PatternsTable, patternsTable } from './tables/patterns.ts';
import { type RedirectsTable, redirectsTable } from './tables/redirects.ts';
import { type RendersTable, rendersTable } from './tables/renders.ts';
import { type ReparsesTable, reparsesTable } from './tables/reparses.ts';
import { type RevisitsTable, revisitsTable } from './tables/revisits.ts';
import { type RolesTable, rolesTable } from './tables/roles.ts';
import { type SeedsTable, seedsTable } from './tables/seeds.ts';
import { type SourceHealth, sourceHealth } from './tables/source-health.ts';
import { type SourcesTable, sourcesTable } from './tables/sources.ts';
import { type StoriesTable, storiesTable } from './tables/stories.ts';
import { type Trace, traceTable } from './tables/trace.ts';
import { type YieldsTable, yieldsTable } from './tables/yields.ts';

export type Store = AsyncDisposable & {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly seeds: SeedsTable;
  readonly sources: SourcesTable;
  readonly revisits: RevisitsTable;
  readonly frontier: FrontierTable;
  readonly hosts: HostsTable;
  readonly patterns: PatternsTable;
  readonly redirects: RedirectsTable;
  readonly renders: RendersTable;
  readonly captures: CapturesTable;
  readonly documents: DocumentsTable;
  readonly parts: PartsTable;
  readonly duplicates: DuplicatesTable;
  readonly entities: EntitiesTable;
  readonly aliases: AliasesTable;
  readonly roles: RolesTable;
  readonly entityDecisions: EntityDecisionsTable;
  readonly entityViews: EntityViewsTable;
  readonly stories: StoriesTable;
  readonly crawls: CrawlsTable;
  readonly reparses: ReparsesTable;
  readonly yields: YieldsTable;
  /** How a source is doing. */
  sourceHealth(id: SourceId, now: Date): Promise<SourceHealth>;
  /** Where a URL is and why, or null for one we do not know. */
  trace(urlId: UrlId): Promise<Trace | null>;
  close(): Promise<void>;
};

/** The store over an open, migrated database. Closing it closes the database. */
export function storeOver(database: Database, blobs: BlobStore = databaseBlobs(database)): Store {
  const close = () => database.close();
  return {
    database,
    blobs,
    seeds: seedsTable(database),
    sources: sourcesTable(database),
    revisits: revisitsTable(database),
    frontier: frontierTable(database),
    hosts: hostsTable(database),
    patterns: patternsTable(database),
    redirects: redirectsTable(database),
    renders: rendersTable(database),
    captures: capturesTable(database, blobs),
    documents: documentsTable(database),
    parts: partsTable(database),
    duplicates: duplicatesTable(database),
    entities: entitiesTable(database),
    aliases: aliasesTable(database),
    roles: rolesTable(database),
    entityDecisions: entityDecisionsTable(database),
    entityViews: entityViewsTable(database),
    stories: storiesTable(database),
    crawls: crawlsTable(database),
    reparses: reparsesTable(database),
    yields: yieldsTable(database),
    sourceHealth: sourceHealth(database),
    trace: traceTable(database),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Opens the store on a Postgres server and brings its tables up to date.
 * @throws StoreError when the server does not answer, or was written by a later Newsloom
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const database = await openPostgres(url);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOver(database);
}

/**
 * Opens the database in a folder, for this process alone. Closing it frees the folder.
 * @throws StoreError `in-use` while another process has the folder, `unusable` when it cannot be written
 */
export async function openEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  const lock = await lockFolder(folder);
  try {
    const database = await openEmbedded(folder);
    return {
      ...database,
      async close() {
        await database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Opens the store over the database in a folder; bodies lie as files beside it.
 * @throws StoreError `newer` when the folder was written by a later Newsloom
 */
export async function openEmbeddedStore(folder: string): Promise<Store & { database: EmbeddedDatabase }> {
  const database = await openEmbeddedDatabase(folder);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { ...storeOver(database, folderBlobs(join(folder, 'blobs'))), database };
}
