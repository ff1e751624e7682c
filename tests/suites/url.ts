/** The suites of URLs: web-platform-tests, crawler-commons, Miniflux's tracking parameters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalize } from '@newsloom/frontier';
import { readCases, type Suite, tally } from './suite.ts';

type WptCase = { input: string; base: string | null; href?: string; failure?: boolean; relativeTo?: string };

export const urlWpt: Suite = {
  name: 'url-wpt',
  run(dir) {
    const { result, check, leave } = tally();
    for (const c of readCases<(WptCase | string)[]>(dir, 'urltestdata.json')) {
      if (typeof c === 'string') continue;
      if (c.relativeTo !== undefined) {
        leave('a base that cannot be a base');
        continue;
      }
      const answer = canonicalize(c.input, c.base ?? undefined);
      // The standard says how an address is parsed; what is parsed the same way has the same canonical form.
      const expected = c.failure || c.href === undefined ? null : canonicalize(c.href);
      const stable = answer === null || canonicalize(answer) === answer;
      check(
        answer === expected && stable,
        () => `${JSON.stringify(c.input)} on ${c.base}: ${answer} instead of ${expected}`,
      );
    }
    return result;
  },
};

type Pair = { in: string; expected: string };
const isWeb = (url: string) => /^https?:\/\/./i.test(url);

export const urlCrawlerCommons: Suite = {
  name: 'url-crawlercommons',
  run(dir) {
    const { result, check, leave } = tally();
    const asked = new Set<string>();
    const normalizes = (url: string, expected: string) => {
      if (asked.has(url)) return;
      asked.add(url);
      // What is no web address for us has no canonical form.
      const answer = canonicalize(url);
      check(answer === (isWeb(expected) ? expected : null), () => `${url}: ${answer} instead of ${expected}`);
    };
    for (const { in: input, expected } of readCases<Pair[]>(dir, 'normalize.json')) {
      // One input still bears the quotes of its CSV file.
      normalizes(/^".*"$/s.test(input) ? input.slice(1, -1).replaceAll('""', '"') : input, expected);
    }
    for (const [input = '', expected = ''] of readRows(dir, 'weirdToNormalizedUrls.csv')) normalizes(input, expected);
    for (const [input = '', base = '', expected = ''] of readRows(dir, 'url-resolve.csv')) {
      if (!isWeb(expected)) {
        leave(`${expected} is no web address`);
        continue;
      }
      const answer = canonicalize(input, base === '' ? undefined : base);
      check(answer === canonicalize(expected), () => `${input} on ${base}: ${answer} instead of ${expected}`);
    }
    for (const [input = ''] of readRows(dir, 'invalidUrls.csv')) {
      check(canonicalize(input) === null, () => `${input} gives ${canonicalize(input)}`);
    }
    return result;
  },
};

export const urlTracking: Suite = {
  name: 'url-miniflux-tracking',
  run(dir) {
    const { result, check, leave } = tally();
    for (const { in: input, expected } of readCases<Pair[]>(dir, 'cases.json')) {
      if (!isWeb(input)) {
        leave(`${input} is no web address`);
        continue;
      }
      // Theirs keeps the fragment and the order of parameters, which are not about tracking.
      const answer = canonicalize(input);
      check(answer === canonicalize(expected), () => `${input}: ${answer} instead of ${expected}`);
    }
    const page = 'https://news.example/a?id=7';
    for (const name of readCases<string[]>(dir, 'tracking_params.json')) {
      // `ref` goes where it names the page's own host, as Miniflux has it.
      const value = name === 'ref' ? 'news.example' : 'x1';
      for (const spelt of [name, name.toUpperCase()]) {
        const answer = canonicalize(`${page}&${spelt}=${value}`);
        check(answer === page, () => `${spelt} stays: ${answer}`);
      }
    }
    return result;
  },
};

/** Rows of a CSV file with `#` comments; fields may stand in double quotes. */
function readRows(dir: string, file: string): string[][] {
  return readFileSync(join(dir, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) =>
      [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
        .map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? (bare ?? '').trim())
        .slice(0, 3),
    );
}
