/** One attempt at one URL: robots.txt and the guard first, then one request; plain values come back. */
import {
  type Attempt,
  type Cidr,
  canonicalize,
  checkUrl,
  directivesOf,
  type ExclusionNote,
  productTokenOf,
  usageSignals,
} from '@newsloom/frontier';
import { type Egress, type HostRobots, HttpError, type HttpResponse, type RobotsCache } from '@newsloom/http';
import { type CaptureId, captureIdOf, type Digest, digestOf } from '@newsloom/model';
import type { FrontierUrl } from '@newsloom/store';
import type { SourceAsk } from './source-asks.ts';

export type AttemptTools = {
  egress: Pick<Egress, 'get'>;
  robots: RobotsCache;
  /** Ranges that may be contacted although not public. */
  allowPrivate: readonly Cidr[];
  now: () => Date;
  /** True once the crawler breaks off what still runs. */
  stopped: () => boolean;
  /** Fires when the URL is no longer in hand. */
  signal?: AbortSignal;
};

/** What one fetch asks for beyond what every fetch does. */
export type Ask = SourceAsk & { conditional: boolean };

/** What came of an attempt. */
export type Fetched = {
  attempt: Attempt;
  startedAt: Date;
  endedAt: Date;
  /** False where nothing was asked of the host: excluded before a request. */
  asked: boolean;
  response: HttpResponse | null;
  digest: Digest;
  captureId: CaptureId | null;
  /** Canonical URL a redirect leads to. */
  redirectedTo: string | null;
  robotsVersion: string;
  /** True where the validators of the last capture were sent along. */
  conditional: boolean;
  /** When robots.txt, without which nothing may be asked, is asked for again; only while it cannot be had. */
  heldOffUntil?: Date;
};

/** First bytes that tell what a body without a type is. */
const HEAD_BYTES = 1_024;
const NO_DIGEST = '' as Digest;

/** An attempt that was decided against before anything was asked of the host. */
export const notAsked = (note: ExclusionNote, at: Date, robotsVersion = 'none'): Fetched => ({
  attempt: { kind: 'refused', note },
  startedAt: at,
  endedAt: at,
  asked: false,
  response: null,
  digest: NO_DIGEST,
  captureId: null,
  redirectedTo: null,
  robotsVersion,
  conditional: false,
});

/** Asks for a URL. Throws only for what is not the site's doing. */
export async function attemptUrl(
  url: FrontierUrl,
  robots: HostRobots,
  tools: AttemptTools,
  ask: Ask = { conditional: true, headers: {}, maxBodyBytes: null },
): Promise<Fetched> {
  const validators = ask.conditional && url.captureId !== null;
  const startedAt = tools.now();
  const conditional = validators && (url.etag !== null || url.lastModified !== null);
  const fetched: Fetched = { ...notAsked('robots', startedAt, robots.version), conditional };
  const guard = checkUrl(url.url, tools.allowPrivate);
  if (!guard.allowed) return { ...fetched, attempt: { kind: 'error', code: guard.reason } };
  if (robots.policy === 'hold-off') {
    // Without an answer the host itself is the trouble; with one, it is its robots.txt.
    const attempt: Attempt = { kind: 'error', code: robots.error ?? 'robots-unreachable' };
    return { ...fetched, attempt, heldOffUntil: new Date(robots.askAgainAt) };
  }
  if (!robots.allows(url.url)) return fetched;
  try {
    const response = await tools.egress.get(url.url, {
      etag: validators ? url.etag : null,
      lastModified: validators ? url.lastModified : null,
      headers: ask.headers,
      ...(ask.maxBodyBytes !== null && { limits: { decodedBytes: ask.maxBodyBytes } }),
      as: url.kind === 'feed' || url.kind === 'sitemap' ? url.kind : 'page',
      // A redirect is a URL of its own, with its own host, robots.txt and slot; only a bounce to itself is followed.
      onRedirect: (target) => (canonicalize(target) === url.url ? 'follow' : 'stop'),
      ...(tools.signal && { signal: tools.signal }),
    });
    return { ...fetched, ...answered(url, response), endedAt: tools.now(), asked: true, response };
  } catch (error) {
    // What we broke off ourselves says nothing about the site.
    if (!(error instanceof HttpError) || error.code === 'aborted' || tools.stopped()) throw error;
    return { ...fetched, endedAt: tools.now(), asked: true, attempt: { kind: 'error', code: error.code } };
  }
}

function answered(url: FrontierUrl, response: HttpResponse): Partial<Fetched> & { attempt: Attempt } {
  const { status, headers, body } = response;
  if (status >= 300 && status < 400 && status !== 304) {
    const redirectedTo = canonicalize(response.redirects.at(-1)?.url ?? '');
    if (!redirectedTo) return { attempt: { kind: 'error', code: 'bad-redirect' } };
    return { redirectedTo, attempt: { kind: 'response', status } };
  }
  const digest = digestOf(body);
  const captureId = captureIdOf(url.id, digest);
  const attempt: Attempt = {
    kind: 'response',
    status,
    contentType: headers['content-type'] ?? null,
    head: body.subarray(0, HEAD_BYTES),
    bodyBytes: body.length,
    sameDigest: captureId === url.captureId,
    goneBefore: url.gone,
  };
  return { digest, captureId, attempt };
}

/** What a publisher says about the use of a page, in the headers of its response and in robots.txt, to `userAgent`. */
export function statedTerms(url: string, response: HttpResponse, { robots }: HostRobots, userAgent: string): string[] {
  const agent = productTokenOf(userAgent);
  const { headers } = response;
  const terms = {
    xRobotsTag: headers['x-robots-tag'],
    tdmReservation: headers['tdm-reservation'],
    tdmPolicy: headers['tdm-policy'],
    contentUsage: headers['content-usage'],
    signals: usageSignals(robots, agent, url),
  };
  return directivesOf(terms, agent);
}

/** Headers worth keeping with a capture; cookies are nobody's business. */
export function keptHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !NOT_KEPT.has(name))
      .map(([name, value]) => [name, value.slice(0, MAX_HEADER_CHARS)]),
  );
}

const NOT_KEPT = new Set(['set-cookie', 'connection', 'keep-alive', 'transfer-encoding', 'date', 'age']);
const MAX_HEADER_CHARS = 1_000;
