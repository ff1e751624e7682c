/** What is known of a host, as the API and the `newsloom host` command tell it: facts, sentences, the politeness ledger. */
import { canonicalize, gapMs, hostOf, MAX_CRAWL_DELAY_MS, type Pace, slowDownMs } from '@newsloom/frontier';
import type { FetchRecord, HostRow, PatternRow, Store } from '@newsloom/store';
import { moment } from './trace-sentences.ts';
import { explainPatterns } from './trap-sentences.ts';

/** A line of the ledger with its gap to the request before it. */
export type LedgerLine = FetchRecord & { sincePreviousMs: number | null };

export type HostAnswer = Omit<HostRow, 'robots'> & {
  robots: { status: number | null; policy: string; fetchedAt: Date; version: string } | null;
  /** Least gap between the end of one request and the start of the next, as things stand, in milliseconds. */
  gapMs: number;
  says: string[];
  /** Shapes of addresses whose links are not followed. */
  patterns: Omit<PatternRow, 'host'>[];
  /** Newest first. */
  requests: LedgerLine[];
  limit: number;
  offset: number;
  more: boolean;
};

/** Shapes of addresses that one answer lists. */
const MOST_PATTERNS = 20;

/** The host as the frontier names it (lower case, IDN as ASCII, without a default port), or null for what is none. */
export function hostNamed(text: string): string | null {
  const url = canonicalize(text.includes('://') ? text : `https://${text}/`);
  return url === null ? null : hostOf(url);
}

/**
 * All that is known of a host, with a page of its ledger; null where no address of it is known.
 * @param hostDelayMs the general delay, for hosts without one of their own
 */
export async function answerHost(
  store: Pick<Store, 'hosts' | 'patterns'>,
  host: string,
  ask: { hostDelayMs: number; now: Date; limit: number; offset: number },
): Promise<HostAnswer | null> {
  const found = await store.hosts.find(host, ask.now);
  if (!found) return null;
  // One line more than asked for, so that the last one has its gap too.
  const lines = await store.hosts.ledger(host, ask.limit + 1, ask.offset);
  const patterns = await store.patterns.ofHost(host, MOST_PATTERNS);
  const pace = {
    hostDelayMs: found.delayMs ?? ask.hostDelayMs,
    crawlDelayMs: found.crawlDelayMs,
    responseMs: found.responseMs,
  };
  const { status, policy, version, fetchedAt } = found.robots ?? {};
  const robots = found.robots && {
    status: status ?? null,
    policy: policy ?? '',
    version: version ?? '',
    fetchedAt: new Date(fetchedAt ?? 0),
  };
  return {
    ...found,
    robots,
    gapMs: gapMs(pace),
    says: [...explainHost({ ...found, robots }, pace, ask.now), ...explainPatterns(patterns)],
    patterns: patterns.map(({ host: _, ...counts }) => counts),
    requests: withGaps(lines).slice(0, ask.limit),
    limit: ask.limit,
    offset: ask.offset,
    more: lines.length > ask.limit,
  };
}

/** Lines of the ledger, newest first, each with its gap to the request before; decisions made without one have none. */
function withGaps(lines: FetchRecord[]): LedgerLine[] {
  let next: LedgerLine | null = null;
  const all = lines.map((line): LedgerLine => ({ ...line, sincePreviousMs: null }));
  for (const line of all) {
    if (!isRequest(line)) continue;
    if (next) next.sincePreviousMs = next.startedAt.getTime() - (line.startedAt.getTime() + line.tookMs);
    next = line;
  }
  return all;
}

/** False for a decision made before anything was sent: by robots.txt, by the guard. */
const isRequest = (line: FetchRecord) => line.status !== null || line.tookMs > 0;

/** Says how a host stands, the state first, one sentence a fact. Pure. */
export function explainHost(
  host: Omit<HostRow, 'robots'> & Pick<HostAnswer, 'robots'>,
  pace: Pace,
  now: Date,
): string[] {
  return [stateOf(host, now), gap(host, pace), robots(host.robots, now), urls(host)];
}

type Known = Omit<HostRow, 'robots'>;

function stateOf(host: Known, now: Date): string {
  const when = (at: Date | null) => moment(at, now);
  if (host.restingUntil && host.restingUntil > now) {
    const why = host.restedFor ? ` ${restReason(host.restedFor)} at ${when(host.restedFor.at)}` : '';
    const nth = host.rests > 1 ? `, rest ${host.rests} in a row` : '';
    return `Resting until ${when(host.restingUntil)}${nth}:${why || ' it asked for it'}.`;
  }
  if (host.busyUntil && host.busyUntil > now && host.lease) {
    const { url, inHand } = host.lease;
    if (inHand) return `Being asked for ${url}; the lease lasts until ${when(host.busyUntil)} unless it is renewed.`;
    const slot = host.slotAt && host.slotAt > now ? ` when its slot comes at ${when(host.slotAt)}` : ' next';
    return `To be asked for ${url}${slot}.`;
  }
  if (host.slotAt && host.slotAt > now) return `Its next slot is at ${when(host.slotAt)}.`;
  const trouble = host.failures > 0 ? ` It could not be reached ${host.failures} times in a row.` : '';
  return `${host.due > 0 ? 'May be asked now.' : 'May be asked now, and nothing is due.'}${trouble}`;
}

function restReason({ note, status }: NonNullable<HostRow['restedFor']>): string {
  if (status !== null) return `it answered ${status}`;
  const words: Record<string, string> = {
    dns: 'its name could not be resolved',
    tls: 'no secure connection could be made',
  };
  return words[note] ?? 'no connection could be made';
}

function gap({ delayMs, responseMs, crawlDelayMs }: Known, pace: Pace): string {
  const parts = [
    `${delayMs === null ? 'the general delay is' : 'its own delay is set to'} ${seconds(pace.hostDelayMs)}`,
  ];
  if (crawlDelayMs !== null) {
    const capped = crawlDelayMs >= MAX_CRAWL_DELAY_MS ? ' or more, of which two minutes count' : '';
    parts.push(`robots.txt asks for ${seconds(crawlDelayMs)}${capped}`);
  }
  if (responseMs !== null) {
    const slow = pace.hostDelayMs === 0 ? 0 : slowDownMs(responseMs);
    parts.push(`it answers in ${seconds(responseMs)}${slow > 0 ? `, which asks for ${seconds(slow)}` : ''}`);
  }
  return `At least ${seconds(gapMs(pace))} between two requests: ${parts.join('; ')}.`;
}

function robots(file: HostAnswer['robots'], now: Date): string {
  if (!file) return 'Its robots.txt was not asked for yet.';
  const policies: Record<string, string> = {
    rules: `its rules are followed (version ${file.version})`,
    'allow-all': 'everything is allowed',
    'hold-off': 'nothing is asked for until it can be had',
  };
  const answer = file.status === null ? 'no answer' : `status ${file.status}`;
  return `robots.txt asked for at ${moment(file.fetchedAt, now)}: ${answer}; ${policies[file.policy] ?? file.policy}.`;
}

function urls({ urls: known, due, verdicts }: Known): string {
  const of = (verdict: string) => verdicts.filter((it) => it.verdict === verdict);
  const sum = (rows: HostRow['verdicts']) => rows.reduce((n, it) => n + it.urls, 0);
  const parts = ['excluded', 'gone', 'failing', 'moved']
    .filter((verdict) => of(verdict).length > 0)
    .map((verdict) => {
      const notes = of(verdict).filter((it) => it.note && it.note !== verdict);
      const listed = notes.map((it) => `${it.note} ${it.urls}`).join(', ');
      return `${sum(of(verdict))} ${verdict}${listed ? ` (${listed})` : ''}`;
    });
  const fetched = known - sum(verdicts.filter((it) => it.verdict === null));
  return `${known} addresses known, ${fetched} of them fetched or decided on, ${due} due${parts.length > 0 ? `; ${parts.join(', ')}` : ''}.`;
}

/** Seconds as people write them: `0.25 s`, `5 s`. */
export const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(3))} s`;
