/** Ids made from natural keys, so that the same fact gets the same id in every process and at every try. */
import { createHash } from 'node:crypto';
import type { CaptureId, Digest, DocumentId, Id, StoryId, UrlId } from './ids.ts';

/** 96 bits: one collision expected among about 4e14 facts. */
const ID_HEX_DIGITS = 24;

const hashed = <T extends Id<string>>(prefix: string, ...parts: string[]): T =>
  `${prefix}${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, ID_HEX_DIGITS)}` as T;

/** Id of a canonical URL. */
export const urlIdOf = (canonicalUrl: string): UrlId => hashed('u', canonicalUrl);
/** Id of the capture of one body at one URL: the same body again is the same capture. */
export const captureIdOf = (urlId: UrlId, digest: Digest): CaptureId => hashed('c', urlId, digest);
/** Id of the document that is read from a canonical URL. */
export const documentIdOf = (canonicalUrl: string): DocumentId => hashed('d', canonicalUrl);
/** Id of the story that a document begins. */
export const storyIdOf = (firstDocument: DocumentId): StoryId => hashed('s', firstDocument);
/** SHA-256 of decoded bytes, in hexadecimal. */
export const digestOf = (bytes: Uint8Array): Digest => createHash('sha256').update(bytes).digest('hex') as Digest;
