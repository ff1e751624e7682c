/** How a fetch can fail, in words that never change. */
import { TimeoutError } from 'got';

/** Why a fetch failed. The words are stable: notes, counters and tests rely on them. */
export const HTTP_ERROR_CODES = [
  'aborted',
  'bad-encoding',
  'bad-length',
  'bad-port',
  'bad-redirect',
  'bad-response',
  'bad-url',
  'bomb',
  'connect',
  'dns',
  'failed',
  'headers-too-large',
  'private-address',
  'redirect-loop',
  'reset',
  'timeout',
  'tls',
  'too-large',
  'too-many-redirects',
  'too-slow',
  'unsupported-scheme',
] as const;

export type HttpErrorCode = (typeof HTTP_ERROR_CODES)[number];

/** A fetch that gave no response. The message is the code alone: what lies behind an address is nobody's to read. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  /** The address of the hop that failed. */
  readonly url: string;
  constructor(code: HttpErrorCode, url: string, options?: ErrorOptions) {
    super(code, options);
    this.name = 'HttpError';
    this.code = code;
    this.url = url;
  }
}

/** Raised where a socket would open to an address that is not allowed. */
export class RefusedAddress extends Error {
  readonly code: HttpErrorCode = 'private-address';
}

const CODES: Record<string, HttpErrorCode> = {
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  ETIMEOUT: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  EHOSTDOWN: 'connect',
  ENETUNREACH: 'connect',
  ENETDOWN: 'connect',
  EADDRNOTAVAIL: 'connect',
  EACCES: 'connect',
  EPERM: 'connect',
  ETIMEDOUT: 'connect',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ERR_SOCKET_CLOSED: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  EPROTO: 'tls',
  ERR_ABORTED: 'aborted',
  ABORT_ERR: 'aborted',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'bad-length',
  ERR_UNSUPPORTED_PROTOCOL: 'unsupported-scheme',
  ERR_INVALID_URL: 'bad-url',
  ERR_UNESCAPED_CHARACTERS: 'bad-url',
};
const FAMILIES: readonly (readonly [RegExp, HttpErrorCode])[] = [
  [/^EAI_/, 'dns'],
  [/^HPE_/, 'bad-response'],
  [
    /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|CRL_|ERROR_IN_CERT|HOSTNAME_MISMATCH|INVALID_CA)/,
    'tls',
  ],
];
/** got's phases, in which a host that is not reached in time is told from one that does not answer. */
const TIMEOUT_PHASES: Record<string, HttpErrorCode> = { lookup: 'dns', connect: 'connect', secureConnect: 'connect' };

/** How deep causes are followed. */
const MAX_CAUSES = 5;

/** The code for whatever a request threw: the first known one along the chain of causes. */
export function codeOf(thrown: unknown): HttpErrorCode {
  let error: unknown = thrown;
  for (let depth = 0; depth < MAX_CAUSES && error instanceof Error; depth++) {
    if (error instanceof HttpError || error instanceof RefusedAddress) return error.code;
    if (error instanceof TimeoutError) return TIMEOUT_PHASES[error.event] ?? 'timeout';
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    const known = CODES[code] ?? FAMILIES.find(([family]) => family.test(code))?.[1];
    // A refused address surfaces as the cause of got's own error, which bears the outer code.
    if (known !== undefined && !(error.cause instanceof RefusedAddress)) return known;
    error = error.cause;
  }
  return 'failed';
}
