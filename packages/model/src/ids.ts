/** Branded identifiers: a `DocumentId` does not fit where a `UrlId` is asked for. */

declare const noun: unique symbol;

/** A string that names one fact of the kind `Noun`. */
export type Id<Noun extends string> = string & { readonly [noun]: Noun };

/** A URL the frontier knows: `u` and 128 bits of SHA-256 over the canonical URL, in hexadecimal. */
export type UrlId = Id<'url'>;
/** One stored response: `c` and a hash over the URL's id and the body's digest. */
export type CaptureId = Id<'capture'>;
/** An article: `d` and a hash over the canonical URL it was read from. */
export type DocumentId = Id<'document'>;
/** A person, organisation, place or other named thing: `e` and a hash over its type and key. */
export type EntityId = Id<'entity'>;
/** An event told by one or more documents: `s` and a hash over its first document's id. */
export type StoryId = Id<'story'>;
/** A publisher: its registered domain, or the name given with a seed. */
export type SourceId = Id<'source'>;
/** SHA-256 of a body's decoded bytes, in hexadecimal. */
export type Digest = Id<'digest'>;
