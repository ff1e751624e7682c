/** The way out to the web: got behind a guard, within limits; and robots.txt, cached. */
export { type ContentEncoding, type Decoded, decodeBody, parseEncodings } from './decode.ts';
export * from './egress.ts';
export { HTTP_ERROR_CODES, HttpError, type HttpErrorCode } from './errors.ts';
export * from './judge.ts';
export * from './limits.ts';
export * from './robots-cache.ts';
export type { Lookup } from './sockets.ts';
