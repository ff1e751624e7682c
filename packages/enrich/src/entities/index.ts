/** Mentions become entities: the same thing under every name. */
export { entityId } from './id.ts';
export type { LinkDocument } from './items.ts';
export { entityKey, type NameKey } from './key.ts';
export { type KnownName, knownNames } from './known-names.ts';
export { type Alias, type AliasLookup, type LearnedAlias, type LinkedDocument, linkMentions } from './link.ts';
export { type Linker, openLinker } from './linker.ts';
