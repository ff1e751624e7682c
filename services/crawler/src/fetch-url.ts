/** Makes one attempt at one URL and records what it meant. */
import { gapMs, isList, MAX_CRAWL_DELAY_MS, mayBeConditional, scopeOf, sourceOf } from '@newsloom/frontier';
import { done, job, later, type Outcome, type Payload, type SourceSettings } from '@newsloom/jobs';
import { type UrlId, urlIdOf } from '@newsloom/model';
import type { SourceBook } from '@newsloom/service';
import { type Claim, packBody, type Reach, type Store } from '@newsloom/store';
import { type AttemptTools, attemptUrl, keptHeaders, notAsked, statedTerms } from './attempt.ts';
import { judge } from './judge.ts';
import type { Leases } from './leases.ts';
import { type Redirect, redirectOffer, sitemapOffers } from './offers.ts';
import { askOf, boundsOf, nextDay, scopeRefusal } from './source-asks.ts';

export type FetchTools = AttemptTools & {
  store: Pick<Store, 'frontier' | 'hosts' | 'redirects' | 'renders' | 'captures' | 'crawls' | 'sources' | 'documents'>;
  sources: Pick<SourceBook, 'for'>;
  /** The general User-Agent. */
  userAgent: string;
  hostDelayMs: number;
  /** Redirects in a row that are followed, each as a URL of its own. */
  maxRedirects: number;
  /** True where pages that need a browser are handed to a renderer. */
  hasRenderer: boolean;
  /** The one-shot crawl this process works for, or null for all that is followed. */
  crawlId: string | null;
  /** True while nothing more should be fetched: then a fetch does not claim its host's next URL. */
  held: () => boolean;
  /** How long a claimed URL is ours, in milliseconds; while it is in hand, `leases` renews that. */
  leaseMs: number;
  leases: Pick<Leases, 'during'>;
};

/** What a lease gives the fetch that runs under it. */
type InHand = { signal: AbortSignal; ending: () => void };

type HeldUrl = NonNullable<Awaited<ReturnType<Store['frontier']['hold']>>>;

/** How long a renderer may take to take a page in hand, before the host is free again, in milliseconds. */
const HAND_OVER_MS = 60_000;

export async function fetchUrl({ urlId }: Payload<'fetch'>, tools: FetchTools): Promise<Outcome> {
  const { store, now, leaseMs } = tools;
  const since = now();
  const url = await store.frontier.hold(urlId as UrlId, since, leaseMs);
  if (!url) return done('not-held');
  return tools.leases.during(url, since, (signal, ending) => fetchLeased(url, { ...tools, signal, ending }));
}

async function fetchLeased(url: HeldUrl, tools: FetchTools & InHand): Promise<Outcome> {
  const { store, now, leaseMs } = tools;
  try {
    const outcome = await fetchHeld(url, tools);
    // Kept for as long as it waits: a lease that ran out meanwhile would let the URL be dispatched twice.
    if (outcome.kind === 'later') await store.frontier.keep(url.id, after(outcome.delayMs));
    return outcome;
  } catch (error) {
    // The host may be another's by now, who asks for the URL again.
    if (tools.signal.aborted) return done('lease-lost');
    // Our trouble: the job comes again, and must be able to take the URL in hand.
    await store.frontier.keep(url.id, after(0)).catch(() => {});
    throw error;
  }

  function after(ms: number): Date {
    return new Date(now().getTime() + ms + leaseMs);
  }
}

async function fetchHeld(url: HeldUrl, tools: FetchTools & InHand): Promise<Outcome> {
  const { store, now, hostDelayMs, crawlId, leaseMs } = tools;
  const early = url.slotAt.getTime() - now().getTime();
  if (early > 0) return later(early, 'before-slot');

  if (tools.hasRenderer && (await store.renders.handOver(url.id, now()))) {
    // The host is the renderer's from here on: it takes the URL in hand, asks for the page, and records the visit.
    await store.frontier.keep(url.id, new Date(now().getTime() + HAND_OVER_MS));
    return done('for-renderer', job('render', { urlId: url.id }));
  }
  const reach: Reach = { depthLeft: url.depthLeft, crawls: url.crawls };
  const settings = await tools.sources.for(url.sourceId);
  const ownDelayMs = url.hostDelayMs ?? settings.fetch?.delay ?? hostDelayMs;
  const outside = reach.crawls.length === 0 ? scopeRefusal(url, settings) : null;
  if (outside) {
    const visit = judge(url, reach, notAsked(outside, now()), { hostDelayMs: ownDelayMs, crawlDelayMs: null });
    tools.ending();
    const next = await store.frontier.record(visit, tools.held() ? null : { leaseMs, crawlId });
    return done(visit.note, next ? fetchJob(next) : null);
  }
  const robots = await tools.robots.for(url.url, tools.signal);
  const pace = { hostDelayMs: ownDelayMs, crawlDelayMs: robots.crawlDelayMs };
  if (robots.fetched) {
    // Asking for robots.txt was a request to the host: the page waits for the next slot.
    const gap = gapMs({ ...pace, responseMs: url.responseMs });
    const endedAt = now().getTime();
    await store.hosts.noteRobotsFetch(url.host, {
      ...robots,
      startedAt: new Date(endedAt - robots.tookMs),
      tookMs: Math.round(robots.tookMs),
      crawlDelayMs: robots.crawlDelayMs === null ? null : Math.min(Math.round(robots.crawlDelayMs), MAX_CRAWL_DELAY_MS),
      slotAt: new Date(endedAt + gap),
      sourceId: url.sourceId,
    });
    if (gap > 0 && robots.allows(url.url)) return later(gap, 'robots-first');
  }

  if (settings.perDay !== undefined && crawlId === null && robots.allows(url.url)) {
    if (!(await store.sources.spend(url.sourceId, 'request', settings.perDay, now()))) {
      // All that the source has due waits for the next day, so that none of it is claimed in vain.
      await store.sources.postpone(url.sourceId, nextDay(now()));
      await store.frontier.release(url.id);
      return done('budget-spent');
    }
  }
  const conditional = mayBeConditional(url.watch, isList(url), now().getTime());
  const fetched = await attemptUrl(await unlessForgotten(url, reach, store), robots, tools, {
    conditional,
    ...askOf(settings, tools.userAgent),
  });
  const redirect = fetched.redirectedTo
    ? await followRedirect(url, reach, fetched.redirectedTo, settings, tools)
    : null;
  const judged = { ...fetched, ...(redirect && { attempt: redirect.attempt }) };
  const visit = judge(url, reach, judged, pace, boundsOf(settings));

  if (redirect?.offer) {
    for (const id of redirect.widen) await store.crawls.widen(id, redirect.offer.host);
    await store.frontier.offer([redirect.offer], { foundOn: url.id, now: now() });
    visit.movedTo = redirect.offer.id;
  }
  if (visit.verdict === 'captured' && visit.captureId && fetched.response) {
    const { response } = fetched;
    await store.captures.save(
      {
        id: visit.captureId,
        urlId: url.id,
        url: url.url,
        status: response.status,
        contentType: response.headers['content-type'] ?? null,
        xRobotsTag: response.headers['x-robots-tag'] ?? null,
        headers: keptHeaders(response.headers),
        digest: fetched.digest,
        fetchedAt: fetched.endedAt,
        directives: statedTerms(url.url, response, robots, tools.userAgent),
      },
      await packBody(response.body, response.truncated ? { encoding: 'identity', bytes: null } : response.wire),
    );
  }
  if (visit.verdict === 'captured' || visit.verdict === 'unchanged') {
    await store.frontier.offer(sitemapOffers(url, reach, robots.sitemaps), { foundOn: url.id, now: now() });
  }
  const isBack = url.verdict === 'gone' && (visit.verdict === 'captured' || visit.verdict === 'unchanged');
  if (url.documentId && (isBack || (visit.verdict === 'gone' && url.verdict !== 'gone'))) {
    await store.documents.markGone(url.documentId, url.id, isBack ? null : visit.endedAt);
  }
  tools.ending();
  const next = await store.frontier.record(visit, tools.held() ? null : { leaseMs, crawlId });
  if (visit.givesUpHost && reach.crawls.length > 0) {
    await store.crawls.endHost(url.host, { reason: visit.note, status: visit.status }, now());
  }
  const read = visit.captureId ?? url.captureId;
  return done(
    visit.note,
    visit.crawl === 'captured' && read ? job('parse', { captureId: read }) : null,
    next ? fetchJob(next) : null,
  );
}

/** A URL whose bytes were let go as its publisher wants, and that a crawl wants read once more, is fetched as if it were new. */
async function unlessForgotten(url: HeldUrl, reach: Reach, store: FetchTools['store']): Promise<HeldUrl> {
  if (url.captureId === null || reach.crawls.length === 0) return url;
  const capture = await store.captures.find(url.captureId);
  return capture?.kept === false ? { ...url, captureId: null } : url;
}

/** What a redirect offers; one that leads back to where it came from offers nothing. */
async function followRedirect(
  url: HeldUrl,
  reach: Reach,
  target: string,
  { scope = {} }: SourceSettings,
  tools: FetchTools,
): Promise<Redirect> {
  const { store, maxRedirects } = tools;
  if (await store.redirects.lead(urlIdOf(target), url.id, maxRedirects)) {
    return { offer: null, widen: [], attempt: { kind: 'error', code: 'redirect-loop' } };
  }
  const inScope = scopeOf(scope, [sourceOf(url.url)]);
  const role = url.kind === 'feed' || url.kind === 'sitemap' ? 'list' : 'link';
  return redirectOffer(url, reach, target, maxRedirects, (it) => inScope(it, role).in);
}

/** The job that fetches a claimed URL. */
export const fetchJob = ({ urlId, delayMs }: Claim) => job('fetch', { urlId }, delayMs);
