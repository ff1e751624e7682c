/** Mentions become entities: the same thing under every name. */
export { entityId } from './id.ts';
export {
  type ClaimedName,
  type ImportedName,
  type ImportRow,
  keysOf,
  planImport,
  readImportRow,
} from './import.ts';
export type { LinkDocument } from './items.ts';
export { entityKey, type NameKey } from './key.ts';
export { type KnownName, knownNames, type ShippedName, shippedNames } from './known-names.ts';
export {
  type Alias,
  type AliasLookup,
  type LearnedAlias,
  type LinkedDocument,
  type LinkedRole,
  type Linking,
  linkMentions,
  openLinking,
} from './link.ts';
export { type Linker, openLinker } from './linker.ts';
export { mendMentions } from './mend.ts';
export { namesToAsk } from './names-to-ask.ts';
export { allOffices } from './offices.ts';
export { isWikidataItem, rowsOfItem } from './wikidata.ts';
