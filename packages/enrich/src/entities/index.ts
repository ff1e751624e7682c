/** Mentions become entities: the same thing under every name. */
export { entityId } from './id.ts';
export { entityKey, type NameKey } from './key.ts';
export { type Alias, type AliasLookup, type LinkDocument, type LinkedDocument, linkMentions } from './link.ts';
export { type Linker, openLinker } from './linker.ts';
