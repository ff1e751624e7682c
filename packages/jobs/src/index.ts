/** Job contracts and outcomes. */
export * from './contracts.ts';
export * from './duration.ts';
export * from './outcome.ts';
export * from './source-settings.ts';
