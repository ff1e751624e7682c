import type { HttpResponse } from '@newsloom/http';
import { type CaptureId, type Digest, type SourceId, type UrlId, urlIdOf } from '@newsloom/model';
import type { FrontierUrl, HostState, Reach } from '@newsloom/store';
import { expect, test } from 'vitest';
import type { Fetched } from './attempt.ts';
import { judge } from './judge.ts';

const START = new Date('2026-11-21T10:00:00Z');
const END = new Date('2026-11-21T10:00:02Z');
const after = (ms: number) => new Date(END.getTime() + ms);
const MINUTE = 60_000;

const url: FrontierUrl & HostState = {
  id: urlIdOf('https://bao.example/tin'),
  url: 'https://bao.example/tin',
  host: 'bao.example',
  sourceId: 'bao.example' as SourceId,
  kind: 'auto',
  priority: 0,
  depthLeft: 1,
  verdict: null,
  note: null,
  failures: 0,
  gone: 0,
  redirects: 0,
  everyMs: null,
  intervalMs: 0,
  etag: '"old"',
  lastModified: null,
  captureId: null,
  documentId: null,
  facts: null,
  fetchedAt: null,
  watch: {},
  articleAt: null,
  isSeed: false,
  rests: 0,
  hostFailures: 0,
  hostDelayMs: null,
  responseMs: null,
};

const answer = (status: number, headers: Record<string, string> = {}): Partial<Fetched> => ({
  attempt: { kind: 'response', status, contentType: 'text/html', bodyBytes: 900, goneBefore: 0 },
  response: { status, headers, tookMs: 200, wireBytes: 400 } as unknown as HttpResponse,
});
const fetched = (it: Partial<Fetched>): Fetched => ({
  attempt: { kind: 'refused', note: 'robots' },
  startedAt: START,
  endedAt: END,
  asked: true,
  response: null,
  digest: 'x' as Digest,
  captureId: 'c1' as CaptureId,
  redirectedTo: null,
  robotsVersion: 'none',
  conditional: true,
  ...it,
});
const nobody: Reach = { depthLeft: 1, crawls: [] };
const crawl = (tries = 0): Reach => ({
  depthLeft: null,
  crawls: [{ crawlId: 'w', depthLeft: 0, seed: true, tries, scope: { hosts: [] } }],
});
const pace = { hostDelayMs: 1_000, crawlDelayMs: null };

test.each([
  [
    'a page is captured, and comes back',
    answer(200),
    { verdict: 'captured', captureId: 'c1', changed: true, failures: 0 },
  ],
  [
    'a page that asks for a rest keeps its place',
    answer(429, { 'retry-after': '120' }),
    { verdict: 'resting', dueAt: after(2 * MINUTE), failures: 0 },
  ],
  ['a forbidden page is excluded', {}, { verdict: 'excluded', note: 'robots', captureId: null }],
  ['a broken server is failing', answer(500), { verdict: 'failing', note: 'http-500', failures: 1 }],
  ['a first 404 is counted', answer(404), { verdict: 'failing', note: 'http-404', gone: 1 }],
  ['a 410 is gone at once', answer(410), { verdict: 'gone' }],
])('%s', (_, it, expected) => {
  expect(judge(url, nobody, fetched(it as Partial<Fetched>), pace)).toMatchObject(expected);
});

test('the next slot is the end of the request and the larger of the two gaps', () => {
  expect(judge(url, nobody, fetched(answer(200)), pace).slotAt).toEqual(after(1_000));
  expect(judge(url, nobody, fetched(answer(200)), { hostDelayMs: 1_000, crawlDelayMs: 5_000 }).slotAt).toEqual(
    after(5_000),
  );
});

test('what was never asked of the host costs it no slot', () => {
  expect(judge(url, nobody, fetched({ asked: false }), pace).slotAt).toEqual(END);
});

test('a host without Retry-After rests longer each time', () => {
  const first = judge(url, nobody, fetched(answer(503)), pace).resting;
  const fourth = judge({ ...url, rests: 3 }, nobody, fetched(answer(503)), pace).resting;
  expect(first).toEqual({ until: after(MINUTE), rests: 1 });
  expect(fourth).toEqual({ until: after(8 * MINUTE), rests: 4 });
});

test('a host that cannot be reached three times in a row rests', () => {
  const error = fetched({ attempt: { kind: 'error', code: 'connect' } });
  expect(judge(url, nobody, error, pace)).toMatchObject({ resting: null, hostFailures: 1 });
  expect(judge({ ...url, hostFailures: 2 }, nobody, error, pace)).toMatchObject({
    hostFailures: 3,
    resting: { rests: 1 },
  });
});

test('Retry-After may be seconds or a date', () => {
  const date = new Date(END.getTime() + 90_000).toUTCString();
  for (const value of ['90', date]) {
    expect(judge(url, nobody, fetched(answer(503, { 'retry-after': value })), pace)).toMatchObject({
      verdict: 'resting',
      resting: { until: after(90_000), rests: 1 },
      dueAt: after(90_000),
    });
  }
});

test.each([['dns'], ['connect'], ['connect-timeout'], ['tls']])(
  '%s costs the host a rest and its URL nothing',
  (code) => {
    const error = fetched({ attempt: { kind: 'error', code } });
    const visit = judge({ ...url, hostFailures: 4, rests: 2 }, nobody, error, pace);
    expect(visit).toMatchObject({ verdict: 'failing', failures: 0, hostFailures: 5, resting: { rests: 3 } });
    expect(visit.dueAt).toEqual(visit.resting?.until);
  },
);

test('a host without a robots.txt that can be had rests until it is asked for again, and its URLs stay due', () => {
  const heldOff = { asked: false, heldOffUntil: after(5 * MINUTE) };
  const without = fetched({ ...heldOff, attempt: { kind: 'error', code: 'robots-unreachable' } });
  expect(judge(url, nobody, without, pace)).toMatchObject({
    failures: 0,
    hostFailures: 0,
    resting: { until: after(5 * MINUTE), rests: 1 },
    dueAt: after(5 * MINUTE),
  });
  expect(judge(url, crawl(), without, pace)).toMatchObject({ crawl: 'ended', givesUpHost: true });
  const unreachable = fetched({ ...heldOff, attempt: { kind: 'error', code: 'dns' } });
  expect(judge(url, nobody, unreachable, pace)).toMatchObject({ failures: 0, hostFailures: 1 });
});

test('a host that has been away for weeks is one whose lists are knocked at rarely', () => {
  const error = fetched({ attempt: { kind: 'error', code: 'dns' } });
  const feed = { ...url, kind: 'feed' as const, isSeed: true, hostFailures: 40, rests: 40 };
  const visit = judge(feed, nobody, error, pace);
  expect(visit.dueAt?.getTime()).toBeGreaterThanOrEqual(after(24 * 60 * MINUTE).getTime());
});

test('an answer ends the rests in a row, a decision without one does not', () => {
  const rested = { ...url, rests: 3, hostFailures: 2 };
  expect(judge(rested, nobody, fetched(answer(200)), pace)).toMatchObject({ rests: 0, hostFailures: 0 });
  expect(judge(rested, nobody, fetched({ asked: false }), pace)).toMatchObject({ rests: 3, hostFailures: 2 });
});

test('a one-shot crawl gives up a host that rests for long, and waits for one that does not', () => {
  const asks = (seconds: string) => judge(url, crawl(), fetched(answer(429, { 'retry-after': seconds })), pace);
  expect(asks('60')).toMatchObject({ crawl: { again: after(MINUTE) }, givesUpHost: false });
  expect(asks('3600')).toMatchObject({ crawl: 'ended', givesUpHost: true });
});

test('validators are kept where an answer repeats none, and forgotten where a new body comes without', () => {
  const unchanged = { attempt: { kind: 'response', status: 304 } as const, response: answer(304).response ?? null };
  expect(judge(url, nobody, fetched(unchanged), pace).etag).toBe('"old"');
  expect(judge(url, nobody, fetched(answer(200)), pace).etag).toBeNull();
  expect(judge(url, nobody, fetched(answer(200, { etag: '"new"' })), pace).etag).toBe('"new"');
});

test.each([
  ['a captured page waits to be read', answer(200), 0, 'captured'],
  ['an unchanged page is read again, for its links', { attempt: { kind: 'response', status: 304 } }, 0, 'captured'],
  ['a failing page is tried again', { attempt: { kind: 'error', code: 'reset' } }, 0, { again: after(2_000) }],
  ['and again later', { attempt: { kind: 'error', code: 'reset' } }, 1, { again: after(8_000) }],
  ['but not for ever', { attempt: { kind: 'error', code: 'reset' } }, 2, 'ended'],
  ['a 404 would be a 404 again', answer(404), 0, 'ended'],
  ['a short rest is waited for', answer(429, { 'retry-after': '5' }), 0, { again: after(5_000) }],
  ['a long rest is not', answer(429, { 'retry-after': '3600' }), 0, 'ended'],
])('in a one-shot crawl %s', (_, it, tries, expected) => {
  expect(judge(url, crawl(tries), fetched(it as Partial<Fetched>), pace).crawl).toEqual(expected);
});

test('a page that only a crawl follows is not due by itself for what it redirects to', () => {
  expect(judge(url, nobody, fetched(answer(301)), pace).movedTo).toBe(null satisfies UrlId | null);
});
