/** The facts about one URL as sentences: where it is now, what its last fetch meant, what came of it, whence it came. */
import type { Watch } from '@newsloom/model';
import type { Trace } from '@newsloom/store';
import { EXCLUDED, FAILING, NO_DOCUMENT, NOT_RENDERED } from './trace-phrases.ts';

export { explainTrap } from './trap-sentences.ts';

type Facts = Record<string, unknown>;

/**
 * Says where a URL is and why, the state first, one sentence a fact. Pure.
 * @param trace all facts about it, as `store.trace` gives them; null for a URL that is not known
 */
export function explainTrace(trace: Trace | null, now: Date): string[] {
  if (trace === null) {
    return [
      'Unknown: no seed, feed, sitemap or page has led to this address yet.',
      'If it was added just now, it may still wait in the seeds queue; a seed that is not valid is kept there as failed, with the reason.',
    ];
  }
  const when = (value: unknown) => moment(value, now);
  return [
    stateOf(trace, now),
    ...lastFetch(trace, when),
    ...reading(trace, when),
    ...rendering(trace, when),
    ...terms(trace),
    ...document(trace, when),
    ...watched(trace, when),
    ...nextVisit(trace, now),
    ...crawls(trace, when),
    ...origin(trace, when),
  ];
}

/** The first sentence: what is true of the URL at this moment. */
function stateOf(trace: Trace, now: Date): string {
  const { url } = trace;
  const when = (value: unknown) => moment(value, now);
  if (isAfter(url.leaseUntil, now)) {
    const slot = trace.host?.slotAt;
    return isAfter(slot, now)
      ? `Claimed: it is fetched when its host may be asked again, at ${when(slot)}.`
      : `Being fetched: a crawler holds it until ${when(url.leaseUntil)} at the latest.`;
  }
  const [capture] = trace.captures;
  switch (url.verdict) {
    case null:
    case undefined:
      return neverFetched(trace, now);
    case 'excluded':
      return `Excluded: ${EXCLUDED[text(url.note)] ?? unphrased(url.note)}.`;
    case 'gone':
      return `Gone: the publisher says it no longer exists (${status(url)}).`;
    case 'moved':
      return `Moved: it leads for good to ${trace.movedTo ?? 'another address'}.`;
    case 'resting':
      return `Resting: its host asked us to come back later (${status(url)}).`;
    case 'failing':
      return `Failing: ${failure(url)}${times(url.failures)}.`;
  }
  if (trace.document) {
    const { id, storyId } = trace.document;
    if (capture?.note === 'duplicate') return `Duplicate of document ${text(id)}, which was read from another address.`;
    return `Became document ${text(id)}${storyId ? `, in story ${text(storyId)}` : ''}.`;
  }
  if (capture?.parsed === 'pending') return 'Captured, and waiting to be read by the parser.';
  if (capture?.parsed === 'failed') return `Captured, but it could not be read: ${noDocument(capture.note)}.`;
  if (capture) return `Captured and read, but no document came of it: ${noDocument(capture.note)}.`;
  return url.verdict === 'unchanged' ? 'Unchanged since its last capture.' : 'Captured.';
}

function neverFetched(trace: Trace, now: Date): string {
  const { url } = trace;
  const open = trace.crawls.find((crawl) => crawl.state === 'pending');
  if (url.dueAt == null && open) return `Waiting: the crawl ${text(open.crawlId)} will fetch it.`;
  if (url.dueAt == null) {
    return 'Not followed: a page links to it, but it lies deeper than any seed asks for. Add it as a seed to have it fetched.';
  }
  return waiting(trace, now);
}

/** Why a URL that is due, or will be, has not been fetched. */
function waiting(trace: Trace, now: Date): string {
  const { url, host } = trace;
  const when = (value: unknown) => moment(value, now);
  if (isAfter(url.dueAt, now)) return spent(trace, now) ?? `Waiting: due at ${when(url.dueAt)}.`;
  const due = `Waiting: due since ${when(url.dueAt)}`;
  if (isAfter(host?.restingUntil, now)) return `${due}, but its host rests until ${when(host?.restingUntil)}.`;
  if (isAfter(host?.busyUntil, now)) return `${due}, while another address of its host is being fetched.`;
  if (isAfter(host?.slotAt, now)) return `${due}; its host may be asked from ${when(host?.slotAt)}.`;
  return `${due}; its host may be asked now, and addresses before it go first.`;
}

/** Why a URL waits for midnight: the budget of its source is spent. */
function spent({ url, budget }: Trace, now: Date): string | null {
  if (!budget || budget.day !== now.toISOString().slice(0, 10) || Number(budget.used) < Number(budget.perDay))
    return null;
  return `Waiting: the budget of its source, ${text(budget.perDay)} requests a day, is spent; due at ${moment(url.dueAt, now)}.`;
}

/** What its visits have taught: that it is dead, or that its publisher does not tell the truth. */
function watched({ url }: Trace, when: (value: unknown) => string): string[] {
  const { knocks, deadSince, liedAt } = (url.watch ?? {}) as Watch;
  const says: string[] = [];
  if (knocks !== undefined) {
    says.push(`Given up for dead, since ${when(new Date(deadSince ?? 0))}; it is knocked at ever more rarely.`);
  }
  if (liedAt !== undefined) {
    says.push(
      `Its publisher said "not modified" of a page that had changed (found at ${when(new Date(liedAt))}); it is asked in full.`,
    );
  }
  return says;
}

function lastFetch({ url, fetches }: Trace, when: (value: unknown) => string): string[] {
  const [last] = fetches;
  if (!last) return [];
  const took = `${Math.round(Number(last.tookMs))} ms`;
  const size = last.wireBytes == null ? '' : `, ${text(last.wireBytes)} bytes`;
  const meant = `${text(last.verdict)}${last.note && last.note !== last.verdict ? ` (${text(last.note)})` : ''}`;
  if (last.status == null && Number(last.tookMs) === 0) {
    return [`Decided at ${when(last.startedAt)}, without asking for it: ${meant}.`];
  }
  const answer = last.status == null ? 'no answer' : `status ${text(last.status)}`;
  const changed = url.changedAt == null ? [] : [`Its content last changed at ${when(url.changedAt)}.`];
  return [`Last fetched at ${when(last.startedAt)}: ${answer}, ${took}${size}; verdict ${meant}.`, ...changed];
}

function reading({ captures, document: read, url }: Trace, when: (value: unknown) => string): string[] {
  const [capture] = captures;
  if (!capture) return [];
  const kept = `Capture ${text(capture.id)} of ${when(capture.fetchedAt)}`;
  if (capture.parsed === 'pending') return [`${kept} waits for the parser.`];
  const version = capture.parserVersion == null ? '' : ` (version ${text(capture.parserVersion)})`;
  if (capture.parsed === 'failed') return [`${kept} is left for a person: ${noDocument(capture.note)}.`];
  // The state says already what became of the only capture.
  if (!read && url.verdict === 'captured') return [`${kept} was read by the parser${version}.`];
  return [
    `${kept} was read by the parser${version}${read ? '' : `, but no document came of it: ${noDocument(capture.note)}`}.`,
  ];
}

function rendering({ renders }: Trace, when: (value: unknown) => string): string[] {
  const [last] = renders;
  if (!last) return [];
  const why = text(last.reason);
  if (last.state === 'rendered') {
    const cost = `${text(last.requests)} requests, ${text(last.refused)} refused, ${text(last.bytes)} bytes`;
    return [`Rendered in a browser at ${when(last.endedAt)}: ${why}; ${Number(last.tookMs)} ms, ${cost}.`];
  }
  if (last.state !== 'failed') return [`A browser was asked for at ${when(last.askedAt)}: ${why}.`];
  const note = text(last.note).replace(/^not-rendered-/, '');
  const failure = NOT_RENDERED[note] ?? FAILING[note] ?? EXCLUDED[note] ?? unphrased(note);
  return [`A browser was asked for at ${when(last.askedAt)} (${why}), in vain: ${failure}.`];
}

/** What the publisher says about the use of the page, and that its bytes are gone where that was asked for. */
function terms({ captures: [capture] }: Trace): string[] {
  const said = Array.isArray(capture?.directives) ? capture.directives : [];
  if (said.length === 0) return [];
  return [`Its publisher says: ${said.join(', ')}.${capture?.kept === false ? ' Its bytes are not kept.' : ''}`];
}

function document({ document: it }: Trace, when: (value: unknown) => string): string[] {
  if (!it) return [];
  const title = it.title ? `"${text(it.title)}"` : 'Without a title';
  const facts = [
    `${title}, ${it.date ? `dated ${text(it.date)}` : 'undated'}, ${it.lang ? `in ${text(it.lang)}` : 'language unknown'}, version ${text(it.version)}.`,
  ];
  if (it.goneAt) facts.push(`Its publisher no longer serves it, since ${when(it.goneAt)}; the document is kept.`);
  if (it.failed) facts.push(`Enriching it was given up: ${sentence(text(it.failed))}`);
  else if (it.enrichedAt == null) facts.push('Its entities wait to be found.');
  else if (it.clusteredAt == null)
    facts.push(`Its entities were found at ${when(it.enrichedAt)}; it waits to be placed in a story.`);
  else
    facts.push(`Enriched at ${when(it.enrichedAt)}; placed in story ${text(it.storyId)} at ${when(it.clusteredAt)}.`);
  return facts;
}

function nextVisit(trace: Trace, now: Date): string[] {
  const { url } = trace;
  if (url.verdict == null || isAfter(url.leaseUntil, now)) return [];
  if (url.dueAt != null) {
    return [
      isAfter(url.dueAt, now) && !spent(trace, now) ? `Next visit at ${moment(url.dueAt, now)}.` : waiting(trace, now),
    ];
  }
  if (url.verdict === 'excluded' || url.verdict === 'gone' || url.verdict === 'moved')
    return ['No further visit is planned.'];
  if (url.depthLeft != null && url.articleAt != null) {
    return ['No further visit is planned: the days in which an article is corrected are over.'];
  }
  return ['No further visit is planned, as it is not followed for good; a crawl of it, or a seed, fetches it again.'];
}

function crawls({ crawls: all }: Trace, when: (value: unknown) => string): string[] {
  return all.map((crawl) => {
    const name = `Crawl ${text(crawl.crawlId)}`;
    switch (crawl.state) {
      case 'pending':
        return crawl.notBefore == null
          ? `${name}: waits to be fetched.`
          : `${name}: to be tried again at ${when(crawl.notBefore)}, after ${text(crawl.tries)} tries (${text(crawl.reason)}).`;
      case 'captured':
        return `${name}: fetched, and being read.`;
      default:
        return `${name}: ended${crawl.endedAt == null ? '' : ` at ${when(crawl.endedAt)}`}${crawl.reason ? ` as "${text(crawl.reason)}"` : ''}.`;
    }
  });
}

function origin({ seed, foundOn, url }: Trace, when: (value: unknown) => string): string[] {
  const facts: string[] = [];
  if (seed) {
    const tags = Array.isArray(seed.tags) && seed.tags.length > 0 ? `, tagged ${seed.tags.join(', ')}` : '';
    const asked = Number(seed.asked) > 1 ? `, asked for ${text(seed.asked)} times` : '';
    facts.push(
      `A seed since ${when(seed.createdAt)} (kind ${text(seed.kind)}, depth ${text(seed.depth)}, priority ${text(seed.priority)}${tags})${asked}.`,
    );
  }
  if (foundOn) facts.push(`Found on ${foundOn} at ${when(url.createdAt)}.`);
  else if (!seed) facts.push(`Known since ${when(url.createdAt)}.`);
  return [...facts, `Source ${text(url.sourceId)}, host ${text(url.host)}.`];
}

function failure(url: Facts): string {
  const note = text(url.note);
  // A redirect in a circle has a status too, and that is not what is wrong with it.
  const known = FAILING[note];
  if (known !== undefined) return known;
  return url.status == null ? unphrased(note) : `the publisher answered ${status(url)}`;
}

const noDocument = (note: unknown) => NO_DOCUMENT[text(note)] ?? unphrased(note);
/** A word without a phrase is quoted; a reason that is a sentence already is told as it is. */
const unphrased = (note: unknown) =>
  text(note).includes(' ') ? text(note).replace(/[.]$/, '') : `noted as "${text(note)}"`;
const status = (url: Facts) => (url.status == null ? `noted as "${text(url.note)}"` : `status ${text(url.status)}`);
const times = (n: unknown) => (Number(n) > 1 ? `, ${text(n)} times in a row` : '');
const text = (value: unknown) => String(value ?? '').slice(0, 300);
const sentence = (value: string) => (/[.!?]$/.test(value) ? value : `${value}.`);

function timeOf(value: unknown): number | null {
  if (value == null) return null;
  const time = value instanceof Date ? value.getTime() : Date.parse(String(value));
  return Number.isNaN(time) ? null : time;
}

const isAfter = (value: unknown, now: Date) => (timeOf(value) ?? Number.NEGATIVE_INFINITY) > now.getTime();

/** `2026-11-21 22:30:05 UTC (in 4 min)`. */
export function moment(value: unknown, now: Date): string {
  const time = timeOf(value);
  if (time === null) return 'an unknown time';
  const iso = new Date(time).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC (${relative(time - now.getTime())})`;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `in 4 min`, `2 d ago`, `now`. */
function relative(ms: number): string {
  const size = Math.abs(ms);
  for (const [unit, length] of UNITS) {
    // 119 minutes are told as 2 h, 80 minutes as such.
    if (size < 1.5 * length) continue;
    const n = Math.round(size / length);
    return ms > 0 ? `in ${n} ${unit}` : `${n} ${unit} ago`;
  }
  return 'now';
}
