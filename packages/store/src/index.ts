/** The facts, on Postgres or embedded. */
export * from './blobs.ts';
export * from './database.ts';
export type { EmbeddedDatabase } from './embedded.ts';
export { lockFolder } from './folder-lock.ts';
export { MIGRATIONS, migrate } from './migrate.ts';
export { placeOf } from './postgres.ts';
export * from './store.ts';
export type * from './tables/captures.ts';
export type * from './tables/crawls.ts';
export type * from './tables/documents.ts';
export type * from './tables/entities.ts';
export type * from './tables/frontier.ts';
export type * from './tables/hosts.ts';
export type * from './tables/offer.ts';
export type * from './tables/seeds.ts';
export type * from './tables/stories.ts';
export type * from './tables/trace.ts';
