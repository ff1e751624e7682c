/** Text in, facts out: tokens, mentions, entities, fingerprints, stories. */
export * from './digest/index.ts';
export * from './entities/index.ts';
export * from './stories/index.ts';
export * from './tagger/index.ts';
export * from './text/index.ts';
export { ENRICHER_VERSION } from './version.ts';
