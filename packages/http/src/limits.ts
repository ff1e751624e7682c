/** What one fetch may cost us at most. */

const KB = 1000;
const MB = 1000 * KB;
const SECOND = 1000;

/** Limits of one fetch. Sizes are bytes, times milliseconds. */
export type Limits = {
  /** Body as it comes over the wire, without transfer framing. */
  wireBytes: number;
  /** Body after all content encodings. */
  decodedBytes: number;
  /** Decoded over wire size, once more than `ratioAfterBytes` are decoded. */
  ratio: number;
  ratioAfterBytes: number;
  /** Content encodings on top of each other. */
  encodings: number;
  headerBytes: number;
  headerCount: number;
  redirects: number;
  /** Each of: looking the name up, connecting, TLS. */
  connectMs: number;
  /** From the request sent to the end of the response's headers. */
  firstByteMs: number;
  /** The whole fetch, all redirects together. */
  totalMs: number;
  /** After `slowAfterMs` of body, less than this many bytes a second ends the fetch. */
  bytesPerSecond: number;
  slowAfterMs: number;
};

/**
 * Defaults. A news page is 50 to 500 kB and decodes to at most 20 times its wire size; text that decodes to more than
 * 100 times was made to. Header room is four times Node's default: some sites send 20 kB of policy headers.
 */
export const DEFAULT_LIMITS: Limits = {
  wireBytes: 10 * MB,
  decodedBytes: 20 * MB,
  ratio: 100,
  ratioAfterBytes: 1 * MB,
  encodings: 2,
  headerBytes: 65_536,
  headerCount: 200,
  redirects: 8,
  connectMs: 10 * SECOND,
  firstByteMs: 15 * SECOND,
  totalMs: 30 * SECOND,
  bytesPerSecond: 1 * KB,
  slowAfterMs: 5 * SECOND,
};

/** What of the settings bounds a fetch. */
export type FetchSettings = {
  maxWireBytes: number;
  maxBodyBytes: number;
  maxRatio: number;
  ratioAfterBytes: number;
  maxEncodings: number;
  maxHeaderBytes: number;
  maxHeaders: number;
  maxRedirects: number;
  connectMs: number;
  firstByteMs: number;
  fetchDeadlineMs: number;
  minBytesPerSecond: number;
  slowAfterMs: number;
};

/** The limits that an operator set. */
export const limitsOf = (settings: FetchSettings): Limits => ({
  wireBytes: settings.maxWireBytes,
  decodedBytes: settings.maxBodyBytes,
  ratio: settings.maxRatio,
  ratioAfterBytes: settings.ratioAfterBytes,
  encodings: settings.maxEncodings,
  headerBytes: settings.maxHeaderBytes,
  headerCount: settings.maxHeaders,
  redirects: settings.maxRedirects,
  connectMs: settings.connectMs,
  firstByteMs: settings.firstByteMs,
  totalMs: settings.fetchDeadlineMs,
  bytesPerSecond: settings.minBytesPerSecond,
  slowAfterMs: settings.slowAfterMs,
});
