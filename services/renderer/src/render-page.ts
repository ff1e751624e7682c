/** Renders one page: every request of the browser is made by us, through the guard, or not at all. */
import { type Egress, HttpError, type HttpResponse } from '@newsloom/http';
import type { Browser } from './browser.ts';
import { judgeRequest, type PageRequest, passedHeaders } from './judge-request.ts';

/** What rendering one page may cost at most. Sizes in bytes, decoded; times in milliseconds. */
export type RenderLimits = { requests: number; bytes: number; deadlineMs: number };

export type RenderTools = {
  browser: Pick<Browser, 'openPage'>;
  egress: Pick<Egress, 'get'>;
  /** Whether robots.txt lets us ask for an address. */
  allows: (url: string) => Promise<boolean>;
  /** Headers that an address is asked with, beyond the usual ones; names in lower case. */
  headersFor?: (url: string) => Record<string, string>;
  limits: RenderLimits;
  now: () => Date;
  signal?: AbortSignal;
};

/** One request that was made for a page. */
export type MadeRequest = { url: string; startedAt: Date; tookMs: number; status: number | null; bytes: number };

export type Rendered = {
  /** The page as scripts left it. */
  html: string;
  /** The answer to the request for the page itself. */
  response: HttpResponse;
  /** All that was asked for it, the page itself included. */
  made: MadeRequest[];
  /** How many requests were refused, by reason. */
  refused: Record<string, number>;
  bytes: number;
};

/** A page that could not be rendered; the note says why. */
export class RenderError extends Error {
  readonly note: string;
  /** What the publisher answered for the page itself, where that was the reason. */
  readonly response: HttpResponse | null;
  constructor(note: string, options: ErrorOptions & { response?: HttpResponse } = {}) {
    super(note, options);
    this.name = 'RenderError';
    this.note = note;
    this.response = options.response ?? null;
  }
}

/** No request for this long after the page has loaded means that it is done, in milliseconds. */
const QUIET_MS = 500;
/** The longest text taken of a page, in characters. */
const MAX_HTML_CHARS = 10_000_000;
const READ_MS = 5_000;

/**
 * Renders the page at an address.
 * @throws RenderError with `http-500`, `too-many-redirects`, `private-address`, ... where the page itself did not come,
 *   `render-crashed` where it took too much memory, `render-hung` where its scripts let nobody in
 */
export async function renderPage(url: string, tools: RenderTools): Promise<Rendered> {
  const { limits } = tools;
  const deadline = AbortSignal.timeout(limits.deadlineMs);
  const signal = tools.signal ? AbortSignal.any([deadline, tools.signal]) : deadline;
  const made: MadeRequest[] = [];
  const refused: Record<string, number> = {};
  let bytes = 0;
  let inFlight = 0;
  let quietSince = Number.POSITIVE_INFINITY;
  let loaded = false;
  let main: HttpResponse | null = null;
  let failed: RenderError | null = null;
  const settle = () => {
    quietSince = loaded && inFlight === 0 ? performance.now() : Number.POSITIVE_INFINITY;
  };

  await using page = await tools.browser.openPage({
    onLoad: () => {
      loaded = true;
      settle();
    },
    onCrash: () => {
      failed = new RenderError('render-crashed');
    },
    async onRequest(request, answer) {
      const judged = judgeRequest(request, url);
      const refuse = (why: string) => {
        refused[why] = (refused[why] ?? 0) + 1;
        return answer.refuse();
      };
      if (judged.fate === 'refuse') return refuse(judged.why);
      if (judged.fate === 'nothing')
        return answer.fulfil(200, [{ name: 'content-type', value: judged.contentType }], '');
      if (made.length >= limits.requests) return refuse('too-many');
      if (bytes >= limits.bytes) return refuse('too-much');
      const isFirst = request.isMain && main === null;
      const startedAt = tools.now();
      const started = performance.now();
      const entry: MadeRequest = { url: request.url, startedAt, tookMs: 0, status: null, bytes: 0 };
      inFlight++;
      settle();
      try {
        if (!isFirst && !(await tools.allows(request.url))) return await refuse('robots');
        made.push(entry);
        const response = await tools.egress.get(request.url, {
          ...asking(request, tools.headersFor?.(request.url) ?? {}),
          signal,
          ...room(bytes, limits),
        });
        entry.status = response.status;
        entry.bytes = response.wireBytes;
        bytes += response.body.length;
        if (isFirst) {
          main = response;
          if (response.status !== 200) failed = new RenderError(`http-${response.status}`, { response });
        }
        await answer.fulfil(response.status, passedHeaders(response.headers), response.body);
      } catch (error) {
        const code = error instanceof HttpError ? error.code : 'failed';
        if (isFirst) failed = new RenderError(code, { cause: error });
        await refuse(code);
      } finally {
        entry.tookMs = performance.now() - started;
        inFlight--;
        settle();
      }
    },
  });

  const navigating = page.navigate(url).catch(() => {});
  while (!signal.aborted && failed === null && performance.now() - quietSince < QUIET_MS) {
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), page.gone]);
    if (page.isGone()) failed ??= new RenderError('render-crashed');
  }
  if (tools.signal?.aborted) throw new RenderError('aborted');
  if (failed !== null) throw failed;
  if (main === null) throw new RenderError('timeout');
  const html = await page.html(MAX_HTML_CHARS, READ_MS);
  if (html === null) throw new RenderError('render-hung');
  void navigating;
  return { html, response: main, made, refused, bytes };
}

/** What a page may still fetch, as the limits of one fetch. */
const room = (bytes: number, { bytes: most, deadlineMs: totalMs }: RenderLimits) => {
  const left = Math.max(1, most - bytes);
  return { limits: { wireBytes: left, decodedBytes: left, totalMs } };
};

/** The origin goes along, for servers that answer scripts of other origins by it; cookies and credentials never do. */
const asking = (
  { headers, type }: PageRequest & { headers: Record<string, string> },
  own: Readonly<Record<string, string>>,
) => ({
  as: type === 'Document' ? ('page' as const) : ('any' as const),
  headers: {
    ...Object.fromEntries(
      ['origin', 'referer', 'accept'].flatMap((name) => {
        const value = headers[name] ?? headers[name[0]?.toUpperCase() + name.slice(1)];
        return value === undefined || (name === 'accept' && type === 'Document') ? [] : [[name, value]];
      }),
    ),
    ...own,
  },
});
