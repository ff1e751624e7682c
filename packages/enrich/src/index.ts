/** Text in, facts out: tokens, mentions, entities, fingerprints, stories. */
export * from './tagger/index.ts';
export * from './text/index.ts';
