/** What one attempt at a URL meant: the table of verdicts and notes. */
import type { Verdict } from '@newsloom/model';
import type { ScopeReason } from './scope.ts';

/** One attempt at one URL, as plain values. */
export type Attempt =
  | {
      kind: 'response';
      /** Status of the last answer, after the redirects that were followed. */
      status: number;
      contentType?: string | null;
      /** First bytes of the body, for content without a type, or with a wrong one. */
      head?: Uint8Array;
      bodyBytes?: number;
      /** True where the body's digest is that of the last capture. */
      sameDigest?: boolean;
      /** True where the answer leads to another canonical URL. */
      moved?: boolean;
      /** 404 answers in a row before this one. */
      goneBefore?: number;
    }
  | { kind: 'error'; code: string }
  | { kind: 'refused'; note: ExclusionNote };

/** Decisions made before or instead of a fetch. */
export type ExclusionNote =
  | ScopeReason
  | 'robots'
  | 'out-of-scope'
  | 'private-address'
  | 'trap'
  | 'too-many-redirects'
  | 'nofollow';

/** A verdict and the word that counts it. */
export type Judgement = { verdict: Verdict; note: string };

/** After this many 404 answers in a row a page is gone; 410 says so at once. */
export const GONE_AFTER_404S = 3;

/** Errors that lie in the address or in what it serves, and that another try would meet again. */
const EXCLUDING_ERRORS = new Map([
  ['private-address', 'private-address'],
  ['local-name', 'private-address'],
  ['unsupported-scheme', 'unsupported-scheme'],
  ['credentials', 'unsupported-scheme'],
  ['bad-port', 'bad-port'],
  ['bad-url', 'bad-url'],
  ['too-large', 'too-large'],
  ['bomb', 'bomb'],
  ['headers-too-large', 'headers-too-large'],
]);
/** Errors that say the host itself could not be reached. */
const HOST_ERRORS = new Set(['dns', 'connect', 'connect-timeout', 'tls']);

const TEXT_TYPE =
  /^(?:text\/(?!css|javascript|calendar|vcard)|application\/(?:xhtml|xml|rss|atom|rdf|json|feed|ld|x-rss|x-gzip|gzip)|[\w.-]+\/[\w.-]+\+(?:xml|json))/i;
const UNTYPED =
  /^(?:application\/(?:octet-stream|x-unknown|unknown|force-download)|binary\/octet-stream|unknown\/unknown)?$/i;

/** Judges an attempt. Never `later`: what the verdict does to the host and the next visit is decided from it. */
export function verdictOf(attempt: Attempt): Judgement {
  if (attempt.kind === 'refused') return { verdict: 'excluded', note: attempt.note };
  if (attempt.kind === 'error') return judgeError(attempt.code);
  if (attempt.moved) return { verdict: 'moved', note: 'moved' };
  const { status } = attempt;
  if (status === 304) return { verdict: 'unchanged', note: 'not-modified' };
  if (status === 204 || status === 205) return { verdict: 'failing', note: 'empty' };
  if (status >= 200 && status < 300) return judgeBody(attempt);
  if (status >= 300 && status < 400) return { verdict: 'failing', note: `http-${status}` };
  if (status === 410) return { verdict: 'gone', note: 'http-410' };
  if (status === 404) {
    return { verdict: (attempt.goneBefore ?? 0) + 1 >= GONE_AFTER_404S ? 'gone' : 'failing', note: 'http-404' };
  }
  if (status === 429 || status === 503) return { verdict: 'resting', note: `http-${status}` };
  if (status === 451) return { verdict: 'excluded', note: 'http-451' };
  return { verdict: 'failing', note: `http-${status}` };
}

/** True where an attempt failed because its host could not be reached, which is the host's trouble and not the URL's. */
export function isHostTrouble(attempt: Attempt): boolean {
  return attempt.kind === 'error' && HOST_ERRORS.has(attempt.code);
}

/** True for content an article, a feed or a sitemap can be read from: by its type, or by its first bytes where that says nothing. */
export function isText(contentType: string | null | undefined, head?: Uint8Array): boolean {
  const type = contentType?.split(';')[0]?.trim() ?? '';
  if (!UNTYPED.test(type)) return TEXT_TYPE.test(type);
  return head === undefined || looksLikeText(head);
}

function judgeBody(attempt: Extract<Attempt, { kind: 'response' }>): Judgement {
  if (attempt.bodyBytes === 0) return { verdict: 'failing', note: 'empty' };
  if (!isText(attempt.contentType, attempt.head)) return { verdict: 'excluded', note: 'not-text' };
  if (attempt.sameDigest) return { verdict: 'unchanged', note: 'same-content' };
  return { verdict: 'captured', note: 'captured' };
}

function judgeError(code: string): Judgement {
  const exclusion = EXCLUDING_ERRORS.get(code);
  return exclusion === undefined ? { verdict: 'failing', note: code } : { verdict: 'excluded', note: exclusion };
}

/** Markup, JSON or gzip (a sitemap) at the start; or no NUL in the first bytes, as the MIME sniffing standard asks. */
function looksLikeText(head: Uint8Array): boolean {
  if (head[0] === 0x1f && head[1] === 0x8b) return true;
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return utf16 || !head.subarray(0, 512).includes(0);
}
