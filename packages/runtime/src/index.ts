/** What any process needs: settings, log, start and stop. */
export * from './lifecycle.ts';
export * from './log.ts';
export * from './settings.ts';
export * from './settings-docs.ts';
export { VERSION } from './version.ts';
