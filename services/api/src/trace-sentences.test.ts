import type { Trace } from '@newsloom/store';
import { expect, test } from 'vitest';
import { explainTrace } from './trace-sentences.ts';

const NOW = new Date('2026-11-21T09:00:00Z');
const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000);

type Given = { [K in keyof Trace]?: Trace[K] };
const HOST = { host: 'bao.example.vn', slotAt: null, restingUntil: null, busyUntil: null };
const trace = ({ url, host, ...rest }: Given): Trace => ({
  url: {
    url: 'https://bao.example.vn/a',
    host: 'bao.example.vn',
    sourceId: 'example.vn',
    dueAt: null,
    leaseUntil: null,
    verdict: null,
    note: null,
    status: null,
    failures: 0,
    createdAt: minutes(-600),
    changedAt: null,
    ...url,
  },
  seed: null,
  host: { ...HOST, ...host },
  fetches: [],
  captures: [],
  document: null,
  crawls: [],
  renders: [],
  foundOn: null,
  movedTo: null,
  ...rest,
});
const captured = { verdict: 'captured', note: 'captured', status: 200, dueAt: minutes(60) };
const capture = { id: 'c1', fetchedAt: minutes(-5), parsed: 'done', note: 'parsed', parserVersion: 3 };
const read = { id: 'd1', title: 'Cầu mới', date: '2026-11-20', lang: 'vi', version: 1, storyId: null, failed: null };

test.each<[string, Given, string | RegExp]>([
  ['waits for its time', { url: { dueAt: minutes(4) } }, 'Waiting: due at 2026-11-21 09:04:00 UTC (in 4 min).'],
  [
    'waits for its turn',
    { url: { dueAt: minutes(-2) } },
    'Waiting: due since 2026-11-21 08:58:00 UTC (2 min ago); its host may be asked now, and addresses before it go first.',
  ],
  [
    "waits for its host's next slot",
    { url: { dueAt: minutes(-2) }, host: { slotAt: minutes(0.5) } },
    /its host may be asked from 2026-11-21 09:00:30 UTC \(in 30 s\)\.$/,
  ],
  [
    'waits for a host that rests',
    { url: { dueAt: minutes(-2) }, host: { restingUntil: minutes(180), slotAt: minutes(1) } },
    /but its host rests until 2026-11-21 12:00:00 UTC \(in 3 h\)\.$/,
  ],
  [
    'waits while its host is busy',
    { url: { dueAt: minutes(-2) }, host: { busyUntil: minutes(1) } },
    /while another address of its host is being fetched\.$/,
  ],
  ['is being fetched', { url: { dueAt: minutes(-2), leaseUntil: minutes(1) } }, /^Being fetched: /],
  [
    'is claimed for a later slot',
    { url: { dueAt: minutes(-2), leaseUntil: minutes(3) }, host: { slotAt: minutes(1) } },
    /^Claimed: it is fetched when its host may be asked again, at 2026-11-21 09:01/,
  ],
  ['lies too deep', {}, /^Not followed: /],
  [
    'belongs to a crawl alone',
    { crawls: [{ crawlId: 'w1', state: 'pending', tries: 0, notBefore: null }] },
    'Waiting: the crawl w1 will fetch it.',
  ],
  [
    'is forbidden by robots.txt',
    { url: { verdict: 'excluded', note: 'robots' } },
    'Excluded: robots.txt of its host forbids it.',
  ],
  [
    'is excluded for a reason without a phrase',
    { url: { verdict: 'excluded', note: 'new-rule' } },
    'Excluded: noted as "new-rule".',
  ],
  [
    'is gone',
    { url: { verdict: 'gone', note: 'http-410', status: 410 } },
    'Gone: the publisher says it no longer exists (status 410).',
  ],
  [
    'has moved',
    { url: { verdict: 'moved', note: 'moved', status: 301 }, movedTo: 'https://b.example/' },
    'Moved: it leads for good to https://b.example/.',
  ],
  [
    'rests',
    { url: { verdict: 'resting', note: 'http-429', status: 429, dueAt: minutes(9) } },
    'Resting: its host asked us to come back later (status 429).',
  ],
  [
    'fails by status',
    { url: { verdict: 'failing', note: 'http-500', status: 500, failures: 1, dueAt: minutes(9) } },
    'Failing: the publisher answered status 500.',
  ],
  [
    'fails without an answer',
    { url: { verdict: 'failing', note: 'dns', failures: 4, dueAt: minutes(9) } },
    "Failing: the host's name could not be resolved, 4 times in a row.",
  ],
  [
    'waits for the parser',
    { url: captured, captures: [{ ...capture, parsed: 'pending' }] },
    'Captured, and waiting to be read by the parser.',
  ],
  [
    'is a front page',
    { url: captured, captures: [{ ...capture, note: 'front' }] },
    /^Captured and read, but no document came of it: it is a front page/,
  ],
  [
    'killed its reader',
    { url: captured, captures: [{ ...capture, parsed: 'failed', note: 'too-deep' }] },
    'Captured, but it could not be read: noted as "too-deep".',
  ],
  [
    'repeats an article',
    { url: captured, captures: [{ ...capture, note: 'duplicate' }], document: read },
    'Duplicate of document d1, which was read from another address.',
  ],
  [
    'could not be read, for a reason in words',
    { url: captured, captures: [{ ...capture, parsed: 'failed', note: 'Reading took longer than 5 s.' }] },
    'Captured, but it could not be read: Reading took longer than 5 s.',
  ],
  ['became a document', { url: captured, captures: [capture], document: read }, 'Became document d1.'],
  [
    'became part of a story',
    { url: { ...captured, verdict: 'unchanged' }, captures: [capture], document: { ...read, storyId: 's1' } },
    'Became document d1, in story s1.',
  ],
])('a URL that %s says so first', (_, given, expected) => {
  const [state] = explainTrace(trace(given), NOW);
  if (typeof expected === 'string') expect(state).toBe(expected);
  else expect(state).toMatch(expected);
});

test('a URL that nobody has told us of is said to be unknown', () => {
  expect(explainTrace(null, NOW)[0]).toMatch(/^Unknown: /);
});

test('the whole way of an article is told in order', () => {
  const given = trace({
    url: { ...captured, changedAt: minutes(-5) },
    seed: { kind: 'article', priority: 0, depth: 0, tags: ['bridge'], asked: 2, createdAt: minutes(-600) },
    fetches: [
      { startedAt: minutes(-5), tookMs: 180, status: 200, verdict: 'captured', note: 'captured', wireBytes: 33_000 },
    ],
    captures: [capture],
    document: { ...read, storyId: 's1', enrichedAt: minutes(-4), clusteredAt: minutes(-3) },
    foundOn: 'https://bao.example.vn/',
  });
  expect(explainTrace(given, NOW)).toEqual([
    'Became document d1, in story s1.',
    'Last fetched at 2026-11-21 08:55:00 UTC (5 min ago): status 200, 180 ms, 33000 bytes; verdict captured.',
    'Its content last changed at 2026-11-21 08:55:00 UTC (5 min ago).',
    'Capture c1 of 2026-11-21 08:55:00 UTC (5 min ago) was read by the parser (version 3).',
    '"Cầu mới", dated 2026-11-20, in vi, version 1.',
    'Enriched at 2026-11-21 08:56:00 UTC (4 min ago); placed in story s1 at 2026-11-21 08:57:00 UTC (3 min ago).',
    'Next visit at 2026-11-21 10:00:00 UTC (in 60 min).',
    'A seed since 2026-11-20 23:00:00 UTC (10 h ago) (kind article, depth 0, priority 0, tagged bridge), asked for 2 times.',
    'Found on https://bao.example.vn/ at 2026-11-20 23:00:00 UTC (10 h ago).',
    'Source example.vn, host bao.example.vn.',
  ]);
});

test('a URL that was excluded without a request is not said to have been fetched', () => {
  const given = trace({
    url: { verdict: 'excluded', note: 'robots' },
    fetches: [
      { startedAt: minutes(-5), tookMs: 0, status: null, verdict: 'excluded', note: 'robots', wireBytes: null },
    ],
  });
  expect(explainTrace(given, NOW)[1]).toBe(
    'Decided at 2026-11-21 08:55:00 UTC (5 min ago), without asking for it: excluded (robots).',
  );
});

test('each one-shot crawl says how the URL ended in it', () => {
  const given = trace({
    url: captured,
    crawls: [
      { crawlId: 'w2', state: 'pending', tries: 2, notBefore: minutes(1), reason: 'http-503', endedAt: null },
      { crawlId: 'w1', state: 'ended', tries: 0, notBefore: null, reason: 'parsed', endedAt: minutes(-9) },
    ],
  });
  expect(explainTrace(given, NOW).filter((it) => it.startsWith('Crawl'))).toEqual([
    'Crawl w2: to be tried again at 2026-11-21 09:01:00 UTC (in 60 s), after 2 tries (http-503).',
    'Crawl w1: ended at 2026-11-21 08:51:00 UTC (9 min ago) as "parsed".',
  ]);
});

test('facts that came over JSON, with dates as text, read the same', () => {
  const given = trace({ url: { ...captured, dueAt: minutes(4) }, captures: [capture], document: read });
  expect(explainTrace(JSON.parse(JSON.stringify(given)), NOW)).toEqual(explainTrace(given, NOW));
});

test.each<[string, Given, string]>([
  [
    'a URL waits for the budget of its source',
    { url: { ...captured, dueAt: minutes(900) }, budget: { perDay: 50, day: '2026-11-21', used: 50 } },
    'Waiting: the budget of its source, 50 requests a day, is spent; due at 2026-11-22 00:00:00 UTC (in 15 h).',
  ],
  [
    'a URL does not wait for a budget of yesterday',
    { url: captured, budget: { perDay: 50, day: '2026-11-20', used: 50 } },
    'Next visit at 2026-11-21 10:00:00 UTC (in 60 min).',
  ],
  [
    'a dead seed is knocked at',
    { url: { ...captured, verdict: 'gone', watch: { knocks: 2, deadSince: minutes(-4320).getTime() } } },
    'Given up for dead, since 2026-11-18 09:00:00 UTC (3 d ago); it is knocked at ever more rarely.',
  ],
  [
    'a publisher that lies is asked in full',
    { url: { ...captured, watch: { liedAt: minutes(-60).getTime() } } },
    'Its publisher said "not modified" of a page that had changed (found at 2026-11-21 08:00:00 UTC (60 min ago)); it is asked in full.',
  ],
  [
    'an article is not looked at for ever',
    { url: { ...captured, dueAt: null, depthLeft: 0, articleAt: minutes(-99_999) } },
    'No further visit is planned: the days in which an article is corrected are over.',
  ],
  [
    'a document whose page is gone is kept',
    { url: { ...captured, verdict: 'gone', dueAt: null }, document: { ...read, goneAt: minutes(-60) } },
    'Its publisher no longer serves it, since 2026-11-21 08:00:00 UTC (60 min ago); the document is kept.',
  ],
])('%s', (_what, given, sentence) => {
  expect(explainTrace(trace(given), NOW)).toContain(sentence);
});
