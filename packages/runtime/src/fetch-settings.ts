/** Settings of fetching: what one fetch may cost at most, and what publishers' terms do. */
import { choice, setting, wholeNumber } from './setting.ts';

/** The list; a part of that in settings.ts. The numbers are those of packages/http/src/limits.ts. */
export const FETCH_SETTINGS = {
  maxWireBytes: setting({
    env: 'NEWSLOOM_MAX_WIRE_BYTES',
    schema: wholeNumber(1_000, 1_000_000_000),
    default: '10000000',
    says: 'Largest response on the wire, in bytes.',
  }),
  maxBodyBytes: setting({
    env: 'NEWSLOOM_MAX_BODY_BYTES',
    schema: wholeNumber(1_000, 1_000_000_000),
    default: '20000000',
    says: 'Largest response after decoding, in bytes.',
  }),
  maxRatio: setting({
    env: 'NEWSLOOM_MAX_RATIO',
    schema: wholeNumber(2, 10_000),
    default: '100',
    says: 'Largest ratio of the decoded response to its size on the wire; above it the response is a bomb.',
  }),
  ratioAfterBytes: setting({
    env: 'NEWSLOOM_RATIO_AFTER_BYTES',
    schema: wholeNumber(1_000, 1_000_000_000),
    default: '1000000',
    says: 'Decoded bytes from which the ratio counts.',
  }),
  maxEncodings: setting({
    env: 'NEWSLOOM_MAX_ENCODINGS',
    schema: wholeNumber(1, 10),
    default: '2',
    says: 'Content encodings on top of each other in one response (gzip, br, zstd, deflate).',
  }),
  maxHeaderBytes: setting({
    env: 'NEWSLOOM_MAX_HEADER_BYTES',
    schema: wholeNumber(1_000, 1_000_000),
    default: '65536',
    says: 'Largest head of a response, all its headers together, in bytes; its trailers count the same.',
  }),
  maxHeaders: setting({
    env: 'NEWSLOOM_MAX_HEADERS',
    schema: wholeNumber(10, 10_000),
    default: '200',
    says: 'Most headers in one response.',
  }),
  maxRedirects: setting({
    env: 'NEWSLOOM_MAX_REDIRECTS',
    schema: wholeNumber(0, 50),
    default: '8',
    says: 'Most redirects in a row, each of which is judged and spaced like an address of its own.',
  }),
  connectMs: setting({
    env: 'NEWSLOOM_CONNECT_MS',
    schema: wholeNumber(100, 300_000),
    default: '10000',
    says: 'Longest time for each of looking a name up, connecting, and agreeing on TLS, in milliseconds.',
  }),
  firstByteMs: setting({
    env: 'NEWSLOOM_FIRST_BYTE_MS',
    schema: wholeNumber(100, 300_000),
    default: '15000',
    says: "Longest time from a request sent to the end of the response's headers, in milliseconds.",
  }),
  fetchDeadlineMs: setting({
    env: 'NEWSLOOM_FETCH_DEADLINE_MS',
    schema: wholeNumber(100, 600_000),
    default: '30000',
    says: 'Longest time one fetch may take from its start to the last byte read, in milliseconds.',
  }),
  minBytesPerSecond: setting({
    env: 'NEWSLOOM_MIN_BYTES_PER_SECOND',
    schema: wholeNumber(0, 1_000_000),
    default: '1000',
    says: 'Least bytes of a body that must come in each second; 0: any rate will do until the deadline.',
  }),
  slowAfterMs: setting({
    env: 'NEWSLOOM_SLOW_AFTER_MS',
    schema: wholeNumber(0, 600_000),
    default: '5000',
    says: 'How long a body may come in at any rate before the least rate counts, in milliseconds.',
  }),
  noindex: setting({
    env: 'NEWSLOOM_NOINDEX',
    schema: choice('skip', 'keep'),
    default: 'skip',
    says: 'What becomes of a page whose publisher says noindex: `skip` reads its links alone, `keep` makes it a document like any other.',
  }),
} as const;
