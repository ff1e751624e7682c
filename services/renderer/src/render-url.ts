/** Renders one page that the crawler handed over, and records it like any other visit to its host. */
import {
  directivesOf,
  hostOf,
  isHostTrouble,
  MAX_CRAWL_DELAY_MS,
  nextSlot,
  productTokenOf,
  restMs,
  retryAfterMs,
  sourceOf,
  usageSignals,
} from '@newsloom/frontier';
import type { Egress, HostRobots, RobotsCache } from '@newsloom/http';
import { done, job, later, type Outcome, type Payload, type SourceSettings } from '@newsloom/jobs';
import { captureIdOf, digestOf, type UrlId } from '@newsloom/model';
import type { SourceBook } from '@newsloom/service';
import { packBody, type Store, type Visit } from '@newsloom/store';
import type { Browser } from './browser.ts';
import { RenderError, type Rendered, type RenderLimits, renderPage } from './render-page.ts';

export type RenderUrlTools = {
  store: Pick<Store, 'frontier' | 'hosts' | 'captures' | 'renders'>;
  egress: Pick<Egress, 'get'>;
  robots: RobotsCache;
  sources: Pick<SourceBook, 'for'>;
  browser: Pick<Browser, 'openPage'>;
  limits: RenderLimits;
  userAgent: string;
  hostDelayMs: number;
  /** The one-shot crawl this process works for, or null for all that is followed. */
  crawlId: string | null;
  /** How long the next URL of the host is its job's, in milliseconds. */
  leaseMs: number;
  now: () => Date;
  signal: AbortSignal;
};

type HeldUrl = NonNullable<Awaited<ReturnType<Store['frontier']['hold']>>>;

/** For opening a page in the browser, reading it, and the steps on the database, in milliseconds. */
const MARGIN_MS = 60_000;
/** A page whose visits have no interval yet is looked at again after this long. */
const DAY_MS = 86_400_000;

export async function renderUrl({ urlId }: Payload<'render'>, tools: RenderUrlTools): Promise<Outcome> {
  const { store, now, limits } = tools;
  const holdMs = limits.deadlineMs + MARGIN_MS;
  const url = await store.frontier.hold(urlId as UrlId, now(), holdMs);
  if (!url) return done('not-held');
  try {
    const outcome = await renderHeld(url, tools);
    if (outcome.kind === 'later')
      await store.frontier.keep(url.id, new Date(now().getTime() + outcome.delayMs + holdMs));
    return outcome;
  } catch (error) {
    // Our trouble: the job comes again, and must be able to take the URL in hand.
    await store.frontier.keep(url.id, new Date(now().getTime() + holdMs)).catch(() => {});
    throw error;
  }
}

async function renderHeld(url: HeldUrl, tools: RenderUrlTools): Promise<Outcome> {
  const { store, now, robots: cache, crawlId, leaseMs } = tools;
  const early = url.slotAt.getTime() - now().getTime();
  if (early > 0) return later(early, 'before-slot');
  const ask = await store.renders.handed(url.id);
  if (!ask) {
    await store.frontier.release(url.id);
    return done('not-asked');
  }
  const settings = await tools.sources.for(url.sourceId);
  const robots = await cache.for(url.url, tools.signal);
  const pace = {
    hostDelayMs: url.hostDelayMs ?? settings.fetch?.delay ?? tools.hostDelayMs,
    crawlDelayMs: robots.crawlDelayMs,
    responseMs: url.responseMs,
  };
  if (robots.fetched) {
    // Asking for robots.txt was a request to the host: the page waits for the next slot.
    const endedAt = now().getTime();
    await enterRobots(url, url.host, robots, nextSlot(endedAt, pace), tools);
    return later(Math.max(1, nextSlot(endedAt, pace) - endedAt), 'robots-first');
  }
  const startedAt = now();
  const rendered = robots.allows(url.url)
    ? await attempt(url, robots, settings, tools)
    : new RenderError(robots.policy === 'hold-off' ? 'robots-unreachable' : 'robots');
  const endedAt = now();
  const tookMs = endedAt.getTime() - startedAt.getTime();
  const failed = rendered instanceof RenderError;
  const asked = !failed || !rendered.note.startsWith('robots');
  const resultId = failed ? null : await keep(url, rendered, robots, endedAt, tools);
  const visit = visitOf(url, rendered, { startedAt, endedAt, robotsVersion: robots.version });
  const slotAt = asked ? new Date(nextSlot(endedAt.getTime(), pace)) : endedAt;
  await store.renders.end(ask.id, { ...countsOf(rendered), note: visit.note, resultId, tookMs }, endedAt);
  const next = await store.frontier.record({ ...visit, slotAt }, { leaseMs, crawlId });
  return done(
    visit.note,
    // What was found before stands where the browser gave nothing: the capture is read again, without asking for one.
    job('parse', { captureId: resultId ?? ask.captureId }),
    next ? job('fetch', { urlId: next.urlId }, next.delayMs) : null,
  );
}

/** Enters a request for robots.txt that ended just now in the ledger of its host, which may be asked again at `slotMs`. */
async function enterRobots(url: HeldUrl, host: string, rules: HostRobots, slotMs: number, tools: RenderUrlTools) {
  await tools.store.hosts.noteRobotsFetch(host, {
    ...rules,
    startedAt: new Date(tools.now().getTime() - rules.tookMs),
    tookMs: Math.round(rules.tookMs),
    crawlDelayMs: rules.crawlDelayMs === null ? null : Math.min(Math.round(rules.crawlDelayMs), MAX_CRAWL_DELAY_MS),
    slotAt: new Date(slotMs),
    sourceId: url.sourceId,
  });
}

async function attempt(
  url: HeldUrl,
  robots: HostRobots,
  { fetch: own = {} }: SourceSettings,
  tools: RenderUrlTools,
): Promise<Rendered | RenderError> {
  const source = sourceOf(url.url);
  const headers = {
    ...own.headers,
    ...(own.acceptLanguage !== undefined && { 'accept-language': own.acceptLanguage }),
    ...(own.userAgentSuffix !== undefined && { 'user-agent': `${tools.userAgent} ${own.userAgentSuffix}` }),
  };
  // What a source is asked with concerns nobody else.
  const headersFor = (part: string) => (sourceOf(part) === source ? headers : {});
  const allows = async (part: string) => {
    const { origin } = new URL(part);
    if (origin === new URL(url.url).origin) return robots.allows(part);
    const rules = await tools.robots.for(part, tools.signal);
    if (rules.fetched) await enterRobots(url, hostOf(part), rules, tools.now().getTime(), tools);
    return rules.allows(part);
  };
  const { browser, egress, limits, now, signal } = tools;
  try {
    return await renderPage(url.url, { browser, egress, allows, headersFor, limits, now, signal });
  } catch (error) {
    // What we broke off ourselves says nothing about the page.
    if (!(error instanceof RenderError) || signal.aborted) throw error;
    return error;
  }
}

/** Keeps what the browser made of a page as a capture of its own, and the requests for its parts in the ledger. */
async function keep(url: HeldUrl, page: Rendered, { robots }: HostRobots, at: Date, tools: RenderUrlTools) {
  const { store } = tools;
  const agent = productTokenOf(tools.userAgent);
  const { headers, status } = page.response;
  const bytes = Buffer.from(page.html, 'utf8');
  const digest = digestOf(bytes);
  const id = captureIdOf(url.id, digest);
  const terms = {
    xRobotsTag: headers['x-robots-tag'],
    tdmReservation: headers['tdm-reservation'],
    tdmPolicy: headers['tdm-policy'],
    contentUsage: headers['content-usage'],
    signals: usageSignals(robots, agent, url.url),
  };
  await store.captures.save(
    {
      id,
      urlId: url.id,
      url: url.url,
      status,
      contentType: 'text/html; charset=utf-8',
      xRobotsTag: headers['x-robots-tag'] ?? null,
      headers: { 'content-type': headers['content-type'] ?? 'text/html' },
      digest,
      fetchedAt: at,
      directives: directivesOf(terms, agent),
      rendered: true,
    },
    await packBody(bytes, { encoding: 'identity', bytes: null }),
  );
  // The page itself stands in the ledger by its visit.
  const parts = page.made.slice(1).map((part) => ({ ...part, host: hostOf(part.url), wireBytes: part.bytes }));
  await store.renders.enterParts(url.id, parts);
  return id;
}

/** What one rendering means for its URL: what was known of the page as fetched stays. */
function visitOf(
  url: HeldUrl,
  rendered: Rendered | RenderError,
  { startedAt, endedAt, robotsVersion }: { startedAt: Date; endedAt: Date; robotsVersion: string },
): Omit<Visit, 'slotAt'> {
  const failed = rendered instanceof RenderError;
  const { response } = rendered;
  const endMs = endedAt.getTime();
  const mustRest = failed && (rendered.note === 'http-429' || rendered.note === 'http-503');
  const asked = mustRest ? retryAfterMs(response?.headers['retry-after'], endMs) : null;
  const hostTrouble = failed && isHostTrouble({ kind: 'error', code: rendered.note });
  return {
    urlId: url.id,
    host: url.host,
    sourceId: url.sourceId,
    url: url.url,
    startedAt,
    endedAt,
    verdict: failed ? 'unchanged' : 'captured',
    note: failed ? `not-rendered-${rendered.note}` : 'rendered',
    status: response?.status ?? null,
    dueAt: new Date(endMs + (url.everyMs || url.intervalMs || DAY_MS)),
    intervalMs: url.intervalMs,
    failures: url.failures,
    gone: url.gone,
    etag: url.etag,
    lastModified: url.lastModified,
    // The URL keeps the capture of the page as fetched, so that the next fetch knows whether that has changed.
    captureId: null,
    changed: false,
    movedTo: null,
    wireBytes: response?.wireBytes ?? null,
    robotsVersion,
    resting: mustRest ? { until: new Date(endMs + restMs(asked, url.rests)), rests: url.rests + 1 } : null,
    hostFailures: hostTrouble ? url.hostFailures + 1 : url.hostFailures,
    responseMs: url.responseMs,
    crawl: 'captured',
  };
}

function countsOf(rendered: Rendered | RenderError) {
  if (rendered instanceof RenderError) return { state: 'failed', requests: 0, refused: 0, bytes: 0 } as const;
  const refused = Object.values(rendered.refused).reduce((sum, n) => sum + n, 0);
  return { state: 'rendered', requests: rendered.made.length, refused, bytes: rendered.bytes } as const;
}
