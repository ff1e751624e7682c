/** What tests need: real servers, databases of their own, a clock to set, waiting without sleeping. */
export { type SettableClock, settableClock } from './clock.ts';
export { type FreshDatabase, freshDatabase } from './fresh-database.ts';
export { type FreshRedis, freshRedis } from './fresh-redis.ts';
export { providePostgres, provideRedis } from './provide.ts';
export type { Provided } from './sources/source.ts';
export { tempDir } from './temp-dir.ts';
export { type UntilOptions, until } from './until.ts';
