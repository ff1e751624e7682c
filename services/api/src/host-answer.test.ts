/** How a host stands, in sentences. */
import type { HostRow } from '@newsloom/store';
import { describe, expect, test } from 'vitest';
import { explainHost, hostNamed } from './host-answer.ts';

const NOW = new Date('2026-11-21T22:00:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const host = (given: Partial<HostRow> = {}) => ({
  host: 'bao.example',
  slotAt: at(-60),
  busyUntil: null,
  restingUntil: null,
  rests: 0,
  failures: 0,
  delayMs: null,
  crawlDelayMs: null,
  responseMs: 120,
  lease: null,
  restedFor: null,
  urls: 0,
  due: 0,
  verdicts: [],
  ...given,
  robots: { status: 200, policy: 'rules', fetchedAt: at(-3_600), version: 'r1' },
});
const says = (given: Partial<HostRow>, hostDelayMs = 1_000) => {
  const it = host(given);
  const pace = { hostDelayMs: it.delayMs ?? hostDelayMs, crawlDelayMs: it.crawlDelayMs, responseMs: it.responseMs };
  return explainHost(it, pace, NOW);
};

describe('the state', () => {
  test.each<[Partial<HostRow>, string]>([
    [{}, 'May be asked now, and nothing is due.'],
    [{ due: 3, failures: 2 }, 'May be asked now. It could not be reached 2 times in a row.'],
    [{ slotAt: at(5) }, 'Its next slot is at 2026-11-21 22:00:05 UTC (in 5 s).'],
    [
      { busyUntil: at(30), lease: { url: 'https://bao.example/1', inHand: true } },
      'Being asked for https://bao.example/1; the lease lasts until 2026-11-21 22:00:30 UTC (in 30 s) unless it is renewed.',
    ],
    [
      { busyUntil: at(35), slotAt: at(5), lease: { url: 'https://bao.example/1', inHand: false } },
      'To be asked for https://bao.example/1 when its slot comes at 2026-11-21 22:00:05 UTC (in 5 s).',
    ],
    [
      {
        restingUntil: at(120),
        rests: 3,
        restedFor: { at: at(-120), verdict: 'resting', note: 'http-429', status: 429 },
      },
      'Resting until 2026-11-21 22:02:00 UTC (in 2 min), rest 3 in a row: it answered 429 at 2026-11-21 21:58:00 UTC (2 min ago).',
    ],
    [
      { restingUntil: at(120), rests: 1, restedFor: { at: at(-5), verdict: 'failing', note: 'dns', status: null } },
      'Resting until 2026-11-21 22:02:00 UTC (in 2 min): its name could not be resolved at 2026-11-21 21:59:55 UTC (5 s ago).',
    ],
  ])('%# is told', (given, expected) => expect(says(given)[0]).toBe(expected));
});

describe('the gap', () => {
  test.each<[Partial<HostRow>, number, string]>([
    [{}, 1_000, 'At least 1 s between two requests: the general delay is 1 s; it answers in 0.12 s.'],
    [
      { delayMs: 250, responseMs: null },
      1_000,
      'At least 0.25 s between two requests: its own delay is set to 0.25 s.',
    ],
    [
      { responseMs: 4_000 },
      1_000,
      'At least 12 s between two requests: the general delay is 1 s; it answers in 4 s, which asks for 12 s.',
    ],
    [{ responseMs: 4_000 }, 0, 'At least 0 s between two requests: the general delay is 0 s; it answers in 4 s.'],
    [
      { crawlDelayMs: 120_000, responseMs: null },
      1_000,
      'At least 120 s between two requests: the general delay is 1 s; robots.txt asks for 120 s or more, of which two minutes count.',
    ],
  ])('%# says where it comes from', (given, delay, expected) => expect(says(given, delay)[1]).toBe(expected));
});

test('its addresses are counted by what became of them', () => {
  const verdicts = [
    { verdict: 'captured', note: 'captured', urls: 90 },
    { verdict: null, note: null, urls: 30 },
    { verdict: 'excluded', note: 'pattern-budget', urls: 12 },
    { verdict: 'excluded', note: 'robots', urls: 8 },
    { verdict: 'gone', note: 'http-410', urls: 2 },
  ];
  expect(says({ urls: 142, due: 31, verdicts })[3]).toBe(
    '142 addresses known, 112 of them fetched or decided on, 31 due; 20 excluded (pattern-budget 12, robots 8), 2 gone (http-410 2).',
  );
});

test.each([
  ['bao.example', 'bao.example'],
  ['BAO.example:8080', 'bao.example:8080'],
  ['https://bao.example:443/tin?x=1', 'bao.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['no host', null],
  ['', null],
])('the host that is meant by %j is %s', (text, expected) => expect(hostNamed(text)).toBe(expected));
