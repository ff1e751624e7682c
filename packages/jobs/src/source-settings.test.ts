/** What may be set for a source, and what is said of what may not. */
import { expect, test } from 'vitest';
import { readSourceSettings } from './source-settings.ts';

test('whole settings are read, and durations become milliseconds', () => {
  const read = readSourceSettings({
    scope: {
      hosts: ['News.Example', '*.m.news.example'],
      prefixes: ['/vi/'],
      include: ['/politics/**'],
      exclude: ['print=1'],
      depth: 2,
    },
    perDay: 500,
    priority: 5,
    fetch: {
      userAgentSuffix: '(research)',
      acceptLanguage: 'vi, en;q=0.5',
      headers: { 'X-Api-Key': 'k' },
      delay: '2s',
      maxBodyBytes: 5_000_000,
    },
    render: { mode: 'when-needed', perDay: 20 },
    revisit: { floor: '10m', ceiling: '6h', articles: 'once' },
  });
  expect(read).toMatchObject({
    ok: true,
    settings: {
      scope: { hosts: ['news.example', '*.m.news.example'] },
      fetch: { headers: { 'x-api-key': 'k' }, delay: 2_000 },
      revisit: { floor: 600_000, ceiling: 21_600_000 },
    },
  });
});

test('what was read can be read again, as it comes out of the database', () => {
  const read = readSourceSettings({ revisit: { floor: '10m' }, fetch: { delay: '2s' } });
  expect(read.ok && readSourceSettings(JSON.parse(JSON.stringify(read.settings)))).toEqual(read);
});

test.each<[string, unknown, string]>([
  ['an unknown name', { budget: 5 }, 'the settings: unknown name "budget"'],
  ['an unknown name inside', { scope: { host: ['a.example'] } }, '"scope": unknown name "host"'],
  [
    'a host that is an address',
    { scope: { hosts: ['https://a.example/'] } },
    '"scope.hosts.0": must be a host such as',
  ],
  ['a prefix without a slash', { scope: { prefixes: ['vi'] } }, '"scope.prefixes.0": must begin with "/"'],
  ['a pattern with three stars', { scope: { include: ['/***'] } }, '"scope.include.0": knows * and **, but not ***'],
  ['a budget of nothing', { perDay: 0 }, '"perDay": must be a whole number between 1 and 10000000'],
  [
    'a header that pretends',
    { fetch: { headers: { Host: 'x' } } },
    '"fetch.headers": "host" may not be set; allowed are authorization',
  ],
  [
    'a header with a line break',
    { fetch: { headers: { cookie: 'a\r\nb: c' } } },
    '"fetch.headers": "cookie" must be printable ASCII',
  ],
  [
    'a floor above the ceiling',
    { revisit: { floor: '2h', ceiling: '1h' } },
    '"revisit": the floor must not be above the ceiling',
  ],
  ['a floor of seconds', { revisit: { floor: '5s' } }, '"revisit.floor": must be between 1m and 30d'],
  ['an unknown mode', { render: { mode: 'always' } }, '"render.mode": must be "never" or "when-needed"'],
  ['no object', 7, 'the settings: expected object'],
])('%s is refused with a sentence', (_what, data, sentence) => {
  const read = readSourceSettings(data);
  expect(read.ok ? [] : read.faults).toEqual([expect.stringContaining(sentence)]);
});
